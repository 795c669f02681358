"""The figures that no relation has, and that one slip keeps out of two: down the page and across.

Where figures are short, one that is wrong may take both its sums away: each is found in all other
columns, or rows, but not in its own. If one slip in it alone makes both hold, they are meant, and
differ because of it.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.slips import slip_between

MOST_CELLS = 200
"""In a table with more figures that no relation has, they are no sums but something else."""
FEWEST_HELD = 2
"""The other columns, or rows, of different figures in which a sum must hold."""
SHORTEST = 10
"""One digit is a slip away from every other."""


class SharedSum(NamedTuple):
    """Lines that make another one, by their numbers in the grid, wherever in the table."""

    down: bool
    total: int
    terms: tuple[tuple[int, int], ...]
    """A sign and a line."""

    def at(self, member: int, bits: int) -> Claim:
        """The sum in one column, or row."""
        places = tuple((sign, self._place(line, member)) for sign, line in self.terms)
        return Claim("sum", self._place(self.total, member), places, self.down, bits)

    def has(self, line: int) -> bool:
        return line == self.total or any(line == other for _, other in self.terms)

    def _place(self, line: int, member: int) -> CellPlace:
        return (line, member) if self.down else (member, line)


def with_uncovered_slips(
    grid: PrintedGrid, tested: Sequence[Tested], *, exact: bool
) -> Sequence[Tested]:
    """The relations with those that one slip in a figure of none has kept from being found."""
    covered = {place for one in tested for place in one.claim.cells}
    bare = [at for at in grid.cells if at not in covered and at[1] not in grid.grades]
    if not bare or len(bare) > MOST_CELLS:
        return tested
    held = _held(grid, tested, bare)
    made = {(one.claim.total, one.claim.down) for one in tested}
    found: dict[tuple[CellPlace, bool], Tested] = {}
    for cell in bare:
        pair = _pair(grid, cell, held, exact=exact)
        keys = [(claim.total, claim.down) for claim in pair]
        if not any(key in made or key in found for key in keys):
            found |= {
                key: prove(grid, claim, exact=exact) for key, claim in zip(keys, pair, strict=True)
            }
    if not found:
        return tested
    return sorted([*tested, *found.values()], key=lambda one: (one.claim.total, one.claim.down))


def _held(
    grid: PrintedGrid, tested: Sequence[Tested], bare: Sequence[CellPlace]
) -> dict[SharedSum, int]:
    """The sums that hold in enough columns, or rows, and differ in none, with their least bits."""
    lines = {True: {row for row, _ in bare}, False: {column for _, column in bare}}
    shared: dict[SharedSum, list[Tested]] = {}
    for one in tested:
        claim, at = one.claim, 0 if one.claim.down else 1
        met = any(place[at] in lines[claim.down] for place in claim.cells)
        if claim.kind == "sum" and len(claim.terms) > 1 and met:
            terms = tuple((sign, place[at]) for sign, place in claim.terms)
            shared.setdefault(SharedSum(claim.down, claim.total[at], terms), []).append(one)
    return {
        each: min(one.claim.bits for one in ones)
        for each, ones in shared.items()
        if all(one.outcome in ("agrees", "rounding") for one in ones)
        and len({figures for one in ones if (figures := _figures(grid, one.claim))}) >= FEWEST_HELD
    }


def _figures(grid: PrintedGrid, claim: Claim) -> tuple[int, ...]:
    """All figures of a sum; none if they say nothing, as one is blank or all but one are nil."""
    cells = [grid.cells.get(place) for place in claim.cells]
    values = tuple(cell.value for cell in cells if cell and not cell.percent)
    return values if len(values) == len(cells) and all(values[:1]) and _two(values[1:]) else ()


def _two(values: Sequence[int]) -> bool:
    return sum(value != 0 for value in values) > 1


def _pair(
    grid: PrintedGrid, cell: CellPlace, held: dict[SharedSum, int], *, exact: bool
) -> tuple[Claim, ...]:
    """The one sum down and the one across that the same slip in a figure makes hold."""
    row, column = cell
    ways = [
        [
            (value, claim)
            for each, bits in held.items()
            if each.down is down and each.has(row if down else column)
            for claim in (each.at(column if down else row, bits),)
            for value in _mended(grid, cell, claim, exact=exact)
        ]
        for down in (True, False)
    ]
    pairs = [(one, other) for (value, one), (same, other) in product(*ways) if value == same]
    if len(pairs) != 1 or not all(_holds_elsewhere(grid, claim, exact=exact) for claim in pairs[0]):
        return ()
    return pairs[0]


def _mended(grid: PrintedGrid, cell: CellPlace, claim: Claim, *, exact: bool) -> Iterator[int]:
    """The figure, one slip away, with which a sum of stated figures holds that now differs."""
    if cell not in claim.cells or not _figures(grid, claim):
        return
    found = prove(grid, claim, exact=exact)
    if found.outcome != "differs" or found.off is None:
        return
    signs = [sign for sign, place in claim.terms if place == cell]
    stated = grid.cells[cell].value
    value = stated + found.off if cell == claim.total else stated - signs[0] * found.off
    if stated and value and slip_between(stated, value) and _is_long(stated, value):
        yield value


def _is_long(stated: int, value: int) -> bool:
    """Whether two figures have digits enough, without the noughts that both end in."""
    while not stated % 10 and not value % 10:
        stated, value = stated // 10, value // 10
    return min(abs(stated), abs(value)) >= 1 and max(abs(stated), abs(value)) >= SHORTEST


def _holds_elsewhere(grid: PrintedGrid, claim: Claim, *, exact: bool) -> bool:
    """Whether a sum holds in every other column, or row, that states all its figures."""
    at = 0 if claim.down else 1
    here = claim.total[1 - at]
    each = SharedSum(
        claim.down, claim.total[at], tuple((sign, place[at]) for sign, place in claim.terms)
    )
    others = (each.at(member, 0) for member in (grid.columns if claim.down else grid.rows))
    return all(
        prove(grid, other, exact=exact).outcome != "differs"
        for other in others
        if other.total[1 - at] != here and _figures(grid, other)
    )
