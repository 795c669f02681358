"""A cell's row and column, from its name in a spreadsheet and back."""

from cfbudget.addresses import cell_name
from cfbudget.casting.table.cell_place import CellPlace


def place_of(name: str) -> CellPlace:
    """The row and column from 0 of a cell's name: B5 is (4, 1)."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]) - 1, column - 1


def name_of(place: CellPlace) -> str:
    """The name of a cell: (4, 1) is B5."""
    return cell_name(place[0] + 1, place[1] + 1)
