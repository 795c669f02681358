"""Ratios of hyperfine's rounds, read from standard input as JSON after JSON."""

import json
import statistics
import sys

LIMITS = {
    "export": ("XlsxWriter alone", 1.6),
    "totals": ("floor", 1.4),
    "model --set": ("totals", 1.15),
    "model --scenario": ("totals", 1.15),
    "cfbudget --help": ("floor --help", 1.1),
    "totals --help": ("floor --help", 1.1),
    "check --help": ("floor --help", 1.1),
    "export --help": ("floor --help", 1.1),
    "verify --help": ("floor --help", 1.1),
    "model --help": ("floor --help", 1.1),
    "schema --help": ("floor --help", 1.1),
}


def rounds(text: str) -> list[dict[str, float]]:
    """Each round's least time by command, in seconds."""
    decoder, found, at = json.JSONDecoder(), [], 0
    while at < len(text.rstrip()):
        value, at = decoder.raw_decode(text, at)
        found.append({one["command"]: one["min"] for one in value["results"]})
        at += len(text[at:]) - len(text[at:].lstrip())
    return found


def main() -> None:
    found = rounds(sys.stdin.read())
    over = False
    print(f"{'command':<18}{'ms':>8}{'ratio':>8}{'limit':>8}   of {len(found)} rounds")
    for command, (floor, limit) in LIMITS.items():
        if command not in found[0]:
            continue
        ratio = statistics.median(one[command] / one[floor] for one in found)
        time = statistics.median(one[command] for one in found) * 1000
        over = over or ratio > limit
        mark = "over" if ratio > limit else ""
        print(f"{command:<18}{time:>8.0f}{ratio:>8.2f}{limit:>8.2f}   {mark}")
    for floor in dict.fromkeys(floor for floor, _ in LIMITS.values() if floor in found[0]):
        time = statistics.median(one[floor] for one in found) * 1000
        print(f"{floor:<18}{time:>8.0f}")
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
