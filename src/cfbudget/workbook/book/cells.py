"""Cells and areas of a workbook, and how a spreadsheet writes their addresses."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from cfbudget.addresses import cell_name, letters
from cfbudget.workbook.book.values import Value


class At(NamedTuple):
    """A cell: its sheet, and its row and column from 1."""

    sheet: str
    row: int
    column: int

    def text(self, home: str) -> str:
        name = cell_name(self.row, self.column)
        return name if self.sheet == home else f"{self.sheet}!{name}"

    def value(self, cells: "Cells") -> Value:
        return cells(self)


class Cells(Protocol):
    """What the cells of a workbook hold."""

    def __call__(self, at: At) -> Value:
        """What one cell holds."""

    def column(self, area: "Area") -> Sequence[Value]:
        """What the cells of an area hold."""


class Area(NamedTuple):
    """Cells of one column, from the first to the last, whose address does not move."""

    first: At
    last: At

    def text(self, home: str) -> str:
        return f"{absolute(self.first, home)}:{absolute(self.last, self.first.sheet)}"

    def cells(self) -> Iterator[At]:
        sheet, _, column = self.first
        for row in range(self.first.row, self.last.row + 1):
            yield At(sheet, row, column)


def runs(parts: tuple[At, ...]) -> list[tuple[At, At]]:
    """The cells as areas: each run down a column or along a row by its first and last cell."""
    found: list[tuple[At, At]] = []
    for at in parts:
        if found:
            first, last = found[-1]
            down = at.column == last.column == first.column and at.row == last.row + 1
            along = at.row == last.row == first.row and at.column == last.column + 1
            if (down or along) and at.sheet == last.sheet:
                found[-1] = (first, at)
                continue
        found.append((at, at))
    return found


def area_text(first: At, last: At, home: str) -> str:
    return first.text(home) if first == last else f"{first.text(home)}:{last.text(last.sheet)}"


def cells_within(first: At, last: At) -> Iterator[At]:
    for row in range(first.row, last.row + 1):
        for column in range(first.column, last.column + 1):
            yield At(first.sheet, row, column)


def absolute(at: At, home: str) -> str:
    name = f"${letters(at.column)}${at.row}"
    return name if at.sheet == home else f"{at.sheet}!{name}"
