"""A workbook's sheets as they are printed: every value in its number format."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from cfbudget.casting.read.hidden_notes import hidden_notes
from cfbudget.casting.read.number_format import printed_value
from cfbudget.casting.read.printed_table import (
    PrintedTable,
    TextRow,
    cell_text,
    row_of,
    trimmed,
)
from cfbudget.casting.read.sheet_choice import LIMITS, check_size, chosen_sheets
from cfbudget.casting.stored_cells import Span, StoredCells
from cfbudget.grammar import counted
from cfbudget.problem import Refusal
from cfbudget.read.bounds import Refused
from cfbudget.read.spreadsheet import (
    Appearance,
    CellAt,
    SheetCell,
    Spreadsheet,
    read_spreadsheet,
)


def read_workbook(path: Path, sheet: str | None) -> list[PrintedTable]:
    """The sheets of a workbook that hold something, or the one that is named.

    Raises:
        Refused: it cannot be read, has no such sheet, or a sheet is over a bound.
    """
    book = read_spreadsheet(path, LIMITS, appearance=True)
    if isinstance(book, Refusal):
        raise Refused(*book)
    held = {name: bool(cells) for name, cells in book.sheets.items()}
    return [_table(name, book) for name in chosen_sheets(held, sheet)]


def _table(name: str, book: Spreadsheet) -> PrintedTable:
    cells, look = book.sheets[name], book.appearances[name]
    check_size(name, cells)
    rows: list[list[str]] = [[] for _ in range(max(row for row, _ in cells))]
    for at, cell in cells.items():
        row = rows[at[0] - 1]
        row += [""] * (at[1] - 1 - len(row))
        row.append(_printed(at, cell, look))
    done: list[TextRow] = [row_of(row) for row in rows]
    notes = ["the sheet is hidden"] if name in book.hidden else []
    notes += hidden_notes(cells, look.hidden)
    if count := len(look.unstored):
        what = counted(count, "formula", "has")
        notes.append(
            f"{what} no stored result: open the workbook in Excel or LibreOffice and save it"
        )
    return PrintedTable(cell_text(name), trimmed(done), tuple(notes), _stored(cells, look))


def _stored(cells: Mapping[CellAt, SheetCell], look: Appearance) -> StoredCells:
    """What a sheet's cells hold besides what they show."""
    numbers = {
        (row - 1, column - 1): cell.value
        for (row, column), cell in cells.items()
        if isinstance(cell.value, Decimal)
    }
    formulas = {
        (row - 1, column - 1): cell.formula
        for (row, column), cell in cells.items()
        if cell.formula is not None
    }
    spans = (Span(*(number - 1 for number in area)) for area in look.merged)
    return StoredCells(numbers, formulas, tuple(spans))


def _printed(at: CellAt, cell: SheetCell, look: Appearance) -> str:
    """What a cell shows; of a formula without a result the formula, which is no figure."""
    if cell.value is None:
        return (cell.formula or "=") if at in look.unstored else ""
    return printed_value(cell.value, look.formats.get(at, "General"))
