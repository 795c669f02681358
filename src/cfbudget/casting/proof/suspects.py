"""Which printed figures are most likely wrong.

A change of one cell is tried for every relation that differs: the value that would make it hold.
The best cell is the one whose change mends most relations and breaks none; where several do as
well, one that is a slip of the pen away from its new value, then the total itself. A total that
another relation bears out is not named, nor a line that would change by more than a slip: then
nobody knows which figure is wrong, or whether a line is missing.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cfbudget.casting.proof.blank_totals import BlankTotal, blank_totals
from cfbudget.casting.proof.changed_relations import ChangedRelations
from cfbudget.casting.proof.repair_search import RepairSearch
from cfbudget.casting.proof.repairs import Repair
from cfbudget.casting.search.claims import Claim, Tested
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid


class Findings(NamedTuple):
    """The changes that are thought of, in order, and which of them explains each relation."""

    changes: tuple[Repair, ...]
    because: Mapping[int, CellPlace]
    """The cell that explains it, by the relation's place in the list."""
    cut_short: bool = False
    """Whether some stay unexplained because there was too much to look at."""


def find_suspects(
    grid: PrintedGrid, tested: Sequence[Tested], *, exact: bool, named: bool = False
) -> Findings:
    """Explain every relation that differs by as few wrong cells as can be found.

    Args:
        named: whether to leave out what would accuse a figure that may as well be right.
    """
    changes: list[Repair] = []
    because: dict[int, CellPlace] = {}
    for blank in blank_totals(grid, tested) if named else ():
        explains = [at for at in blank.explains if at not in because]
        if explains:
            changes.append(_filled(blank, len(explains)))
            because |= dict.fromkeys(explains, blank.cell)
    differs = (at for at, one in enumerate(tested) if one.outcome == "differs")
    failing = [at for at in differs if at not in because]
    relations = ChangedRelations(grid, tested, failing, exact=exact)
    search = RepairSearch(relations, failing, named=named)
    while search.failing and (chosen := search.best()):
        changes += chosen
        mended = search.take(chosen)
        because |= {at: _nearest(tested[at].claim, chosen) for at in mended}
        if not mended:
            break
    cut_short = relations.left <= 0 and bool(search.failing)
    return Findings(tuple(changes), because, cut_short)


def _filled(blank: BlankTotal, mends: int) -> Repair:
    """A blank total with its value."""
    return Repair(blank.cell, blank.value, mends, 0, None, is_total=True, at=blank.explains[0])


def _nearest(claim: Claim, chosen: Sequence[Repair]) -> CellPlace:
    """Which of several cells changed together a relation meets."""
    return next((change.cell for change in chosen if change.cell in claim.cells), chosen[0].cell)
