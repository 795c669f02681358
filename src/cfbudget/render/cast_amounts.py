"""Figures of a printed table in words: as plans print amounts, to the places of the table."""

import re
from decimal import Decimal

from cfbudget.casting.grid import Place
from cfbudget.casting.results import Relation
from cfbudget.tables.cast import CastTable

CELL = re.compile(r"([A-Z]+)([0-9]+)")


def place_of(cell: str) -> Place:
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


def amount(value: Decimal | None, places: int, *, percent: bool = False) -> str:
    """As plans print it: 77,523, (3,380), 97.5%, 0; nothing where it is not known."""
    if value is None:
        return ""
    places = max(places, places_needed(value))
    text = f"{abs(value):,.{places}f}{'%' if percent else ''}"
    return f"({text})" if value < 0 else text


def relation_amounts(table: CastTable, relation: Relation) -> tuple[str, str, str]:
    """Stated, computed and the difference, which has its sign."""
    places = max(
        places_of(table, relation.total), *map(places_needed, (relation.stated, relation.computed))
    )
    percent = is_percentage(table, relation.total)
    found = [
        amount(value, places, percent=percent)
        for value in (relation.stated, relation.computed, relation.difference)
    ]
    sign = "+" if relation.difference and relation.difference > 0 else ""
    return found[0], found[1], sign + found[2]


def suggestion(table: CastTable, cell: str, value: Decimal) -> str:
    """What a cell would have to be, printed as the cell is."""
    return amount(value, places_of(table, cell), percent=is_percentage(table, cell))
