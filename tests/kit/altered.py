"""Workbooks to alter: which of their cells are of which kind, and the ways to alter one."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from cfbudget.read.spreadsheet import SheetCell, Spreadsheet
from cfbudget.workbook.book.book import Book, SheetBlock
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.book.xlsx import write_workbook
from cfbudget.workbook.returned.findings import Finding, Verification
from cfbudget.workbook.returned.verification import verify
from tests.kit.returned import (
    Area,
    book_of,
    came_back,
    inserted,
    moved,
    pieces,
    with_cells,
)
from tests.kit.support import SHIPPED

INPUT, STATED, FORMULA, RESULT = "CF603", "CF604", "CF605", "CF606"
MISSING_ROW, ADDED_ROW, MISSING_SHEET, TEXT, NAME = "CF607", "CF608", "CF609", "CF610", "CF611"


class Case(NamedTuple):
    """The workbook of a plan, as it would be written, and as it comes back untouched."""

    book: Book
    found: Spreadsheet

    def held(self, found: Spreadsheet) -> Verification:
        """What verifying finds in it as it now is."""
        held = verify(self.book, found)
        assert held is not None
        return held


def case_of(texts: Mapping[str, str], folder: Path) -> Case:
    book = book_of(texts)
    path = folder / "sent.xlsx"
    write_workbook(book, path)
    return Case(book, came_back(path))


def shipped_texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.yaml")}


def named(findings: tuple[Finding, ...], *, results: bool = False) -> list[tuple[str, str]]:
    """The rule and the cell of each; without results, which follow from what is altered."""
    return sorted((f.rule.code, f.place) for f in findings if results or f.rule.code != RESULT)


def place(at: At) -> str:
    return f"{at.sheet}!{at.text(at.sheet)}"


def cell_in(found: Spreadsheet, at: At) -> SheetCell:
    return found.sheets[at.sheet][at.row, at.column]


def altered(found: Spreadsheet, cells: Mapping[At, SheetCell | None]) -> Spreadsheet:
    for sheet in found.sheets:
        of_sheet = {(at.row, at.column): cell for at, cell in cells.items() if at.sheet == sheet}
        if of_sheet:
            found = with_cells(found, sheet, of_sheet)
    return found


# -- which cells are of which kind ----------------------------------------------------------


def blocks(book: Book) -> Iterator[tuple[str, SheetBlock]]:
    for name, sheet in book.sheets.items():
        for block in sheet.blocks:
            yield name, block


def with_role(book: Book, role: str) -> list[At]:
    return [
        At(name, *at)
        for name, sheet in book.sheets.items()
        for at, cell in sheet.cells.items()
        if cell.style.role == role and isinstance(cell.content, Decimal)
    ]


def formulas(book: Book) -> list[At]:
    return [at for at, _ in book.formulas()]


def ids(book: Book) -> dict[At, str]:
    """Every cell with an id or a part of one, and the id."""
    return {
        At(name, row, column): identity
        for name, block in blocks(book)
        for identity, row in block.rows.items()
        for column in block.id_columns
        if (row, column) in book.sheets[name].cells
    }


def headings(book: Book) -> dict[At, tuple[SheetBlock, str]]:
    return {
        At(name, block.header, column): (block, heading)
        for name, block in blocks(book)
        for heading, column in block.columns.items()
    }


def row_of(book: Book, sheet: str, identity: str) -> int:
    return next(b.rows[identity] for name, b in blocks(book) if name == sheet if identity in b.rows)


def input_at(book: Book, table: str, row: str, measure: str, year: str = "") -> At:
    for (name, key), at in book.places.items():
        if (name, key.row, key.measure, str(key.year or "")) == (table, row, measure, year):
            return at
    raise AssertionError(f"no {table} {row} {measure} {year}")


# -- ways to alter one ----------------------------------------------------------------------

Way = Callable[[SheetCell], SheetCell | None]


def more(value: Value) -> Value:
    return value + 1 if isinstance(value, Decimal) else f"{value}?"


def elsewhere(formula: str) -> str:
    """The formula with the first cell or area that it names one row further down."""
    parts, is_moved = [], False
    for piece in pieces(formula):
        if isinstance(piece, Area) and not is_moved:
            is_moved = True
            lower = [(row + 1, column) for row, column in (piece.first, piece.last)]
            parts.append(piece._replace(first=lower[0], last=lower[1]).text())
        else:
            parts.append(piece if isinstance(piece, str) else piece.text())
    return "".join(parts) if is_moved else f"{formula}+1"


def emptied(cell: SheetCell) -> None:
    """Nothing is left."""


VALUE_WAYS: dict[str, Way] = {
    "another value": lambda cell: SheetCell(None, more(cell.value)),
    "a formula": lambda cell: SheetCell(f"={cell.value}", cell.value),
    "a text": lambda cell: SheetCell(None, f"{cell.value}"),
    "emptied": emptied,
}
FORMULA_WAYS: dict[str, Way] = {
    "its result": lambda cell: SheetCell(None, cell.value),
    "other cells": lambda cell: SheetCell(elsewhere(cell.formula or ""), cell.value),
    "more added": lambda cell: SheetCell(f"{cell.formula}+0", cell.value),
    "emptied": emptied,
}
RESULT_WAYS: dict[str, Way] = {
    "another result": lambda cell: SheetCell(cell.formula, more(cell.value)),
    "a text": lambda cell: SheetCell(cell.formula, f"about {cell.value}"),
    "emptied": lambda cell: SheetCell(cell.formula, None),
}
WAYS: dict[str, dict[str, Way]] = {
    INPUT: VALUE_WAYS,
    STATED: VALUE_WAYS,
    FORMULA: FORMULA_WAYS,
    RESULT: RESULT_WAYS,
}


def cells_of(book: Book, rule: str) -> list[At]:
    role = {INPUT: "input", STATED: "stated"}.get(rule)
    return with_role(book, role) if role else formulas(book)


# -- edits of whole sheets ------------------------------------------------------------------


def lines_sorted(found: Spreadsheet, order: Callable[[list[int]], list[int]]) -> Spreadsheet:
    """The rows of Lines in another order, as a spreadsheet sorts them."""
    rows = sorted({row for (row, _), cell in found.sheets["Lines"].items() if cell.formula})[1:]
    new = dict(zip(rows, order(rows), strict=True))
    return moved(found, "Lines", lambda at: (new.get(at[0], at[0]), at[1]))


def beside(found: Spreadsheet, sheet: str) -> int:
    """The first column that is free."""
    return max(column for _, column in found.sheets[sheet]) + 1


def put_in(found: Spreadsheet, axis: int, before: int) -> Spreadsheet:
    for sheet in found.sheets:
        found = inserted(found, sheet, axis, before)
    return found


def swapped(one: int, other: int) -> dict[int, int]:
    return {one: other, other: one}
