"""The sums that labels state by the names of other lines, beside those that were found."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.search.favourable import is_told, turned_claim
from cfbudget.casting.search.named_formulas import NamedFormula, named_formulas
from cfbudget.casting.search.stated_formulas import BITS, SignedLines
from cfbudget.casting.search.sum_tolerance import Term
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid


class NamedSums(NamedTuple):
    """All relations, and the sums by name that hold nowhere."""

    tested: Sequence[Tested]
    missed: Sequence[Tested]


def with_named_sums(grid: PrintedGrid, tested: Sequence[Tested], *, exact: bool) -> NamedSums:
    """The relations with those that labels state by names, where nothing else makes the totals.

    One that was found for such a total and differs gives way to the formula where this holds. A
    formula that holds nowhere is no relation: its total is not shown to add up.
    """
    kept, missed = list(tested), list[Tested]()
    for named in named_formulas(grid):
        line, at = named.formula.total, 0 if named.down else 1
        found = [
            one
            for one in kept
            if (one.claim.kind, one.claim.down) == ("sum", named.down)
            and one.claim.total[at] == line
        ]
        stated = _stated(grid, named, exact=exact)
        if _is_known(grid, kept, stated):
            continue
        held = {one.claim.total for one in found if _holds(one)}
        if any(map(_holds, stated)):
            new = [one for one in stated if one.claim.total not in held]
            new = [one for one in new if _holds(one) or not held]
            replaced = {one.claim.total for one in new}
            kept = [one for one in kept if one not in found or one.claim.total not in replaced]
            kept += new
        elif not any(_holds(one) for one in found):
            kept = [one for one in kept if one not in found]
            missed += [one for one in stated if one.outcome == "differs"]
    return NamedSums(sorted(kept, key=_place), missed)


def _place(one: Tested) -> tuple[CellPlace, bool]:
    return one.claim.total, one.claim.down


def _holds(one: Tested) -> bool:
    return one.outcome in ("agrees", "rounding")


def _is_known(grid: PrintedGrid, kept: Sequence[Tested], stated: Sequence[Tested]) -> bool:
    """Whether a relation is one of these sums, be it told from another of its cells."""
    known = {_essence(grid, one.claim) for one in kept if one.claim.kind == "sum"}
    return any(_essence(grid, one.claim) in known for one in stated)


def _essence(grid: PrintedGrid, claim: Claim) -> object:
    terms = tuple(term for term in claim.terms if (cell := grid.cells.get(term[1])) and cell.value)
    return claim._replace(terms=terms).canonical


def _stated(grid: PrintedGrid, named: NamedFormula, *, exact: bool) -> list[Tested]:
    """The formula in each column, or row, that states its figures, with the signs by which it
    holds most often."""
    ways = [
        [prove(grid, claim, exact=exact) for claim in _claims(grid, named, terms)]
        for terms in _signs(grid, named)
    ]
    best = max(ways, key=lambda way: sum(map(_holds, way)))
    return best if named.down else _favourably(grid, best, exact=exact)


def _favourably(grid: PrintedGrid, stated: Sequence[Tested], *, exact: bool) -> list[Tested]:
    """The same, the other way round where it so holds, if that is in several rows or said."""
    turned = {
        one.claim.total: other
        for one in stated
        if not _holds(one)
        for other in (prove(grid, turned_claim(one.claim), exact=exact),)
        if _holds(other)
    }
    told = len(turned) > 1
    return [
        turned.get(at, one) if told or is_told(grid, at) else one
        for one in stated
        for at in (one.claim.total,)
    ]


def _signs(grid: PrintedGrid, named: NamedFormula) -> Iterator[SignedLines]:
    """The signs as the label states them of amounts, where some figures bear a minus themselves:
    income of −30 taken off is added. Where the first does, the total may be the other way round."""
    terms = named.formula.terms
    turns = [_turn(grid, line, down=named.down) for _, line in terms]
    amounts = tuple((sign * turn, line) for (sign, line), turn in zip(terms, turns, strict=True))
    yield amounts
    yield terms
    if turns[0] < 0:
        yield tuple((-sign, line) for sign, line in amounts)


def _turn(grid: PrintedGrid, line: int, *, down: bool) -> int:
    """-1 for a line of which no figure is plus."""
    members = grid.columns if down else grid.rows
    cells = [grid.cells.get(_at(line, member, down=down)) for member in members]
    values = [cell.value for cell in cells if cell and cell.value]
    return -1 if values and max(values) < 0 else 1


def _claims(grid: PrintedGrid, named: NamedFormula, terms: SignedLines) -> Iterator[Claim]:
    for member in grid.columns if named.down else grid.rows:
        total = _at(named.formula.total, member, down=named.down)
        places = [(sign, _at(line, member, down=named.down)) for sign, line in terms]
        stated = tuple(term for term in places if term[1] in grid.cells or _is_bad(grid, term))
        if total in grid.cells and len(stated) > 1 and _is_of_one_kind(grid, total, stated):
            yield Claim("sum", total, stated, named.down, BITS)


def _at(line: int, member: int, *, down: bool) -> CellPlace:
    return (line, member) if down else (member, line)


def _is_bad(grid: PrintedGrid, term: Term) -> bool:
    return term[1] in grid.unreadable


def _is_of_one_kind(grid: PrintedGrid, total: CellPlace, terms: Sequence[Term]) -> bool:
    """Whether all are percentages, or none."""
    cells = [grid.cells.get(place) for _, place in terms]
    return {cell.percent for cell in cells if cell} == {grid.cells[total].percent}
