"""Totals that only their label gives away, as what they print is not what their lines come to.

A lone column with a wrong total, or a wrong line, has nothing else to tell it. So a line that
says it is a total is taken to be that of the lines above it, up to a heading, a gap or another
total, if it is not far from it.
"""

from collections.abc import Collection, Iterator, Sequence

from cfbudget.casting.search.evidence import Weighed, difference, weigh
from cfbudget.casting.search.nested_totals import Search
from cfbudget.casting.table.labels import SAYS_TOTAL
from cfbudget.casting.table.side import Equation, Side

FAR = 16
"""A difference of more than one part in so many is no slip in a total, but no total."""


def find_labelled(search: Search, found: Sequence[Weighed]) -> Iterator[Weighed]:
    """The totals by their label that no equation makes."""
    made = {one.equation.total: {line for _, line in one.equation.terms} for one in found}
    open_lines: list[int] = []
    sure = _sure_members(search.side)
    for line in range(len(search.side.lines)):
        if line in made:
            open_lines = [other for other in open_lines if other not in made[line]]
        elif search.hints[line]:
            within = {total for total, terms in made.items() if line in terms}
            near = _near_starts(search.side, sure, open_lines, line)
            runs = (
                run for run in _runs(search, open_lines, set(made), near) if within.isdisjoint(run)
            )
            total = _best(search, runs, line)
            if total:
                yield total
                made[line] = {other for _, other in total.equation.terms}
                open_lines = [other for other in open_lines if other not in made[line]]
        open_lines.append(line)


def _runs(
    search: Search, lines: Sequence[int], totals: set[int], near: Collection[int]
) -> Iterator[tuple[int, ...]]:
    """The runs at the end of these lines that start where a reader would have them start.

    Args:
        near: the places where those start that are not too far from the total.
    """
    for at in range(len(lines) - 2, -1, -1):
        starts = at == 0 or lines[at] in search.breaks or lines[at - 1] in totals
        if starts and at in near:
            yield tuple(lines[at:])


def _sure_members(side: Side) -> list[int]:
    """The members that have to keep a relation, and of which every figure can be read."""
    unsure = {*side.soft, *(member for _, member in (*side.bad, *side.dashes))}
    return [member for member in range(len(side.members)) if member not in unsure]


def _near_starts(side: Side, members: Sequence[int], lines: Sequence[int], total: int) -> set[int]:
    """The places where runs at the end of these lines start that may come near to a total.

    The sums are made line by line, so that long runs that are far off need not be weighed.
    """
    near = set(range(len(lines)))
    for member in members:
        stated = side.values[total][member]
        if not stated:
            continue
        off, tolerance, known = -stated, side.total_slack[total][member], False
        for at in range(len(lines) - 1, -1, -1):
            value = side.values[lines[at]][member]
            known = known or value is not None
            off += value or 0
            tolerance += side.slack[lines[at]][member] if value else 0
            if known and 2 * abs(off) > tolerance and _is_far(off, stated):
                near.discard(at)
    return near


def _is_far(off: int, stated: int) -> bool:
    return FAR * abs(off) > abs(stated)


def _best(search: Search, runs: Iterator[tuple[int, ...]], line: int) -> Weighed | None:
    """The run that comes nearest to the line's figures, if one comes near."""
    near = [
        found
        for run in runs
        for found in (weigh(search.side, Equation(line, tuple((1, other) for other in run))),)
        if _is_near(search, found, certain=search.hints[line] >= SAYS_TOTAL)
    ]
    return max(near, key=lambda found: (len(found.holds), found.near, found.bits), default=None)


def _is_near(search: Search, found: Weighed, *, certain: bool) -> bool:
    """Whether most members hold it, or the one or two that there are do not miss it by far.

    Args:
        certain: whether the label says that it is a total; else one member at least has to.
    """
    if not found.holds and not (certain and found.misses):
        return False
    if not certain and not found.independent:
        return False
    if len(found.holds) <= len(found.misses) and len(found.misses) > 2:
        return False
    for member in found.misses:
        off = difference(search.side, found.equation, member)
        stated = search.side.values[found.equation.total][member] or 0
        if off is None or _is_far(off[0], stated):
            return False
    return True
