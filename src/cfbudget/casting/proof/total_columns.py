"""The columns that a word says to be totals, and that nothing beside them makes."""

from collections.abc import Iterator, Sequence

from cfbudget.addresses import cell_name
from cfbudget.casting.proof.claimed_totals import NO_TOTAL
from cfbudget.casting.results import Unproved
from cfbudget.casting.search.claims import Claim
from cfbudget.casting.search.evidence import difference
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import SAYS_TOTAL, column_hints, column_label
from cfbudget.casting.table.side import Equation, Side, side_of

MOST_COLUMNS = 24
"""In wider tables not every sum is looked for, so that none can be said to be missing."""
FEWEST_ROWS = 3
FAR = 60
"""How much the columns beside it may miss a total by, of a hundred, in the middle of its rows."""
CLAIM = "its heading says so"


def total_columns(grid: PrintedGrid, claims: Sequence[Claim], *, exact: bool) -> Iterator[Unproved]:
    """The figures of each such column that the columns before it, or after it, do not make."""
    if len(grid.columns) > MOST_COLUMNS:
        return
    hints = dict(zip(grid.columns, column_hints(grid), strict=True))
    totals = {
        column
        for column in grid.columns
        if hints[column] >= SAYS_TOTAL and not NO_TOTAL.search(column_label(grid, column))
    }
    across = {place[1] for claim in claims if not claim.down for place in claim.cells}
    if totals <= across:
        return
    side = side_of(grid, down=False, exact=exact)
    said = [column in totals for column in side.lines]
    for line, column in enumerate(side.lines):
        if said[line] and column not in across:
            yield from _unproved(grid, side, _nearest(side, line, said))


def _nearest(side: Side, line: int, said: Sequence[bool]) -> Equation | None:
    """The run of columns right before a total, or after the first, that comes nearest to it."""
    start = line
    while start and not said[start - 1]:
        start -= 1
    runs = [range(at, line) for at in range(start, line - 1)]
    if not line:
        end = next((at for at in range(1, len(said)) if said[at]), len(said))
        runs = [range(1, at) for at in range(3, end + 1)]
    equations = [Equation(line, tuple((1, at) for at in run)) for run in runs]
    near = [(far, -len(one.terms), one) for one in equations if (far := _far(side, one)) <= FAR]
    return min(near, default=(0, 0, None))[2]


def _far(side: Side, equation: Equation) -> int:
    fars = []
    for member in range(len(side.members)):
        found = difference(side, equation, member)
        stated = side.values[equation.total][member]
        if found is not None and stated and member not in side.soft:
            fars.append(100 * abs(found[0]) // abs(stated))
    fars.sort()
    return fars[len(fars) // 2] if len(fars) >= FEWEST_ROWS else 100


def _unproved(grid: PrintedGrid, side: Side, found: Equation | None) -> Iterator[Unproved]:
    for member in range(len(side.members)) if found else ():
        off = difference(side, found, member) if found else None
        if found is None or off is None or 2 * abs(off[0]) <= off[1]:
            continue
        stated = side.values[found.total][member] or 0
        yield Unproved(
            total=_cell(side, found.total, member),
            nearest=tuple(
                f"+{_cell(side, line, member)}"
                for _, line in found.terms
                if side.values[line][member] is not None
            ),
            stated=grid.amount(stated),
            computed=grid.amount(stated + off[0]),
            claim=CLAIM,
        )


def _cell(side: Side, line: int, member: int) -> str:
    row, column = side.place(line, member)
    return cell_name(row + 1, column + 1)
