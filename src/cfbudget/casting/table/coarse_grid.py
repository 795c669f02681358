"""A table whose figures are rounded to fives, tens or hundreds: all of a column are such."""

from collections.abc import Sequence

from cfbudget.casting.table.grid import PrintedCell, PrintedGrid

ENOUGH = 6
"""So many noughts at the ends of a column's figures are no chance."""
ENOUGH_FIVES = 9
"""Nor are so many figures that all end in nought or five."""


def coarse_grid(grid: PrintedGrid) -> PrintedGrid | None:
    """The table with columns of which every figure ends in noughts taken as rounded to these;
    None without any."""
    columns: dict[int, list[PrintedCell]] = {}
    for (_, column), cell in grid.cells.items():
        if cell.value:
            columns.setdefault(column, []).append(cell)
    units = {column: unit for column, cells in columns.items() if (unit := _unit(cells)) > 1}
    if not units:
        return None
    cells = dict(grid.cells)
    for place, cell in grid.cells.items():
        unit = units.get(place[1], 1) * cell.step
        if unit > cell.step and not cell.nil:
            cells[place] = cell._replace(step=unit, held=cell.value, last=unit)
    return grid._replace(cells=cells)


def _unit(cells: Sequence[PrintedCell]) -> int:
    """How many printed units every figure of a column is a multiple of: a power of ten, or five
    times one, to which official figures are rounded lest they tell of persons."""
    if any(cell.percent or cell.scaled or cell.held is not None for cell in cells):
        return 1
    unit, noughts = 1, 0
    while cells and all(cell.value % (10 * unit * cell.step) == 0 for cell in cells):
        unit, noughts = 10 * unit, noughts + len(cells)
    if noughts < ENOUGH:
        unit = 1
    fives = len(cells) >= ENOUGH_FIVES
    return 5 * unit if fives and all(c.value % (5 * unit * c.step) == 0 for c in cells) else unit
