"""The little grammar of sentences: lists with an "and", and nouns that count."""

from collections.abc import Iterable


def listed(words: Iterable[object]) -> str:
    """`2024-25`, `2024-25 and 2025-26`, or `a, b and c`; there is one at least."""
    *before, last = map(str, words)
    return f"{', '.join(before)} and {last}" if before else last


def counted(number: int, noun: str) -> str:
    """`1 row`, `2 rows`, `1,234 rows`: of a noun that takes an s."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
