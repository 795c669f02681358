"""How far a relation may be out for its figures to be only rounded."""

from decimal import Decimal

from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import place_of
from cfbudget.casting.results import Relation
from cfbudget.casting.search.percent_claims import (
    PercentClaim,
    PercentKind,
    computed_share,
    share_range,
)
from cfbudget.casting.search.sum_tolerance import Term, sum_tolerance


def allowance(table: CastTable, relation: Relation) -> Decimal:
    """The largest difference, without its sign, that is rounding; never a sum plugged.

    A sum has half a printed unit for itself and for each figure that is not nil. A percentage has
    what its part and whole may come to before they are rounded, on the side that it is out to.
    """
    if relation.kind in ("percentage", "percentage change"):
        return _of_percentage(table, relation)
    percent = table.grid.cells[place_of(relation.total)].percent
    terms: tuple[Term, ...] = tuple(
        (1 if term[0] == "+" else -1, place_of(term[1:])) for term in relation.terms
    )
    exact = table.casting.exact and not percent  # percentages are always rounded
    total = place_of(relation.total)
    return table.grid.amount(sum_tolerance(table.grid, total, terms, {}, exact=exact)) / 2


def _of_percentage(table: CastTable, relation: Relation) -> Decimal:
    """How far the computed percentage is from the nearer end of what rounding explains."""
    total, part, whole = (
        place_of(cell) for cell in (relation.total, *(term[1:] for term in relation.terms))
    )
    kind: PercentKind = "percentage"
    if relation.kind == "percentage change":
        kind = "percentage change"
    sign = -1 if relation.terms[0].startswith("-") else 1
    share = PercentClaim(kind, total, part, whole, sign=sign)
    found = share_range(table.grid, share, exact=table.casting.exact)
    computed = computed_share(table.grid, share)
    if found is None or computed is None:
        return Decimal(0)
    least, most = found
    stated = table.grid.cells[total]
    room = int(most - computed if stated.value >= computed else computed - least)
    if relation.outcome == "rounding" and room < abs(computed - stated.value):
        room = stated.step  # its column is cut off, and not rounded
    return table.grid.amount(max(0, room))  # a difference is a whole number of units
