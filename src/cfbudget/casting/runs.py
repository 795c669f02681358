"""Totals and subtotals: lines that make the next one, nested to any depth.

The lines are taken in order on a stack. A total makes the lines on top of it, takes them off and
stands there itself, so that a total of totals finds these and not their lines. Read from the
end, the same finds totals that stand above their lines.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cfbudget.casting.evidence import Weighed, weigh, worth
from cfbudget.casting.side import Equation, Side

MARGIN = 6
"""The bits by which the evidence has to outweigh the number of sums that were tried."""
PIVOTS = 4
LONGEST_SIGNED = 40
"""The longest run in which lines may be taken off, or left out."""
CANDIDATES = 40
MOST_ANY_SIGNS = 7
"""The longest run of which every pattern of signs is tried; in long tables four."""
FEW_LINES = 200

Terms = tuple[tuple[int, int], ...]
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


class _Stack:
    """The open lines, with the running sum of each member below each of them."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.items: list[int] = []
        self.sums: list[list[int]] = [[0] for _ in side.members]

    def push(self, line: int) -> None:
        self.items.append(line)
        for sums, value in zip(self.sums, self.side.values[line], strict=True):
            sums.append(sums[-1] + (value or 0))

    def drop(self, lines: set[int]) -> None:
        """Take lines off, wherever they stand."""
        first = next((at for at, line in enumerate(self.items) if line in lines), None)
        if first is None:
            return
        kept = [line for line in self.items[first:] if line not in lines]
        del self.items[first:]
        for sums in self.sums:
            del sums[first + 1 :]
        for line in kept:
            self.push(line)


def find_runs(
    search: Search, order: Sequence[int], known: Sequence[Equation], *, signed: bool
) -> Iterator[Weighed]:
    """The totals among lines that are taken in this order.

    Args:
        known: those found before; their lines are taken off as they are met.
        signed: whether to look for differences and left-out lines instead of plain sums.
    """
    stack = _Stack(search.side)
    made = {equation.total: {line for _, line in equation.terms} for equation in known}
    met: set[int] = set()
    for line in order:
        if line in made:
            stack.drop(made[line])
        elif found := _best(search, stack, line, signed=signed):
            yield found
            stack.drop({term for _, term in found.equation.terms})
        met.add(line)
        if not any(line in made[total] for total in made if total in met):
            stack.push(line)


def _best(search: Search, stack: _Stack, line: int, *, signed: bool) -> Weighed | None:
    """The run on top of the stack that the line is most likely the total of."""
    pivots = _pivots(search.side, line)
    if not pivots or not stack.items:
        return None
    propose = _differences if signed else _sums
    tried: dict[Terms, int] = {}
    for member in pivots:
        for terms in propose(stack, line, member):
            tried[terms] = tried.get(terms, 0) + 1
    likely = sorted(tried, key=lambda terms: (-tried[terms], len(terms)))[:CANDIDATES]
    good = []
    for terms in likely:
        if not _is_sum(search, line, terms):
            continue
        found = weigh(search.side, Equation(line, terms))
        if signed and len(found.misses) > found.near:
            continue
        if search.accepts(found, _need(search, stack, found, signed=signed)):
            good.append(found)
    return min(good, key=lambda found: _rank(search, found), default=None)


def _is_sum(search: Search, line: int, terms: Terms) -> bool:
    """Whether at least two terms say something, or the label tells of a total of one line."""
    telling = sum(any(search.side.values[term]) for _, term in terms)
    return telling > 1 or (len(terms) == 1 and search.hints[line] > 0)


def _need(search: Search, stack: _Stack, found: Weighed, *, signed: bool) -> int:
    """The bits that a run has to have: more the more of them were tried, less if it starts where
    a reader would have it start."""
    line, terms = found.equation
    options = len(stack.items).bit_length()
    if signed:
        options *= 3
    elif _starts_well(search, stack, min(at for _, at in terms), max(at for _, at in terms)):
        options = 1
        if line + 1 in search.breaks or line in (0, len(search.side.lines) - 1):
            options -= 2
    if len(terms) == 1:
        options += 2
    return options + MARGIN + 2 - search.hints[line]


def _starts_well(search: Search, stack: _Stack, first: int, last: int) -> bool:
    """Whether a run starts at the top of the lines, at a heading or a gap, or below a total."""
    for line, other in ((first, -1), (last, 1)):
        if line in search.breaks if other < 0 else line + 1 in search.breaks:
            return True
    bottom = stack.items[0]
    return bottom in (first, last)


def _pivots(side: Side, line: int) -> list[int]:
    """The members in which the line's own figure says most."""
    stated = [
        (worth(abs(value), side.grains[member], 0), member)
        for member, value in enumerate(side.values[line])
        if value and member not in side.soft
    ]
    nil = [
        (0, member)
        for member, value in enumerate(side.values[line])
        if value == 0 and member not in side.soft
    ]
    best = sorted(stated, key=lambda pair: -pair[0])[:PIVOTS]
    return [member for _, member in best or nil[:PIVOTS]]


def _sums(stack: _Stack, line: int, member: int) -> Iterator[Terms]:
    """Runs whose plain sum is the line's figure, within rounding.

    A single line makes a total only of the same figure.
    """
    side, sums = stack.side, stack.sums[member]
    value, step = side.values[line][member] or 0, side.steps[line][member]
    target, size = sums[-1] - value, len(stack.items)
    loose = 0 if side.exact else (size + 1) * step
    if sums[-2] == target and stack.items[-1] + 1 == line:
        yield ((1, stack.items[-1]),)
    for start in range(size - 2, -1, -1):
        off = 2 * abs(sums[start] - target)
        if off <= loose and (not off or off <= (size - start + 1) * step):
            yield tuple((1, item) for item in stack.items[start:])


def _differences(stack: _Stack, line: int, member: int) -> Iterator[Terms]:
    """Runs with their first or last lines taken off, or with one line taken off or left out."""
    side, sums = stack.side, stack.sums[member]
    value, step = side.values[line][member] or 0, side.steps[line][member]
    size = len(stack.items)
    yield from _any_signs(stack, value, step, member)
    for start in range(size - 2, max(-1, size - LONGEST_SIGNED), -1):
        tolerance = 0 if side.exact else (size - start + 1) * step
        over = sums[-1] - sums[start] - value
        items = stack.items[start:]
        for at in range(1, len(items)):
            tail = sums[-1] - sums[start + at]
            head = sums[start + at] - sums[start]
            if 2 * abs(over - 2 * tail) <= tolerance:
                yield _signs(items, lambda i, at=at: -1 if i >= at else 1)
            if 2 * abs(over - 2 * head) <= tolerance:
                yield _signs(items, lambda i, at=at: -1 if i < at else 1)
        for at, item in enumerate(items):
            one = side.values[item][member] or 0
            if not one:
                continue
            if 2 * abs(over - 2 * one) <= tolerance:
                yield _signs(items, lambda i, at=at: -1 if i == at else 1)
            several = len(side.members) - len(side.soft) > 1
            if several and len(items) > 3 and 0 < at < len(items) - 1 and 2 * abs(over - one) <= tolerance:
                yield _signs(items, lambda i, at=at: 0 if i == at else 1)


def _any_signs(stack: _Stack, value: int, step: int, member: int) -> Iterator[Terms]:
    """Short runs in which each line may be added or taken off."""
    side = stack.side
    most = MOST_ANY_SIGNS if len(side.lines) <= FEW_LINES else 4
    sums: list[tuple[int, Terms]] = [(0, ())]
    for item in stack.items[-1 : -most - 1 : -1]:
        one = side.values[item][member] or 0
        sums = [
            (before + sign * one, ((sign, item), *terms))
            for before, terms in sums
            for sign in (1, -1)
        ]
        tolerance = 0 if side.exact else (len(sums[0][1]) + 1) * step
        if len(sums) > 4:
            yield from (terms for total, terms in sums if 2 * abs(total - value) <= tolerance)


def _signs(items: Sequence[int], sign: Callable[[int], int]) -> Terms:
    return tuple((sign(at), item) for at, item in enumerate(items) if sign(at))


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
