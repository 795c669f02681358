"""A line that a total passes over, in a long lone column: a memorandum among its lines.

Only where its label says that it is part of another line, or it is a total itself; and where
nothing else explains it as well: the figures are long, the line's own is what the sum is out by, to
the last place, and no slip of the total comes to it.
"""

from collections.abc import Collection

from cfbudget.casting.table.side import Equation, Side
from cfbudget.casting.table.slips import is_near

FEWEST = 5
"""The fewest lines that are left: of fewer too many sums come out right by chance."""
LONG = 4
"""The least digits of the figure that is passed over, its last noughts left out: a rounder one may
be a digit of the total that is wrong."""


def but_one(side: Side, member: int, equation: Equation, apart: Collection[int]) -> Equation | None:
    """A plain sum without the one inner line by which it is out in a member; None without one.

    Args:
        apart: lines that may be passed over: memoranda, and totals.
    """
    total, terms = equation
    values = {line: side.values[line][member] or 0 for _, line in terms}
    stated, computed = side.values[total][member], sum(values.values())
    if stated is None or len(terms) <= FEWEST or any(sign < 0 for sign, _ in terms):
        return None
    off = computed - stated
    if len(str(abs(off)).rstrip("0")) < LONG or is_near(stated, computed, 0):
        return None
    found = [line for line, value in values.items() if value == off]
    inner = {line for _, line in terms[1:-1]}
    if len(found) != 1 or found[0] not in inner or found[0] not in apart:
        return None
    return equation._replace(terms=tuple(term for term in terms if term[1] != found[0]))
