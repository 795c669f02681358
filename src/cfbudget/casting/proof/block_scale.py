"""How near a block of lines comes to a claimed total, member by member."""

from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.casting.proof.block_tally import BlockTally, TotalFigure
from cfbudget.casting.proof.claimed_totals import ClaimedTotal
from cfbudget.casting.proof.sum_lines import SumLines
from cfbudget.casting.search.claims import Claim
from cfbudget.casting.search.evidence import difference
from cfbudget.casting.search.favourable import is_variance
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.side import Equation


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


class BlockScale:
    """What blocks are weighed with: the figures of the members that may add up."""

    def __init__(self, grid: PrintedGrid, lines: SumLines, claims: Sequence[Claim]) -> None:
        self._grid, self._lines, self._side = grid, lines, lines.side
        self.members = _adding(lines, claims)
        self._variances = {
            at for at, column in enumerate(self._side.members) if is_variance(grid, column)
        }
        self._adds: dict[tuple[int, int], bool] = {}

    def tally(self, claimed: ClaimedTotal) -> BlockTally:
        """Nothing yet, to which the lines of a block may be added one by one."""
        total, values = claimed.line, self._side.values[claimed.line]
        figures = [
            TotalFigure(member, stated, cell.step, member in self._variances)
            for member in self.members
            for stated in (values[member],)
            if stated is not None
            for cell in (self._grid.cells[self._lines.place(total, member)],)
        ]
        return BlockTally(self._side, total, figures)

    def weigh(self, claimed: ClaimedTotal, equation: Equation) -> NearBlock:
        """A block with what its members say."""
        tally = self.tally(claimed)
        for sign, line in equation.terms:
            tally.add(sign, line)
        return NearBlock(claimed, equation, *tally.told())

    def only_adds(self, sign: int, line: int) -> bool:
        """Whether a line takes nothing off in any member, and adds more than rounding explains."""
        known = self._adds.get((sign, line))
        if known is None:
            values, slack = self._side.values[line], self._side.slack[line]
            known = all(
                2 * sign * value >= slack[member]
                for member in self.members
                if (value := values[member])
            )
            self._adds[sign, line] = known
        return known

    def computed(self, equation: Equation) -> list[int]:
        """What the terms of an equation come to in each member."""
        values = self._side.values
        return [
            sum(sign * (values[line][member] or 0) for sign, line in equation.terms)
            for member in self.members
        ]


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
