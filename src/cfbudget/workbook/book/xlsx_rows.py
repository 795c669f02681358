"""A sheet of XlsxWriter's that is given its rows as text.

XlsxWriter keeps every cell until the workbook is closed, and then looks at each once more: for a
large workbook that is most of the time, and half of the memory. Here the rows wait in a file.
All else of a sheet is XlsxWriter's, and what a row says is what it would say.
"""

from decimal import Decimal
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cfbudget.workbook.book.book import Content, Formula, Link, Sheet

BLOCK = 1 << 20
"""Characters that are copied at once."""
SPAN_ROWS = 16
"""How many rows say together which columns they take up."""


class RowsWorksheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows stand in a file, from when its cells are known until it is stored."""

    def take(self, sheet: Sheet, rows: Path) -> None:
        """The cells, and the file that their rows are written to; it is gone when they are stored.

        A cell outside of what a spreadsheet takes is refused before this.
        """
        self.sheet, self.rows = sheet, rows
        # XlsxWriter notes each cell of a table, so that none is in two: a sheet has one at most.
        self.table_cells = _Nothing()
        self.spans = _spans_of(sheet)
        if self.spans:
            top = next(row for row, _ in sheet.cells.rows())
            left = min(first for first, _ in self.spans.values())
            self._check_dimensions(top - 1, left - 1)
            self._check_dimensions(sheet.cells.last_row - 1, sheet.cells.last_column - 1)

    def span(self, row: int) -> str:
        """From which to which column a row goes, and those around it that share this."""
        first, last = self.spans[(row - 1) // SPAN_ROWS]
        return f"{first}:{last}"

    def _write_rows(self) -> None:
        with self.rows.open(encoding="utf-8", newline="") as rows:
            copyfileobj(rows, self.fh, BLOCK)
        self.rows.unlink()

    def _get_range_data(self, *corners: int) -> list[Any]:
        """What a chart repeats of the cells that it shows: a row or a column of them, from 0."""
        top, left, bottom, right = corners
        return [
            _shown(cell.content) if (cell := self.sheet.cells.get((row, column))) else None
            for row in range(top + 1, bottom + 2)
            for column in range(left + 1, right + 2)
        ]


class _Nothing(dict[Any, Any]):
    """Keeps nothing."""

    def __setitem__(self, key: Any, value: Any) -> None:
        """It is not kept."""


def _spans_of(sheet: Sheet) -> dict[int, tuple[int, int]]:
    """The first and last column of the rows, by their number from 0 over `SPAN_ROWS`."""
    found: dict[int, tuple[int, int]] = {}
    for row, cells in sheet.cells.rows():
        block, last = (row - 1) // SPAN_ROWS, len(cells)
        first = 1 if cells[0] else next(at for at, cell in enumerate(cells, start=1) if cell)
        low, high = found.get(block, (first, last))
        found[block] = min(low, first), max(high, last)
    return found


def _shown(content: Content) -> Decimal | str | bool | None:
    """What a cell holds, as XlsxWriter gives it to a chart."""
    if isinstance(content, Decimal):
        return f"{content:.16g}"
    if isinstance(content, Formula):
        return content.result
    return content.text if isinstance(content, Link) else content
