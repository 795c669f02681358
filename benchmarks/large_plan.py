"""Write a plan of many options: python benchmarks/large_plan.py FOLDER [OPTIONS]

Options stand in services of a hundred, with a changed amount in each of four years and a stated
total each; every group of savings and investments is there.
"""

import sys
from pathlib import Path

YEARS = ("2024-25", "2025-26", "2026-27", "2027-28")
GROUPS = (
    ("saving", "new", -1),
    ("saving", "previously approved", -1),
    ("investment", "new", 1),
    ("investment", "previously approved", 1),
)
HEAD = """\
name: A large council
unit: £000
exact: true
"""


def options_file(count: int) -> str:
    lines = [HEAD, f"basis: change\nfinancial_years: [{', '.join(YEARS)}]\nservices:\n"]
    for number in range(count):
        service, place = divmod(number, 100)
        kind, status, sign = GROUPS[place // 25]
        if place == 0:
            lines.append(f"  - service: service-{service}\n    options:\n")
        changes = [sign * ((number * 7 + year * 13) % 97) for year in range(len(YEARS))]
        written = ", ".join(f"{y}: {c}" for y, c in zip(YEARS, changes, strict=True))
        lines.append(
            f"      - id: option-{number}-of-service-{service}\n"
            f"        name: Option {number} of service {service}\n"
            f"        kind: {kind}\n        status: {status}\n"
            f"        changes: {{{written}}}\n        stated: {sum(changes)}\n"
        )
    return "".join(lines)


def revenue_file(services: int) -> str:
    lines = [HEAD, "financial_year: 2024-25\ncontains_options_of: [2024-25]\nservices:\n"]
    for service in range(services):
        figures = f"gross: {90_000 + service}, income: {-20_000 - service}"
        lines.append(f"  - {{id: service-{service}, name: Service {service}, {figures}}}\n")
    return "".join(lines)


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "policy_options.yaml").write_text(options_file(count), encoding="utf-8")
    revenue = revenue_file(-(-count // 100))
    (folder / "revenue_2024_25.yaml").write_text(revenue, encoding="utf-8")


if __name__ == "__main__":
    main()
