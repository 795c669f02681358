"""The open lines on a stack, and the runs on top of it that come to a figure."""

from collections.abc import Iterator, Sequence

from cfbudget.casting.table.side import Side

LONGEST_SIGNED = 40
"""The longest run in which lines may be taken off, or left out."""
MOST_ANY_SIGNS = 7
"""The longest run of which every pattern of signs is tried; in long tables four."""
FEW_LINES = 200

StackTerms = tuple[tuple[int, int], ...]


class Stack:
    """The open lines, with the running sum of each member below each of them."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.items: list[int] = []
        self.sums: list[list[int]] = [[0] for _ in side.members]
        self.slack = [max(units, default=0) for units in zip(*side.slack, strict=True)]

    def step(self, line: int, member: int) -> int:
        """The unit in which the sum of some lines may be out as a figure of this one."""
        return max(self.side.total_slack[line][member], self.slack[member])

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


def sums_on(stack: Stack, line: int, member: int) -> Iterator[StackTerms]:
    """Runs whose plain sum is the line's figure, within rounding.

    A single line makes a total only of the same figure.
    """
    side, sums = stack.side, stack.sums[member]
    value, step = side.values[line][member] or 0, stack.step(line, member)
    target, size = sums[-1] - value, len(stack.items)
    loose = (size + 1) * step // 2
    if sums[-2] == target and abs(stack.items[-1] - line) == 1:
        yield ((1, stack.items[-1]),)
    least, most = target - loose, target + loose
    near = [start for start, total in enumerate(sums[:-2]) if least <= total <= most]
    for start in reversed(near):
        off = 2 * abs(sums[start] - target)
        if not off or off <= (size - start + 1) * step:
            yield _with_sign(1, stack.items[start:])


def differences_on(stack: Stack, line: int, member: int) -> Iterator[StackTerms]:
    """Runs with their first or last lines taken off, or with one line taken off or left out."""
    side = stack.side
    value, step = side.values[line][member] or 0, stack.step(line, member)
    size = len(stack.items)
    yield from _any_signs(stack, value, step, member)
    longest = LONGEST_SIGNED if len(side.lines) <= FEW_LINES else LONGEST_SIGNED // 4
    for start in range(size - 2, max(-1, size - longest), -1):
        tolerance = (size - start + 1) * step
        yield from _parted(stack, start, member, value, tolerance)
        yield from _but_one(stack, start, member, value, tolerance)


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
    return tuple((sign, item) for item in items)


def _any_signs(stack: Stack, value: int, step: int, member: int) -> Iterator[StackTerms]:
    """Short runs in which each line may be added or taken off."""
    side = stack.side
    most = MOST_ANY_SIGNS if len(side.lines) <= FEW_LINES else 4
    sums: list[tuple[int, StackTerms]] = [(0, ())]
    for item in stack.items[-1 : -most - 1 : -1]:
        one = side.values[item][member] or 0
        sums = [
            (before + sign * one, ((sign, item), *terms))
            for before, terms in sums
            for sign in (1, -1)
        ]
        tolerance = (len(sums[0][1]) + 1) * step
        if len(sums) > 4:
            yield from (terms for total, terms in sums if 2 * abs(total - value) <= tolerance)
