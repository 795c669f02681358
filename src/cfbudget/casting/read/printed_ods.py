"""The sheets of an OpenDocument spreadsheet as they show themselves."""

from pathlib import Path

from cfbudget.casting.read.hidden_notes import hidden_notes
from cfbudget.casting.read.ods_sheets import OdsSheet, read_ods
from cfbudget.casting.read.printed_table import PrintedTable, cell_text, row_of, trimmed
from cfbudget.casting.read.sheet_choice import LIMITS, check_size, chosen_sheets
from cfbudget.casting.stored_cells import StoredCells
from cfbudget.read.hidden_lines import HiddenLines


def read_ods_tables(path: Path, sheet: str | None) -> list[PrintedTable]:
    """The sheets of a spreadsheet that hold something, or the one that is named.

    Raises:
        Refused: it cannot be read, has no such sheet, or a sheet is over a bound.
    """
    sheets = {found.name: found for found in read_ods(path, LIMITS)}
    held = {name: bool(found.cells) for name, found in sheets.items()}
    return [_table(sheets[name]) for name in chosen_sheets(held, sheet)]


def _table(sheet: OdsSheet) -> PrintedTable:
    check_size(sheet.name, ((row + 1, column + 1) for row, column in sheet.cells))
    rows: list[list[str]] = [[] for _ in range(max(row for row, _ in sheet.cells) + 1)]
    for (row, column), cell in sheet.cells.items():
        rows[row] += [""] * (column - len(rows[row]))
        rows[row].append(cell.text)
    stored = StoredCells(
        {at: cell.number for at, cell in sheet.cells.items() if cell.number is not None},
        {at: cell.formula for at, cell in sheet.cells.items() if cell.formula is not None},
        tuple(sheet.spans),
    )
    notes = ["the sheet is hidden"] if sheet.hidden else []
    hidden = HiddenLines(
        frozenset(row + 1 for row in sheet.hidden_rows),
        frozenset(column + 1 for column in sheet.hidden_columns),
    )
    notes += hidden_notes(((row + 1, column + 1) for row, column in sheet.cells), hidden)
    done = trimmed([row_of(row) for row in rows])
    return PrintedTable(cell_text(sheet.name), done, tuple(notes), stored)
