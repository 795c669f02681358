"""Tables of two levels that are blocks from end to end: a total with its lines, then the next.

Where figures are short, or one total is wrong, single sums say too little, and the lines that a
wrong total leaves open stand in the way of others. Blocks that follow one another say more: what is
left over between them is one of which a figure is wrong, or lines of the grand total alone.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.casting.search.effort import SearchPart
from cfbudget.casting.search.evidence import Weighed, weigh, worth
from cfbudget.casting.search.nested_totals import LEAST, Search
from cfbudget.casting.table.labels import SAYS_TOTAL
from cfbudget.casting.table.side import Equation, Side

FEWEST_LINES, MOST_LINES = 5, 400
LONGEST = 60
"""The most lines of a block."""
FEWEST_LEFT = 3
"""The fewest lines of one that is left over, its total among them."""
TRIED = 4
"""The bits that a block needs for the ends that were tried."""


class WholeBlock(NamedTuple):
    """A total with the lines after it, by their places in an order of the lines."""

    total: int
    end: int
    bits: int
    """The evidence to spare."""

    @property
    def lines(self) -> range:
        return range(self.total + 1, self.end)


class WholeBlocks(NamedTuple):
    """WholeBlocks that follow one another, and the places in none of them, in runs."""

    blocks: tuple[WholeBlock, ...]
    gaps: tuple[range, ...]
    bits: int


class RestOfBlocks(NamedTuple):
    """The sums beside those of whole blocks, and their evidence."""

    sums: Sequence[Weighed]
    bits: int


def find_whole(search: Search) -> list[Weighed]:
    """The sums of a table that is blocks from end to end, but for one at most; none of another."""
    count = len(search.side.lines)
    if not FEWEST_LINES <= count <= MOST_LINES:
        return []
    orders = [list(range(count)), list(range(count))[::-1]]
    return max((_BlockReading(search, order).sums() for order in orders), key=len)


class _BlockReading:
    """A table read in an order in which each total comes right before its lines."""

    def __init__(self, search: Search, order: Sequence[int]) -> None:
        self.search, self.side, self.order = search, search.side, order

    def sums(self) -> list[Weighed]:
        """The sums of the blocks and of the grand total; none unless they explain every line."""
        found = _blocks(self.side, self.order, self.search.part("totals of {}"))
        if found.bits < LEAST:
            return []
        heads = [block.total for block in found.blocks]
        grand = [at for at in (0, len(self.order) - 1) if any(at in gap for gap in found.gaps)]
        for total in (*grand, None):
            gaps = [left for gap in found.gaps for left in _without(gap, total)]
            rest = self._of_gap(gaps) if total is None else self._of_grand(total, heads, gaps)
            if rest and (len(heads) > 1 or rest.bits >= LEAST):
                return [*(self._sum(one.total, one.lines) for one in found.blocks), *rest.sums]
        return []

    def _of_grand(
        self, total: int, heads: Sequence[int], gaps: Sequence[range]
    ) -> RestOfBlocks | None:
        """The sums of a grand total and of lines in no block; None where they do not explain it."""
        left = [place for gap in gaps for place in gap]
        grand = self._sum(total, [*heads, *left])
        if not grand.misses or (not left and self._may_miss(grand)):
            return RestOfBlocks([grand], grand.bits)
        if len(gaps) != 1:
            return None
        first, rest = gaps[0][0], gaps[0][1:]
        grand, own = self._sum(total, [*heads, first]), self._sum(first, rest)
        if not grand.misses:
            meant = [grand, own] if len(rest) > 1 and self._is_slip(own) else [grand]
            return RestOfBlocks(meant, grand.bits)
        over = self._sum(total, [*heads, *rest])  # the total of these lines is wrong itself
        if len(rest) < 2 or over.misses:
            return None
        return RestOfBlocks([grand, own] if self._is_slip(own) else [over], over.bits)

    def _of_gap(self, gaps: Sequence[range]) -> RestOfBlocks | None:
        """The sum of the lines in no block, where there is no grand total."""
        if not gaps:
            return RestOfBlocks([], 0)
        if len(gaps) > 1 or len(gaps[0]) < FEWEST_LEFT:
            return None
        own = self._sum(gaps[0][0], gaps[0][1:])
        if self._is_slip(own):
            return RestOfBlocks([own], LEAST)
        return None

    def _may_miss(self, grand: Weighed) -> bool:
        said = self.search.hints[grand.equation.total] >= SAYS_TOTAL
        return self._is_slip(grand) and (said or bool(grand.holds))

    def _is_slip(self, one: Weighed) -> bool:
        """Whether a sum holds where it is not nil, or is missed by slips alone."""
        stated = self.side.values[one.equation.total]
        return any(stated[member] for member in one.holds) or len(one.misses) == one.near

    def _sum(self, total: int, places: Sequence[int]) -> Weighed:
        terms = sorted(self.order[place] for place in places)
        return weigh(self.side, Equation(self.order[total], tuple((1, line) for line in terms)))


def _without(gap: range, place: int | None) -> Iterator[range]:
    """A run of places without one at its ends, if anything is left."""
    if place is not None and place in gap:
        gap = gap[1:] if place == gap[0] else gap[:-1]
    if gap:
        yield gap


def _blocks(side: Side, order: Sequence[int], part: SearchPart) -> WholeBlocks:
    """The blocks that say most together; of as much those that leave the fewest lines out."""
    best: list[tuple[int, int, WholeBlock | None]] = [(0, 0, None)]  # from the last place on
    for place in range(len(order) - 1, -1, -1):
        bits, left, _ = best[-1]
        ways: list[tuple[int, int, WholeBlock | None]] = [(bits, left - 1, None)]
        for block in _starting(side, order, place, part):
            bits, left, _ = best[len(order) - block.end]
            ways.append((bits + block.bits, left, block))
        best.append(max(ways, key=lambda way: way[:2]))
    blocks, gaps, place = list[WholeBlock](), list[range](), 0
    while place < len(order):
        chosen = best[len(order) - place][2]
        if chosen:
            blocks.append(chosen)
            place = chosen.end
        else:
            start = gaps.pop().start if gaps and gaps[-1].stop == place else place
            gaps.append(range(start, place + 1))
            place += 1
    return WholeBlocks(tuple(blocks), tuple(gaps), best[-1][0])


def _starting(
    side: Side, order: Sequence[int], place: int, part: SearchPart
) -> Iterator[WholeBlock]:
    """The blocks of which the line at this place is the total, wherever it is stated."""
    total, values = order[place], side.values
    members = [
        member
        for member in range(len(side.members))
        if member not in side.soft and values[total][member] is not None
    ]
    if not any(values[total][member] for member in members):
        return
    others = [at for at in range(len(side.members)) if at not in side.soft and at not in members]
    off = {member: -(values[total][member] or 0) for member in members}
    slack = {member: side.total_slack[total][member] for member in members}
    bits = {m: worth(values[total][m] or 0, side.grains[m], slack[m]) for m in members}
    end = min(len(order), place + LONGEST)
    for at in range(place + 1, end):
        line = order[at]
        if not part.spend(len(members)) or any((line, member) in side.bad for member in members):
            return
        if any(values[line][member] for member in others):  # a line of something else
            return
        for member in members:
            if value := values[line][member]:
                off[member] += value
                slack[member] += side.slack[line][member]
        if at > place + 1 and all(2 * abs(off[m]) <= slack[m] for m in members):
            yield WholeBlock(place, at + 1, sum(bits.values()) - TRIED)
