"""Members that never add up: rates, averages, band levels, balances at a date.

A Band D tax or a cost per head stands beside columns of money and is in no total. Such a column
is told from one with a printed error by what it prints in place of the sum.
"""

from collections.abc import Sequence

from cfbudget.casting.search.evidence import Weighed, difference
from cfbudget.casting.table.side import Equation, Side
from cfbudget.casting.table.slips import is_near

MOST_TERMS = 60
"""The most terms of which each is looked at for a slip."""


def never_adding(side: Side, found: Sequence[Weighed]) -> frozenset[int]:
    """The members that hold no equation of those that others hold, and are no slip away."""
    held = {member for one in found for member in one.holds if _says(side, one, member)}
    return frozenset(
        member
        for member in range(len(side.members))
        if member not in held
        and (missing := [one for one in found if member in one.misses])
        and all(_is_no_sum(side, one, member, len(missing)) for one in missing)
    )


def _says(side: Side, one: Weighed, member: int) -> bool:
    """Whether an equation says anything in a member: not that nil is nil."""
    return bool(side.values[one.equation.total][member])


def _is_no_sum(side: Side, one: Weighed, member: int, times: int) -> bool:
    """Whether what is printed is no sum that went wrong, but something else."""
    found = difference(side, one.equation, member)
    if found is None:
        return True
    off, tolerance = found
    stated = side.values[one.equation.total][member] or 0
    terms = [value for _, line in one.equation.terms if (value := side.values[line][member])]
    if len(terms) > 3 and stated in terms:  # a balance at the first date, or the last
        return True
    step = side.steps[one.equation.total][member]
    if is_near(stated, stated + off, tolerance, step) or abs(off) in map(abs, terms):
        return False
    for sign, line in one.equation.terms[:MOST_TERMS]:
        value = side.values[line][member]
        if value and is_near(value, value - sign * off, tolerance, step):
            return False
    # Spending beside income says nothing: a sum of both may be anything between them.
    plus = sum(value > 0 for value in terms)
    alike = len(terms) > 1 and 4 * max(plus, len(terms) - plus) >= 3 * len(terms)
    between = alike and min(terms) <= stated <= max(terms)
    return between or (times > 1 and 20 * abs(off) > abs(stated + off))


def is_another_sum(side: Side, equation: Equation, member: int) -> bool:
    """Whether a member adds up in another way than those that hold an equation: its lines come to
    more than twice what it prints, and no slip explains that.

    So of tax bases, which other bodies print too, and of average taxes beside amounts of money.
    """
    found = difference(side, equation, member)
    if found is None or len(equation.terms) < 2:
        return False
    off, tolerance = found
    stated = side.values[equation.total][member] or 0
    step = side.steps[equation.total][member]
    values = [sign * (side.values[line][member] or 0) for sign, line in equation.terms]
    one_way = min(values) >= 0 or max(values) <= 0
    if not one_way or abs(stated + off) <= 2 * abs(stated) or not stated:
        return False
    if is_near(stated, stated + off, tolerance, step):
        return False
    return not any(value and is_near(value, value - off, tolerance, step) for value in values)
