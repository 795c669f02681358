"""The units of measures that are no money: a percentage, a count, a year, a fact.

A cell holds a whole number, whatever it measures: `Unit.pence` says how many of them make one
printed 1. So a share is as exact as an amount, and stands in the same tables.
"""

from cfbudget.money import COUNTS, POUNDS, Unit, plain, printed, rounded
from cfbudget.years import FinancialYear

PER_CENT = Unit("%", 10**18, 1)
"""Held to eighteen places of one per cent: no rate that can be written is finer."""
RISE = PER_CENT._replace(places=2)
"""A rise of council tax, which is spoken of to two places: 4.99%."""
TAX_BASE = COUNTS
"""Dwellings as Band D."""
PENCE = POUNDS._replace(places=2)
"""A council tax: pounds and pence, whatever the unit of its table."""
COUNT = Unit("count", 1, 0)
YEAR = Unit("year", 1, 0)
"""Held as the calendar year in which it begins; 0 is no year that there is."""
FACT = Unit("fact", 1, 0)
"""Something that is so: 1. Where it is not so, there is no cell."""

NO_YEAR = "not within the plan"

SHARE_PLACES = 6
"""To how many places of one per cent a part of a whole is held."""


def share(part: int, whole: int) -> int:
    """A part of a whole in per cent, as a cell holds it: halves away from zero.

    Args:
        whole: not nil.
    """
    step: int = 10**SHARE_PLACES
    size = (abs(part) * 200 * step + abs(whole)) // (2 * abs(whole))
    return (-size if (part < 0) != (whole < 0) else size) * (PER_CENT.pence // step)


def shown(value: int, unit: Unit, places: int) -> str:
    """A cell's value as it is to be read: (3,380), 12.5%, 2025-26, yes."""
    if unit is YEAR:
        return str(FinancialYear(value)) if value else NO_YEAR
    if unit is FACT:
        return "yes"
    if unit.name == PER_CENT.name:
        text = printed(value, unit, places) if rounded(value, unit, places) else "0"
        return f"{text[:-1]}%)" if text.endswith(")") else f"{text}%"
    return printed(value, unit, places)


def exact(value: int, unit: Unit) -> str:
    """The value as a plain decimal; a year is no amount, and nor is a fact."""
    return "" if unit in (YEAR, FACT) else plain(value, unit)
