"""What a table's cells hold besides the text that they show."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple


class Span(NamedTuple):
    """A cell that reaches over others, as a merged heading does: its first row and column and its
    last, from 0."""

    row: int
    column: int
    last_row: int
    last_column: int


class StoredCells(NamedTuple):
    """A table's cells by row and column from 0, as far as its file knows more than it shows.

    `numbers` are the numbers as they are stored (of a figure shown as 97.5% it is 0.975),
    `formulas` have their `=`, and `spans` are the cells that reach over others, in any order.
    `ruled` are the rows that a line drawn above or below their figures marks as totals.
    """

    numbers: Mapping[tuple[int, int], Decimal] = MappingProxyType({})
    formulas: Mapping[tuple[int, int], str] = MappingProxyType({})
    spans: tuple[Span, ...] = ()
    ruled: frozenset[int] = frozenset()


NOTHING_STORED = StoredCells()
"""Of a table that is no more than its text."""
