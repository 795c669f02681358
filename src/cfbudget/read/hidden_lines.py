"""The rows and columns of a sheet that a reader does not see."""

from typing import NamedTuple

from cfbudget.read.sheet_rows import LAST_COLUMN


class HiddenLines(NamedTuple):
    """Rows and columns from 1."""

    rows: frozenset[int]
    columns: frozenset[int]


NOTHING_HIDDEN = HiddenLines(frozenset(), frozenset())


def columns_of(first: str, last: str) -> range:
    """The columns that a sheet names by the first and the last; none where these are no columns."""
    start, end = (
        int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
        for text in (first, last)
    )
    return range(start, min(end, LAST_COLUMN) + 1) if start else range(0)
