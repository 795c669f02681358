"""A table searched for its relations, with what that decides of its figures.

Whether they are exact, rounded to the places that they are printed with, or to tens or hundreds,
and whether a column of small numbers is one of figures, is told by what they come to.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.casting.proof.exactness import is_exact
from cfbudget.casting.proof.suspects import find_suspects
from cfbudget.casting.search.all_relations import find_claims
from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.search.effort import Effort
from cfbudget.casting.table.coarse_grid import coarse_grid
from cfbudget.casting.table.grid import PrintedGrid

FEW = 400
"""The most figures for which a table is searched once more without rounding, though none of its
relations needs any: short figures then say more."""
OFTEN = 8
"""One in so many sums at least is out where all are rounded to tens or hundreds."""


LUCK = 6
"""That more sums of rounded figures all agree to the last place is no luck: one that does not is
wrong."""
MANY = 12
"""Fewer figures than that say too little of what they are rounded to, where one sum is out."""


class SearchedTable(NamedTuple):
    """A table's figures and its relations, each tested. `exact`: no rounding was allowed."""

    grid: PrintedGrid
    tested: Sequence[Tested]
    exact: bool


def search_table(grid: PrintedGrid, effort: Effort, *, exact: bool | None) -> SearchedTable:
    """Find and test every relation of a table.

    Args:
        exact: whether figures are exact; None to tell by them.
    """
    found = _searched(grid, effort, exact=exact)
    if exact is None and (coarse := coarse_grid(grid)) is not None:
        rounded = _searched(coarse, Effort(len(coarse.cells)), exact=exact)
        if _is_rounded(found, rounded):
            found = rounded
    return _without_grades(found)


def _searched(grid: PrintedGrid, effort: Effort, *, exact: bool | None) -> SearchedTable:
    claims = find_claims(grid, effort, exact=bool(exact))
    tested = [prove(grid, claim, exact=bool(exact)) for claim in claims]
    if exact is None and is_exact(grid, tested):
        claims = _found_again(grid, effort, claims, tested)
        tested = [prove(grid, claim, exact=True) for claim in claims]
        exact = True
    return SearchedTable(grid, tested, bool(exact))


def _found_again(
    grid: PrintedGrid, effort: Effort, claims: list[Claim], tested: Sequence[Tested]
) -> list[Claim]:
    """The claims without rounding, where that may make a difference and the work allows it."""
    if not any(one.outcome == "rounding" for one in tested) and len(grid.cells) > FEW:
        return claims
    if effort.cut_short:
        return claims
    again = find_claims(grid, effort, exact=True)
    return claims if effort.cut_short else again


def _is_rounded(finely: SearchedTable, coarsely: SearchedTable) -> bool:
    """Whether figures that end in noughts are rounded to these: then sums are out here and there,
    for no one cause, or are not found without; of exact ones an error breaks a few at most."""
    held = sum(one.outcome in ("agrees", "rounding") for one in coarsely.tested)
    if held <= sum(one.outcome in ("agrees", "rounding") for one in finely.tested):
        return False
    rounded = sum(one.outcome == "rounding" for one in coarsely.tested)
    causes = len(find_suspects(finely.grid, finely.tested, exact=finely.exact).changes)
    if OFTEN * rounded >= held and (causes > 1 or held > 2 * len(finely.tested)):
        return True
    figures = sum(cell.held is not None for cell in coarsely.grid.cells.values())
    return causes == 1 and held - rounded <= LUCK and figures >= MANY


def _without_grades(found: SearchedTable) -> SearchedTable:
    """The same without columns of levels, ranks or codes: those that add up in none of the ways
    that the others do."""
    left = {at for at in found.grid.grades if not _adds_up(found.tested, at)}
    if not left:
        return found
    grid = found.grid
    columns = tuple(column for column in grid.columns if column not in left)
    cells = {place: cell for place, cell in grid.cells.items() if place[1] not in left}
    rows = {row for row, _ in (*cells, *grid.unreadable)}
    return SearchedTable(
        grid._replace(
            cells=cells,
            columns=columns,
            labels=tuple(sorted({*grid.labels, *left})),
            rows=tuple(row for row in grid.rows if row in rows),
            grades=frozenset(),
        ),
        [one for one in found.tested if not any(at in left for _, at in one.claim.cells)],
        found.exact,
    )


def _adds_up(tested: Sequence[Tested], column: int) -> bool:
    """Whether a column keeps at least half of the sums of two lines and more that others keep."""
    held: set[object] = set()
    kept: set[object] = set()
    for one in tested:
        claim = one.claim
        if claim.down and len(claim.terms) > 1 and one.outcome in ("agrees", "rounding"):
            (kept if claim.total[1] == column else held).add(_rows(claim))
    return 2 * len(kept) >= len(held) and bool(kept)


def _rows(claim: Claim) -> object:
    return claim.total[0], frozenset(row for _, (row, _) in claim.terms)
