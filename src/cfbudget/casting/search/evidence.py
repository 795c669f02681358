"""How much the figures say for an equation.

Evidence is counted in bits: in each member, how unlikely it would be that unrelated figures came
to the stated one by chance. A seven-digit figure that is met exactly is worth more than twenty;
one that a rounding may explain, less; one that is not met costs some, as printed errors are rare.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cfbudget.casting.table.side import Equation, Side
from cfbudget.casting.table.slips import is_near

MOST = 16
"""No single figure is worth more bits: chance is not the only way to be misled."""
MISS = 7
"""What a figure that is not met costs: about one printed figure in a hundred is wrong."""
NEAR = 10
"""How many bits fewer a figure is worth that is one slip away: those slips are many too."""


LITTLE = 16
INDEPENDENT = 3
"""With how many of the members before it each is compared, to tell whether it adds evidence."""

SHORT = 20
"""Figures of fewer printed units are too short to tell whether they are in proportion."""

Pattern = tuple[int, ...]
"""What a member prints for the lines of an equation, its total first."""


class SeenPattern(NamedTuple):
    """A pattern, with its total's step, and where its largest figure stands."""

    pattern: Pattern
    step: int
    largest: int


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
    """The sum of the differences that rounding explains: the less, the likelier."""
    independent: int
    """How many of the members that hold it say something of their own."""
    by_little: bool
    """Whether every member that misses it does so by no more than one part in sixteen."""

    @property
    def majority(self) -> bool:
        if len(self.holds) == len(self.misses) and self.by_little:
            return True
        return len(self.holds) > len(self.misses) - 2 * self.near


def difference(side: Side, equation: Equation, member: int) -> tuple[int, int] | None:
    """Computed − stated in one member, and twice the difference that rounding explains.

    None where nothing can be tested: the total or all terms are not stated, or one cannot be
    read, or the total is a dash as some of its terms are, and the others come to more. A nil total
    is tested against terms that are all blank.
    """
    stated = side.values[equation.total][member]
    if stated is None:
        return None
    tolerance = side.total_slack[equation.total][member]
    computed, known = 0, stated == 0
    for sign, line in equation.terms:
        if (line, member) in side.bad:
            return None
        value = side.values[line][member]
        if value is not None:
            known = True
            if value:
                computed += value if sign > 0 else -value
                tolerance += side.slack[line][member]
    if not known:
        return None
    off = computed - stated
    # Beside dashes among its lines, a dash for a total may say that there is none here.
    dash = (equation.total, member) in side.dashes
    if dash and 2 * abs(off) > tolerance and _any_dash(side, equation, member):
        return None
    return off, tolerance


def _any_dash(side: Side, equation: Equation, member: int) -> bool:
    return any((line, member) in side.dashes for _, line in equation.terms)


def weigh(side: Side, equation: Equation) -> Weighed:
    """Count what an equation's members say; soft ones only where they hold it."""
    holds: list[int] = []
    missed: list[tuple[int, int, int]] = []
    bits = off = 0
    seen: list[SeenPattern] = []
    for member in range(len(side.members)):
        found = difference(side, equation, member)
        if found is None:
            continue
        off_by, tolerance = found
        if 2 * abs(off_by) <= tolerance:
            holds.append(member)
            if member not in side.soft:
                off += abs(off_by)
                bits += _bits(side, equation, member, tolerance, seen)
        elif member not in side.soft:
            missed.append((member, off_by, tolerance))
    near = 0
    if len(missed) <= 2 * len(holds) + 2:  # else slips would not save it
        for member, off_by, tolerance in missed:
            if _is_close(side, equation, member, off_by, tolerance):
                near += 1
                total = side.values[equation.total][member] or 0
                bits += max(0, worth(total, 1, tolerance) - NEAR)
    misses = tuple(member for member, _, _ in missed)
    bits -= MISS * len(misses)
    stated = side.values[equation.total]
    by_little = all(LITTLE * abs(by) <= abs(stated[member] or 0) for member, by, _ in missed)
    return Weighed(equation, tuple(holds), misses, near, bits, off, len(seen), by_little)


def _is_close(side: Side, equation: Equation, member: int, off: int, tolerance: int) -> bool:
    """Whether one slip explains the difference, or a line left out or counted twice."""
    total = side.values[equation.total][member] or 0
    if is_near(total, total + off, tolerance):
        return True
    if abs(off) < 100 * max(1, tolerance):
        return False
    stated = [value for _, line in equation.terms if (value := side.values[line][member])]
    sizes = [abs(value) for value in stated]
    # A line that is printed twice is rather the total of the other than counted twice.
    wanted = [abs(off)] if off % 2 else [abs(off), abs(off) // 2]
    return len(stated) > 2 and any(sizes.count(size) == 1 for size in wanted)


def _bits(
    side: Side, equation: Equation, member: int, tolerance: int, seen: list[SeenPattern]
) -> int:
    """What one figure that is met is worth.

    Nothing where another member prints the same figures, or the same in proportion, as the bands
    of a tax do; nor where the total is one of its terms and the others cancel.
    """
    values = side.values
    terms = [values[line][member] or 0 for _, line in equation.terms]
    pattern = (values[equation.total][member] or 0, *terms)
    step = side.steps[equation.total][member]
    if any(_is_multiple(pattern, step, other) for other in seen[:INDEPENDENT]):
        return 0
    stated = abs(pattern[0])
    if len(pattern) == 4 and in_even_steps(pattern):
        return 0
    if _cancel([sign * value for (sign, _), value in zip(equation.terms, terms, strict=True)]):
        return 0
    if stated or any(terms):
        largest = max(range(len(pattern)), key=lambda at: abs(pattern[at]))
        seen.append(SeenPattern(pattern, step, largest))
    return worth(stated or max(map(abs, pattern)), side.grains[member], tolerance)


def in_even_steps(figures: Pattern) -> bool:
    """Whether figures grow by the same each time, so that any two of them make the other two."""
    ordered = sorted(figures)
    return len({later - earlier for earlier, later in pairwise(ordered)}) == 1


def _cancel(terms: Sequence[int]) -> bool:
    """Whether all but one of at least three terms take each other off, pair by pair."""
    stated = sorted((value for value in terms if value), key=abs)
    if len(stated) < 3 or len(stated) % 2 == 0:
        return False
    left: list[int] = []
    for value in stated:
        if left and left[-1] == -value:
            left.pop()
        else:
            left.append(value)
    return len(left) == 1


def _is_multiple(pattern: Pattern, step: int, seen: SeenPattern) -> bool:
    """Whether one member's figures are those of another, in proportion, within rounding."""
    other, other_step, largest = seen
    if pattern == other or len(pattern) < 3:
        return pattern == other
    here, there = pattern[largest], other[largest]
    longest = SHORT * max(step, other_step, 1)
    slack = (step + 1) * abs(there) + (other_step + 1) * abs(here)
    for value, old in zip(pattern, other, strict=True):  # most are told apart by the first
        if abs(value * there - old * here) > slack:
            return False
    return not any(0 < abs(value) < longest for value in (*pattern, *other))


def worth(stated: int, grain: int, tolerance: int) -> int:
    """The bits of a figure of that size that is met within half the tolerance."""
    bits = (abs(stated) // grain).bit_length() - (tolerance // grain).bit_length()
    return 0 if bits < 0 else MOST if bits > MOST else bits
