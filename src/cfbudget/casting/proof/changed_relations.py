"""Which relations hold once some cells are taken to have other values, with little work."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.search.sum_tolerance import value_of
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid

MOST_HELD = 3_000_000
"""The most figures that are looked at to tell whether relations hold once a cell is changed."""
NOTHING: Mapping[CellPlace, int] = {}


class _RelationState(NamedTuple):
    """How a relation stands with the cells that have been changed so far."""

    tested: Tested
    reach: int | None
    """Twice the most that rounding could explain; None where a difference alone does not tell."""

    @property
    def holds(self) -> bool:
        return self.tested.outcome != "differs"


class ChangedRelations:
    """The relations of a table, as its cells are changed one after another.

    Args:
        failing: the relations, by their place in the list, of which any cell may be changed.
    """

    def __init__(
        self, grid: PrintedGrid, tested: Sequence[Tested], failing: Iterable[int], *, exact: bool
    ) -> None:
        self.grid, self.tested, self.exact = grid, tested, exact
        self.taken: dict[CellPlace, int] = {}
        self.left = MOST_HELD
        self._standing: dict[int, _RelationState] = {}
        self._weights: dict[CellPlace, dict[int, int]] = {}
        changing = {cell for at in failing for cell in tested[at].claim.cells}
        for at, one in enumerate(tested) if changing else ():
            for sign, cell in (*one.claim.terms, (-1, one.claim.total)):
                if cell not in changing:
                    continue
                weights = self._weights.setdefault(cell, {})
                weights[at] = weights.get(at, 0) + sign

    def of_cell(self, cell: CellPlace) -> Mapping[int, int]:
        """The relations of a cell that may be changed, each with how often its sum, less its total,
        counts it; none of another cell."""
        return self._weights.get(cell, {})

    def change(self, cell: CellPlace, value: int) -> None:
        """Take a cell to have another value from now on."""
        self.taken[cell] = value
        for at in self.of_cell(cell):
            self._standing.pop(at, None)

    def told(self, at: int) -> Tested:
        """What a relation comes to."""
        return self._stands(at).tested

    def holds(self, at: int, then: Mapping[CellPlace, int] = NOTHING) -> bool:
        """Whether a relation holds, or would if these cells had these values too."""
        before = self._stands(at)
        if not then:
            return before.holds
        if before.reach is not None and before.tested.off is not None:
            self.left -= len(then)
            off = before.tested.off + sum(
                self.of_cell(cell).get(at, 0) * (value - value_of(self.grid, cell, self.taken))
                for cell, value in then.items()
            )
            if not off or 2 * abs(off) > before.reach:
                return not off
        return self._proved(at, {**self.taken, **then}).outcome != "differs"

    def _stands(self, at: int) -> _RelationState:
        found = self._standing.get(at)
        if found is None:
            found = _RelationState(self._proved(at, self.taken), self._reach(self.tested[at].claim))
            self._standing[at] = found
        return found

    def _proved(self, at: int, taken: Mapping[CellPlace, int]) -> Tested:
        claim = self.tested[at].claim
        self.left -= len(claim.terms) + 4
        return prove(self.grid, claim, exact=self.exact, taken=taken)

    def _reach(self, claim: Claim) -> int | None:
        """No figure is rounded to more than the coarsest of them; where more is stored than is
        shown, or for a percentage, a difference in what is shown does not tell."""
        cells = [cell for place in claim.cells if (cell := self.grid.cells.get(place))]
        if claim.kind in ("percentage", "percentage change") or any(
            c.held is not None for c in cells
        ):
            return None
        return (len(claim.terms) + 1) * max([1, *(cell.step for cell in cells)])
