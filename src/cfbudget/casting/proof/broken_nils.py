"""Figures of rows that must be nil, and are not: however they came about, something is wrong."""

from collections.abc import Iterator

from cfbudget.casting.proof.claimed_totals import MUST_BE_NIL
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedCell, PrintedGrid
from cfbudget.casting.table.labels import row_label, words_of

CHECKS = frozenset(["check", "checks", "control"])
"""A row of this name and no other, nil in most columns, is there to be nil in all."""
FEWEST_NILS = 2
NO_NIL = "its row must be nil, and is not here"
ROUNDED = 2
"""The printed units that a row may be out by where its lines are rounded."""


def broken_nils(grid: PrintedGrid, *, exact: bool) -> Iterator[CellPlace]:
    """The cells that are not nil in rows which say, or show, that they must be."""
    for row in grid.rows:
        cells = {
            (row, column): cell
            for column in grid.columns
            if (cell := grid.cells.get((row, column))) and not cell.percent
        }
        wrong = [at for at, cell in cells.items() if _is_off(cell, exact=exact)]
        label = row_label(grid, row)
        words = words_of(label)
        nils = sum(not cell.value for cell in cells.values())
        shown = bool(words) and words <= CHECKS and nils >= FEWEST_NILS
        if MUST_BE_NIL.search(label) or (shown and nils > len(cells) - nils):
            yield from wrong


def _is_off(cell: PrintedCell, *, exact: bool) -> bool:
    return abs(cell.value) > (0 if exact else ROUNDED * cell.step)
