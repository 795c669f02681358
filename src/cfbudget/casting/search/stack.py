"""The open lines on a stack, and the runs on top of it that come to a figure."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterator, Sequence

from cfbudget.casting.search.effort import SearchPart
from cfbudget.casting.table.side import Side

LONGEST_SIGNED = 40
"""The longest run in which lines may be taken off, or left out."""
MOST_ANY_SIGNS = 7
"""The longest run of which every pattern of signs is tried; in long tables four."""
FEW_LINES = 200

StackTerms = tuple[tuple[int, int], ...]


class Stack:
    """The open lines, with the running sum of each member below each of them."""

    def __init__(self, side: Side, numbers: dict[tuple[int, int], int]) -> None:
        """Start with nothing on it; `numbers` are those that stacks of this side have so far."""
        self.side = side
        self._numbers = numbers
        self.items: list[int] = []
        self.sums: list[list[int]] = [[0] for _ in side.members]
        self.slack = [max(units, default=0) for units in zip(*side.slack, strict=True)]
        self._states = [0]
        self._places: dict[int, int] = {}
        self._sorted: dict[int, list[tuple[int, int]]] = {}

    @property
    def state(self) -> int:
        """A number for what stands on the stack, in its order: the same only for the same."""
        return self._states[-1]

    def step(self, line: int, member: int) -> int:
        """The unit in which the sum of some lines may be out as a figure of this one."""
        return max(self.side.total_slack[line][member], self.slack[member])

    def push(self, line: int) -> None:
        below = self._states[-1]
        self._states.append(self._numbers.setdefault((below, line), len(self._numbers) + 1))
        self._places[line] = len(self.items)
        self.items.append(line)
        for sums, value in zip(self.sums, self.side.values[line], strict=True):
            sums.append(sums[-1] + (value or 0))
        for member, ordered in self._sorted.items():
            insort(ordered, (self.sums[member][-1], len(self.items)))

    def drop(self, lines: Collection[int]) -> None:
        """Take lines off, wherever they stand."""
        first = min((self._places[line] for line in lines if line in self._places), default=None)
        if first is None:
            return
        above = self.items[first:]
        for member, ordered in self._sorted.items():
            for at in range(first + 1, len(self.items) + 1):
                del ordered[bisect_left(ordered, (self.sums[member][at], at))]
        del self.items[first:], self._states[first + 1 :]
        for sums in self.sums:
            del sums[first + 1 :]
        for line in above:
            del self._places[line]
        for line in above:
            if line not in lines:
                self.push(line)

    def starts(self, member: int, least: int, most: int) -> Sequence[tuple[int, int]]:
        """The running sums from the least to the most, each with where it starts a run."""
        ordered = self._sorted.get(member)
        if ordered is None:
            ordered = sorted((total, at) for at, total in enumerate(self.sums[member]))
            self._sorted[member] = ordered
        return ordered[bisect_left(ordered, (least, -1)) : bisect_left(ordered, (most + 1, -1))]


def sums_on(stack: Stack, line: int, member: int, part: SearchPart) -> Iterator[int]:
    """Where the runs start whose plain sum is the line's figure, within rounding.

    A single line makes a total only of the same figure.
    """
    side, sums = stack.side, stack.sums[member]
    value, step = side.values[line][member] or 0, stack.step(line, member)
    target, size = sums[-1] - value, len(stack.items)
    loose = (size + 1) * step // 2
    if sums[-2] == target and abs(stack.items[-1] - line) == 1:
        yield size - 1
    near = stack.starts(member, target - loose, target + loose)
    part.spend(len(near) + 1)
    for total, start in near:
        off = 2 * abs(total - target)
        if start < size - 1 and (not off or off <= (size - start + 1) * step):
            yield start


def differences_on(stack: Stack, line: int, member: int, part: SearchPart) -> Iterator[StackTerms]:
    """Runs with their first or last lines taken off, or with one line taken off or left out.

    Whether a run has such lines is looked up among its inner sums and its figures, in their order.
    """
    side, sums = stack.side, stack.sums[member]
    value, step = side.values[line][member] or 0, stack.step(line, member)
    size = len(stack.items)
    yield from _any_signs(stack, value, step, member, part)
    longest = LONGEST_SIGNED if len(side.lines) <= FEW_LINES else LONGEST_SIGNED // 4
    inner: list[int] = []
    lines = [sums[-1] - sums[-2]]
    for start in range(size - 2, max(-1, size - longest), -1):
        if not part.spend(1 + (size - start) // 4):
            return
        insort(inner, sums[start + 1])
        insort(lines, sums[start + 1] - sums[start])
        tolerance = (size - start + 1) * step
        over, reach = sums[-1] - sums[start] - value, tolerance // 2
        found: list[StackTerms] = []
        if _any_near(inner, 2 * sums[-1] - over, reach) or _any_near(
            inner, 2 * sums[start] + over, reach
        ):
            found += _parted(stack, start, member, value, tolerance)
        if _any_near(lines, over, reach) or _any_near(lines, 2 * over, tolerance):
            found += _but_one(stack, start, member, value, tolerance)
        for terms in found:
            part.spend(1 + len(terms) // 2)
            yield terms


def _any_near(ordered: Sequence[int], twice: int, reach: int) -> bool:
    """Whether twice one of these amounts comes so near to another."""
    at = bisect_left(ordered, (twice - reach + 1) // 2)
    return at < len(ordered) and 2 * ordered[at] <= twice + reach


def _parted(
    stack: Stack, start: int, member: int, value: int, tolerance: int
) -> Iterator[StackTerms]:
    """A run of which the first lines, or the last, are taken off."""
    sums, items = stack.sums[member], stack.items[start:]
    over = sums[-1] - sums[start] - value
    for at in range(1, len(items)):
        last = sums[-1] - sums[start + at]
        first = sums[start + at] - sums[start]
        if 2 * abs(over - 2 * last) <= tolerance:
            yield (*_with_sign(1, items[:at]), *_with_sign(-1, items[at:]))
        if 2 * abs(over - 2 * first) <= tolerance:
            yield (*_with_sign(-1, items[:at]), *_with_sign(1, items[at:]))


def _but_one(
    stack: Stack, start: int, member: int, value: int, tolerance: int
) -> Iterator[StackTerms]:
    """A run of which one line is taken off; or left out, where several members can tell."""
    side, items = stack.side, stack.items[start:]
    over = stack.sums[member][-1] - stack.sums[member][start] - value
    several = len(side.members) - len(side.soft) > 1
    for at, item in enumerate(items):
        one = side.values[item][member] or 0
        if one and 2 * abs(over - 2 * one) <= tolerance:
            yield (*_with_sign(1, items[:at]), (-1, item), *_with_sign(1, items[at + 1 :]))
        within = several and len(items) > 3 and 0 < at < len(items) - 1
        if one and within and 2 * abs(over - one) <= tolerance:
            yield (*_with_sign(1, items[:at]), *_with_sign(1, items[at + 1 :]))


def _with_sign(sign: int, items: Sequence[int]) -> StackTerms:
    return tuple([(sign, item) for item in items])  # quicker than a generator


def _any_signs(
    stack: Stack, value: int, step: int, member: int, part: SearchPart
) -> Iterator[StackTerms]:
    """Short runs in which each line may be added or taken off."""
    side, sums = stack.side, [0]
    most = MOST_ANY_SIGNS if len(side.lines) <= FEW_LINES else 4
    for count, item in enumerate(stack.items[-1 : -most - 1 : -1], 1):
        one = side.values[item][member] or 0
        sums = [signed for before in sums for signed in (before + one, before - one)]
        part.spend(len(sums))
        tolerance = (count + 1) * step
        for number, total in enumerate(sums) if count > 2 else ():
            if 2 * abs(total - value) <= tolerance:
                yield tuple(
                    (-1 if number >> at & 1 else 1, other)
                    for at, other in enumerate(stack.items[-count:])
                )
