"""What stands among the labels of a table and is none: errors of a spreadsheet, and figures."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.addresses import cell_name
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.grammar import agreed, counted

ERROR = re.compile(r"#[¡¿]?(?!N/A)[^\W\d_][^\W\d_/0?]{0,20}(?:/0)?[!?]|Err:\d{3}")
GLUED = re.compile(
    r".*[^\W\d_]\W*[ \xa0][-−(]{0,2}[£€$]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d\d)\)?"
)
LONGEST = 80
"""A longer text is a sentence, in which figures may stand."""
NAMED = 5


class ErrorCells(NamedTuple):
    """The cells that show an error of a spreadsheet, within a table's rows and apart from them."""

    within: frozenset[CellPlace]
    apart: frozenset[CellPlace]


def error_cells(rows: Sequence[Sequence[str]], figures: Sequence[int]) -> ErrorCells:
    """Every error that is shown.

    Args:
        figures: the rows that hold figures.
    """
    found = {
        (row, column)
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
        if text[:1] in ("#", "E") and ERROR.fullmatch(text.strip())
    }
    if not found or not figures:
        return ErrorCells(frozenset(), frozenset(found))
    first, last = min(figures), max(figures)
    while first and any(rows[first - 1]):
        first -= 1
    while last + 1 < len(rows) and any(rows[last + 1]):
        last += 1
    within = frozenset(place for place in found if first <= place[0] <= last)
    return ErrorCells(within, frozenset(found) - within)


def remarks(
    rows: Sequence[Sequence[str]],
    figures: set[CellPlace],
    labels: Sequence[int],
    heads: int,
    errors: frozenset[CellPlace],
) -> Iterator[str]:
    """What a reader should know of a table's other cells, each in a clause.

    Args:
        errors: those that stand apart from the table.
    """
    if errors:
        verb = agreed(len(errors), "shows")
        what = f"{counted(len(errors), 'cell')} apart from the table {verb}"
        yield f"{what} a spreadsheet's error: {_names(errors)}"
    if glued := _figures_in_labels(rows, figures, labels, heads):
        verb, was = agreed(len(glued), "stands"), agreed(len(glued), "was")
        inside = "inside a label" if len(glued) == 1 else "inside labels"
        yield f"{counted(len(glued), 'figure')} {verb} {inside} and {was} not read: {_names(glued)}"


def _names(places: frozenset[CellPlace]) -> str:
    names = [cell_name(row + 1, column + 1) for row, column in sorted(places)[:NAMED]]
    more = f" and {len(places) - NAMED:,} more" if len(places) > NAMED else ""
    return f"{', '.join(names)}{more}"


def _figures_in_labels(
    rows: Sequence[Sequence[str]], figures: set[CellPlace], labels: Sequence[int], heads: int
) -> frozenset[CellPlace]:
    """The labels that end in a figure where their row lacks that of the first column."""
    first = min((column for _, column in figures), default=0)
    stated = {row for row, _ in figures}
    own = {row for row, column in figures if column == first}
    alone = len({column for _, column in figures}) == 1
    if 2 * len(own) < len(stated):
        return frozenset()
    return frozenset(
        (row, column)
        for row in range(heads, len(rows))
        for column in labels
        if column < min(first, len(rows[row]))
        and row not in own
        and (alone or row in stated)
        and len(text := rows[row][column].strip()) <= LONGEST
        and GLUED.fullmatch(text)
    )
