"""Workbooks as they come back: edits on the cells that were read, as a spreadsheet makes them.

A spreadsheet follows its cells: where a row is put in or taken out, every formula and name that
refers to what lies behind it is written anew. That is done here over what `read_spreadsheet`
gives, apart from the code that reads formulas in `cfbudget`.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from typer.testing import CliRunner

from cfbudget.addresses import letters
from cfbudget.checks.report import check
from cfbudget.cli.app import command_line
from cfbudget.problem import Refusal
from cfbudget.read.spreadsheet import CellAt, Limits, SheetCell, Spreadsheet, read_spreadsheet
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import work_out
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.sheets.about import Origin
from cfbudget.workbook.sheets.plan_book import build
from tests.kit.support import plan_of

REFERENCE = re.compile(
    r'(?P<text>"(?:[^"]|"")*")|(?P<sheet>(?:\w+!|\'[^\']+\'!)?)'
    r"(?P<first>\$?[A-Z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Z]{1,3}\$?\d+))?(?![\w(])"
)
CORNER = re.compile(r"(\$?)([A-Z]+)(\$?)(\d+)")


class Area(NamedTuple):
    """A cell or an area that a formula refers to; `fixed` are its $ signs."""

    sheet: str
    """As it is written, with its !; empty for the formula's own."""
    first: CellAt
    last: CellAt
    is_area: bool
    fixed: tuple[str, str, str, str]

    def text(self) -> str:
        column, row, last_column, last_row = self.fixed
        name = f"{self.sheet}{column}{letters(self.first[1])}{row}{self.first[0]}"
        if not self.is_area:
            return name
        return f"{name}:{last_column}{letters(self.last[1])}{last_row}{self.last[0]}"


ROW, COLUMN = 0, 1
"""The axes: a cell's place is its row and its column."""

Follow = Callable[[str, Area], Area | None]
"""Where an area of a sheet has gone; None if it is no more."""


def address(text: str) -> CellAt:
    """The row and column of a cell's name, such as B12."""
    found = CORNER.fullmatch(text)
    assert found, text
    column = 0
    for letter in found[2]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[4]), column


def named(at: CellAt) -> str:
    return f"{letters(at[1])}{at[0]}"


@cache
def pieces(formula: str) -> tuple[str | Area, ...]:
    """A formula's text, and between it the areas that it refers to."""
    found: list[str | Area] = []
    end = 0
    for match in REFERENCE.finditer(formula):
        if match["text"]:
            continue
        found.append(formula[end : match.start()])
        last = match["last"] or match["first"]
        corners = (CORNER.fullmatch(match["first"]), CORNER.fullmatch(last))
        fixed = tuple(sign for corner in corners if corner for sign in (corner[1], corner[3]))
        assert len(fixed) == 4
        is_area = match["last"] is not None
        found.append(Area(match["sheet"], address(match["first"]), address(last), is_area, fixed))
        end = match.end()
    return (*found, formula[end:])


def followed(formula: str, home: str, follow: Follow) -> str:
    """A formula on the sheet `home`, written anew."""
    parts = []
    for piece in pieces(formula):
        if isinstance(piece, str):
            parts.append(piece)
            continue
        now = follow(piece.sheet.strip("'!") or home, piece)
        parts.append(now.text() if now else "#REF!")
    return "".join(parts)


def rewritten(found: Spreadsheet, follow: Follow) -> Spreadsheet:
    """Every formula and name written anew; the cells stay where they are."""
    sheets = {
        name: {
            at: cell
            if cell.formula is None
            else SheetCell(followed(cell.formula, name, follow), cell.value)
            for at, cell in cells.items()
        }
        for name, cells in found.sheets.items()
    }
    names = {name: followed(text, "", follow) for name, text in found.names.items()}
    return found._replace(sheets=sheets, names=names)


# -- one cell -------------------------------------------------------------------------------


def with_cells(
    found: Spreadsheet, sheet: str, cells: Mapping[CellAt, SheetCell | None]
) -> Spreadsheet:
    """Cells that hold something else; None empties one."""
    held: dict[CellAt, SheetCell | None] = {**found.sheets[sheet], **cells}
    kept = {at: cell for at, cell in held.items() if cell is not None}
    return found._replace(sheets={**found.sheets, sheet: kept})


def typed(found: Spreadsheet, sheet: str, at: CellAt, value: Value) -> Spreadsheet:
    """A value typed over whatever stood in a cell."""
    return with_cells(found, sheet, {at: None if value is None else SheetCell(None, value)})


# -- rows, columns and sheets ---------------------------------------------------------------


def moved(found: Spreadsheet, sheet: str, to: Callable[[CellAt], CellAt | None]) -> Spreadsheet:
    """A sheet's cells in other places; None takes one out."""
    cells = {}
    for at, cell in found.sheets[sheet].items():
        now = to(at)
        if now is not None:
            cells[now] = cell
    return found._replace(sheets={**found.sheets, sheet: cells})


def inserted(found: Spreadsheet, sheet: str, axis: int, before: int) -> Spreadsheet:
    """An empty row (axis 0) or column (axis 1) put in."""

    def beyond(at: CellAt) -> CellAt:
        return _shifted(at, axis, 1) if at[axis] >= before else at

    def follow(of: str, area: Area) -> Area:
        if of != sheet:
            return area
        return area._replace(first=beyond(area.first), last=beyond(area.last))

    return moved(rewritten(found, follow), sheet, beyond)


def deleted(found: Spreadsheet, sheet: str, axis: int, place: int) -> Spreadsheet:
    """A row or column taken out: areas shrink, and what referred to it alone says #REF!."""

    def beyond(at: CellAt) -> CellAt | None:
        if at[axis] == place:
            return None
        return _shifted(at, axis, -1) if at[axis] > place else at

    def follow(of: str, area: Area) -> Area | None:
        if of != sheet:
            return area
        if area.first[axis] == area.last[axis] == place:
            return None
        first, last = (
            _shifted(at, axis, -1) if at[axis] > limit else at
            for at, limit in ((area.first, place), (area.last, place - 1))
        )
        return area._replace(first=first, last=last)

    return moved(rewritten(found, follow), sheet, beyond)


def _shifted(at: CellAt, axis: int, by: int) -> CellAt:
    return (at[0] + by, at[1]) if axis == 0 else (at[0], at[1] + by)


def without_sheet(found: Spreadsheet, sheet: str) -> Spreadsheet:
    """A sheet deleted: what referred to it says #REF!."""
    kept = {name: cells for name, cells in found.sheets.items() if name != sheet}

    def follow(of: str, area: Area) -> Area | None:
        return None if of == sheet else area

    return rewritten(found._replace(sheets=kept), follow)


def reordered(found: Spreadsheet, sheet: str, rows: Mapping[int, int]) -> Spreadsheet | None:
    """Rows moved among themselves, each by its old place to its new one, references following.

    None where an area would no longer be one: a spreadsheet then changes what it adds up.
    """

    def to(at: CellAt) -> CellAt:
        return rows.get(at[0], at[0]), at[1]

    torn = False

    def follow(of: str, area: Area) -> Area:
        nonlocal torn
        if of != sheet:
            return area
        now = sorted(rows.get(row, row) for row in range(area.first[0], area.last[0] + 1))
        torn = torn or now != [*range(now[0], now[-1] + 1)]
        return area._replace(first=(now[0], area.first[1]), last=(now[-1], area.last[1]))

    whole = rewritten(found, follow)
    return None if torn else moved(whole, sheet, to)


def sorted_as_values(found: Spreadsheet, sheet: str, rows: Mapping[int, int]) -> Spreadsheet:
    """Rows sorted as a spreadsheet sorts: formulas go with their rows as they are written."""
    return moved(found, sheet, lambda at: (rows.get(at[0], at[0]), at[1]))


# -- stored results -------------------------------------------------------------------------


def recalculated(book: Book, found: Spreadsheet, changed: Mapping[At, Value]) -> Spreadsheet:
    """Results as they are with some cells changed, in a workbook that nothing was moved in."""
    sheets = {name: dict(cells) for name, cells in found.sheets.items()}
    for (sheet, *at), value in work_out(book, changed).items():
        row, column = at
        cell = sheets[sheet][row, column]
        if cell.formula is not None:
            sheets[sheet][row, column] = SheetCell(cell.formula, value)
    return found._replace(sheets=sheets)


def without_results(found: Spreadsheet) -> Spreadsheet:
    """Formulas alone, as openpyxl stores them."""
    sheets = {
        name: {
            at: cell if cell.formula is None else SheetCell(cell.formula, None)
            for at, cell in cells.items()
        }
        for name, cells in found.sheets.items()
    }
    return found._replace(sheets=sheets)


# -- files ----------------------------------------------------------------------------------

LIMITS = Limits(bytes=50_000_000, cells=100_000)


def plan_in(folder: Path, texts: Mapping[str, str]) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def book_of(texts: Mapping[str, str]) -> Book:
    """The workbook of a plan, as it would be written; what it says of its files is made up."""
    plan = plan_of(dict(texts))
    return build(plan, check(plan), Origin("0.0.0", dict.fromkeys(texts, "0" * 64), texts=texts))


def came_back(path: Path) -> Spreadsheet:
    """A workbook's file, which must be readable."""
    found = read_spreadsheet(path, LIMITS)
    assert not isinstance(found, Refusal), found
    return found


def stored(found: Spreadsheet, path: Path) -> Path:
    """Cells stored as a file, with the results that they hold: openpyxl would drop them."""
    workbook = xlsxwriter.Workbook(str(path), {"strings_to_urls": False})
    sheets = [(workbook.add_worksheet(name), cells) for name, cells in found.sheets.items()]
    for (sheet, cells), name in zip(sheets, found.sheets, strict=True):
        for (row, column), (formula, value) in cells.items():
            at = row - 1, column - 1
            if formula is not None:
                result = sheet.write_formula(*at, formula, None, "" if value is None else value)
            elif isinstance(value, str):
                result = sheet.write_string(*at, value)
            elif isinstance(value, bool):
                result = sheet.write_boolean(*at, value)
            else:
                result = sheet.write_number(*at, value)
            assert result == 0, (at, formula, value)
        if name in found.hidden:
            sheet.hide()
    for name, text in found.names.items():
        workbook.define_name(name, f"={text}")
    workbook.close()
    return path


class Ended(NamedTuple):
    """How a command ended, and what it printed."""

    status: int
    stdout: str
    stderr: str


def cfbudget(*words: str | Path) -> Ended:
    """Run a command in this process; a traceback of its own is a failure of the test."""
    done = CliRunner().invoke(command_line(str(words[0])), [str(word) for word in words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ended(done.exit_code, done.stdout, done.stderr)
