"""The little grammar of sentences: lists with an "and", nouns that count, verbs that agree."""

from collections.abc import Iterable

TOGETHER = {"is": "are", "was": "were", "has": "have", "does": "do"}


def listed(words: Iterable[object]) -> str:
    """`2024-25`, `2024-25 and 2025-26`, or `a, b and c`; there is one at least."""
    *before, last = map(str, words)
    return f"{', '.join(before)} and {last}" if before else last


def counted(number: int, noun: str, verb: str = "") -> str:
    """`1 row`, `2 rows`, `1,234 rows are`: of a noun that takes an s, and its verb."""
    agreeing = f" {agreed(number, verb)}" if verb else ""
    return f"{number:,} {plural(number, noun)}{agreeing}"


def plural(number: int, noun: str) -> str:
    """A noun that takes an s, for so many."""
    return noun if number == 1 else f"{noun}s"


def agreed(number: int, verb: str) -> str:
    """A verb of one (`is`, `differs`) for so many (`are`, `differ`)."""
    return verb if number == 1 else TOGETHER.get(verb, verb.removesuffix("s"))
