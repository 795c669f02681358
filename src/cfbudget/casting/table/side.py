"""A table seen from one side: lines that may be added up, across members that prove it.

Casting down adds up rows, and each column is a member in which the sum should hold;
cross-casting adds up columns, and each row is a member. One search serves both.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.rounding_units import line_units, printed_units, total_units

SideValues = Sequence[int | None]


class Side(NamedTuple):
    """Lines by their numbers in the grid, each with a value for each member (None: not stated).

    `soft` are members that need not keep a relation: they are told of it where they do. `bad`
    holds the places (line, member) whose figure cannot be read, `dashes` those with a typed dash,
    which as a total may say that there is none. `steps` are the printed units, `slack` those to
    half of which each figure may be rounded, and `total_slack` the same where it is the total of
    others: nil where figures are exact, but for what is known to be rounded.
    """

    down: bool
    lines: tuple[int, ...]
    members: tuple[int, ...]
    values: Sequence[SideValues]
    steps: Sequence[Sequence[int]]
    grains: Sequence[int]
    """For each member, the power of ten that all its figures are multiples of."""
    bad: frozenset[tuple[int, int]]
    soft: frozenset[int]
    exact: bool
    slack: Sequence[Sequence[int]]
    total_slack: Sequence[Sequence[int]]
    dashes: frozenset[tuple[int, int]] = frozenset()

    def place(self, line: int, member: int) -> CellPlace:
        """The place in the grid of a line's value in a member, both by their index."""
        here, there = self.lines[line], self.members[member]
        return (here, there) if self.down else (there, here)


Signed = frozenset[tuple[int, int]]
"""Lines with a sign each, which come to nil; the first line is plus."""


class Equation(NamedTuple):
    """A line that the signed sum of others makes, all by their index."""

    total: int
    terms: tuple[tuple[int, int], ...]
    """A sign, 1 or -1, and a line."""

    @property
    def canonical(self) -> Signed:
        """The same for every rearrangement: the signed lines that come to nil, of which the
        first is plus."""
        signed = sorted([(self.total, -1), *((line, sign) for sign, line in self.terms)])
        turn = signed[0][1]
        return frozenset((line, sign * turn) for line, sign in signed)


def side_of(
    grid: PrintedGrid,
    *,
    down: bool,
    percent: bool = False,
    exact: bool = False,
    soft: Iterable[int] = (),
) -> Side:
    """One side of a table.

    Args:
        down: whether rows are added up, each column a member; else columns, each row a member.
        percent: whether the lines are those of percentages, or those of other figures.
        soft: members, as rows or columns of the grid, that need not keep a relation.
    """
    lines, members = (grid.rows, grid.columns) if down else (grid.columns, grid.rows)
    percents = _percent_rows(grid) if down else _percent_columns(grid)
    left = percents if percent or down else percents | grid.grades
    lines = tuple(line for line in lines if (line in left) is percent)
    places = [[(a, b) if down else (b, a) for b in members] for a in lines]
    cells = [[grid.cells.get(place) for place in line] for line in places]
    values = [[cell and cell.exactly for cell in line] for line in cells]
    bad = _where([[place in grid.unreadable for place in line] for line in places])
    printed = printed_units(cells)
    slack = line_units(cells, printed, places=grid.places, exact=exact)
    apart = {*soft, *(grid.grades if down else ())}
    for at, member in enumerate(members):
        kinds = {cell.percent for line in cells for cell in (line[at],) if cell}
        if kinds - {percent}:
            apart.add(member)
    if len(apart) >= len(members):
        apart = set(soft) if len(set(soft)) < len(members) else set()
    return Side(
        down,
        lines,
        members,
        values,
        printed,
        [_grain(line[at] for line in values) for at in range(len(members))],
        bad,
        frozenset(at for at, member in enumerate(members) if member in apart),
        exact,
        slack,
        total_units(cells, slack),
        _where([[bool(cell and cell.dash) for cell in line] for line in cells]),
    )


def _where(lines: Sequence[Sequence[bool]]) -> frozenset[tuple[int, int]]:
    """The places (line, member) of which something is so."""
    return frozenset(
        (at, member) for at, line in enumerate(lines) for member, so in enumerate(line) if so
    )


def _percent_columns(grid: PrintedGrid) -> set[int]:
    """The columns in which most figures are percentages."""
    percents = Counter(column for (_, column), cell in grid.cells.items() if cell.percent)
    if not percents:
        return set()
    stated = Counter(column for _, column in grid.cells)
    return {column for column, count in percents.items() if 2 * count > stated[column]}


def _percent_rows(grid: PrintedGrid) -> set[int]:
    """The rows in which every figure is a percentage, but for columns that have nothing else."""
    columns = _percent_columns(grid)
    rows = {row for (row, _), cell in grid.cells.items() if cell.percent}
    found: dict[int, list[bool]] = {}
    for (row, column), cell in grid.cells.items() if rows else ():
        if column not in columns or len(columns) == len(grid.columns):
            found.setdefault(row, []).append(cell.percent)
    return {row for row, cells in found.items() if all(cells)}


def _grain(values: Iterable[int | None]) -> int:
    """The largest power of ten that divides them all."""
    grain = 1
    stated = [value for value in values if value]
    while stated and all(value % (grain * 10) == 0 for value in stated):
        grain *= 10
    return grain
