"""What lines come to beside a claimed total, counted line by line and member by member.

So every run of lines that ends right before a total is weighed with one look at each line.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.casting.search.evidence import worth
from cfbudget.casting.table.side import Side


class TotalFigure(NamedTuple):
    """The figure of a claimed total in one member, and the unit of its last printed place.

    `variance` says that its heading makes it one.
    """

    member: int
    stated: int
    step: int
    variance: bool


class Tallied(NamedTuple):
    """How the lines that were counted stand to their total.

    `far` is by how much they miss it, of a hundred, in the middle of their members.
    """

    holds: tuple[int, ...]
    misses: tuple[int, ...]
    far: int
    bits: int


class BlockTally:
    """The lines that were added so far, against a total's figures."""

    def __init__(self, side: Side, total: int, figures: Sequence[TotalFigure]) -> None:
        self._side = side
        self._members = [_MemberTally(side, total, figure) for figure in figures]
        self._signs: set[int] = set()

    def add(self, sign: int, line: int) -> None:
        """Count one more line."""
        self._signs.add(sign)
        values = self._side.values[line]
        for one in self._members:
            one.add(sign, line, values[one.figure.member])

    def told(self) -> Tallied:
        """What the lines say."""
        side, holds, misses, fars, bits = self._side, list[int](), list[int](), list[int](), 0
        for one in self._members:
            found = one.off(signed=len(self._signs) > 1)
            if found is None:
                continue
            off, tolerance = found
            member, stated = one.figure.member, one.figure.stated
            if 2 * abs(off) <= tolerance:
                holds.append(member)
                bits += worth(stated, side.grains[member], tolerance)
                if stated or one.size:
                    fars.append(0)
            else:
                misses.append(member)
                turned = 2 * abs(off + 2 * stated) <= tolerance  # the sign is the other
                fars.append(0 if turned else 100 * abs(off) // max(abs(stated), one.size))
        fars.sort()
        return Tallied(tuple(holds), tuple(misses), fars[len(fars) // 2] if fars else 100, bits)

    def is_past(self, far: int) -> bool:
        """Whether the lines are more than their total in every member, by more than so much of a
        hundred: then those that only add to them bring none nearer."""
        return all(one.is_past(far) for one in self._members)


class _MemberTally:
    """The lines in one member."""

    def __init__(self, side: Side, total: int, figure: TotalFigure) -> None:
        self._side, self.figure = side, figure
        self._dash = (total, figure.member) in side.dashes
        self._computed = self._added = self.size = 0
        self._tolerance = side.total_slack[total][figure.member]
        self._known = figure.stated == 0
        self._unread = self._any_dash = False

    def add(self, sign: int, line: int, value: int | None) -> None:
        side, member = self._side, self.figure.member
        if value:
            self._computed += sign * value
            self._added += value
            self.size += abs(value)
            self._tolerance += side.slack[line][member]
        self._known = self._known or value is not None
        self._unread = self._unread or (line, member) in side.bad
        self._any_dash = self._any_dash or (self._dash and (line, member) in side.dashes)

    def off(self, *, signed: bool) -> tuple[int, int] | None:
        """Computed − stated, and twice what rounding explains: half the total's own place at least.

        Nil where variances of lines that are taken off are added, as favourable ones are; None
        where `difference` has nothing to test.

        Args:
            signed: whether some lines are taken off, and others not.
        """
        if self._unread or not self._known:
            return None
        stated, exactly = self.figure.stated, self._tolerance
        off, tolerance = self._computed - stated, max(exactly, self.figure.step)
        if self._any_dash and 2 * abs(off) > exactly:
            return None
        favourable = signed and self.figure.variance
        if favourable and 2 * abs(off) > tolerance and 2 * abs(self._added - stated) <= exactly:
            return 0, exactly
        return off, tolerance

    def is_past(self, far: int) -> bool:
        """Whether there is nothing to test, or what was only added is too much."""
        if self._unread:
            return True
        off = self._computed - self.figure.stated
        beyond = self._known and self.figure.stated >= 0 and self._computed == self.size
        beyond = beyond and 2 * off > max(self._tolerance, self.figure.step)
        return beyond and 100 * off // self.size > far
