"""What the table claims: one printed figure as made by others, cell by cell."""

from typing import NamedTuple

from cfbudget.casting.results import RelationKind, RelationOutcome
from cfbudget.casting.search.percent_claims import PercentClaim, computed_share, share_outcome
from cfbudget.casting.search.sum_tolerance import PlacedValues, Term, sum_tolerance, value_of
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid


class Claim(NamedTuple):
    """A printed total with its terms; for a percentage the part and the whole, the part
    minus where the percentage has the other sign."""

    kind: RelationKind
    total: CellPlace
    terms: tuple[Term, ...]
    down: bool
    """Whether its terms stand in other rows."""
    bits: int
    """The evidence for the pattern that it is one of, over what was asked for."""
    cut: bool = False
    """Whether a percentage was cut off to its places, and not rounded."""

    @property
    def cells(self) -> tuple[CellPlace, ...]:
        return (self.total, *(place for _, place in self.terms))

    @property
    def canonical(self) -> tuple[RelationKind | str, frozenset[tuple[CellPlace, int]]]:
        """The same for every rearrangement of a sum."""
        if self.kind in ("percentage", "percentage change"):
            return self.kind, frozenset((place, at) for at, place in enumerate(self.cells))
        signed = sorted([(self.total, -1), *((place, sign) for sign, place in self.terms)])
        turn = signed[0][1]
        return "sum", frozenset((place, sign * turn) for place, sign in signed)


class Tested(NamedTuple):
    """A claim with what it comes to, in whole numbers of the grid's finest place.

    `computed` and `off` (computed − stated) are None where a cell cannot be read.
    """

    claim: Claim
    computed: int | None
    off: int | None
    outcome: RelationOutcome


def prove(
    grid: PrintedGrid, claim: Claim, *, exact: bool, taken: PlacedValues | None = None
) -> Tested:
    """What a claim comes to, and what the difference means.

    Args:
        exact: whether no rounding is allowed.
        taken: what some cells are taken to be.
    """
    if any(place in grid.unreadable and place not in (taken or {}) for place in claim.cells):
        return Tested(claim, None, None, "not checkable")
    if claim.kind in ("percentage", "percentage change"):
        return _test_share(grid, claim, exact=exact, taken=taken or {})
    return _test_sum(grid, claim, exact=exact, taken=taken or {})


def _test_sum(grid: PrintedGrid, claim: Claim, *, exact: bool, taken: PlacedValues) -> Tested:
    stated = value_of(grid, claim.total, taken)
    computed = sum(sign * value_of(grid, place, taken) for sign, place in claim.terms)
    off = computed - stated
    if not off:
        return Tested(claim, computed, off, "agrees")
    exact = exact and not grid.cells[claim.total].percent  # percentages are always rounded
    rounding = 2 * abs(off) <= sum_tolerance(grid, claim.total, claim.terms, taken, exact=exact)
    return Tested(claim, computed, off, "rounding" if rounding else "differs")


def _test_share(grid: PrintedGrid, claim: Claim, *, exact: bool, taken: PlacedValues) -> Tested:
    if any(place in taken for place in claim.cells):
        cells = {place: cell for place in claim.cells if (cell := grid.cells.get(place))}
        for place, cell in cells.items():
            cells[place] = cell._replace(value=taken.get(place, cell.value))
        grid = grid._replace(cells=cells)
    (sign, part), (_, whole) = claim.terms
    share = PercentClaim(
        "percentage" if claim.kind == "percentage" else "percentage change",
        claim.total,
        part,
        whole,
        claim.cut,
        sign,
    )
    computed = computed_share(grid, share)
    outcome = share_outcome(grid, share, exact=exact)
    if computed is None or outcome is None:
        return Tested(claim, None, None, "not checkable")
    return Tested(claim, computed, computed - grid.cells[claim.total].value, outcome)
