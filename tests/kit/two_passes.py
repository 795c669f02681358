"""A workbook's cells as openpyxl alone gives them: formulas in one pass, results in another."""

from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from cfbudget.read.cell_values import formula_of, value_of
from cfbudget.read.spreadsheet import CellAt, SheetCell, Spreadsheet


class TwoPasses(NamedTuple):
    """What one sheet holds, and how it looks."""

    cells: dict[CellAt, SheetCell]
    formats: dict[CellAt, str]
    unstored: set[CellAt]


def two_passes(path: Path) -> dict[str, TwoPasses]:
    """Every sheet's cells that hold something."""
    written, results = _opened(path, results=False), _opened(path, results=True)
    return {sheet.title: _sheet(sheet, results[sheet.title]) for sheet in written.worksheets}


def one_pass(found: Spreadsheet) -> dict[str, TwoPasses]:
    """What was read, to be compared with two passes."""
    return {
        name: TwoPasses(
            dict(cells),
            dict(found.appearances[name].formats),
            set(found.appearances[name].unstored),
        )
        for name, cells in found.sheets.items()
    }


def _opened(path: Path, *, results: bool) -> Any:
    return openpyxl.load_workbook(path, read_only=True, data_only=results)


def _sheet(sheet: Any, results: Any) -> TwoPasses:
    found = TwoPasses({}, {}, set())
    for row, (cells, stored) in enumerate(zip(_rows(sheet), _rows(results), strict=True), 1):
        for column, (cell, result) in enumerate(zip(cells, stored, strict=True), 1):
            if cell.value is None:
                continue
            found.formats[row, column] = cell.number_format
            formula = formula_of(cell.value) if cell.data_type == "f" else None
            if cell.data_type == "f" and result.value is None and result.data_type == "n":
                found.unstored.add((row, column))
            value = None if result.value is None or result.value == "" else value_of(result.value)
            if formula is not None or value is not None:
                found.cells[row, column] = SheetCell(formula, value)
    return found


def _rows(sheet: Any) -> Any:
    sheet.reset_dimensions()
    return sheet.iter_rows()
