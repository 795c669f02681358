"""Figures of a printed table in words: as plans print amounts, to the places of the table."""

from decimal import Decimal

from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import is_percentage, places_needed, places_of
from cfbudget.casting.results import Relation


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
