"""The block of lines that comes nearest to a claimed total, and whether it makes it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cfbudget.casting.proof.claimed_totals import (
    ClaimedTotal,
    ClaimStrength,
    claimed_totals,
    is_taken_off,
)
from cfbudget.casting.proof.open_lines import OpenLines, row_sums
from cfbudget.casting.proof.sum_lines import SumLines
from cfbudget.casting.search.claims import Claim
from cfbudget.casting.search.evidence import difference, worth
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import row_label, words_of
from cfbudget.casting.table.side import Equation

FAR: dict[ClaimStrength, int] = {"said": 95, "made": 60, "telling": 70, "placed": 50}
"""How much a block may miss a total by, of a hundred, to be taken for the one that it claims."""
FAR_WITH_TOTALS = 60
"""The same for a word for a total, where some of the lines are totals themselves."""
FAR_LAST = 25
"""The same for a line of which only its place tells, the last."""
GROSS = "gross"
FAR_BELOW_TOTAL = 30
"""The same for a net right below another total."""
LEFT = 20
"""The same for a line that no word tells of, and that is what is left of a total."""
MOST_TAKEN = 16
"""The longest run of which the first is a total and all others are taken off it."""
LONGEST = 400
"""The most open lines of which blocks are tried."""
ENOUGH = 16
"""The bits of a sum of lines that others have already."""


class NearBlock(NamedTuple):
    """A claimed total with the block that comes nearest to it."""

    claimed: ClaimedTotal
    equation: Equation
    holds: tuple[int, ...]
    misses: tuple[int, ...]
    far: int
    """By how much it misses, of a hundred, in the middle of its members."""
    bits: int

    @property
    def rank(self) -> tuple[int, ...]:
        """The nearest first."""
        return (len(self.misses) - len(self.holds), self.far, -len(self.equation.terms))


class NearestBlocks:
    """A walk over the lines of a table, down the page, past every claimed total."""

    def __init__(
        self,
        grid: PrintedGrid,
        lines: SumLines,
        claims: Sequence[Claim],
        doubtful: Mapping[int, str],
    ) -> None:
        self.grid, self.lines, self.side = grid, lines, lines.side
        self.sums = row_sums(grid, lines, claims)
        self.members = _adding(lines, claims)
        self.doubtful = doubtful
        self.claimed = claimed_totals(grid, lines, self.sums, doubtful)
        self.said = {line for line, one in self.claimed.items() if one.strength == "said"}
        self.signs = [self._sign(line) for line in range(len(self.side.lines))]
        self.breaks = _breaks(lines)
        self.totals = set(self.sums.terms)

    def found(self) -> Iterator[NearBlock]:
        open_lines = OpenLines(self.sums)
        order = list(range(len(self.side.lines)))
        if self.sums.above:
            order.reverse()
        for at, line in enumerate(order):
            block = None
            if line in self.claimed:
                block = self._nearest(self.claimed[line], open_lines.before(line), order[:at])
            if block is not None:
                self.totals.add(line)
                yield block
            open_lines.meet(line, [term for _, term in block.equation.terms] if block else ())

    def _nearest(
        self, claimed: ClaimedTotal, lines: Sequence[int], before: Sequence[int]
    ) -> NearBlock | None:
        own = claimed.line in self.sums.totals or self.sums.above
        if claimed.strength == "made" or own:  # else what it adds would have been found with it
            lines = self._in_no_sum(lines, after_total=claimed.strength != "made")
        if not lines and own:
            return None
        lines = self._of_one_level(lines[-LONGEST:])
        blocks = [
            block
            for terms in self._candidates(lines)
            for block in (self._weighed(claimed, Equation(claimed.line, terms)),)
            if self._is_near(block)
        ]
        if claimed.line not in self.sums.terms and claimed.line not in self.sums.totals:
            blocks += self._whole(claimed, before)
            plain = self.lines.levels is None and claimed.line not in self.doubtful
            if plain and all(block.misses for block in blocks):
                blocks += self._runs(claimed, before)
        best = min(blocks, key=lambda block: block.rank, default=None)
        return best and self._without_nil(best)

    def _without_nil(self, block: NearBlock) -> NearBlock:
        """The block without lines that are nil wherever it holds, if it then holds everywhere: they
        are lines of something else."""
        if not block.holds or not block.misses:
            return block
        values = self.side.values
        terms = tuple(
            (sign, line)
            for sign, line in block.equation.terms
            if any(values[line][member] for member in block.holds)
        )
        if len(terms) < 2:
            return block
        other = self._weighed(block.claimed, block.equation._replace(terms=terms))
        return block if other.misses else other

    def _runs(self, claimed: ClaimedTotal, before: Sequence[int]) -> Iterator[NearBlock]:
        """The runs right before a total that make it in every member, whatever sums have some of
        their lines: of all lines, of those that are no totals, and of totals alone."""
        side, total = self.side, claimed.line
        stated = [m for m in self.members if side.values[total][m]]
        if not stated:
            return
        pivot = max(stated, key=lambda member: abs(side.values[total][member] or 0))
        totals = self.totals | {
            line for line, one in self.claimed.items() if one.strength == "said"
        }
        for kept in (
            before,
            [line for line in before if line not in totals],
            [line for line in before if line in totals],
        ):
            run, left = list[int](), side.values[total][pivot] or 0
            tolerance = 0 if side.exact else side.steps[total][pivot]
            for line in reversed(kept):
                run.append(line)
                left -= side.values[line][pivot] or 0
                tolerance += 0 if side.exact else side.steps[line][pivot]
                if len(run) > 1 and 2 * abs(left) <= tolerance:
                    terms = tuple((1, other) for other in reversed(run))
                    block = self._weighed(claimed, Equation(total, terms))
                    if not block.misses and block.bits >= ENOUGH:
                        yield block

    def _whole(self, claimed: ClaimedTotal, before: Sequence[int]) -> list[NearBlock]:
        """All lines before, though sums have some of them: a bridge from one year to the next."""
        if not before or len(before) > LONGEST or self.lines.levels is not None:
            return []
        terms = tuple((self.signs[line], line) for line in before)
        block = self._weighed(claimed, Equation(claimed.line, terms))
        enough = block.bits >= ENOUGH and len(block.holds) >= len(block.misses)
        return [block] if enough else []

    def _in_no_sum(self, lines: Sequence[int], *, after_total: bool) -> list[int]:
        """The lines right before a total that no sum has, and the totals before these if asked."""
        found: list[int] = []
        among_totals = False
        for line in reversed(lines):
            is_total = line in self.totals
            if line in self.sums.totals or (is_total and not after_total):
                break
            if among_totals and not is_total:  # the lines of another block
                break
            among_totals = is_total
            found.append(line)
        return found[::-1]

    def _of_one_level(self, lines: Sequence[int]) -> Sequence[int]:
        levels = self.lines.levels
        if levels is None or not lines:
            return lines
        start = len(lines)
        while start and levels[lines[start - 1]] == levels[lines[-1]]:
            start -= 1
        return lines[start:]

    def _candidates(self, lines: Sequence[int]) -> Iterator[tuple[tuple[int, int], ...]]:
        """The runs right before the total that start where a reader would have them start."""
        for at, line in enumerate(lines):
            run = lines[at:]
            before = lines[at - 1] if at else None
            starts = before is None or (before if self.sums.above else line) in self.breaks
            if starts or line in self.totals or before in self.totals:
                yield tuple((self.signs[other], other) for other in run)
            if 1 < len(run) <= MOST_TAKEN and (line in self.totals or len(lines) == 2):
                yield ((1, line), *((-1, other) for other in run[1:]))

    def _label(self, line: int) -> str:
        return row_label(self.grid, self.lines.row(line))

    def _sign(self, line: int) -> int:
        label = self._label(line)
        values = [value for value in self.side.values[line] if value]
        return -1 if is_taken_off(label) and all(value > 0 for value in values) else 1

    def _weighed(self, claimed: ClaimedTotal, equation: Equation) -> NearBlock:
        side, holds, misses, fars, bits = self.side, [], [], [], 0
        for member in self.members:
            found = self._off(equation, member)
            if found is None:
                continue
            off, tolerance = found
            stated = side.values[equation.total][member] or 0
            size = sum(abs(side.values[line][member] or 0) for _, line in equation.terms)
            if 2 * abs(off) <= tolerance:
                holds.append(member)
                bits += worth(stated, side.grains[member], tolerance)
                if stated or size:
                    fars.append(0)
            else:
                misses.append(member)
                turned = 2 * abs(off + 2 * stated) <= tolerance  # the sign is the other
                fars.append(0 if turned else 100 * abs(off) // max(abs(stated), size))
        fars.sort()
        far = fars[len(fars) // 2] if fars else 100
        return NearBlock(claimed, equation, tuple(holds), tuple(misses), far, bits)

    def _off(self, equation: Equation, member: int) -> tuple[int, int] | None:
        """Computed − stated, and twice what rounding explains: half the total's own place at least.

        Nil where lines that are taken off are added instead, as favourable variances are.
        """
        found = difference(self.side, equation, member)
        if found is None:
            return None
        cell = self.grid.cells[self.lines.place(equation.total, member)]
        off, tolerance = found[0], max(found[1], cell.step)
        if 2 * abs(off) > tolerance and is_difference(equation):
            other = difference(self.side, all_added(equation), member)
            if other is not None and 2 * abs(other[0]) <= other[1]:
                return 0, other[1]
        return off, tolerance

    def _is_near(self, block: NearBlock) -> bool:
        telling = [line for _, line in block.equation.terms if any(self.side.values[line])]
        strength = block.claimed.strength
        if not (block.holds or block.misses) or block.far > self._far(block):
            return False
        if strength in ("said", "made") and not self._is_natural(block):
            return block.bits >= ENOUGH and len(block.holds) >= len(block.misses)
        if strength == "placed" and not self._is_placed(block, telling):
            return False
        if len(telling) > 1:
            return not is_difference(block.equation) or any(self._computed(block.equation))
        if not telling or not block.misses:
            return False
        if strength == "telling":  # net, right below gross or another total
            follows = telling[0] in self.totals or GROSS in words_of(self._label(telling[0]))
            return follows and block.far <= FAR_BELOW_TOTAL
        return strength == "said" and telling[0] not in self.totals | self.said

    def _far(self, block: NearBlock) -> int:
        """How far a block may be: less if it has totals, which may be those of other lines."""
        strength = block.claimed.strength
        known = any(line in self.totals for _, line in block.equation.terms)
        return FAR_WITH_TOTALS if known and strength == "said" else FAR[strength]

    def _is_natural(self, block: NearBlock) -> bool:
        """Whether lines are taken off only where their labels say so."""
        return all(sign == self.signs[line] for sign, line in block.equation.terms)

    def _computed(self, equation: Equation) -> list[int]:
        values = self.side.values
        return [
            sum(sign * (values[line][member] or 0) for sign, line in equation.terms)
            for member in self.members
        ]

    def _is_placed(self, block: NearBlock, lines: Sequence[int]) -> bool:
        """Whether a line that no word tells of is larger than each line, or near what is left of a
        total."""
        if block.equation.total not in self.sums.totals and block.far > FAR_LAST:
            return False
        if is_difference(block.equation):
            return block.bits >= ENOUGH and len(block.holds) >= len(block.misses)
        if bool(lines) and lines[0] in self.totals and block.far <= LEFT:
            return True
        return self._is_largest(block, lines)

    def _is_largest(self, block: NearBlock, lines: Sequence[int]) -> bool:
        values = self.side.values
        largest = [
            abs(values[block.equation.total][member] or 0)
            > max(abs(values[line][member] or 0) for line in lines)
            for member in (*block.holds, *block.misses)
            if lines
        ]
        return 2 * sum(largest) > len(largest)


def is_difference(equation: Equation) -> bool:
    return len({sign for sign, _ in equation.terms}) > 1


def all_added(equation: Equation) -> Equation:
    """The equation with all its lines added."""
    return equation._replace(terms=tuple((1, line) for _, line in equation.terms))


def _adding(lines: SumLines, claims: Sequence[Claim]) -> list[int]:
    """The members that may add up: all but those that keep no sum down the page, and could keep
    one that others do."""
    side = lines.side
    if lines.levels is not None:
        return [0]
    sums = [claim for claim in claims if claim.down and claim.kind == "sum"]
    columns = {claim.total[1] for claim in sums}
    equations = {
        Equation(at[claim.total], tuple((sign, at[place]) for sign, place in claim.terms))
        for at in (lines.line_at,)
        for claim in sums
        if all(place in at for place in claim.cells)
    }
    return [
        member
        for member in range(len(side.members))
        if member not in side.soft
        and (
            side.members[member] in columns
            or all(difference(side, equation, member) is None for equation in equations)
        )
    ]


def _breaks(lines: SumLines) -> frozenset[int]:
    rows = lines.side.lines
    return frozenset(at for at, (one, other) in enumerate(pairwise(rows), 1) if other > one + 1)
