"""How far from a claimed total a block of lines may be, to be the one that the claim means."""

from collections.abc import Collection, Sequence
from itertools import groupby, pairwise

from cfbudget.casting.proof.block_scale import BlockScale, NearBlock, is_difference
from cfbudget.casting.proof.claimed_totals import ClaimStrength
from cfbudget.casting.proof.line_labels import LineLabels
from cfbudget.casting.proof.open_lines import RowSums
from cfbudget.casting.table.labels import words_of
from cfbudget.casting.table.side import Side

FAR: dict[ClaimStrength, int] = {
    "said": 98,
    "made": 60,
    "telling": 70,
    "placed": 50,
    "skipped": 50,
    "resulting": 50,
}
"""How much a block may miss a total by, of a hundred, to be taken for the one that it claims."""
FAR_WITH_TOTALS = 60
"""The same for a word for a total, where some of the lines are totals themselves."""
FAR_LAST = 25
"""The same for a line of which only its place tells, the last."""
GROSS = "gross"
FAR_BELOW_TOTAL = 30
"""The same for a net right below another total."""
FAR_BELOW_UNUSED = 10
"""The same for a result that other lines make, right below a total that nothing adds."""
MANY_TOTALS = 2
"""The least totals beside which a line of their sum is a total too."""
LEFT = 35
"""The same for a line that no word tells of, and that is what is left of a total."""
LONG = 4
"""The least digits of what a block is out by, its last noughts left out, to tell of a sign."""
MANY_STEPS = 3
"""The even steps in a row that are no chance."""
MOST_TURNED = 40
"""The longest block in which a line with a wrong sign is looked for."""
ENOUGH = 16
"""The bits of a sum of lines that others have already, or of a difference that nothing tells of."""

ENOUGH_SKIPPED = 10
"""The same of the lines right before one that a sum passes over, which are few runs to try."""


class BlockLimits:
    """Which blocks are near enough.

    Args:
        totals: lines that are totals, more and more of them.
        said: lines that a word says to be one.
    """

    def __init__(
        self,
        side: Side,
        sums: RowSums,
        scale: BlockScale,
        labels: LineLabels,
        totals: Collection[int],
        said: Collection[int],
    ) -> None:
        self._side, self._sums, self._scale, self._labels = side, sums, scale, labels
        self._totals, self._said = totals, said

    def is_near(self, block: NearBlock) -> bool:
        """Whether a block may be the one that is meant."""
        strength = block.claimed.strength
        if not (block.holds or block.misses):
            return False
        telling = [line for _, line in block.equation.terms if any(self._side.values[line])]
        told = self._told_by_sums(block, telling)
        if told is not None:
            return told
        if self._is_far(block) and not self._lacks_a_sign(block):
            return False
        unsure = strength in ("said", "made") and not self._is_natural(block)
        if unsure or strength == "resulting":
            return block.bits >= ENOUGH and len(block.holds) >= len(block.misses)
        if strength == "placed" and not self._is_placed(block, telling):
            return False
        if len(telling) > 1:
            return not is_difference(block.equation) or any(self._scale.computed(block.equation))
        if not telling or not block.misses:
            return False
        if strength == "telling":  # net, right below gross or another total
            total, line = (
                words_of(self._labels.text(one)) for one in (block.equation.total, telling[0])
            )
            follows = GROSS in line or telling[0] in self._totals
            return follows and GROSS not in total and block.far <= FAR_BELOW_TOTAL
        return (
            strength == "said" and telling[0] not in self._totals and telling[0] not in self._said
        )

    def _told_by_sums(self, block: NearBlock, lines: Sequence[int]) -> bool | None:
        """What the sums of other lines say of a block, however far it is; None where they say
        nothing."""
        strength = block.claimed.strength
        if strength == "skipped":
            return block.bits >= ENOUGH_SKIPPED and not is_difference(block.equation)
        if strength == "placed" and len(lines) > 1 and self._is_one_of_totals(block):
            return True
        if strength == "resulting" and len(lines) < 2:
            return bool(block.misses) and self._leads_on(block, lines)
        return None

    def _is_one_of_totals(self, block: NearBlock) -> bool:
        """Whether a sum adds a line to several others that are all totals of lines before them:
        then it is one too, however little of its lines is left."""
        line, sums = block.equation.total, self._sums
        if is_difference(block.equation):
            return False
        for total in sums.totals.get(line, ()):
            others = sums.terms[total] - {line}
            if len(others) >= MANY_TOTALS and all(
                len(sums.terms.get(other, ())) > 1 and max(sums.terms[other]) < other
                for other in others
            ):
                return True
        return False

    def _leads_on(self, block: NearBlock, lines: Sequence[int]) -> bool:
        """Whether a result stands right below a total that nothing adds, and comes near to it: then
        what leads from one to the other is missing."""
        above = [line for line in lines if line in self._totals and line not in self._sums.totals]
        return above == list(lines) != [] and block.far <= FAR_BELOW_UNUSED

    def farthest(self, strength: ClaimStrength, *, totals: bool) -> int:
        """How much a block may miss a total by, of a hundred.

        Args:
            totals: whether it has totals, which may be those of other lines.
        """
        return FAR_WITH_TOTALS if totals and strength == "said" else FAR[strength]

    def _is_far(self, block: NearBlock) -> bool:
        strength = block.claimed.strength
        if block.far <= self.farthest(strength, totals=True):
            return False
        totals = any(line in self._totals for _, line in block.equation.terms)
        if strength == "said" and not totals and self._sums.totals.get(block.equation.total):
            return False  # it is a line of a sum: what stands before it, and in none, is its own
        return block.far > self.farthest(strength, totals=totals)

    def _lacks_a_sign(self, block: NearBlock) -> bool:
        """Whether the block is out by just what one line makes with the other sign, wherever it
        is, in long figures."""
        total, terms = block.equation
        values = self._side.values
        if len(terms) > MOST_TURNED:
            return False
        lines = [line for sign, line in terms if sign > 0]
        for member in block.misses:
            off = sum(sign * (values[line][member] or 0) for sign, line in terms)
            off -= values[total][member] or 0
            lines = [line for line in lines if 2 * (values[line][member] or 0) == off]
            if len(str(abs(off)).rstrip("0")) < LONG:
                return False
        return len(lines) == 1 < len(terms)

    def _is_natural(self, block: NearBlock) -> bool:
        """Whether lines are taken off only where their labels say so."""
        return all(sign == self._labels.signs[line] for sign, line in block.equation.terms)

    def _is_placed(self, block: NearBlock, lines: Sequence[int]) -> bool:
        """Whether a line that no word tells of is larger than each line, or near what is left of a
        total."""
        if self._says_nothing(block.equation.total):
            return False
        if is_difference(block.equation):
            said = self._is_natural(block) and block.far <= FAR_LAST
            return said or (block.bits >= ENOUGH and len(block.holds) >= len(block.misses))
        if bool(lines) and lines[0] in self._totals and block.far <= LEFT:
            return True
        if block.equation.total not in self._sums.totals and block.far > FAR_LAST:
            return False
        return self._is_largest(block, lines)

    def _says_nothing(self, line: int) -> bool:
        """Whether a line's figures are the same, or grow by the same, over many members: then that
        one of them comes near to a sum says nothing for the others."""
        values = [value for value in self._side.values[line] if value is not None]
        steps = [later - earlier for earlier, later in pairwise(values)]
        return any(len(list(run)) >= MANY_STEPS for _, run in groupby(steps))

    def _is_largest(self, block: NearBlock, lines: Sequence[int]) -> bool:
        values = self._side.values
        largest = [
            abs(values[block.equation.total][member] or 0)
            > max(abs(values[line][member] or 0) for line in lines)
            for member in (*block.holds, *block.misses)
            if lines
        ]
        return 2 * sum(largest) > len(largest)
