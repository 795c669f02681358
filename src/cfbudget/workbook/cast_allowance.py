"""How far a relation may be out for its figures to be only rounded."""

from decimal import Decimal
from fractions import Fraction

from cfbudget.casting.claims import Claim, Term, tolerance_of
from cfbudget.casting.percentages import ratio
from cfbudget.casting.results import Relation
from cfbudget.tables.cast import CastTable
from cfbudget.tables.cast_places import place_of


def allowance(table: CastTable, relation: Relation) -> Decimal:
    """The largest difference, without its sign, that is rounding; never a sum plugged.

    A sum has half a printed unit for itself and for each figure that is not nil. A percentage has
    what its part and whole may come to before they are rounded, on the side that it is out to.
    """
    if relation.kind in ("percentage", "percentage change"):
        return _of_percentage(table, relation)
    percent = table.grid.cells[place_of(relation.total)].percent
    if table.casting.exact and not percent:  # percentages are always rounded
        return Decimal(0)
    terms: tuple[Term, ...] = tuple(
        (1 if term[0] == "+" else -1, place_of(term[1:])) for term in relation.terms
    )
    claim = Claim(relation.kind, place_of(relation.total), terms, down=True, bits=0)
    return table.grid.amount(tolerance_of(table.grid, claim, {})) / 2


def _of_percentage(table: CastTable, relation: Relation) -> Decimal:
    assert relation.stated is not None
    assert relation.computed is not None
    cells = [place_of(relation.total), *(place_of(term[1:]) for term in relation.terms)]
    total, part, whole = (table.grid.cells[cell] for cell in cells)
    scale = 10**table.grid.places
    half = Fraction(total.step, 2 * scale)
    steps = (0, 0) if table.casting.exact else (part.step, whole.step)
    ends = [
        made
        for a in (-steps[0], steps[0])
        for b in (-steps[1], steps[1])
        if (made := _ratio(relation, 2 * part.value + a, 2 * whole.value + b)) is not None
    ]
    computed = Fraction(relation.computed)
    if relation.stated >= relation.computed:
        room = max(ends) + half - computed
    else:
        room = computed - min(ends) + half
    units = int(room * scale) if room > 0 else 0  # a difference is a whole number of them
    return Decimal(units).scaleb(-table.grid.places)


def _ratio(relation: Relation, part: int, whole: int) -> Fraction | None:
    if relation.kind == "percentage change":
        return ratio("percentage change", part, whole)
    return ratio("percentage", part, whole)
