"""The bounds on the search that a table reaches, said to the reader."""

from collections.abc import Iterator

from cfbudget.casting.search.candidate_sums import MOST_LINES as MOST_IN_ANY_ORDER
from cfbudget.casting.search.effort import Effort
from cfbudget.casting.search.percentages import MOST_COLUMNS
from cfbudget.casting.search.running_differences import MOST_LINES as MOST_RUNNING_ROWS
from cfbudget.casting.search.running_differences import MOST_MEMBERS as MOST_PERIODS
from cfbudget.casting.search.stack import FEW_LINES
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.grammar import listed


def bounds_reached(grid: PrintedGrid, effort: Effort, *, untried: bool) -> Iterator[str]:
    """Each bound in a sentence; none for a table of ordinary size.

    Args:
        untried: whether some figures of relations that differ were not tried as the wrong one.
    """
    if effort.cut_short:
        yield (
            "The figures are so many, or so short, that much comes out right by chance: not all"
            f" {listed(effort.cut_short)} were looked at, and relations may be missing."
        )
    if untried:
        yield (
            "So much differs that not every figure was tried as the wrong one: some that are most"
            " likely wrong may not be named."
        )
    rows, columns = len(grid.rows), len(grid.columns)
    if columns > MOST_IN_ANY_ORDER:
        yield (
            f"There are {columns} columns of figures: over {MOST_IN_ANY_ORDER}, sums across of more"
            " than two are only looked for among columns that stand side by side."
        )
    if rows > FEW_LINES:
        yield (
            f"There are {rows:,} rows of figures: over {FEW_LINES}, differences are only looked"
            " for among up to ten rows that stand together."
        )
    if columns > MOST_PERIODS:
        yield f"Running differences are not looked for over more than {MOST_PERIODS} columns."
    if rows > MOST_RUNNING_ROWS:
        yield f"Running differences are not looked for among more than {MOST_RUNNING_ROWS} rows."
    if columns > MOST_COLUMNS:
        yield f"Percentages are not looked for among more than {MOST_COLUMNS} columns."
