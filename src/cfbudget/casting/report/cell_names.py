"""The cells of a printed table by their names, and how many places they print."""

import re
from decimal import Decimal

from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.table.cell_place import CellPlace

CELL = re.compile(r"([A-Z]+)([0-9]+)")


def place_of(cell: str) -> CellPlace:
    """The row and column, both from 0, of a cell as a spreadsheet names it."""
    match = CELL.fullmatch(cell)
    assert match is not None, cell
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def places_needed(value: Decimal | None) -> int:
    """How many places an exact amount needs."""
    if not value:
        return 0
    return max(0, -int(value.normalize().as_tuple().exponent))


def places_of(table: CastTable, cell: str) -> int:
    """How many places a cell prints."""
    found = table.grid.cells.get(place_of(cell))
    return places_needed(table.grid.amount(found.step)) if found else 0


def is_percentage(table: CastTable, cell: str) -> bool:
    found = table.grid.cells.get(place_of(cell))
    return found is not None and found.percent
