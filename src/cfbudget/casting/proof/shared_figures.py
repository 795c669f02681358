"""Claimed totals that one wrong figure keeps from adding up, where another sum tells of it."""

from collections.abc import Sequence

from cfbudget.casting.proof.repairs import Repair
from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.table.grid import PrintedGrid


def sharing_figures(
    grid: PrintedGrid, blocks: Sequence[Claim], changes: Sequence[Repair], *, exact: bool
) -> list[Tested]:
    """The blocks that hold once a figure is what a relation elsewhere would have it be: both differ
    because of it."""
    return [
        prove(grid, block, exact=exact)
        for block in blocks
        if any(
            change.cell in block.cells
            and prove(grid, block, exact=exact, taken={change.cell: change.value}).outcome
            != "differs"
            for change in changes
        )
    ]
