"""Rows that must be nil: what two totals above them differ by, as funding and spending do.

Such a row says more than its figures, which are none: that long figures above it are the same.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from cfbudget.casting.search.evidence import MISS, Weighed, difference, weigh
from cfbudget.casting.search.nested_totals import Search
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import SAYS_TOTAL, row_label, words_of
from cfbudget.casting.table.side import Equation
from cfbudget.casting.table.slips import is_near

NIL_WORDS = frozenset(
    ["balance", "check", "control", "difference", "variance", "gap", "shortfall", "nil", "zero"]
)
"""The words by one of which a row of nils is known: it is there to be nil."""
ENOUGH = 8
"""The bits that the totals must share: the label, and that they are totals, say the rest."""
MOST_TOTALS = 12
"""The most totals above a row of which each two are compared."""


def find_nil_rows(grid: PrintedGrid, search: Search, found: Sequence[Weighed]) -> Iterator[Weighed]:
    """The rows of nils that no equation makes, each with what comes to nil above it."""
    terms = {one.equation.total: {line for _, line in one.equation.terms} for one in found}
    plain = {
        one.equation.total: terms[one.equation.total]
        for one in found
        if all(sign > 0 for sign, _ in one.equation.terms)
    }
    part = search.part("differences of {}")
    for line in range(len(search.side.lines)):
        if line in terms or not _is_nil(grid, search, line):
            continue
        totals = [
            other
            for other in range(line)
            if (other in terms or search.hints[other] >= SAYS_TOTAL)
            and any(search.side.values[other])
        ]
        pairs = combinations(totals[-MOST_TOTALS:], 2)
        apart = [pair for pair in pairs if not _is_within(plain, *pair)]
        if not part.spend(4 * len(apart) * len(search.side.members)):
            return
        weighed = [
            weigh(search.side, Equation(line, ((1, one), (sign, other))))
            for one, other in apart
            for sign in (-1, 1)
        ]
        good = [
            one
            for one in (*weighed, *_remainders(search, found, line))
            if _holds(search, found, one)
        ]
        if good:
            yield max(good, key=_rank)


def _is_nil(grid: PrintedGrid, search: Search, line: int) -> bool:
    """Whether a row prints nothing but nils, and its label says what they are for."""
    stated = [value for value in search.side.values[line] if value is not None]
    label = row_label(grid, search.side.lines[line])
    return bool(stated) and not any(stated) and bool(words_of(label) & NIL_WORDS)


def _is_within(terms: dict[int, set[int]], one: int, other: int) -> bool:
    """Whether one of two totals is part of the other: a total of one line is no other half."""
    for total, wanted in ((one, other), (other, one)):
        left, met = [total], {total}
        while left:
            new = terms.get(left.pop(), set()) - met
            met |= new
            left += new
        if wanted in met:
            return True
    return False


def _remainders(search: Search, found: Sequence[Weighed], line: int) -> Iterator[Weighed]:
    """What is left of a total when all lines down to this one are taken off, where the last of them
    is no result itself: spending less grants less council tax."""
    for one in found:
        total, terms = one.equation
        lines = {total, *(other for _, other in terms)}
        if max(lines) == line - 1 == total and not search.hints[total] and len(terms) > 1:
            yield weigh(search.side, Equation(line, (*terms, (-1, total))))


def _holds(search: Search, found: Sequence[Weighed], one: Weighed) -> bool:
    """Whether long figures come to nil; where they do not, one slip has to explain it.

    Two totals that come to nil nowhere are meant only if one is not borne out by its lines.
    """
    slips = sum(_is_slip(search, one, member) for member in one.misses)
    if slips < len(one.misses) and len(one.holds) <= len(one.misses):
        return False
    if one.holds:
        return one.bits + MISS * slips >= ENOUGH
    lines = [line for _, line in one.equation.terms]
    made = {other.equation.total for other in found if set(one.misses) <= set(other.holds)}
    said = all(search.hints[line] >= SAYS_TOTAL for line in lines)
    return bool(slips) and said and not made.issuperset(lines)


def _is_slip(search: Search, one: Weighed, member: int) -> bool:
    off = difference(search.side, one.equation, member)
    return off is not None and any(
        is_near(value, value - sign * off[0], off[1])
        for sign, line in one.equation.terms
        if (value := search.side.values[line][member])
    )


def _rank(one: Weighed) -> tuple[int, ...]:
    """By evidence, then what stands nearest to the row."""
    return (-len(one.misses), one.bits, *sorted((line for _, line in one.equation.terms))[::-1])
