"""Signed sums that may be tried, of lines in whatever order: those that some members hold.

A few members that say most are looked at; what they hold is weighed by all the others after.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget.casting.search.effort import SearchPart
from cfbudget.casting.search.evidence import worth
from cfbudget.casting.table.side import Equation, Side, Signed

MOST_LINES = 24
"""Beyond it sums are only tried in order: the search doubles with each line."""
LARGEST_SIGNED = 5
MOST_SIGNED = {3: 500, 4: 24, 5: 16}
"""The most lines of which every signed sum of so many is tried."""
SIGNED_SIZES = tuple(MOST_SIGNED)
PIVOTS = 5
MORE_PIVOTS = 16
"""Where only sums of few lines are tried: the more, the likelier that all are stated in one."""


def pivots_of(side: Side, lines: Sequence[int], most: int = PIVOTS) -> list[int]:
    """The members that say most: with figures for lines that the others before it lack, then with
    the most figures, then the longest."""
    says: dict[int, tuple[frozenset[int], int, list[int]]] = {}
    for member in range(len(side.members)):
        if member not in side.soft:
            sizes = {
                line: worth(side.values[line][member] or 0, side.grains[member], 0)
                for line in lines
                if side.values[line][member]
            }
            if len(sizes) > 1:
                figures = sorted(side.values[line][member] or 0 for line in lines)
                says[member] = frozenset(sizes), sum(sizes.values()), figures
    chosen: list[int] = []
    covered: frozenset[int] = frozenset()
    while says and len(chosen) < most:
        best = max(says, key=lambda m: (len(says[m][0] - covered), len(says[m][0]), *says[m][1:]))
        covered |= says.pop(best)[0]
        chosen.append(best)
    return chosen


class _Member(NamedTuple):
    values: Mapping[int, int]
    step: int


def _members(side: Side, lines: Sequence[int], pivots: Sequence[int]) -> list[_Member]:
    return [
        _Member(
            {line: side.values[line][member] or 0 for line in lines},
            max(max(side.slack[line][member], side.total_slack[line][member]) for line in lines),
        )
        for member in pivots
    ]


def small_sums(
    side: Side,
    lines: Sequence[int],
    pivots: Sequence[int],
    sizes: Collection[int],
    part: SearchPart,
) -> Iterator[Signed]:
    """Every signed sum of so many lines that at least a third of the pivots hold."""
    sizes = {size for size in sizes if len(lines) <= MOST_SIGNED[size]}
    members = _members(side, lines, pivots)
    told: set[Signed] = set()
    for size in sorted(sizes):  # the simplest first, should the work come to its end
        for member in members:
            for signed in _coming_to_nil(member, size, part):
                if not part.spend(2 * size):
                    return
                if signed not in told:
                    told.add(signed)
                    if _mostly_nil(members, signed):
                        yield signed


def _mostly_nil(members: Sequence[_Member], signed: Signed) -> bool:
    """Whether a third of the members in which it says anything hold it."""
    tested = held = 0
    for member in members:
        values = [sign * member.values[line] for line, sign in signed]
        if sum(map(bool, values)) > 1:
            tested += 1
            held += 2 * abs(sum(values)) <= member.step * len(signed)
    # Of long sums some hold by chance in any one member.
    return 3 * held >= tested and (len(signed) < LARGEST_SIGNED or held > 1 or tested < 2)


class _Sums:
    """Signed sums of lines, found by what they come to within a width."""

    def __init__(self, sums: Iterable[tuple[int, Signed]], width: int) -> None:
        self.width = width
        self.by_bucket: dict[int, list[tuple[int, Signed]]] = {}
        for total, signed in sums:
            self.by_bucket.setdefault(total // width, []).append((total, signed))

    def near(self, total: int) -> list[Signed]:
        width, by_bucket = self.width, self.by_bucket
        bucket, least, most = total // width, total - width, total + width
        return [
            signed
            for at in (bucket - 1, bucket, bucket + 1)
            if at in by_bucket
            for other, signed in by_bucket[at]
            if least <= other <= most
        ]


def _coming_to_nil(member: _Member, size: int, part: SearchPart) -> Iterator[Signed]:
    """The signed sums that come to nil in one member: two lines against one, two against two and
    three against two. Lines that are nil there are left out; what lacks them is completed later.
    """
    stated = [(line, value) for line, value in member.values.items() if value]
    width = max(1, member.step * (LARGEST_SIGNED + 1) // 2)
    ones = [(sign * value, frozenset({(line, sign)})) for line, value in stated for sign in (1, -1)]
    if size == 3:
        yield from _against(_joined_pairs(stated, part), _Sums(ones, width))
        return
    twos = list(_joined_pairs(stated, part))
    turned = [(-total, frozenset((line, -sign) for line, sign in two)) for total, two in twos]
    of_two = _Sums([*twos, *turned], width)
    if size == 4:
        yield from _against(twos, of_two)
    if size == 5:
        threes = (
            (total + one, two | single)
            for total, two in twos
            for one, single in ones
            if max(two)[0] < min(single)[0]
        )
        yield from _against(threes, of_two)


def _joined_pairs(
    stated: Sequence[tuple[int, int]], part: SearchPart
) -> Iterator[tuple[int, Signed]]:
    """The sums and differences of two lines, of those that stand nearest to each other first."""
    for gap in range(1, len(stated)):
        if not part.spend(len(stated) - gap):
            return
        for (line, value), (later, other) in zip(stated, stated[gap:], strict=False):
            yield value + other, frozenset({(line, 1), (later, 1)})
            yield value - other, frozenset({(line, 1), (later, -1)})


def _against(sums: Iterable[tuple[int, Signed]], others: _Sums) -> Iterator[Signed]:
    """The sums with those of other lines that take them off."""
    for total, signed in sums:
        found = others.near(-total)
        lines = {line for line, _ in signed} if found else set[int]()
        for other in found:
            if not any(line in lines for line, _ in other):
                joined = signed | other
                turn = min(joined)[1]
                both = {sign for _, sign in joined}
                if len(both) > 1:
                    yield frozenset((line, sign * turn) for line, sign in joined)


def plain_sums(
    side: Side, lines: Sequence[int], pivots: Sequence[int], part: SearchPart
) -> Iterator[Signed]:
    """Every line that is the plain sum of at least five others in most of the pivots.

    Each half of the lines has its sums made once; a total then is a sum of either half that the
    other half completes.
    """
    if not LARGEST_SIGNED < len(lines) <= MOST_LINES:
        return
    members = _members(side, lines, pivots)
    half = len(lines) // 2
    halves = [lines[:half], lines[half:]]
    sums = [[_subset_sums(part, member) for part in halves] for member in members]
    for at in range(min(2, len(members))):
        yield from _completed(lines, halves, members, sums, at, part)


def _subset_sums(lines: Sequence[int], member: _Member) -> list[int]:
    """The sum of every subset, by the bits of its number."""
    sums = [0]
    for line in lines:
        value = member.values[line]
        sums += [before + value for before in sums]
    return sums


def _completed(
    lines: Sequence[int],
    halves: Sequence[Sequence[int]],
    members: Sequence[_Member],
    sums: Sequence[Sequence[Sequence[int]]],
    at: int,
    part: SearchPart,
) -> Iterator[Signed]:
    """Totals of plain sums in one pivot that most of the others hold too.

    Lines that are nil in this pivot are left out of its sums: they would double the search for
    nothing, and are put back where the other members miss them.
    """
    member = members[at]
    width = max(1, member.step * (len(lines) + 1) // 2)
    nil = [
        sum(1 << bit for bit, line in enumerate(part) if not member.values[line]) for part in halves
    ]
    right: dict[int, list[int]] = {}
    for mask, total in enumerate(sums[at][1]):
        if not mask & nil[1]:
            right.setdefault(total // width, []).append(mask)
    left = [(mask, total) for mask, total in enumerate(sums[at][0]) if not mask & nil[0]]
    for line in lines:
        value = member.values[line]
        own = [1 << part.index(line) if line in part else 0 for part in halves]
        for masks in _pairs(left, right, value, width) if value else ():
            if not part.spend(2):
                return
            if masks[0] & own[0] or masks[1] & own[1]:
                continue
            if masks[0].bit_count() + masks[1].bit_count() > 1:
                terms = _lines_of(halves, masks)
                if _held(members, sums, line, masks, len(terms)):
                    yield _canonical(line, terms)


def _pairs(
    left: Sequence[tuple[int, int]], right: Mapping[int, Sequence[int]], value: int, width: int
) -> Iterator[tuple[int, int]]:
    """The subsets of the two halves that together come near a value."""
    for mask, total in left:
        bucket = (value - total) // width
        for at in range(bucket - 1, bucket + 2):
            for other in right.get(at, ()):
                yield mask, other


def _held(
    members: Sequence[_Member],
    sums: Sequence[Sequence[Sequence[int]]],
    line: int,
    masks: tuple[int, int],
    size: int,
) -> bool:
    holds = 0
    for member, (left, right) in zip(members, sums, strict=True):
        off = left[masks[0]] + right[masks[1]] - member.values[line]
        holds += 2 * abs(off) <= member.step * (size + 1)
    return 2 * holds >= len(members)


def _lines_of(halves: Sequence[Sequence[int]], masks: tuple[int, int]) -> list[int]:
    return [
        line
        for part, mask in zip(halves, masks, strict=True)
        for bit, line in enumerate(part)
        if mask >> bit & 1
    ]


def _canonical(total: int, terms: Sequence[int]) -> Signed:
    return Equation(total, tuple((1, line) for line in terms)).canonical
