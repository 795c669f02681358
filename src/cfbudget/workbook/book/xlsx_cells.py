"""The cells of one sheet of a stored workbook."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from typing import Any

from cfbudget.addresses import letters
from cfbudget.workbook.book.book import BookCell, Formula, Link, Sheet, Style, StyleRole
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.values import ERRORS, UNKNOWN, Value
from cfbudget.workbook.book.xlsx_limits import FORMULA, HEIGHT, DoesNotFit, check_text
from cfbudget.workbook.book.xlsx_rows import RowsWorksheet
from cfbudget.workbook.book.xlsx_styles import capacity, line_height, properties

LINKS = 60_000
"""How many links a sheet takes; more than 65,530 would be left out."""
STEP = 5000
NOTE = {"author": "cfbudget", "width": 260, "height": 90, "font_size": 9}
WATCHED: frozenset[StyleRole] = frozenset({"input", "stated", "outcome"})
"""The roles of cells that more is said of than their content: what may be typed, colours."""
LEAST_HEIGHT = line_height(Style("text"))

Progress = Callable[[int], None]
"""Told how many more cells are written."""
Corners = tuple[int, int, int, int]
"""First row and column, last row and column, from 0."""


class Formats:
    """One format of the file for each style."""

    def __init__(self, stored: Any) -> None:
        self.stored = stored
        self.made: dict[Style, Any] = {}
        self.named: dict[Style, str] = {}
        """How a cell names its format in the file."""

    def __call__(self, style: Style) -> Any:
        made = self.made.get(style)
        if made is None:
            made = self.made[style] = self.stored.add_format(properties(style))
        return made

    def name(self, style: Style) -> str:
        """The format's attribute of a cell; the file numbers formats as they are first named."""
        named = self.named.get(style)
        if named is None:
            named = self.named[style] = f' s="{self(style)._get_xf_index()}"'
        return named


class Writer:
    """Writes the cells of one sheet, and sees what else the sheet needs for them."""

    def __init__(self, sheet: Sheet, stored: RowsWorksheet, formats: Formats) -> None:
        self.sheet, self.stored, self.formats = sheet, stored, formats
        self.links = 0
        self.heights: dict[int, float] = {}
        """In points, of the rows that hold more than one line of text."""
        columns = range(1, sheet.cells.last_column + 1)
        self.heads = [f'<c r="{letters(column)}' for column in columns]
        self.capacities: list[dict[Style, float]] = [{} for _ in columns]
        """By column from 0, how many characters a line of a cell holds."""
        self.watched: dict[tuple[StyleRole, int], list[int]] = {}
        """By role and column, the rows of such cells."""
        self.texts = stored.str_table
        """The texts of the workbook, each of which stands once in the file."""

    def write(self, target: Path, progress: Progress | None) -> None:
        """Write every cell.

        Args:
            target: a file for the rows, until the workbook is stored.

        Raises:
            DoesNotFit: a text or formula is longer than a spreadsheet takes.
            OSError: the file could not be written.
        """
        self.stored.take(self.sheet, target)
        since = 0
        with target.open("w", encoding="utf-8", newline="") as rows:
            self.stored._set_filehandle(rows)
            for row, cells in self.sheet.cells.rows():
                written = self._row(row, cells)
                self._begin_row(row)
                rows.write(f"{''.join(written)}</row>")
                since += len(written)
                if progress and since >= STEP:
                    progress(since)
                    since = 0
        if progress:
            progress(since)
        for (row, column), text in self.sheet.notes.items():
            result = self.stored.write_comment(row - 1, column - 1, text, NOTE)
            assert not result, f"XlsxWriter refused the note {text!r}"

    def _row(self, row: int, cells: Sequence[BookCell | None]) -> list[str]:
        """The cells of a row, as the file has them."""
        named, heads, texts = self.formats.named, self.heads, self.texts
        written = []
        for at, cell in enumerate(cells):
            if cell is None:
                continue
            content, style = cell
            looks = named.get(style) or self.formats.name(style)
            if isinstance(content, str) and content:  # what most cells hold
                number = texts.string_table.get(content)
                if number is None:
                    number = self._new_text(row, at, content)
                else:
                    texts.count += 1
                held = self.capacities[at].get(style) or self._capacity(at, style)
                if len(content) > held or "\n" in content:
                    self._heighten(row, content, style, held)
                written.append(f'{heads[at]}{row}"{looks} t="s"><v>{number}</v></c>')
            else:
                written.append(f'{heads[at]}{row}"{looks}{self._other(row, at + 1, cell)}')
        return written

    def _other(self, row: int, column: int, cell: BookCell) -> str:
        """What follows the place and the format of a cell that holds no text of its own."""
        content, style = cell
        if content == "":
            return "/>"
        if style.role in WATCHED:
            self.watched.setdefault((style.role, column), []).append(row)
        if isinstance(content, Formula):
            return self._formula(row, column, content)
        if isinstance(content, Link):
            return f' t="s"><v>{self._link(row, column, content, style)}</v></c>'
        return f"><v>{content:.16G}</v></c>"

    def _begin_row(self, row: int) -> None:
        """Begin a row: its height where it holds more than one line, its place in the outline."""
        span = self.stored.span(row)
        height, level = self.heights.get(row), min(self.sheet.levels.get(row, 0), 7)
        if height is None and not level:
            self.stored.fh.write(f'<row r="{row}" spans="{span}">')
            return
        points = None if height is None else min(height, HEIGHT)
        self.stored.set_row(row - 1, points, None, {"level": level} if level else {})
        self.stored._write_row(row - 1, span, self.stored.row_info[row - 1])

    def _new_text(self, row: int, at: int, text: str) -> int:
        """The number among those of the workbook of a text that no cell before holds."""
        check_text(text, self.sheet.name, (row, at + 1))
        return int(self.texts._get_shared_string_index(text))

    def _formula(self, row: int, column: int, formula: Formula) -> str:
        """A formula and its result, and before them the type of the result."""
        text = formula.expression.text(self.sheet.name)
        if len(text) >= FORMULA:
            where = At(self.sheet.name, row, column).text("")
            what = f"{len(text) + 1:,} characters; a spreadsheet takes {FORMULA:,}"
            raise DoesNotFit(f"the formula of {where} has {what}")
        escaped = self.stored._escape_data
        kind, result = _result(formula.result)
        return f"{kind}><f>{escaped(text)}</f><v>{escaped(result)}</v></c>"

    def _link(self, row: int, column: int, link: Link, style: Style) -> int:
        """Note where a text leads to; its number among those of the workbook."""
        self.links += 1
        if self.links <= LINKS:
            target, looks = f"internal:{link.to.text('')}", self.formats(style)
            result = self.stored.write_url(row - 1, column - 1, target, looks, link.text)
            assert not result, f"XlsxWriter refused the link {link!r} with {result}"
            return int(self.texts.string_table[link.text])
        return int(self.texts._get_shared_string_index(link.text))

    def _capacity(self, at: int, style: Style) -> float:
        held = capacity(style, self.sheet.widths.get(at + 1, 8.43))
        self.capacities[at][style] = held
        return held

    def _heighten(self, row: int, text: str, style: Style, held: float) -> None:
        """Not every program makes a row as high as its text: count its lines."""
        height = _lines(text, int(held)) * line_height(style)
        self.heights[row] = max(self.heights.get(row, LEAST_HEIGHT), height)

    def areas(self, *roles: StyleRole) -> Iterator[Corners]:
        """The cells of some roles, as runs down each column."""
        for (role, column), rows in sorted(self.watched.items()):
            if role in roles:
                for first, last in _runs(sorted(rows)):
                    yield first - 1, column - 1, last - 1, column - 1


def _result(result: Value) -> tuple[str, Value]:
    """The attribute of a cell that says what kind of result its formula has, and the result."""
    if isinstance(result, bool):
        return ' t="b"', Decimal(result)
    if isinstance(result, str) and result:
        return (' t="e"' if result in ERRORS - {UNKNOWN} else ' t="str"'), result
    return "", result


@lru_cache(maxsize=4096)
def _lines(text: str, width: int) -> int:
    return sum(len(wrap(line, width)) for line in text.split("\n"))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Unbroken runs of numbers, by the first and the last of each."""
    first = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield numbers[first], numbers[at - 1]
            first = at
