"""What a total could be worth at most, before all that its members say is weighed.

Of short figures many sums come out right somewhere by chance. Most are told to be chance by the
first few members that miss them, and lines of nil by saying nothing at all.
"""

from collections.abc import Sequence
from heapq import nlargest

from cfbudget.casting.search.effort import SearchPart
from cfbudget.casting.search.evidence import NEAR, difference, worth
from cfbudget.casting.table.side import Equation, Side

PIVOTS = 4
LEAST_MISS = 3
"""What a figure that is not met costs in any case, also while it is still learnt which members
never add up."""


class Outlook:
    """The most that each line of a side could be worth as a total; and what came to nothing."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.refused: set[tuple[str, int, int]] = set()
        """Kinds of sums, lines and stacks by their number, of which no total came; "plain sums"
        where no plain run on the stack comes to the line's figure."""
        self.stacks: dict[tuple[int, int], int] = {}
        """A number for each stack, by that of the stack below its last line, and this line."""
        self._most: dict[int, list[int]] = {}
        self._pivots: dict[int, list[int]] = {}
        self._longest = [
            max((abs(line[member] or 0) for line in side.values), default=0)
            for member in range(len(side.members))
        ]
        self.tells = [any(values) for values in side.values]
        """Whether each line has a figure that is not nil."""
        first: dict[tuple[int, ...], int] = {}
        hard = [member for member in range(len(side.members)) if member not in side.soft]
        self.alike = [
            first.setdefault(tuple([line[member] or 0 for member in hard]), at)
            for at, line in enumerate(side.values)
        ]
        """For each line the first with the same figures where they have to add up."""

    def most(self, line: int) -> list[int]:
        """The most bits that each member can have for a total in this line; nil where it is soft
        or has no figure."""
        found = self._most.get(line)
        if found is None:
            side = self.side
            found = [
                0
                if value is None or member in side.soft
                else worth(
                    value or self._longest[member],
                    side.grains[member],
                    side.total_slack[line][member],
                )
                for member, value in enumerate(side.values[line])
            ]
            self._most[line] = found
        return found

    def pivots(self, line: int) -> list[int]:
        """The members in which the line's own figure says most, whatever order they stand in."""
        if line not in self._pivots:
            side = self.side
            stated = [
                (worth(value, side.grains[member], 0), abs(value), value, member)
                for member, value in enumerate(side.values[line])
                if value is not None and member not in side.soft
            ]
            best = nlargest(PIVOTS, (one for one in stated if one[2]))
            self._pivots[line] = [one[3] for one in best or stated[:PIVOTS]]
        return self._pivots[line]

    def reaches(self, equation: Equation, need: int, part: SearchPart) -> bool:
        """Whether an equation may have so many bits, by the first members that tell."""
        most = self.most(equation.total)
        left = sum(most)
        for member, bits in enumerate(most):
            if left < need:
                return False
            if member in self.side.soft or self.side.values[equation.total][member] is None:
                continue
            part.spend(1 + len(equation.terms) // 2)
            found = difference(self.side, equation, member)
            if found is None:
                left -= bits
            elif 2 * abs(found[0]) > found[1]:
                left -= min(bits, NEAR) + LEAST_MISS
        return left >= need

    def without_twins(self, terms: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """A run's terms but for those that the next one repeats."""
        alike = [self.alike[line] for _, line in terms]
        pairs = zip(terms, alike, (*alike[1:], None), strict=True)
        return tuple(term for term, here, after in pairs if here != after)
