"""A page's table to rows and columns: spans given their room, footers moved to the end."""

from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.casting.read.printed_table import (
    MOST_COLUMNS,
    MOST_ROWS,
    TextRow,
    check_row,
    row_of,
    trimmed,
)
from cfbudget.casting.stored_cells import Span
from cfbudget.read.bounds import Refused


class HtmlCell(NamedTuple):
    """A cell's text, and how many columns and rows it spans; 0 rows are all that are left."""

    text: str
    columns: int = 1
    rows: int = 1


class RowGroup(NamedTuple):
    """A part of a table: `thead`, `tbody` or `tfoot`, with the cells of its rows."""

    kind: str
    rows: list[list[HtmlCell]]


def grid(
    groups: Sequence[RowGroup], name: str = ""
) -> tuple[tuple[TextRow, ...], tuple[Span, ...]]:
    """The rows of a table as a browser shows them, and what spans columns. A value stands in its
    span's first cell.

    Raises:
        Refused: there are too many rows or columns.
    """
    ordered = sorted(groups, key=lambda group: group.kind == "tfoot")
    rows: list[TextRow] = []
    spans: list[Span] = []
    cells = 0
    for group in ordered:
        taken: dict[int, int] = {}  # by column, the rows for which a span from above reaches in
        for found in group.rows:
            row = row_of(_placed(found, taken, len(rows), spans))
            cells += len(row)
            rows.append(row)
            check_row(len(rows), row, cells, name)
    return trimmed(rows), tuple(spans)


def _placed(
    found: Sequence[HtmlCell], taken: dict[int, int], number: int, spans: list[Span]
) -> list[str]:
    """The cells of a row from column A; `taken` is brought to the next row, `spans` added to."""
    row: list[str] = []
    below: dict[int, int] = {column: left - 1 for column, left in taken.items() if left > 1}
    at = 0
    for cell in found:
        while at in taken:
            at += 1
        if at >= MOST_COLUMNS:
            if not cell.text.strip():
                continue
            reason = f"a table has more than {MOST_COLUMNS} columns"
            raise Refused(reason, "keep the columns that are to be cast in a file of their own")
        row += [""] * (at - len(row)) + [cell.text]
        width = max(1, min(cell.columns, MOST_COLUMNS - at))
        height = min(cell.rows or MOST_ROWS, MOST_ROWS)
        if width > 1 and cell.text.strip():
            spans.append(Span(number, at, number + height - 1, at + width - 1))
        if height > 1:
            below.update(dict.fromkeys(range(at, at + width), height - 1))
        at += width
    taken.clear()
    taken.update(below)
    return row
