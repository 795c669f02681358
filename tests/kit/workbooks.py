"""Workbooks in tests: built from a plan's texts, stored, and held against the core's results."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.workbook import Workbook

from cfbudget.checks.report import check
from cfbudget.workbook.book.book import Book, Formula, SheetBlock
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Fixed
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.book.xlsx import write_workbook
from cfbudget.workbook.sheets.about import Origin
from cfbudget.workbook.sheets.plan_book import build
from tests.kit.plans_sketch import PENNY_PLACES
from tests.kit.support import SHIPPED, plan_of

Read = Callable[[At], object]
"""What stands in a cell of a stored workbook, as openpyxl reads it."""


PLACES = {**PENNY_PLACES, "FTE": 2}
"""How many places a figure may have in its unit."""


class Line(NamedTuple):
    """An input, by what the Lines sheet says of it."""

    table: str
    row: str
    measure: str
    year: str


def texts_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}


def shipped_texts() -> dict[str, str]:
    return texts_in(SHIPPED)


def book_of(texts: Mapping[str, str], version: str = "0.0.0", date: str | None = None) -> Book:
    """The workbook of a plan. Its digests are stand-ins."""
    plan = plan_of(dict(texts))
    return build(plan, check(plan), Origin(version, dict.fromkeys(texts, "0" * 64), date, texts))


def stored(book: Book, path: Path) -> Path:
    write_workbook(book, path)
    return path


def reader(workbook: Workbook) -> Read:
    return lambda at: workbook[at.sheet].cell(at.row, at.column).value


def results(path: Path) -> Read:
    """What the formulas of a stored workbook came to when it was stored."""
    return reader(openpyxl.load_workbook(path, data_only=True))


def inputs(book: Book) -> dict[Line, At]:
    """Where every input stands, as the Lines sheet leads to it."""
    (block,) = book.sheets["Lines"].blocks
    found = {}
    for row in block.rows.values():
        words = {heading: book.cell(At("Lines", row, at)) for heading, at in block.columns.items()}
        table, line, measure, year = (
            str(cell.content) if (cell := words[heading]) else ""
            for heading in ("Table", "Row", "Measure", "Year")
        )
        amount = words["Amount"]
        assert amount
        assert isinstance(amount.content, Formula)
        assert isinstance(amount.content.expression, Fixed)
        found[Line(table, line, measure, year)] = amount.content.expression.at
    return found


def amount_at(book: Book, at: At) -> Decimal:
    """The value that stands in a cell."""
    cell = book.cell(at)
    assert cell
    assert isinstance(cell.content, Decimal)
    return cell.content


def column_of(block: SheetBlock, heading: str) -> int:
    """The column of a heading, however it breaks into lines."""
    return next(at for text, at in block.columns.items() if " ".join(text.split()) == heading)


# -- the workbook's results against the core's ----------------------------------------------


def disagreements(book: Book, read: Read) -> list[str]:
    """Every formula of a book that comes to something else in a stored workbook."""
    penny = penny_places(book)
    return [
        f"{at.text('')} ={formula.expression.text(at.sheet)} comes to {found!r}, "
        f"not {formula.result!r}"
        for at, formula in book.formulas()
        if not _agree(formula.result, found := read(at), penny.get(at, FINEST))
    ]


FINEST = max(PENNY_PLACES.values())


def _agree(result: Value, found: object, places: int) -> bool:
    """Texts as they are, an empty text being an empty cell; numbers to a tenth of a penny.

    A double that stands for an amount is off by far less, and an allowance may be half a penny.
    """
    if isinstance(result, Decimal):
        if isinstance(found, bool) or not isinstance(found, int | float):
            return False
        return abs(Decimal(found) - result) < Decimal(1).scaleb(-places - 1)
    return (result or "") == (found if found is not None else "")


def penny_places(book: Book) -> dict[At, int]:
    """How many places a penny has in the unit of each figure."""
    units = dict(_units(book))
    # A page's workbook has no checks.
    for block in book.sheets["Checks"].blocks if "Checks" in book.sheets else ():
        for row in block.rows.values():
            cells = [at for at in (At("Checks", row, c) for c in range(1, 15)) if book.cell(at)]
            for at in cells:
                content = book.sheets["Checks"].cells[at.row, at.column].content
                if isinstance(content, Formula) and isinstance(content.expression, At):
                    units |= dict.fromkeys(cells, units[content.expression])
    return {at: PLACES[unit] for at, unit in units.items()}


def _units(book: Book) -> Iterator[tuple[At, str]]:
    """The unit of every cell of a block that says its unit, at its corner or in each row."""
    for sheet in book.sheets.values():
        for block in sheet.blocks:
            corner = sheet.cells.get((block.header, 1))
            for row in block.rows.values():
                cell = sheet.cells.get((row, block.columns.get("Unit", 0))) or corner
                unit = str(cell.content) if cell else ""
                if unit in PLACES:
                    columns = range(1, max(block.columns.values()) + 1)
                    yield from ((At(sheet.name, row, column), unit) for column in columns)
