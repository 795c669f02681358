"""A workbook in which somebody changed an input and saved, as a spreadsheet would leave it."""

from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

from cfbudget.checks.report import check
from cfbudget.loaded import load_folder
from cfbudget.workbook.book.book import Book, BookCell, Formula
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import work_out
from cfbudget.workbook.book.xlsx import write_workbook
from cfbudget.workbook.sheets.about import Origin
from cfbudget.workbook.sheets.plan_book import build


def with_input(book: Book, sheet: str, row: str, heading: str, value: Decimal) -> Book:
    """The book with one input changed, and every formula's result after that."""
    block = next(block for block in book.sheets[sheet].blocks if heading in block.columns)
    at = At(sheet, block.rows[row], block.columns[heading])
    cell = book.cell(at)
    assert cell is not None
    assert cell.style.role == "input"
    for formula_at, result in work_out(book, {at: value}).items():
        cells = book.sheets[formula_at.sheet].cells
        formula, style = cells[formula_at.row, formula_at.column]
        assert isinstance(formula, Formula)
        cells[formula_at.row, formula_at.column] = BookCell(formula._replace(result=result), style)
    book.sheets[sheet].cells[at.row, at.column] = BookCell(value, cell.style)
    return book


def returned(plan: Path, target: Path) -> None:
    """The shipped plan's workbook as it came back: one saving of 2025-26 was changed."""
    loaded = load_folder(str(plan))
    assert loaded.plan is not None
    origin = Origin(version("cfbudget"), loaded.digests, texts=loaded.texts)
    book = build(loaded.plan, check(loaded.plan), origin)
    option = "home-to-school-transport-reduced-demand"
    write_workbook(with_input(book, "Options", option, "Change\n2025-26", Decimal(-400)), target)
