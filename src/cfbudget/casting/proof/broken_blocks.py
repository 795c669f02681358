"""Lines that stand where a total does: beside others that are totals of the lines next to them.

Where a sum adds totals, each with its lines right below it (or above), and one line more that has
lines beside it which no sum has, that one is their total: of a line that is missing or printed
twice, or a figure that is wrong, nothing else tells. So it is where blocks follow one another from
end to end, and the lines of one of them are left over.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from cfbudget.casting.proof.open_lines import RowSums
from cfbudget.casting.proof.sum_lines import SumLines

FEWEST_LEFT = 3
"""The fewest lines that are left over between blocks, the total among them."""


def broken_blocks(lines: SumLines, sums: RowSums) -> Mapping[int, tuple[int, ...]]:
    """The lines that stand where a total does, each with those of which it is one."""
    if lines.levels is not None:
        return {}
    steps = {total: step for total in sums.terms if (step := _step(sums, total))}
    known = {*sums.terms, *sums.totals, *sums.again}
    told = [line for line, values in enumerate(lines.side.values) if any(values)]
    found: dict[int, tuple[int, ...]] = {}
    for total, terms in sums.terms.items():
        ways = {steps[line] for line in terms if line in steps and total not in sums.terms[line]}
        if len(terms) < 2 or len(ways) != 1:
            continue
        (step,) = ways
        own = terms - sums.terms.keys()
        beside = {line: run for line in own if (run := _run(told, known, line, step))}
        if len(beside) == 1:
            found |= beside
    return found or dict(_left_over(told, sums, steps, known))


def _step(sums: RowSums, total: int) -> int:
    """Where the lines of a total stand: 1 right below it, -1 right above it; nil if elsewhere."""
    terms = sums.terms[total]
    if len(terms) < 2:
        return 0
    if min(terms) == total + 1:
        return 1
    return -1 if max(terms) == total - 1 else 0


def _run(told: list[int], known: Collection[int], line: int, step: int) -> tuple[int, ...]:
    """The lines beside one that no sum has, up to the next that one has."""
    at = told.index(line) + step if line in told else -1
    run: list[int] = []
    while 0 <= at < len(told) and told[at] not in known:
        run.append(told[at])
        at += step
    return tuple(sorted(run))


def _left_over(
    told: list[int], sums: RowSums, steps: Mapping[int, int], known: Collection[int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The one run of lines that no sum has, where all others are blocks without a grand total."""
    left = [line for line in told if line not in known]
    blocks = [total for total in sums.terms if total not in sums.totals]
    ways = {steps.get(total, 0) for total in blocks}
    joined = all(told.index(later) == told.index(line) + 1 for line, later in pairwise(left))
    if len(left) < FEWEST_LEFT or len(blocks) < 2 or len(ways) != 1 or not joined:
        return
    if ways == {1}:
        yield left[0], tuple(left[1:])
