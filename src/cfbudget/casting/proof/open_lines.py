"""The lines that stand open above a total: those that no sum before it has taken.

Sums are told from the relations found. A total takes its lines off and stands open itself, so that
what is open where a total stands is what a reader would add up for it.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from cfbudget.casting.proof.sum_lines import SumLines
from cfbudget.casting.search.claims import Claim
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid


class RowSums(NamedTuple):
    """The sums of a side by its lines: of each total its terms, of each term its totals.

    `again` are lines that print another one once more: they are added to nothing.
    """

    terms: Mapping[int, frozenset[int]]
    totals: Mapping[int, frozenset[int]]
    again: frozenset[int]
    above: bool
    """Whether totals stand above their lines; of a single one that could be turned round."""


def row_sums(grid: PrintedGrid, lines: SumLines, claims: Sequence[Claim]) -> RowSums:
    """The sums down the page, whatever columns they hold in; that nil is nil says nothing."""
    at = lines.line_at
    terms: dict[int, set[int]] = {}
    again: set[int] = set()
    for claim in claims:
        if not claim.down or claim.total not in at or not _is_sum(claim):
            continue
        if not any((cell := grid.cells.get(place)) and cell.value for place in claim.cells):
            continue
        total, found = _lines_of(claim, at)
        if claim.kind == "repeat":
            again.add(total)
        elif found:
            terms.setdefault(total, set()).update(found)
    totals: dict[int, set[int]] = {}
    for total, found in terms.items():
        for line in found:
            totals.setdefault(line, set()).add(total)
    below = sum(total > max(found) for total, found in terms.items())
    above = sum(total < min(found) for total, found in terms.items())
    return RowSums(
        {total: frozenset(found) for total, found in terms.items()},
        {line: frozenset(found) for line, found in totals.items()},
        frozenset(again - terms.keys()),
        above > below and above > 1,
    )


def _is_sum(claim: Claim) -> bool:
    """Whether it tells of lines that are taken: also what is brought forward below what is carried
    forward, which it takes the place of."""
    if claim.kind == "running":
        return [place[1] for _, place in claim.terms] == [claim.total[1]]
    return claim.kind in ("sum", "repeat")


def _lines_of(claim: Claim, at: Mapping[CellPlace, int]) -> tuple[int, set[int]]:
    """The total of a claim and its terms; of a first line that is told as the last one less all
    others, the last: it is their sum."""
    total = at[claim.total]
    signed = [(sign, at[place]) for sign, place in claim.terms if place in at]
    lines = {line for _, line in signed} - {total}
    plus = [line for sign, line in signed if sign > 0]
    if len(lines) > 2 and len(plus) == 1 and plus[0] > max({total, *lines} - {plus[0]}):
        return plus[0], {total, *lines} - {plus[0]}
    return total, lines


class OpenLines:
    """The open lines, as the lines are met in their order."""

    def __init__(self, sums: RowSums) -> None:
        self._sums = sums
        self._taken: set[int] = set()
        self._open: list[int] = []

    def meet(self, line: int, block: Sequence[int] = ()) -> None:
        """Go on past a line.

        Args:
            block: the lines that it is taken to be the total of, where no sum says so.
        """
        terms = self._sums.terms.get(line, frozenset()) | set(block)
        gone = terms | self._made_of(terms)
        self._open = [other for other in self._open if other not in gone]
        self._taken |= terms
        if line not in self._taken and line not in self._sums.again:
            self._open.append(line)

    def _made_of(self, terms: AbstractSet[int]) -> set[int]:
        """The totals whose lines are added in their place."""
        sums = self._sums
        totals = {total for term in terms for total in sums.totals.get(term, ())}
        return {total for total in totals if sums.terms[total] < terms}

    def before(self, line: int) -> list[int]:
        """The open lines that may be those of a total: none that one sum adds together with it."""
        siblings = self._sums.totals.get(line, frozenset())
        found: list[int] = []
        for other in reversed(self._open):
            if siblings & self._sums.totals.get(other, frozenset()):
                break
            found.append(other)
        return found[::-1]
