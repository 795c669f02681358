"""How much the figures say for an equation.

Evidence is counted in bits: in each member, how unlikely it would be that unrelated figures came
to the stated one by chance. A seven-digit figure that is met exactly is worth more than twenty;
one that a rounding may explain, less; one that is not met costs some, as printed errors are rare.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.casting.side import Equation, Side
from cfbudget.casting.slips import is_near

MOST = 16
"""No single figure is worth more bits: chance is not the only way to be misled."""
MISS = 7
"""What a figure that is not met costs: about one printed figure in a hundred is wrong."""
NEAR = 10
"""How many bits fewer a figure is worth that is one slip away: those slips are many too."""


class Weighed(NamedTuple):
    """An equation with the members that hold it, those that miss it, and its evidence.

    `near` of those that miss it are one slip away.
    """

    equation: Equation
    holds: tuple[int, ...]
    misses: tuple[int, ...]
    near: int
    bits: int
    off: int
    """The sum of the differences that rounding explains, in steps: the fewer, the likelier."""

    @property
    def majority(self) -> bool:
        return len(self.holds) > len(self.misses) - 2 * self.near


def difference(side: Side, equation: Equation, member: int) -> tuple[int, int] | None:
    """Computed − stated in one member, and twice the difference that rounding explains.

    None where nothing can be tested: the total or all terms are not stated, or one cannot be
    read. A nil total is tested against terms that are all blank.
    """
    stated = side.values[equation.total][member]
    if stated is None:
        return None
    tolerance = side.steps[equation.total][member]
    computed, known = 0, stated == 0
    for sign, line in equation.terms:
        if (line, member) in side.bad:
            return None
        value = side.values[line][member]
        if value is not None:
            known = True
            if value:
                computed += value if sign > 0 else -value
                tolerance += side.steps[line][member]
    if not known:
        return None
    return computed - stated, 0 if side.exact else tolerance


def weigh(side: Side, equation: Equation) -> Weighed:
    """Count what an equation's members say; soft ones only where they hold it."""
    holds, misses = [], []
    bits = off = near = 0
    seen: set[tuple[int | None, ...]] = set()
    for member in range(len(side.members)):
        found = difference(side, equation, member)
        if found is None:
            continue
        off_by, tolerance = found
        if 2 * abs(off_by) > tolerance:
            if member not in side.soft:
                misses.append(member)
                stated = side.values[equation.total][member] or 0
                close = is_near(stated, stated + off_by, tolerance)
                near += close
                bits += max(0, worth(stated, 1, tolerance) - NEAR) * close - MISS
            continue
        holds.append(member)
        if member not in side.soft:
            off += abs(off_by)
            bits += _bits(side, equation, member, tolerance, seen)
    return Weighed(equation, tuple(holds), tuple(misses), near, bits, off)


def _bits(
    side: Side,
    equation: Equation,
    member: int,
    tolerance: int,
    seen: set[tuple[int | None, ...]],
) -> int:
    """What one figure that is met is worth; nothing where other members print the same."""
    values = side.values
    pattern = (values[equation.total][member], *(values[line][member] for _, line in equation.terms))
    if pattern in seen:
        return 0
    seen.add(pattern)
    stated = abs(pattern[0] or 0) or max((abs(value or 0) for value in pattern), default=0)
    return worth(stated, side.grains[member], tolerance)


def worth(stated: int, grain: int, tolerance: int) -> int:
    """The bits of a figure of that size that is met within half the tolerance."""
    return max(0, min(MOST, (abs(stated) // grain).bit_length() - (tolerance // grain).bit_length()))


def signed_sum(terms: Sequence[tuple[int, int]], values: Sequence[int | None]) -> int:
    """What signed lines come to, given their values by line; what is not stated is nil."""
    return sum(sign * (values[line] or 0) for sign, line in terms)
