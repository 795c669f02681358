"""The cells of a workbook given to XlsxWriter one by one: what its own rows then say."""

from decimal import Decimal
from pathlib import Path

from cfbudget.workbook.book.book import BookCell, Formula
from cfbudget.workbook.book.xlsx_cells import NOTE, WATCHED, Progress, Writer
from cfbudget.workbook.book.xlsx_limits import HEIGHT


class PlainWriter(Writer):
    """Leaves the rows to XlsxWriter."""

    def write(self, target: Path, progress: Progress | None) -> None:
        for (row, column), cell in self.sheet.cells.items():
            assert self._put(row, column, cell) == 0
        for (row, column), text in self.sheet.notes.items():
            self.stored.write_comment(row - 1, column - 1, text, NOTE)
        for row in sorted({*self.heights, *self.sheet.levels}):
            height, level = self.heights.get(row), min(self.sheet.levels.get(row, 0), 7)
            points = None if height is None else min(height, HEIGHT)
            self.stored.set_row(row - 1, points, None, {"level": level} if level else {})

    def _put(self, row: int, column: int, cell: BookCell) -> int:
        content, style = cell
        looks, at, stored = self.formats(style), (row - 1, column - 1), self.stored
        if style.role in WATCHED and not isinstance(content, str):
            self.watched.setdefault((style.role, column), []).append(row)
        if content == "":
            return int(stored.write_blank(*at, None, looks))
        if isinstance(content, str):
            held = self._capacity(column - 1, style)
            if len(content) > held or "\n" in content:
                self._heighten(row, content, style, held)
            return int(stored.write_string(*at, content, looks))
        if isinstance(content, Formula):
            text = f"={content.expression.text(self.sheet.name)}"
            return int(stored.write_formula(*at, text, looks, content.result))
        if isinstance(content, Decimal):
            return int(stored.write_number(*at, content, looks))
        return int(stored.write_url(*at, f"internal:{content.to.text('')}", looks, content.text))
