"""Totals and subtotals: lines that make the next one, nested to any depth.

The lines are taken in order on a stack. A total makes the lines on top of it, takes them off and
stands there itself, so that a total of totals finds these and not their lines. Read from the
end, the same finds totals that stand above their lines.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from cfbudget.casting.search.effort import Effort, SearchPart
from cfbudget.casting.search.evidence import Weighed, weigh
from cfbudget.casting.search.outlook import Outlook
from cfbudget.casting.search.stack import Stack, StackTerms, differences_on, sums_on
from cfbudget.casting.table.side import Equation, Side

MARGIN = 6
"""The bits by which the evidence has to outweigh the number of sums that were tried."""
LEAST = MARGIN + 1
"""The bits that any total needs that no label tells of."""
CANDIDATES = 40
ALIKE = 24
"""The bits that two neighbours must share for the second to be a total, whatever its label."""

RunKind = Literal["whole", "sums", "single", "differences"]
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

    def part(self, what: str) -> SearchPart:
        """The part of the search that looks for this among rows, or among columns."""
        return self.effort.of(what.format("rows" if self.side.down else "columns"))


def find_runs(
    search: Search,
    order: Sequence[int],
    known: Sequence[Equation],
    kind: RunKind,
    outlook: Outlook,
) -> Iterator[Weighed]:
    """The totals among lines that are taken in this order.

    Args:
        known: those found before; their lines are taken off as they are met.
        kind: plain sums that no member misses; any plain sums; these and totals of a single line;
            or differences and left-out lines.
        outlook: what is known of the side, of these runs and of others.
    """
    stack = Stack(search.side, outlook.stacks)
    made = {equation.total: {line for _, line in equation.terms} for equation in known}
    taken: set[int] = set()
    for line in order:
        if line in made:
            stack.drop(made[line])
            taken |= made[line]
        elif found := _best(search, outlook, stack, line, kind):
            yield found
            stack.drop({term for _, term in found.equation.terms})
        if line not in taken:
            stack.push(line)


def _best(
    search: Search, outlook: Outlook, stack: Stack, line: int, kind: RunKind
) -> Weighed | None:
    """The run on top of the stack that the line is most likely the total of."""
    if sum(outlook.most(line)) < LEAST - search.hints[line]:
        return None
    signed = kind == "differences"
    proposed = "differences" if signed else "plain sums"
    here = line, stack.state
    if (kind, *here) in outlook.refused or (proposed, *here) in outlook.refused:
        return None
    part = _part_of(search, kind)
    if part.spent or not stack.items:
        return None
    runs = (_signed_runs if signed else _plain_runs)(stack, line, outlook.pivots(line), part)
    found = _likeliest(search, outlook, stack, [Equation(line, terms) for terms in runs], kind)
    if found is None:
        outlook.refused.add((kind if runs else proposed, *here))
    return found


def _part_of(search: Search, kind: RunKind) -> SearchPart:
    return search.part("differences of {}" if kind == "differences" else "totals of {}")


def _likeliest(
    search: Search, outlook: Outlook, stack: Stack, proposed: Sequence[Equation], kind: RunKind
) -> Weighed | None:
    part, good = _part_of(search, kind), list[Weighed]()
    for equation in proposed:
        if part.spent:
            break
        single = len(equation.terms) == 1
        if (kind in ("whole", "sums") and single) or not _is_sum(search, outlook, equation):
            continue
        found = _weighed(search, outlook, stack, equation, part, signed=kind == "differences")
        if found and (kind != "whole" or _is_whole(search.side, found)):
            good.append(found)
    return min(good, key=lambda found: _rank(search, found), default=None)


def _weighed(
    search: Search,
    outlook: Outlook,
    stack: Stack,
    equation: Equation,
    part: SearchPart,
    *,
    signed: bool,
) -> Weighed | None:
    """The run with what its members say, if that is enough."""
    options = [equation]
    once = outlook.without_twins(equation.terms)
    if not signed and len(once) not in (0, len(equation.terms)):
        options.append(equation._replace(terms=once))
    needs = [_need(search, stack, one, signed=signed) for one in options]
    pairs = zip(options, needs, strict=True)
    if not any(outlook.reaches(one, need, part) for one, need in pairs):
        return None
    part.spend(len(equation.terms) * len(search.side.members))
    found = weigh(search.side, equation)
    if found.misses and len(options) > 1:
        found = _without_twins(search.side, found, options[1])
    if found.misses:
        found = _without_others_lines(search, found)
    if signed and (len(found.misses) > found.near or _turns_for_one(search, found)):
        return None
    if signed and found.misses and _is_turned_total(search.side, found):
        return None
    need = _need(search, stack, found.equation, signed=signed)
    return found if search.accepts(found, need) else None


def _is_whole(side: Side, found: Weighed) -> bool:
    """Whether a sum of at least two lines that say something holds wherever its total is stated."""
    total, terms = found.equation
    stated = {member for member, value in enumerate(side.values[total]) if value is not None}
    telling = sum(any(side.values[line][member] for member in found.holds) for _, line in terms)
    return telling > 1 and stated - side.soft <= set(found.holds)


def _plain_runs(
    stack: Stack, line: int, pivots: Sequence[int], part: SearchPart
) -> list[StackTerms]:
    """The plain sums that most of the pivots hold, the shortest first."""
    tried: Counter[int] = Counter()
    for member in pivots:
        tried.update(sums_on(stack, line, member, part))
    likely = sorted(tried, key=lambda start: (-tried[start], -start))[:CANDIDATES]
    return [tuple([(1, item) for item in stack.items[start:]]) for start in likely]


def _signed_runs(
    stack: Stack, line: int, pivots: Sequence[int], part: SearchPart
) -> list[StackTerms]:
    """The sums with lines taken off that most of the pivots hold, the shortest first."""
    tried: Counter[StackTerms] = Counter()
    for member in pivots:
        tried.update(differences_on(stack, line, member, part))
    return sorted(tried, key=lambda terms: (-tried[terms], len(terms), terms))[:CANDIDATES]


def _without_twins(side: Side, found: Weighed, once: Equation) -> Weighed:
    """The run without lines that the next one repeats, if it then is missed less: that one is
    their total."""
    other = weigh(side, once)
    return other if len(other.misses) < len(found.misses) else found


def _without_others_lines(search: Search, found: Weighed) -> Weighed:
    """The run without lines that are nil wherever it holds and stand right before another line that
    its label calls a result, if it is then missed nowhere: they are that one's, which is wrong."""
    terms, values = found.equation.terms, search.side.values
    nil = {line for _, line in terms if not any(values[line][member] for member in found.holds)}
    if not nil or not found.holds:
        return found
    kept, others = list[tuple[int, int]](), False
    for sign, line in sorted(terms, key=lambda term: -term[1]):
        if line not in nil:
            others = search.hints[line] > 0
        if line not in nil or not others:
            kept.append((sign, line))
    if not 1 < len(kept) < len(terms):
        return found
    other = weigh(search.side, found.equation._replace(terms=tuple(sorted(kept, key=terms.index))))
    return other if set(found.misses) <= set(other.holds) else found


def _turns_for_one(search: Search, found: Weighed) -> bool:
    """Whether a single line is taken off for the sake of one member, though others hold without
    it: then its sign is wrong there."""
    minus = [line for sign, line in found.equation.terms if sign < 0]
    stated = [m for m in found.holds if any(search.side.values[line][m] for line in minus)]
    return len(minus) == 1 < len(found.holds) and len(stated) == 1 and len(found.equation.terms) > 2


def _is_turned_total(side: Side, found: Weighed) -> bool:
    """Whether the line of three that makes up for both others stands between them, and as many
    members make the first or the last the sum of the others, which is how a total is printed:
    then a sign is wrong where the middle one seems to be that."""
    total, terms = found.equation
    lines = sorted([total, *(line for _, line in terms)])
    signs = {total: -1, **{line: sign for sign, line in terms}}
    if len(lines) != 3 or signs[lines[0]] != signs[lines[2]]:
        return False
    if len(set(found.holds) - side.soft) > len(found.misses) or signs[lines[1]] == signs[lines[0]]:
        return False
    return any(
        set(found.misses)
        <= set(weigh(side, Equation(end, tuple((1, line) for line in lines if line != end))).holds)
        for end in (lines[0], lines[2])
    )


def _is_sum(search: Search, outlook: Outlook, equation: Equation) -> bool:
    """Whether at least two terms say something, or the label tells of a total of one line."""
    telling = list(islice((line for _, line in equation.terms if outlook.tells[line]), 2))
    if len(telling) > 1 or search.hints[equation.total] > 0:
        return True
    if not telling or sum(outlook.most(equation.total)) < ALIKE:
        return False
    alike = weigh(search.side, equation)
    sure = alike.bits >= ALIKE and not alike.misses and not alike.off
    return sure and alike.independent > 1


def _need(search: Search, stack: Stack, equation: Equation, *, signed: bool) -> int:
    """The bits that a run has to have: more the more of them were tried, less if it starts where
    a reader would have it start."""
    line, terms = equation
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
