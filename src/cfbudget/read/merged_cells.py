"""Which cells a merged one reaches over."""

from collections.abc import Iterable, Iterator

from cfbudget.read.sheet_rows import LAST_COLUMN, LAST_ROW, columns_by_letters

MergedArea = tuple[int, int, int, int]
"""The first row and column of a merged cell and the last, from 1."""


def merged_areas(written: Iterable[str]) -> Iterator[MergedArea]:
    """The areas of merged cells as a sheet writes them (`A1:C1`); what is none is left out."""
    for text in written:
        first, _, last = text.partition(":")
        start, end = _place(first), _place(last or first)
        if start and end and start[0] <= end[0] and start[1] <= end[1]:
            yield (*start, *end)


def _place(name: str) -> tuple[int, int] | None:
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    column = columns_by_letters().get(letters.upper(), 0)
    if not 0 < column <= LAST_COLUMN or not 0 < len(digits) < 8:
        return None
    return (int(digits), column) if 0 < int(digits) <= LAST_ROW else None
