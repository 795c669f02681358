"""How a table's rows, or its columns, add up."""

from collections.abc import Sequence

from cfbudget.casting.combinations import MOST_LINES, find_combinations
from cfbudget.casting.evidence import MISS, Weighed
from cfbudget.casting.runs import Search, find_runs

FEW_OPEN = 16
"""The most rows left over by the totals of which every signed sum is tried."""


def accepts(weighed: Weighed, need: int) -> bool:
    """Whether an equation has enough evidence, and most of its members hold it."""
    return weighed.majority and weighed.bits >= need


def accepts_tentatively(weighed: Weighed, need: int) -> bool:
    """As above, whatever the other members say: to learn which of them never add up."""
    return bool(weighed.holds) and weighed.bits + MISS * len(weighed.misses) >= need + MISS


def add_up(search: Search, *, ordered: bool) -> list[Weighed]:
    """The equations of one side.

    Args:
        ordered: whether the lines are nested in their order, as rows are; else they may stand in
            any, as columns may, unless they are too many to try.
    """
    lines = list(range(len(search.side.lines)))
    if not ordered and len(lines) <= MOST_LINES:
        return find_combinations(search, lines)
    found = _nested(search, lines)
    left = _open(lines, found)
    if len(left) <= FEW_OPEN:
        known = {one.equation.canonical for one in found}
        others = find_combinations(search, left)
        found += [one for one in others if one.equation.canonical not in known]
    return found


def _nested(search: Search, lines: Sequence[int]) -> list[Weighed]:
    """Totals below their lines and above them, plain sums before differences."""
    found: list[Weighed] = []
    for signed in (False, True):
        before = -1
        while before < len(found):
            before = len(found)
            for turned in (False, True):
                order = _open(lines, found)
                found += find_runs(search, order[::-1] if turned else order, signed=signed)
    return found


def _open(lines: Sequence[int], found: Sequence[Weighed]) -> list[int]:
    """The lines that are not yet part of a total."""
    taken = {line for one in found for _, line in one.equation.terms}
    return [line for line in lines if line not in taken]
