"""Totals of columns that take turns, as debits and credits do: each adds its own lines alone."""

from collections.abc import Iterator, Sequence

from cfbudget.casting.proof.claimed_totals import NO_TOTAL
from cfbudget.casting.proof.missed_sum import missed_sum
from cfbudget.casting.results import Unproved
from cfbudget.casting.search.claims import Claim, prove
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import SAYS_TOTAL, row_hints, row_label

FAR = 60
"""How much the lines may miss a total by, of a hundred."""
CLAIM = "its label says so, and the column beside it adds up"


def columns_apart(grid: PrintedGrid, claims: Sequence[Claim], *, exact: bool) -> Iterator[Unproved]:
    """The figures of a row of totals that their own lines do not make, where another column of the
    row is made by lines that are blank in theirs."""
    made: dict[CellPlace, tuple[CellPlace, ...]] = {
        claim.total: tuple(place for _, place in claim.terms) for claim in claims if claim.down
    }
    hints = dict(zip(grid.rows, row_hints(grid), strict=True))
    for row in grid.rows:
        if hints[row] < SAYS_TOTAL or NO_TOTAL.search(row_label(grid, row)):
            continue
        others = [terms for total, terms in made.items() if total[0] == row]
        for column in grid.columns:
            total = grid.cells.get((row, column))
            if total is None or not total.value or total.percent or (row, column) in made:
                continue
            if any(all(_is_blank(grid, line, column) for line, _ in terms) for terms in others):
                lines = _lines(grid, row, column, {place[0] for place in made})
                claim = Claim("sum", (row, column), lines, down=True, bits=0)
                tested = prove(grid, claim, exact=exact)
                near = tested.off is not None and 100 * abs(tested.off) <= FAR * abs(total.value)
                if len(lines) > 1 and near and tested.outcome == "differs":
                    yield missed_sum(grid, tested, CLAIM)


def _is_blank(grid: PrintedGrid, row: int, column: int) -> bool:
    cell = grid.cells.get((row, column))
    return cell is None or not cell.value


def _lines(
    grid: PrintedGrid, total: int, column: int, totals: set[int]
) -> tuple[tuple[int, CellPlace], ...]:
    """The lines of a column before a total, since the total before that."""
    since = max((row for row in totals if row < total), default=-1)
    return tuple(
        (1, (row, column))
        for row in grid.rows
        if since < row < total and not _is_blank(grid, row, column)
    )
