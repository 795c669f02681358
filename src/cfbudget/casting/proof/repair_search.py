"""The search for the changes of cells that explain the relations that differ."""

from collections.abc import Iterable, Iterator, Sequence

from cfbudget.casting.proof.changed_relations import ChangedRelations
from cfbudget.casting.proof.repairs import Repair, Repairs
from cfbudget.casting.search.sum_tolerance import value_of
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.slips import slip_between

MOST_TERMS = 200
"""The most terms of a differing relation that are each tried as the wrong cell."""
MOST_PAIRS = 400

CellValues = dict[CellPlace, list[tuple[int, int]]]
"""The values that each cell would have, each with its number among those for a relation."""


class RepairSearch:
    """Change after change, what is known of those that it does not touch is kept.

    Args:
        failing: the relations that differ and that nothing explains, by their place in the list.
        named: whether to leave out what would accuse a figure that may as well be right.
    """

    def __init__(self, relations: ChangedRelations, failing: Sequence[int], *, named: bool) -> None:
        self.relations, self.grid = relations, relations.grid
        self.failing = set(failing)
        self.named = named
        self._repairs = Repairs(self._is_telling, self._may_pair)
        self._values: dict[int, CellValues] = {}
        self._new = set(failing)
        """The relations for which no change is thought of yet."""
        self._stale: dict[int, set[CellPlace]] = {}
        """The cells of others of which what they mend and break has to be counted again."""

    def best(self) -> list[Repair]:
        """The change that explains most; two together where none does better than it breaks."""
        self._think()
        first = self._repairs.best()
        if first and first.mends > first.breaks:
            return [first]
        pair = self._pair()
        if pair or self.named:
            return pair
        return [self._repairs.change(one) for one in self._repairs.likely(1)]

    def take(self, chosen: Sequence[Repair]) -> list[int]:
        """Change these cells, and give the relations that hold with it and did not before."""
        touched: set[int] = set()
        for change in chosen:
            self.relations.change(change.cell, change.value)
            self._repairs.close(change.cell)
            touched.update(self.relations.of_cell(change.cell))
        mended = sorted(at for at in touched & self.failing if self.relations.holds(at))
        self.failing.difference_update(mended)
        for at in touched:
            self._forget(at)
        for cell in {cell for at in touched for cell in self.relations.tested[at].claim.cells}:
            for at in self.relations.of_cell(cell):
                if at in self.failing and at not in self._new:
                    self._stale.setdefault(at, set()).add(cell)
        return mended

    def _forget(self, at: int) -> None:
        """What was thought of for a relation whose figures changed."""
        self._repairs.drop_all(at)
        self._values.pop(at, None)
        self._stale.pop(at, None)
        if at in self.failing:
            self._new.add(at)

    def _think(self) -> None:
        """Find the changes for relations, and for cells of relations, that are not known."""
        for at in sorted({*self._new, *self._stale}):
            if self.relations.left <= 0:
                self._repairs.drop_all(at)
            elif at in self._new:
                self._values[at] = self._values_of(at)
                self._count(at, self._values[at])
            else:
                self._count(at, self._values[at].keys() & self._stale[at])
        self._new, self._stale = set(), {}

    def _is_telling(self, change: Repair) -> bool:
        """Whether a change that is to be named says more than the other lines of a relation: its
        total, a cell on which several relations meet, a line that is a slip away."""
        return not self.named or change.is_total or change.mends > 1 or change.slip is not None

    def _may_pair(self, change: Repair) -> bool:
        """Whether a change may be one of two: of lines out by one amount, another that is missing
        may tell as much."""
        return not self.named or change.is_total or change.slip is not None

    def _turned(self, change: Repair) -> bool:
        """Whether a figure would have another sign and another size: no slip makes both."""
        stated = self.grid.cells.get(change.cell)
        if stated is None:
            return False
        return stated.value * change.value < 0 and stated.value != -change.value

    def _values_of(self, at: int) -> CellValues:
        """Each of a relation's cells with the value that would make it hold."""
        values: CellValues = {}
        for number, (cell, value) in enumerate(self._options(at)):
            values.setdefault(cell, []).append((number, value))
        return values

    def _options(self, at: int) -> Iterator[tuple[CellPlace, int]]:
        claim, found = self.relations.tested[at].claim, self.relations.told(at)
        if found.off is None or found.computed is None:
            return
        yield claim.total, found.computed
        if claim.kind in ("percentage", "percentage change"):
            return
        for sign, cell in claim.terms[:MOST_TERMS]:
            if cell in self.grid.cells or (self.named and cell not in self.grid.unreadable):
                value = value_of(self.grid, cell, self.relations.taken)
                yield cell, value - sign * found.off

    def _count(self, at: int, cells: Iterable[CellPlace]) -> None:
        """Count anew what changes of these cells of a relation mend and break."""
        for cell in cells:
            for number, value in self._values[at][cell]:
                self._repairs.drop(at, number)
                change = self._change(cell, value, at)
                known = cell in self.grid.cells or (change.mends > 1 and not change.breaks)
                if known and not (self.named and self._turned(change)):
                    self._repairs.put(number, change)

    def _change(self, cell: CellPlace, value: int, at: int) -> Repair:
        mends = breaks = 0
        for other in self.relations.of_cell(cell):
            before = self.relations.holds(other)
            after = self.relations.holds(other, {cell: value})
            mends += after and not before
            breaks += before and not after
        stated = self.grid.cells.get(cell)
        slip = slip_between(stated.value, value) if stated else None
        is_total = cell == self.relations.tested[at].claim.total
        return Repair(cell, value, mends, breaks, slip, is_total, at)

    def _pair(self) -> list[Repair]:
        """Two cells that share a relation which holds, and whose errors hide each other in it."""
        best: tuple[tuple[int, ...], list[Repair]] | None = None
        for ranked in self._repairs.likely(MOST_PAIRS):
            if self.relations.left < 0:
                break
            one = self._repairs.change(ranked)
            relations = self.relations.of_cell(one.cell)
            cells = {cell for at in relations for cell in self.relations.tested[at].claim.cells}
            for each in self._repairs.after(ranked, cells - {one.cell}, MOST_PAIRS):
                other = self._repairs.change(each)
                gain = self._gain(one, other)
                totals = one.is_total + other.is_total
                rank = (-gain, -totals, -bool(one.slip) - bool(other.slip))
                if self.named and self._may_miss_a_line(one, other):
                    continue
                if gain > 1 and (best is None or rank < best[0]):
                    best = rank, [one, other]
            if best and -best[0][0] > 1 and best[0][1] == -2:
                break
        return best[1] if best else []

    def _may_miss_a_line(self, one: Repair, other: Repair) -> bool:
        """Whether two are totals of the same lines in the same row, or column, and no slip made
        either: a line that is missing says as much, and no figure is wrong."""
        claims = [self.relations.tested[change.at].claim for change in (one, other)]
        if not (one.is_total and other.is_total) or one.slip or other.slip:
            return False
        if claims[0].down is not claims[1].down:
            return False
        axis = 0 if claims[0].down else 1
        lines = [{cell[axis] for cell in claim.cells} for claim in claims]
        return claims[0].total[axis] == claims[1].total[axis] and lines[0] == lines[1]

    def _gain(self, one: Repair, other: Repair) -> int:
        """How many more relations hold with both changes."""
        then = {one.cell: one.value, other.cell: other.value}
        relations = {at for cell in then for at in self.relations.of_cell(cell)}
        return sum(self.relations.holds(at, then) - self.relations.holds(at) for at in relations)
