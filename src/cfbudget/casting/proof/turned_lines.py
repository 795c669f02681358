"""Totals that add up in one place alone, and only with one line taken off that nothing says is.

So does a sum of which one line has a wrong sign. It is doubted only where the total is called one,
and neither its label nor that of the line has a word for what is taken off, or is left; and, of
rows, where the line is not the last, as what is deducted mostly is. No word makes it likely that a
line which bears a minus is taken off, and so added, but one for a difference.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cfbudget.casting.proof.own_claims import SURE
from cfbudget.casting.search.claims import Claim
from cfbudget.casting.search.favourable import INCOME
from cfbudget.casting.search.sum_tolerance import Term
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import (
    RESULT_WORDS,
    TOTAL_WORDS,
    column_label,
    is_taken_off,
    row_label,
    words_of,
)

Stems = frozenset[str]


def stems(words: Iterable[str]) -> Stems:
    """Words without the ending of more than one."""
    return frozenset(word.removesuffix("s") for word in words)


TOTALS = stems(TOTAL_WORDS)
LEFT = stems(RESULT_WORDS - TOTAL_WORDS) | stems(
    words_of("less minus after excluding payable due outstanding left")
)
"""What is left of something has been taken off it."""
TAKEN_OFF = stems(INCOME | RESULT_WORDS) | stems(
    words_of(
        "less minus deduct deducted deduction credit discount rebate refund relief exemption"
        " repayment reserve transfer saving reduction contribution used drawn spent released"
        " opening brought due payable"
    )
)
DIFFERENCES = stems(words_of("variance difference change movement increase decrease gap"))
SignedPair = tuple[bool, int, int]
"""Whether rows are meant, the total and a line that is taken off."""
FEWEST_ACROSS = 3
"""The fewest terms of a doubtful sum across."""


class TurnedLines(NamedTuple):
    """The sums that are doubted, and all others: of these the line is nil, and taken off none."""

    doubted: Sequence[Claim]
    others: Sequence[Claim]


def turned_lines(grid: PrintedGrid, claims: Sequence[Claim]) -> TurnedLines:
    """Which sums add up only with one line taken off that nothing says is."""
    signed = {
        claim: terms
        for claim in claims
        if claim.kind == "sum" and claim.bits < SURE
        for terms in (_stated(grid, claim),)
        if sum(sign < 0 for sign, _ in terms) == 1 < len(terms)
    }
    often = Counter(_lines(claim, terms) for claim, terms in signed.items())
    doubted = {
        claim: _lines(claim, terms)
        for claim, terms in signed.items()
        if often[_lines(claim, terms)] == 1 and _is_doubtful(grid, claim, terms)
    }
    others = [
        all_plus(claim) if set(doubted.values()) & set(_minus_lines(claim)) else claim
        for claim in claims
        if claim not in doubted
    ]
    return TurnedLines(list(doubted), others)


def all_plus(claim: Claim) -> Claim:
    """The claim with all its lines added."""
    return claim._replace(terms=tuple((1, place) for _, place in claim.terms))


def _stated(grid: PrintedGrid, claim: Claim) -> list[Term]:
    """The terms that are not nil, in their order in the table."""
    return sorted(
        (term for term in claim.terms if (cell := grid.cells.get(term[1])) and cell.value),
        key=lambda term: term[1],
    )


def _lines(claim: Claim, terms: Sequence[Term]) -> SignedPair:
    (found,) = _minus_lines(claim._replace(terms=tuple(terms)))
    return found


def _minus_lines(claim: Claim) -> list[SignedPair]:
    """The line of the total with each that is taken off."""
    at = 0 if claim.down else 1
    return [(claim.down, claim.total[at], place[at]) for sign, place in claim.terms if sign < 0]


def _is_doubtful(grid: PrintedGrid, claim: Claim, terms: Sequence[Term]) -> bool:
    (minus,) = (place for sign, place in terms if sign < 0)
    total, line = (_label(grid, place, down=claim.down) for place in (claim.total, minus))
    said, taken = stems(words_of(total)), stems(words_of(line))
    if claim.down and grid.cells[minus].value < 0 and not is_taken_off(line):
        return bool(said & TOTALS) or (len(terms) > 2 and not said & DIFFERENCES)
    if not said & TOTALS or said & LEFT or is_taken_off(line) or (taken - said) & TAKEN_OFF:
        return False
    return minus != terms[-1][1] if claim.down else len(claim.terms) >= FEWEST_ACROSS


def _label(grid: PrintedGrid, place: CellPlace, *, down: bool) -> str:
    return row_label(grid, place[0]) if down else column_label(grid, place[1])
