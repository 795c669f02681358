"""A printed table as rows of text, and how much one may hold."""

import re
from collections.abc import Iterable, Sequence, Sized
from typing import NamedTuple

from cfbudget.casting.stored_cells import NOTHING_STORED, StoredCells
from cfbudget.problem import CONTROL, clipped
from cfbudget.read.bounds import Refused

MOST_BYTES = 32_000_000  # of a file, before it is read
MOST_ROWS = 20_000
MOST_COLUMNS = 500
MOST_CELLS = 400_000  # of one table, the empty ones before a row's last figure counted too
MOST_TABLES = 200
LONGEST_LINE = 50_000  # characters

DIVIDE = "keep the table that is to be cast in a file of its own"

# What shows as nothing: marks of width, of joining and of where a word may break.
UNSEEN = re.compile(f"[{CONTROL}\u00ad\u200b-\u200d\u2060\ufeff\ud800-\udfff]")

TextRow = tuple[str, ...]


class PrintedTable(NamedTuple):
    """A table as it is printed.

    `name` is its sheet, caption or heading, or empty. `rows` are ragged: a row ends with its last
    cell that is not empty. `notes` say what a reader should know of how it was read, each a clause
    (`the sheet is hidden`). `stored` is what its cells hold besides the text that they show.
    `pages` is the page that each row stands on, in a PDF; else it is empty.
    """

    name: str
    rows: tuple[TextRow, ...]
    notes: tuple[str, ...] = ()
    stored: StoredCells = NOTHING_STORED
    pages: tuple[int, ...] = ()


def cell_text(text: str) -> str:
    """A cell's text in one line: every run of blanks one blank, and nothing that is not seen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(UNSEEN.sub("", " ".join(text.split())).split())


def row_of(cells: Iterable[str]) -> TextRow:
    """Cells as a table keeps them: each in one line, up to the last that is not empty."""
    row = [cell_text(cell) for cell in cells]
    while row and not row[-1]:
        row.pop()
    return tuple(row)


def trimmed(rows: Sequence[TextRow]) -> tuple[TextRow, ...]:
    """Rows up to the last that is not empty."""
    last = len(rows)
    while last and not rows[last - 1]:
        last -= 1
    return tuple(rows[:last])


def check_row(number: int, row: Sized, cells: int, table: str = "") -> None:
    """Hold a table to its bounds as its rows come.

    Args:
        number: the row's, from 1.
        cells: of this row and all before it.
        table: its name, where there may be others.

    Raises:
        Refused: it has too many rows, columns or cells.
    """
    which = f"the table {clipped(table)!r}" if table else "the table"
    if number > MOST_ROWS:
        raise Refused(f"{which} has more than {MOST_ROWS:,} rows", DIVIDE)
    if len(row) > MOST_COLUMNS:
        reason = f"row {number:,} of {which} has more than {MOST_COLUMNS} columns"
        raise Refused(reason, "keep the columns that are to be cast in a file of their own")
    if cells > MOST_CELLS:
        raise Refused(f"{which} has more than {MOST_CELLS:,} cells", DIVIDE)


def check_count(tables: int) -> None:
    """Hold a file to its bound as its tables come.

    Raises:
        Refused: there are too many.
    """
    if tables > MOST_TABLES:
        reason = f"it holds more than {MOST_TABLES} tables"
        raise Refused(reason, "keep the tables that are to be cast in a file of their own")


def check_tables(tables: Sequence[PrintedTable]) -> tuple[PrintedTable, ...]:
    """The tables, each within its bounds and not too many of them.

    Raises:
        Refused: there are too many, or one is too large.
    """
    check_count(len(tables))
    for table in tables:
        cells = 0
        for number, row in enumerate(table.rows, 1):
            cells += len(row)
            check_row(number, row, cells, table.name)
    return tuple(tables)
