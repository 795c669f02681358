"""The block of lines that comes nearest to a claimed total, and whether it makes it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cfbudget.casting.proof.block_limits import ENOUGH, BlockLimits
from cfbudget.casting.proof.block_scale import BlockScale, NearBlock
from cfbudget.casting.proof.broken_blocks import broken_blocks
from cfbudget.casting.proof.claimed_totals import ClaimedTotal, claimed_totals
from cfbudget.casting.proof.line_labels import LineLabels
from cfbudget.casting.proof.open_lines import OpenLines, row_sums
from cfbudget.casting.proof.passed_over import but_one
from cfbudget.casting.proof.printed_twice import twin_rows
from cfbudget.casting.proof.sum_lines import SumLines
from cfbudget.casting.search.claims import Claim
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import is_memorandum
from cfbudget.casting.table.side import Equation

MOST_TAKEN = 16
"""The longest run of which the first is a total and all others are taken off it."""
LONGEST = 400
"""The most open lines of which blocks are tried."""
FAR_BROKEN = 75
"""How much the lines beside a total among totals may miss it by, of a hundred."""
AMONG = "totals of the lines beside them stand before and after it"
ENOUGH_WHOLE = 8
"""The bits of all lines together, which are one sum to try."""


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
        self.scale = BlockScale(grid, lines, claims)
        self.doubtful = doubtful
        rows = twin_rows(grid)
        self.twins = {at for at, row in enumerate(lines.side.lines) if row in rows}
        self.claimed = claimed_totals(grid, lines, self.sums, doubtful)
        self.broken = broken_blocks(lines, self.sums)
        for line in self.broken.keys() - self.claimed.keys():
            self.claimed[line] = ClaimedTotal(line, "placed", AMONG)
        self.said = {line for line, one in self.claimed.items() if one.strength == "said"}
        self.labels = LineLabels(grid, lines)
        texts = map(self.labels.text, range(len(self.side.lines)))
        self.memoranda = {line for line, text in enumerate(texts) if is_memorandum(text)}
        self.breaks = _breaks(lines)
        self.totals = set(self.sums.terms)
        self.limits = BlockLimits(
            self.side, self.sums, self.scale, self.labels, self.totals, self.said
        )

    def found(self) -> Iterator[NearBlock]:
        open_lines = OpenLines(self.sums)
        order = list(range(len(self.side.lines)))
        if self.sums.above:
            order.reverse()
        for at, line in enumerate(order):
            block = None
            if line in self.claimed and line not in self.twins:
                block = self._nearest(self.claimed[line], open_lines.before(line), order[:at])
            if block is not None:
                self.totals.add(line)
                yield block
            open_lines.meet(line, self._taken(block) if block else ())

    def _taken(self, block: NearBlock) -> list[int]:
        """The lines that a total takes; if it adds up nowhere, those since the last heading."""
        total, terms = block.equation
        taken = [line for _, line in terms]
        since = max((at for at in self.breaks if at < total), default=0)
        own = [line for line in taken if since <= line < total]
        return taken if block.holds else own or taken

    def _nearest(
        self, claimed: ClaimedTotal, lines: Sequence[int], before: Sequence[int]
    ) -> NearBlock | None:
        own = claimed.line in self.sums.totals or self.sums.above
        if (
            claimed.strength in ("made", "resulting") or own
        ):  # else what it adds would have been found with it
            lines = self._in_no_sum(lines, after_total=claimed.strength != "made")
        if not lines and own and claimed.line not in self.broken:
            return None
        lines = self._of_one_level(lines[-LONGEST:])
        blocks = [*self._near(claimed, lines), *self._broken(claimed)]
        if claimed.line not in self.sums.terms and claimed.line not in self.sums.totals:
            blocks += self._whole(claimed, before)
            plain = self.lines.levels is None and claimed.line not in self.doubtful
            if plain and all(block.misses for block in blocks):
                blocks += self._runs(claimed, before)
                blocks += self._passing_over(blocks)
        best = min(blocks, key=lambda block: block.rank, default=None)
        return best and self._without_nil(best)

    def _near(self, claimed: ClaimedTotal, lines: Sequence[int]) -> list[NearBlock]:
        """The blocks that may be meant: without the memoranda among the lines, unless these are
        added."""

        def near(some: Sequence[int]) -> list[NearBlock]:
            return [
                block for block in self._candidates(claimed, some) if self.limits.is_near(block)
            ]

        blocks = near(lines)
        if self.memoranda.isdisjoint(lines) or not all(block.misses for block in blocks):
            return blocks
        plain = near([line for line in lines if line not in self.memoranda])
        return plain or [self._without_memoranda(block) for block in blocks]

    def _without_memoranda(self, block: NearBlock) -> NearBlock:
        """The block without what its lines are partly made of, if any line is left."""
        terms = tuple(term for term in block.equation.terms if term[1] not in self.memoranda)
        plain = block.equation._replace(terms=terms)
        return self.scale.weigh(block.claimed, plain) if terms else block

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
        other = self.scale.weigh(block.claimed, block.equation._replace(terms=terms))
        return other if set(block.misses) <= set(other.holds) else block

    def _broken(self, claimed: ClaimedTotal) -> Iterator[NearBlock]:
        """The lines of a total whose siblings are totals of theirs."""
        run = self.broken.get(claimed.line, ())
        if run and self.memoranda.isdisjoint(run):
            terms = tuple((self.labels.signs[line], line) for line in run)
            block = self.scale.weigh(claimed, Equation(claimed.line, terms))
            if block.far <= FAR_BROKEN:
                yield block

    def _runs(self, claimed: ClaimedTotal, before: Sequence[int]) -> Iterator[NearBlock]:
        """The runs right before a total that make it in every member, whatever sums have some of
        their lines: of all lines, of those that are no totals, and of totals alone."""
        side, total = self.side, claimed.line
        stated = [m for m in self.scale.members if side.values[total][m]]
        if not stated:
            return
        pivot = max(stated, key=lambda member: abs(side.values[total][member] or 0))
        totals, near = self.totals | self.said, before[-LONGEST:]
        for kept in (
            near,
            [line for line in near if line not in totals],
            [line for line in near if line in totals],
        ):
            run, left = list[int](), side.values[total][pivot] or 0
            tolerance = 0 if side.exact else side.steps[total][pivot]
            for line in reversed(kept):
                run.append(line)
                left -= side.values[line][pivot] or 0
                tolerance += 0 if side.exact else side.steps[line][pivot]
                if len(run) > 1 and 2 * abs(left) <= tolerance and line not in self.twins:
                    terms = tuple((1, other) for other in reversed(run))
                    block = self.scale.weigh(claimed, Equation(total, terms))
                    if not block.misses and block.bits >= ENOUGH:
                        yield block

    def _passing_over(self, blocks: Sequence[NearBlock]) -> list[NearBlock]:
        """In a lone column the sums that are out by one of their own lines, without it."""
        if len(self.scale.members) != 1:
            return []
        (member,) = self.scale.members
        apart = self.totals | self.said | self.memoranda
        found = [
            self.scale.weigh(block.claimed, equation)
            for block in blocks
            if block.misses and block.claimed.strength == "said"
            for equation in (but_one(self.side, member, block.equation, apart),)
            if equation is not None
        ]
        return [block for block in found if not block.misses and block.bits >= ENOUGH]

    def _whole(self, claimed: ClaimedTotal, before: Sequence[int]) -> list[NearBlock]:
        """All lines before, though sums have some of them: a bridge from one year to the next."""
        if len(before) < 2 or len(before) > LONGEST or self.lines.levels is not None:
            return []
        terms = tuple((self.labels.signs[line], line) for line in before)
        block = self.scale.weigh(claimed, Equation(claimed.line, terms))
        once = tuple(term for term in terms if term[1] not in self.twins)
        meant = self.scale.weigh(claimed, Equation(claimed.line, once)) if block.misses else block
        enough = meant.bits >= ENOUGH_WHOLE and len(meant.holds) >= len(meant.misses)
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

    def _candidates(self, claimed: ClaimedTotal, lines: Sequence[int]) -> Iterator[NearBlock]:
        """The runs right before the total that start where a reader would have them start, the
        shortest first."""
        tally, totals = self.scale.tally(claimed), False
        signed = tuple((self.labels.signs[line], line) for line in lines)
        grows = all(self.scale.only_adds(sign, line) for sign, line in signed)
        for at in range(len(lines) - 1, -1, -1):
            line, before = lines[at], lines[at - 1] if at else None
            tally.add(*signed[at])
            totals = totals or line in self.totals
            if grows and len(lines) - at > MOST_TAKEN:
                far = self.limits.farthest(claimed.strength, totals=totals)
                if tally.is_past(far):
                    return
            if line in self.twins:  # with the line that it repeats, or not at all
                continue
            starts = before is None or (before if self.sums.above else line) in self.breaks
            if starts or line in self.totals or before in self.totals:
                yield NearBlock(claimed, Equation(claimed.line, signed[at:]), *tally.told())
            if 1 < len(lines) - at <= MOST_TAKEN and (line in self.totals or len(lines) == 2):
                taken = ((1, line), *((-1, other) for other in lines[at + 1 :]))
                yield self.scale.weigh(claimed, Equation(claimed.line, taken))


def _breaks(lines: SumLines) -> frozenset[int]:
    rows = lines.side.lines
    return frozenset(at for at, (one, other) in enumerate(pairwise(rows), 1) if other > one + 1)
