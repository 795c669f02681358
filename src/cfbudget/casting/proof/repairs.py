"""The changes of single cells that would make relations hold, the likeliest first."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.slips import Slip


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


RepairNumber = tuple[int, int]
"""The relation that a change is for, and which of the changes for it."""
RankedRepair = tuple[bool, tuple[int, ...], RepairNumber]
"""Those of totals first, then by their rank, then in the order of the relations."""


class Repairs:
    """The changes that are thought of, by the relation that each is for.

    Where several relations think of the same change, that of the first of them stands.

    Args:
        is_telling: whether a change may be the best.
        may_pair: whether it may be one of two.
    """

    def __init__(
        self, is_telling: Callable[[Repair], bool], may_pair: Callable[[Repair], bool]
    ) -> None:
        self._is_telling, self._may_pair = is_telling, may_pair
        self._known: dict[int, dict[int, Repair]] = {}
        self._same: dict[tuple[CellPlace, int], set[RepairNumber]] = {}
        self._closed: set[CellPlace] = set()
        self._telling: list[tuple[tuple[int, ...], RepairNumber]] = []
        self._standing: list[RankedRepair] = []
        self._of_cell: dict[CellPlace, set[RepairNumber]] = {}

    def put(self, number: int, change: Repair) -> None:
        """Think of a change, the one with this number of those for its relation."""
        self._known.setdefault(change.at, {})[number] = change
        same, here = self._same.setdefault((change.cell, change.value), set()), (change.at, number)
        if same and here < min(same):
            self._remove(min(same))
        same.add(here)
        if here == min(same):
            self._add(here)

    def drop(self, at: int, number: int) -> None:
        """Forget a change, if there was one with this number."""
        change = self._known.get(at, {}).get(number)
        if change is None:
            return
        same, here = self._same[change.cell, change.value], (at, number)
        if here == min(same):
            self._remove(here)
            if len(same) > 1:
                self._add(min(same - {here}))
        same.remove(here)
        del self._known[at][number]

    def drop_all(self, at: int) -> None:
        """Forget the changes for a relation."""
        for number in list(self._known.get(at, ())):
            self.drop(at, number)

    def close(self, cell: CellPlace) -> None:
        """Think no more of a cell, which has been changed."""
        for number in list(self._of_cell.get(cell, ())):
            self._remove(number)
        self._closed.add(cell)

    def best(self) -> Repair | None:
        """The likeliest change that is telling, the first of equals."""
        return self._at(self._telling[0][1]) if self._telling else None

    def likely(self, most: int) -> Iterator[RankedRepair]:
        """So many changes that may be one of two, those of totals first, then the likeliest."""
        return islice(self._standing, most)

    def after(self, one: RankedRepair, cells: Iterable[CellPlace], most: int) -> list[RankedRepair]:
        """The changes of these cells among so many that are likely, which come after another."""
        numbers = [
            number
            for cell in set(cells)
            for number in self._of_cell.get(cell, ())
            if self._may_pair(self._at(number))
        ]
        last = self._standing[min(most, len(self._standing)) - 1]
        return sorted(each for each in map(self._ranked, numbers) if one < each <= last)

    def change(self, ranked: RankedRepair) -> Repair:
        return self._at(ranked[2])

    def _at(self, number: RepairNumber) -> Repair:
        return self._known[number[0]][number[1]]

    def _ranked(self, number: RepairNumber) -> RankedRepair:
        change = self._at(number)
        return not change.is_total, change.rank, number

    def _add(self, number: RepairNumber) -> None:
        change = self._at(number)
        if change.cell in self._closed:
            return
        self._of_cell.setdefault(change.cell, set()).add(number)
        if self._may_pair(change):
            insort(self._standing, self._ranked(number))
        if self._is_telling(change):
            insort(self._telling, (change.rank, number))

    def _remove(self, number: RepairNumber) -> None:
        change = self._at(number)
        if number not in self._of_cell.get(change.cell, ()):
            return
        self._of_cell[change.cell].remove(number)
        if self._may_pair(change):
            del self._standing[bisect_left(self._standing, self._ranked(number))]
        if self._is_telling(change):
            del self._telling[bisect_left(self._telling, (change.rank, number))]
