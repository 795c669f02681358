"""A workbook's own sums as evidence: what its formulas add up is what its totals mean."""

from collections.abc import Sequence

from cfbudget.casting.proof.searched_table import SearchedTable
from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.own_sums import OwnSums, SignedCells

SURE = 100
"""The bits that a formula says."""


def with_own_sums(found: SearchedTable, own: OwnSums) -> SearchedTable:
    """The relations with those that the formulas state; without those found for the same total in
    the same direction that differ, where the formula's do not."""
    if not own.sums:
        return found._replace(tested=_in_order(found.tested))
    grid = found.grid
    claims = [claim for at, terms in own.sums.items() if (claim := _claim(grid, at, terms))]
    told = {_key(claim): prove(grid, claim, exact=found.exact) for claim in claims}
    kept = []
    known = set()
    for one in found.tested:
        own_one = told.get(_key(one.claim))
        if one.outcome == "differs" and own_one and own_one.outcome != "differs":
            continue
        kept.append(one)
        known.add(_stated(grid, one.claim))
    kept += [one for one in told.values() if _stated(grid, one.claim) not in known]
    return found._replace(tested=_in_order(kept))


def _in_order(tested: Sequence[Tested]) -> list[Tested]:
    return sorted(tested, key=lambda one: (one.claim.total, one.claim.down))


def _key(claim: Claim) -> tuple[CellPlace, bool]:
    return claim.total, claim.down


def _stated(grid: PrintedGrid, claim: Claim) -> object:
    """The same for every way to write a sum, its nil and blank terms left out."""
    if claim.kind in ("percentage", "percentage change"):
        return claim.canonical
    terms = tuple(
        term for term in claim.terms if (cell := grid.cells.get(term[1])) and cell.exactly
    )
    return claim._replace(terms=terms).canonical


def _claim(grid: PrintedGrid, total: CellPlace, terms: SignedCells) -> Claim | None:
    """A formula's sum within a table; None where it reaches beyond its figures, or states one."""
    if total not in grid.cells:
        return None
    columns = {column for _, (_, column) in terms} == {total[1]}
    rows = {row for _, (row, _) in terms} == {total[0]}
    stated = tuple(term for term in terms if term[1] in grid.cells)
    if not (columns or rows) or len(stated) < 2:
        return None
    if any(at in grid.unreadable or at in grid.errors for _, at in terms):
        return None
    percents = {grid.cells[at].percent for _, at in stated}
    if percents != {grid.cells[total].percent}:
        return None
    if any(at not in grid.cells and _is_number(grid, at) for _, at in terms):
        return None
    return Claim("sum", total, stated, columns, SURE)


def _is_number(grid: PrintedGrid, place: CellPlace) -> bool:
    """Whether a cell that is no figure of the table may hold a number: a year, or a heading's."""
    return any(character.isdigit() for character in grid.text(*place))
