"""Columns used as levels of nesting: items in one column, their subtotals in the next.

Two columns of which each row states only one are read as one; a total then stands in one column
and makes a run of lines that stand together, mostly in the other.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from cfbudget.casting.search.effort import Effort
from cfbudget.casting.search.evidence import Weighed, worth
from cfbudget.casting.search.nested_totals import MARGIN, Search, find_runs
from cfbudget.casting.search.outlook import Outlook
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.side import Side, side_of


class Merged(NamedTuple):
    """Two columns as one: where each line of it stands, and the equations found in it."""

    places: tuple[CellPlace, ...]
    found: tuple[Weighed, ...]


def find_levels(
    grid: PrintedGrid, hints: dict[int, int], effort: Effort, *, exact: bool
) -> Iterator[Merged]:
    """The totals of one column whose lines stand in another."""
    side = side_of(grid, down=True, exact=exact)
    for items, totals in _completing_pairs(side):
        yield _merged(side, items, totals, hints, effort)


def _completing_pairs(side: Side) -> Iterator[tuple[int, int]]:
    """Columns of which nearly every row that states either states only one of them: the one of
    the items, then the one of their totals."""
    stated = [
        int("".join("0" if line[member] is None else "1" for line in side.values) or "0", 2)
        for member in range(len(side.members))
    ]
    for items, totals in permutations(range(len(side.members)), 2):
        both = (stated[items] & stated[totals]).bit_count()
        lines, sums = stated[items].bit_count(), stated[totals].bit_count()
        if lines > 1 and sums > both and 7 * both < lines + sums - both:
            yield items, totals


def _merged(side: Side, items: int, totals: int, hints: dict[int, int], effort: Effort) -> Merged:
    """The runs of `items` (or of `totals`) that a figure in `totals` sums."""
    chosen = [
        (line, items if side.values[line][items] is not None else totals)
        for line in range(len(side.lines))
        if (side.values[line][items] is None) != (side.values[line][totals] is None)
    ]
    single = Side(
        down=True,
        lines=tuple(range(len(chosen))),
        members=(0,),
        values=[(side.values[line][member],) for line, member in chosen],
        steps=[(side.steps[line][member],) for line, member in chosen],
        grains=(min(side.grains[items], side.grains[totals]),),
        bad=frozenset(),
        soft=frozenset(),
        exact=side.exact,
        slack=[(side.slack[line][member],) for line, member in chosen],
        total_slack=[(side.total_slack[line][member],) for line, member in chosen],
    )
    columns = [member for _, member in chosen]
    search = Search(
        single,
        [hints.get(side.lines[line], 0) for line, _ in chosen],
        frozenset(),
        lambda found, need: (
            found.majority and found.bits >= need and _level(found, columns, totals)
        ),
        effort,
    )
    order = range(len(chosen))
    outlook = Outlook(single)
    found = list(find_runs(search, order, [], "single", outlook))
    known = [one.equation for one in found]
    found += find_runs(search, order, known, "differences", outlook)
    places = tuple(side.place(line, member) for line, member in chosen)
    return Merged(places, tuple(found))


def _level(found: Weighed, columns: Sequence[int], totals: int) -> bool:
    """Whether a total's lines stand in one column, and it in that of the totals."""
    of_terms = {columns[line] for _, line in found.equation.terms}
    return columns[found.equation.total] == totals and len(of_terms) == 1


def same_row_repeats(grid: PrintedGrid) -> Iterator[tuple[CellPlace, CellPlace]]:
    """Figures that are printed once more in the same row, one level up."""
    side = side_of(grid, down=True)
    for items, totals in _completing_pairs(side):
        if items < totals:
            for line, values in enumerate(side.values):
                value = values[items]
                if value and value == values[totals] and worth(value, 1, 0) > MARGIN:
                    yield side.place(line, totals), side.place(line, items)
