"""Totals that are printed twice."""

from collections.abc import Iterator, Sequence

from cfbudget.casting.search.evidence import Weighed, weigh, worth
from cfbudget.casting.search.nested_totals import Search
from cfbudget.casting.table.side import Equation

ENOUGH = 12
"""The bits that two lines must share: figures such as 500 are often printed twice."""


def find_repeats(search: Search, found: Sequence[Weighed]) -> Iterator[Weighed]:
    """Lines that print a total once more, each with the total that it repeats."""
    totals = sorted({one.equation.total for one in found})
    terms = {one.equation.total: one.equation.terms for one in found}
    told: set[tuple[int, int]] = set()
    printing = _lines_by_figure(search)
    for total in totals:
        for line in _alike(search, printing, total):
            later, earlier = max(line, total), min(line, total)
            if line == total or (earlier, later) in told or (1, line) in terms[total]:
                continue
            if any(later == one for _, one in told):
                continue
            repeat = weigh(search.side, Equation(later, ((1, earlier),)))
            if _is_repeat(search, repeat):
                told.add((earlier, later))
                yield repeat


def _lines_by_figure(search: Search) -> dict[tuple[int, int], list[int]]:
    """The lines that print a figure in a member, by the member and the figure."""
    printing: dict[tuple[int, int], list[int]] = {}
    for line, values in enumerate(search.side.values):
        for member, value in enumerate(values):
            if value:
                printing.setdefault((member, value), []).append(line)
    return printing


def _alike(search: Search, printing: dict[tuple[int, int], list[int]], total: int) -> list[int]:
    """The lines that print what a total prints in at least half of its members."""
    shared: dict[int, int] = {}
    stated = [(m, value) for m, value in enumerate(search.side.values[total]) if value]
    for key in stated:
        for line in printing[key]:
            shared[line] = shared.get(line, 0) + 1
    return sorted(line for line, count in shared.items() if 2 * count >= len(stated))


def _is_repeat(search: Search, repeat: Weighed) -> bool:
    if repeat.misses:
        few = len(repeat.misses) == 1 == repeat.near and search.side.down
        return few and bool(search.hints[repeat.equation.total]) and repeat.bits >= ENOUGH
    values = search.side.values[repeat.equation.total]
    exactly = sum(
        worth(values[member] or 0, search.side.grains[member], 0) for member in set(repeat.holds)
    )
    return repeat.off == 0 and bool(repeat.bits) and exactly >= ENOUGH
