"""A gap's rows: what is spent, and what pays for it."""

import re
from typing import NamedTuple

from cfbudget.imports.reading import TableReading
from cfbudget.imports.rows import SourceRow

GAP = re.compile(r"\bgap\b|\bshortfall\b", re.IGNORECASE)
SPENDING = re.compile(
    r"\bbudget\b|\bexpenditure\b|\bspend(?:ing)?\b|\bcosts?\b|\brequirement\b", re.IGNORECASE
)


class Gap(NamedTuple):
    """What a gap is made of."""

    spent: frozenset[int]
    """The rows of spending."""
    short_is_minus: bool = False
    """Whether a shortfall is printed minus: what pays, less what is spent."""


def gap_made_of(reading: TableReading, gap: SourceRow | None) -> Gap:
    """Of what a gap is made of, what is spent: it adds to the gap, where what pays is minus or
    taken off; or it is taken off itself, where that alone is called spending."""
    if gap is None or gap.sum is None:
        return Gap(frozenset())
    adding = {row for sign, row in gap.sum.terms if sign * reading.sums.get(row, 0) > 0}
    taken_off = {row for sign, row in gap.sum.terms if sign < 0 < reading.sums.get(row, 0)}
    named = {row for row in adding | taken_off if _is_spending(reading, row)}
    if named & taken_off and not named & adding:
        return Gap(frozenset(taken_off), short_is_minus=True)
    return Gap(frozenset(adding))


def _is_spending(reading: TableReading, row: int) -> bool:
    return SPENDING.search(reading.labels.get(row, "")) is not None
