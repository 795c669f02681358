"""The lines of a table that may be added up down the page, whatever columns its levels use."""

from collections.abc import Mapping
from typing import NamedTuple

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.side import Side, side_of


class SumLines(NamedTuple):
    """Lines with their members, and where in the grid each figure stands.

    `levels` are the columns of lines that state one figure each, where columns are levels of
    nesting; else None.
    """

    side: Side
    line_at: Mapping[CellPlace, int]
    levels: tuple[int, ...] | None

    def place(self, line: int, member: int) -> CellPlace:
        if self.levels is not None:
            return self.side.lines[line], self.levels[line]
        return self.side.place(line, member)

    def row(self, line: int) -> int:
        return self.side.lines[line]


def sum_lines(grid: PrintedGrid, *, exact: bool) -> SumLines:
    """The rows; or their figures in one column, where nearly every row states only one."""
    side = side_of(grid, down=True, exact=exact)
    stated = [[at for at, value in enumerate(line) if value is not None] for line in side.values]
    single = [found for found in stated if len(found) == 1]
    columns = {found[0] for found in single}
    few = len(single) < 4 or 7 * len(single) < 6 * len(stated)
    if few or not _is_levelled(columns, single) or _adds_by_itself(side, stated):
        places = {
            side.place(line, member): line
            for line in range(len(side.lines))
            for member in range(len(side.members))
        }
        return SumLines(side, places, None)
    kept = [line for line, found in enumerate(stated) if found]
    chosen = [min(stated[line]) for line in kept]
    places = {
        side.place(line, member): at for at, line in enumerate(kept) for member in stated[line]
    }
    merged = side._replace(
        lines=tuple(side.lines[line] for line in kept),
        members=(0,),
        values=[(side.values[line][member],) for line, member in zip(kept, chosen, strict=True)],
        steps=[(side.steps[line][member],) for line, member in zip(kept, chosen, strict=True)],
        grains=(min(side.grains[member] for member in columns),),
        bad=frozenset(),
        soft=frozenset(),
    )
    return SumLines(merged, places, tuple(side.members[member] for member in chosen))


def _is_levelled(columns: set[int], single: list[list[int]]) -> bool:
    """Whether two columns at least hold figures that stand alone in their rows."""
    counts = [sum(found == [column] for found in single) for column in columns]
    return sum(count > 1 for count in counts) > 1


def _adds_by_itself(side: Side, stated: list[list[int]]) -> bool:
    """Whether a column's figures make what stands below them in a row that states several, as
    debits and credits do: levels are added up in the next."""
    for member in range(len(side.members)):
        total, slack, addends = 0, 0, 0
        for line, found in enumerate(stated):
            value = side.values[line][member]
            if value is None:
                continue
            slack += side.steps[line][member]
            if len(found) > 1 and addends > 1 and 2 * abs(total - value) <= slack:
                return True
            total, addends = total + value, addends + bool(value)
    return False
