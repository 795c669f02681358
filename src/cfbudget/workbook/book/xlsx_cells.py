"""The cells of one sheet of a stored workbook."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from textwrap import wrap
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cfbudget.workbook.book.book import Content, Formula, Link, Sheet, Style, StyleRole
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.xlsx_limits import FORMULA, HEIGHT, DoesNotFit, check_text
from cfbudget.workbook.book.xlsx_styles import capacity, line_height, properties

LINKS = 60_000
"""How many links a sheet takes; more than 65,530 would be left out."""
STEP = 5000
NOTE = {"author": "cfbudget", "width": 260, "height": 90, "font_size": 9}
WATCHED: frozenset[StyleRole] = frozenset({"input", "stated", "outcome"})
"""The roles of cells that more is said of than their content: what may be typed, colours."""

Progress = Callable[[int], None]
"""Told how many more cells are written."""
Corners = tuple[int, int, int, int]
"""First row and column, last row and column, from 0."""


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas hold no function newer than Excel 2007.

    XlsxWriter searches every formula for some thirty newer ones, which takes a fifth of the
    time of a large workbook.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002
        return formula.removeprefix("=")


class Formats:
    """One format of the file for each style."""

    def __init__(self, stored: Any) -> None:
        self.stored = stored
        self.made: dict[Style, Any] = {}

    def __call__(self, style: Style) -> Any:
        made = self.made.get(style)
        if made is None:
            made = self.made[style] = self.stored.add_format(properties(style))
        return made


class Writer:
    """Writes the cells of one sheet, and sees what else the sheet needs for them."""

    def __init__(self, sheet: Sheet, stored: Any, formats: Formats) -> None:
        self.sheet, self.stored, self.formats = sheet, stored, formats
        self.links = 0
        self.heights: dict[int, float] = {}
        """In points, of the rows that hold more than one line of text."""
        self.capacities: dict[tuple[Style, int], float] = {}
        self.watched: dict[tuple[StyleRole, int], list[int]] = {}
        """By role and column, the rows of such cells."""

    def write(self, progress: Progress | None) -> None:
        """Write every cell.

        Raises:
            DoesNotFit: a text or formula is longer than a spreadsheet takes.
        """
        since = 0
        for (row, column), (content, style) in self.sheet.cells.items():
            result = self._cell(row, column, content, style)
            if result:
                at = At(self.sheet.name, row, column).text("")
                raise AssertionError(f"XlsxWriter refused {at} with {result}: {content!r}")
            if style.role in WATCHED and not isinstance(content, str):
                self.watched.setdefault((style.role, column), []).append(row)
            since += 1
            if progress and since == STEP:
                progress(since)
                since = 0
        if progress:
            progress(since)
        for (row, column), text in self.sheet.notes.items():
            result = self.stored.write_comment(row - 1, column - 1, text, NOTE)
            assert not result, f"XlsxWriter refused the note {text!r}"
        self._rows()

    def _cell(self, row: int, column: int, content: Content, style: Style) -> int:
        """Write a cell; anything but 0 says that it was refused."""
        stored, looks = self.stored, self.formats(style)
        result: int
        if isinstance(content, str):
            if content:
                check_text(content, self.sheet.name, (row, column))
                self._measure(row, column, content, style)
                result = stored.write_string(row - 1, column - 1, content, looks)
            else:
                result = stored.write_blank(row - 1, column - 1, None, looks)
        elif isinstance(content, Formula):
            text = self._formula(row, column, content)
            result = stored.write_formula(row - 1, column - 1, text, looks, content.result)
        elif isinstance(content, Decimal):
            result = stored.write_number(row - 1, column - 1, content, looks)
        else:
            result = self._link(row, column, content, looks)
        return result

    def _formula(self, row: int, column: int, formula: Formula) -> str:
        text = f"={formula.expression.text(self.sheet.name)}"
        if len(text) > FORMULA:
            where = At(self.sheet.name, row, column).text("")
            what = f"{len(text):,} characters; a spreadsheet takes {FORMULA:,}"
            raise DoesNotFit(f"the formula of {where} has {what}")
        return text

    def _link(self, row: int, column: int, link: Link, looks: Any) -> int:
        self.links += 1
        if self.links > LINKS:
            return int(self.stored.write_string(row - 1, column - 1, link.text, looks))
        target = f"internal:{link.to.text('')}"
        return int(self.stored.write_url(row - 1, column - 1, target, looks, link.text))

    def _measure(self, row: int, column: int, text: str, style: Style) -> None:
        """Not every program makes a row as high as its text: count its lines."""
        held = self.capacities.get((style, column))
        if held is None:
            held = capacity(style, self.sheet.widths.get(column, 8.43))
            self.capacities[style, column] = held
        if len(text) > held or "\n" in text:
            height = _lines(text, int(held)) * line_height(style)
            self.heights[row] = max(self.heights.get(row, line_height(Style("text"))), height)

    def _rows(self) -> None:
        """How high rows are that hold more than one line, and how deep in the outline."""
        for row in sorted({*self.heights, *self.sheet.levels}):
            level = min(self.sheet.levels.get(row, 0), 7)
            options = {"level": level} if level else {}
            height = self.heights.get(row)
            points = None if height is None else min(height, HEIGHT)
            self.stored.set_row(row - 1, points, None, options)

    def areas(self, *roles: StyleRole) -> Iterator[Corners]:
        """The cells of some roles, as runs down each column."""
        for (role, column), rows in sorted(self.watched.items()):
            if role in roles:
                for first, last in _runs(sorted(rows)):
                    yield first - 1, column - 1, last - 1, column - 1


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
