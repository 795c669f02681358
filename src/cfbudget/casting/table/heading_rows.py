"""Which rows are headings: above the figures, and again among them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from cfbudget.casting.table.printed_figure import PrintedFigure, Read, Unreadable

YEARS = range(1900, 2101)
MOST_NUMBERED = 500
"""The last number that a column may bear."""

FiguresOfRows = Sequence[PrintedFigure | Unreadable]


def heading_rows(read: Mapping[tuple[int, int], Read], rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the first with a figure that is no year or column number.

    Args:
        read: what the cells state, row by row.
    """
    by_row: dict[int, list[tuple[int, PrintedFigure | Unreadable]]] = {}
    for (row, column), found in read.items():
        if found is not None:
            by_row.setdefault(row, []).append((column, found))
    for row in sorted(by_row):
        columns = {column for column, _ in by_row[row]}
        bare = not any(text.strip() for at, text in enumerate(rows[row]) if at not in columns)
        if not _is_heading([found for _, found in by_row[row]], bare=bare):
            return row
    return len(rows)


def _is_heading(found: FiguresOfRows, *, bare: bool) -> bool:
    """Whether a row's figures are all years, or number the columns.

    Args:
        bare: whether nothing but figures stands in it, so that its numbers may begin anywhere.
    """
    numbers = [abs(one.amount) for one in found if isinstance(one, PrintedFigure) and not one.nil]
    if not numbers or _are_years(found):
        return True
    if len(numbers) < max(3, len(found)) or not _in_turn(numbers):
        return False
    return numbers[0] in (0, 1) or (bare and _may_number(found))


def repeated_headings(
    read: Mapping[tuple[int, int], Read], rows: Sequence[Sequence[str]], heads: int
) -> frozenset[int]:
    """The rows among the figures that head them again: years in their turn, or numbers from 1.

    Args:
        read: what the cells state, row by row.
    """
    by_row: dict[int, list[PrintedFigure | Unreadable]] = {}
    for (row, _), found in read.items():
        if row >= heads and found is not None:
            by_row.setdefault(row, []).append(found)
    return frozenset(
        row
        for row, found in by_row.items()
        if _heads_again(found, bare=sum(map(bool, map(str.strip, rows[row]))) == len(found))
    )


def _heads_again(found: FiguresOfRows, *, bare: bool) -> bool:
    numbers = [one.amount for one in found if isinstance(one, PrintedFigure)]
    if len(numbers) < len(found) or not (_in_turn(numbers) or _in_turn(numbers[::-1])):
        return False
    if len(numbers) > 1 and _are_years(found):
        return True
    return bare and len(numbers) > 3 and numbers[0] == 1 and _may_number(found)


def _in_turn(numbers: Sequence[Decimal]) -> bool:
    return all(later == earlier + 1 for earlier, later in pairwise(numbers))


def _are_years(found: FiguresOfRows) -> bool:
    return all(isinstance(f, PrintedFigure) and f.plain and f.amount in YEARS for f in found)


def _may_number(found: FiguresOfRows) -> bool:
    """Whether these are whole numbers without a sign, no larger than columns are many."""
    return all(
        isinstance(f, PrintedFigure) and f.plain and f.amount <= MOST_NUMBERED for f in found
    )
