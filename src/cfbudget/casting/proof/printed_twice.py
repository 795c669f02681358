"""Lines that are printed twice, one right below the other: label, figures and all."""

from itertools import pairwise

from cfbudget.casting.search.claims import Claim, Tested
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import TOTAL_WORDS, words_of


def twin_rows(grid: PrintedGrid) -> dict[int, int]:
    """The rows that print the row right above once more, each with that row."""
    return {
        row: above
        for above, row in pairwise(grid.rows)
        if above == row - 1 and _same(grid, row) and _says(grid, row)
    }


def _same(grid: PrintedGrid, row: int) -> bool:
    width = max(len(grid.texts[row]), len(grid.texts[row - 1]))
    return all(grid.text(row, column) == grid.text(row - 1, column) for column in range(width))


def _says(grid: PrintedGrid, row: int) -> bool:
    """Whether the row has a label of more than a word for a total, as one subtotal may be the only
    line of the next, and a figure that is not nil."""
    figures = (grid.cells.get((row, column)) for column in grid.columns)
    told = words_of(" ".join(grid.text(row, column) for column in grid.labels)) - TOTAL_WORDS
    return bool(told) and any(figure and figure.value for figure in figures)


def passes_over_twin(claim: Claim, twins: dict[int, int]) -> bool:
    """Whether a sum down has one of two lines that print the same, and not the other; or is made
    of both alone."""
    if not claim.down or not twins:
        return False
    rows = {row for _, (row, _) in claim.terms}
    for later, earlier in twins.items():
        if claim.total[0] in (later, earlier):
            if {later, earlier} - {claim.total[0]} <= rows:
                return True
        elif (later in rows) != (earlier in rows):
            return True
    return False


def with_twins(grid: PrintedGrid, claim: Claim, twins: dict[int, int]) -> Claim:
    """The claim with the other of every two lines of which it has one."""
    others = {**twins, **{earlier: later for later, earlier in twins.items()}}
    rows = {row for _, (row, _) in claim.terms}
    more = tuple(
        (sign, (others[row], column))
        for sign, (row, column) in claim.terms
        if row in others and others[row] not in rows and (others[row], column) in grid.cells
    )
    return claim._replace(terms=tuple(sorted((*claim.terms, *more), key=lambda one: one[1])))


def counts_twin(grid: PrintedGrid, one: Tested) -> bool:
    """Whether a sum is out by just the second of two lines that print the same, however little."""
    twins = twin_rows(grid)
    return one.claim.down and any(
        place[0] in twins and (cell := grid.cells.get(place)) and sign * cell.value == one.off != 0
        for sign, place in one.claim.terms
    )
