"""A claimed total with the sum that it is not shown to be."""

from cfbudget.addresses import cell_name
from cfbudget.casting.results import Unproved
from cfbudget.casting.search.claims import Tested
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid


def missed_sum(grid: PrintedGrid, one: Tested, why: str) -> Unproved:
    """The total of a tested sum as one that is claimed.

    Args:
        why: why it is taken to be a total, in a clause.
    """
    claim = one.claim
    return Unproved(
        total=_name(claim.total),
        nearest=tuple(f"{'+' if sign > 0 else '-'}{_name(place)}" for sign, place in claim.terms),
        stated=grid.amount(grid.cells[claim.total].value),
        computed=grid.amount(one.computed or 0),
        claim=why,
    )


def _name(place: CellPlace) -> str:
    return cell_name(place[0] + 1, place[1] + 1)
