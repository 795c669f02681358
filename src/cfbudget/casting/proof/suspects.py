"""Which printed figures are most likely wrong.

A change of one cell is tried for every relation that differs: the value that would make it hold.
The best cell is the one whose change mends most relations and breaks none; where several do as
well, one that is a slip of the pen away from its new value, then the total itself. A total that
another relation bears out is not named, nor a line that would change by more than a slip: then
nobody knows which figure is wrong, or whether a line is missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget.casting.proof.blank_totals import BlankTotal, blank_totals
from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.search.sum_tolerance import value_of
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.slips import Slip, slip_between

MOST_TERMS = 200
"""The most terms of a differing relation that are each tried as the wrong cell."""
MOST_PAIRS = 400
MOST_HELD = 3_000_000
"""The most figures that are looked at to tell whether relations hold once a cell is changed."""


class Repair(NamedTuple):
    """A cell taken to have another value, and what that mends and breaks."""

    cell: CellPlace
    value: int
    mends: int
    breaks: int
    slip: Slip | None
    is_total: bool
    at: int
    """The place in the list of the relation that it would make hold."""

    @property
    def rank(self) -> tuple[int, ...]:
        """The likeliest first."""
        telling = self.slip not in (None, "one digit differs")
        return (
            self.breaks - self.mends,
            self.breaks,
            -(bool(self.slip) and self.is_total),
            -(telling),
            -self.is_total,
            -bool(self.slip),
        )


class Findings(NamedTuple):
    """The changes that are thought of, in order, and which of them explains each relation."""

    changes: tuple[Repair, ...]
    because: Mapping[int, CellPlace]
    """The cell that explains it, by the relation's place in the list."""


def find_suspects(
    grid: PrintedGrid, tested: Sequence[Tested], *, exact: bool, named: bool = False
) -> Findings:
    """Explain every relation that differs by as few wrong cells as can be found.

    Args:
        named: whether to leave out what would accuse a figure that may as well be right.
    """
    search = _RepairSearch(grid, tested, exact=exact, named=named)
    changes: list[Repair] = []
    taken: dict[CellPlace, int] = {}
    because: dict[int, CellPlace] = {}
    failing = [at for at, one in enumerate(tested) if one.outcome == "differs"]
    for blank in blank_totals(grid, tested) if named else ():
        explains = [at for at in blank.explains if at not in because]
        if explains:
            changes.append(_filled(blank, len(explains)))
            because |= dict.fromkeys(explains, blank.cell)
    failing = [at for at in failing if at not in because]
    while failing:
        chosen = search.best(failing, taken)
        if not chosen:
            break
        for change in chosen:
            changes.append(change)
            taken[change.cell] = change.value
        search.forget(chosen)
        left = [at for at in failing if not search.holds(at, taken)]
        for at in set(failing) - set(left):
            because[at] = _nearest(tested[at].claim, chosen)
        if len(left) == len(failing):
            break
        failing = left
    return Findings(tuple(changes), because)


def _filled(blank: BlankTotal, mends: int) -> Repair:
    """A blank total with its value."""
    return Repair(blank.cell, blank.value, mends, 0, None, is_total=True, at=blank.explains[0])


def _nearest(claim: Claim, chosen: Sequence[Repair]) -> CellPlace:
    """Which of several cells changed together a relation meets."""
    return next((change.cell for change in chosen if change.cell in claim.cells), chosen[0].cell)


class _RepairSearch:
    def __init__(
        self, grid: PrintedGrid, tested: Sequence[Tested], *, exact: bool, named: bool
    ) -> None:
        self.grid = grid
        self.tested = tested
        self.exact = exact
        self.named = named
        self.left = MOST_HELD
        self.known: dict[int, list[Repair]] = {}
        self.of_cell: dict[CellPlace, list[int]] = {}
        for at, one in enumerate(tested):
            for cell in set(one.claim.cells):
                self.of_cell.setdefault(cell, []).append(at)

    def holds(self, at: int, taken: Mapping[CellPlace, int]) -> bool:
        claim = self.tested[at].claim
        self.left -= len(claim.terms) + 4
        return prove(self.grid, claim, exact=self.exact, taken=taken).outcome != "differs"

    def best(self, failing: Sequence[int], taken: Mapping[CellPlace, int]) -> list[Repair]:
        """The change that explains most; two together where none does better than it breaks."""
        changes = list(self._changes(failing, taken))
        likely = self._nameable(changes) if self.named else changes
        first = min(likely, key=lambda change: change.rank, default=None)
        if first and first.mends > first.breaks:
            return [first]
        pair = self._pair(changes, taken)
        if pair or self.named:
            return pair
        totals = [change for change in changes if change.is_total]
        return [min(totals or changes, key=lambda change: change.rank)] if changes else []

    def forget(self, chosen: Sequence[Repair]) -> None:
        """What was known of relations that a change touches, or that meet these."""
        touched = {at for change in chosen for at in self.of_cell[change.cell]}
        met = {cell for at in touched for cell in self.tested[at].claim.cells}
        for cell in met:
            for at in self.of_cell[cell]:
                self.known.pop(at, None)

    def _turned(self, change: Repair) -> bool:
        """Whether a figure would have another sign and another size: no slip makes both."""
        stated = self.grid.cells.get(change.cell)
        if stated is None:
            return False
        return stated.value * change.value < 0 and stated.value != -change.value

    def _nameable(self, changes: Sequence[Repair]) -> list[Repair]:
        """Those that say more than the other lines of a relation: its total, a cell on which
        several relations meet, a line that is a slip away."""
        return [c for c in changes if c.is_total or c.mends > 1 or c.slip is not None]

    def _changes(self, failing: Sequence[int], taken: Mapping[CellPlace, int]) -> Iterator[Repair]:
        told: set[tuple[CellPlace, int]] = set()
        for at in failing:
            if at not in self.known:
                self.known[at] = self._possible(at, taken) if self.left > 0 else []
            for change in self.known[at]:
                if (change.cell, change.value) not in told and change.cell not in taken:
                    told.add((change.cell, change.value))
                    yield change

    def _possible(self, at: int, taken: Mapping[CellPlace, int]) -> list[Repair]:
        changes = self._changes_of(at, taken)
        return [change for change in changes if not (self.named and self._turned(change))]

    def _changes_of(self, at: int, taken: Mapping[CellPlace, int]) -> Iterator[Repair]:
        claim = self.tested[at].claim
        for cell, value in self._values(claim, taken):
            change = self._change(cell, value, taken, at)
            if cell in self.grid.cells or (change.mends > 1 and not change.breaks):
                yield change

    def _values(
        self, claim: Claim, taken: Mapping[CellPlace, int]
    ) -> Iterator[tuple[CellPlace, int]]:
        """Each of a relation's cells with the value that would make it hold."""
        found = prove(self.grid, claim, exact=self.exact, taken=taken)
        if found.off is None or found.computed is None:
            return
        yield claim.total, found.computed
        if claim.kind in ("percentage", "percentage change"):
            return
        for sign, cell in claim.terms[:MOST_TERMS]:
            if cell in self.grid.cells or (self.named and cell not in self.grid.unreadable):
                yield cell, value_of(self.grid, cell, taken) - sign * found.off

    def _change(
        self, cell: CellPlace, value: int, taken: Mapping[CellPlace, int], at: int
    ) -> Repair:
        mends = breaks = 0
        then = {**taken, cell: value}
        for other in self.of_cell[cell]:
            before, after = self.holds(other, taken), self.holds(other, then)
            mends += after and not before
            breaks += before and not after
        stated = self.grid.cells.get(cell)
        slip = slip_between(stated.value, value) if stated else None
        is_total = cell == self.tested[at].claim.total
        return Repair(cell, value, mends, breaks, slip, is_total, at)

    def _pair(self, changes: Sequence[Repair], taken: Mapping[CellPlace, int]) -> list[Repair]:
        """Two cells that share a relation which holds, and whose errors hide each other in it."""
        likely = sorted(changes, key=lambda change: (not change.is_total, change.rank))
        if self.named:  # of lines out by one amount, another that is missing may tell as much
            likely = [change for change in likely if change.is_total or change.slip]
        best: tuple[tuple[int, ...], list[Repair]] | None = None
        for at, one in enumerate(likely[:MOST_PAIRS]):
            if self.left < 0:
                break
            relations = set(self.of_cell[one.cell])
            for other in likely[at + 1 : MOST_PAIRS]:
                if one.cell == other.cell or not relations & set(self.of_cell[other.cell]):
                    continue
                gain = self._gain((one, other), taken)
                totals = one.is_total + other.is_total
                rank = (-gain, -totals, -bool(one.slip) - bool(other.slip))
                if gain > 1 and (best is None or rank < best[0]):
                    best = rank, [one, other]
            if best and -best[0][0] > 1 and best[0][1] == -2:
                break
        return best[1] if best else []

    def _gain(self, pair: Sequence[Repair], taken: Mapping[CellPlace, int]) -> int:
        then = {**taken, **{change.cell: change.value for change in pair}}
        relations = {at for change in pair for at in self.of_cell[change.cell]}
        return sum(self.holds(at, then) - self.holds(at, taken) for at in relations)
