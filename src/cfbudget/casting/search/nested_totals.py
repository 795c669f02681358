"""Totals and subtotals: lines that make the next one, nested to any depth.

The lines are taken in order on a stack. A total makes the lines on top of it, takes them off and
stands there itself, so that a total of totals finds these and not their lines. Read from the
end, the same finds totals that stand above their lines.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from cfbudget.casting.search.effort import Effort
from cfbudget.casting.search.evidence import Weighed, weigh, worth
from cfbudget.casting.search.stack import Stack, StackTerms, differences_on, sums_on
from cfbudget.casting.table.side import Equation, Side

MARGIN = 6
"""The bits by which the evidence has to outweigh the number of sums that were tried."""
PIVOTS = 4
CANDIDATES = 40
ALIKE = 24
"""The bits that two neighbours must share for the second to be a total, whatever its label."""

RunKind = Literal["sums", "single", "differences"]
Accepts = Callable[[Weighed, int], bool]


class Search(NamedTuple):
    """What a search knows of a side beyond its figures.

    `hints` are the bits that its label gives a line for being a total; `breaks` the lines with a
    heading or a blank line right above them.
    """

    side: Side
    hints: Sequence[int]
    breaks: frozenset[int]
    accepts: Accepts
    effort: Effort


def find_runs(
    search: Search, order: Sequence[int], known: Sequence[Equation], kind: RunKind
) -> Iterator[Weighed]:
    """The totals among lines that are taken in this order.

    Args:
        known: those found before; their lines are taken off as they are met.
        kind: plain sums; these and totals of a single line; or differences and left-out lines.
    """
    stack = Stack(search.side)
    made = {equation.total: {line for _, line in equation.terms} for equation in known}
    met: set[int] = set()
    for line in order:
        if line in made:
            stack.drop(made[line])
        elif found := _best(search, stack, line, kind):
            yield found
            stack.drop({term for _, term in found.equation.terms})
        met.add(line)
        if not any(line in made[total] for total in made if total in met):
            stack.push(line)


def _best(search: Search, stack: Stack, line: int, kind: RunKind) -> Weighed | None:
    """The run on top of the stack that the line is most likely the total of."""
    pivots = _pivots(search.side, line)
    if not pivots or not stack.items:
        return None
    signed = kind == "differences"
    propose = differences_on if signed else sums_on
    tried: dict[StackTerms, int] = {}
    for member in pivots:
        for terms in propose(stack, line, member):
            tried[terms] = tried.get(terms, 0) + 1
    likely = sorted(tried, key=lambda terms: (-tried[terms], len(terms), terms))[:CANDIDATES]
    good = []
    for terms in likely:
        if (kind == "sums" and len(terms) == 1) or not _is_sum(search, line, terms):
            continue
        found = weigh(search.side, Equation(line, terms))
        if found.misses and not signed:
            found = _without_twins(search.side, found)
        if signed and (len(found.misses) > found.near or _turns_for_one(search, found)):
            continue
        if search.accepts(found, _need(search, stack, found, signed=signed)):
            good.append(found)
    return min(good, key=lambda found: _rank(search, found), default=None)


def _without_twins(side: Side, found: Weighed) -> Weighed:
    """The run without lines that the next one repeats, if it then is missed less: that one is
    their total."""
    line, terms = found.equation
    pairs = zip(terms, (*terms[1:], None), strict=True)
    kept = tuple(
        term for term, after in pairs if after is None or not _alike(side, term[1], after[1])
    )
    if len(kept) in (0, len(terms)):
        return found
    other = weigh(side, Equation(line, kept))
    return other if len(other.misses) < len(found.misses) else found


def _alike(side: Side, line: int, other: int) -> bool:
    """Whether two lines print the same figures where they have to add up; a blank is nil."""
    here, there = side.values[line], side.values[other]
    members = [member for member in range(len(side.members)) if member not in side.soft]
    return all((here[member] or 0) == (there[member] or 0) for member in members)


def _turns_for_one(search: Search, found: Weighed) -> bool:
    """Whether a single line is taken off for the sake of one member, though others hold without
    it: then its sign is wrong there."""
    minus = [line for sign, line in found.equation.terms if sign < 0]
    stated = [m for m in found.holds if any(search.side.values[line][m] for line in minus)]
    return len(minus) == 1 < len(found.holds) and len(stated) == 1 and len(found.equation.terms) > 2


def _is_sum(search: Search, line: int, terms: StackTerms) -> bool:
    """Whether at least two terms say something, or the label tells of a total of one line."""
    telling = sum(any(search.side.values[term]) for _, term in terms)
    if telling > 1:
        return True
    alike = weigh(search.side, Equation(line, terms))
    sure = alike.bits >= ALIKE and not alike.misses and not alike.off
    return search.hints[line] > 0 or (sure and alike.independent > 1)


def _need(search: Search, stack: Stack, found: Weighed, *, signed: bool) -> int:
    """The bits that a run has to have: more the more of them were tried, less if it starts where
    a reader would have it start."""
    line, terms = found.equation
    options = len(stack.items).bit_length()
    if signed:
        options *= 3 if len(terms) > 2 else 1
    elif _starts_well(search, stack, min(at for _, at in terms), max(at for _, at in terms)):
        options = 1
        if line + 1 in search.breaks or line in (0, len(search.side.lines) - 1):
            options -= 2
    if len(terms) == 1:
        options += 2
    return options + MARGIN + 2 - search.hints[line]


def _starts_well(search: Search, stack: Stack, first: int, last: int) -> bool:
    """Whether a run starts at the top of the lines, at a heading or a gap, or below a total."""
    for line, other in ((first, -1), (last, 1)):
        if line in search.breaks if other < 0 else line + 1 in search.breaks:
            return True
    bottom = stack.items[0]
    return bottom in (first, last)


def _pivots(side: Side, line: int) -> list[int]:
    """The members in which the line's own figure says most, whatever order they stand in."""
    stated = [
        (worth(value, side.grains[member], 0), abs(value), value, member)
        for member, value in enumerate(side.values[line])
        if value is not None and member not in side.soft
    ]
    best = sorted((one for one in stated if one[2]), key=lambda one: one[:3], reverse=True)
    return [one[3] for one in best[:PIVOTS] or stated[:PIVOTS]]


def _rank(search: Search, found: Weighed) -> tuple[int, ...]:
    """The likeliest first: by evidence, by the rounding it needs, then by where it starts.

    Lines that are nil everywhere make no difference; they belong to the sum as far up as the
    next heading.
    """
    terms = found.equation.terms
    lines = [line for _, line in terms]
    crossed = sum(line in search.breaks for line in lines[1:])
    minus = sum(sign < 0 for sign, _ in terms)
    return (len(found.misses), -found.bits, found.off, minus, crossed, -len(terms))
