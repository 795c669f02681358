"""Which of very many rows a chart shows: the largest, and all others together."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def largest_of(rows: Sequence[T], size: Callable[[T], int], most: int) -> Sequence[T]:
    """All rows or, of more than `most`, the largest in their order: one fewer than `most`.

    Args:
        size: how much a row weighs in a picture, whatever its signs.
    """
    if len(rows) <= most:
        return rows
    sizes = [size(row) for row in rows]
    least = sorted(sizes, reverse=True)[most - 2]
    return [row for row, own in zip(rows, sizes, strict=True) if own >= least][: most - 1]


def others_label(count: int) -> str:
    """What the rows are called that stand together."""
    return f"All others ({count})"
