"""A known table as `cfbudget cast` reads and casts it: its cells, or the text that shows them."""

from collections.abc import Sequence

from cfbudget.casting.read.printed_table import PrintedTable, row_of
from cfbudget.casting.report.cast_table import CastTable, cast_tables
from tests.casting.kit.checks import Rows
from tests.casting.kit.files import pasted
from tests.casting.kit.scores import KnownTable

BETWEEN = "   "


def cast_known(table: KnownTable, rows: Rows | None = None) -> CastTable:
    """Cast a table.

    Args:
        rows: what stands in it instead, where an error was planted.
    """
    cells = table.rows if rows is None else rows
    if not table.checks.pasted:
        return cast_tables([PrintedTable("", tuple(row_of(row) for row in cells))])[0]
    (read,) = pasted(text_of(cells))
    return cast_tables([read])[0]


def text_of(rows: Rows) -> str:
    """Rows as text in columns, a line each: labels at the left, figures at the right."""
    width = max(map(len, rows))
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    widths = [max(map(len, column)) for column in zip(*filled, strict=True)]
    return "".join(f"{_line(row, widths)}\n" for row in filled)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    (label, *figures), (first, *others) = row, widths
    cells = [label.ljust(first), *(f.rjust(w) for f, w in zip(figures, others, strict=True))]
    return BETWEEN.join(cells).rstrip()
