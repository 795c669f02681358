"""Blank totals that other relations are out by: these are right, and take the blank for nil."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget.casting.search.claims import Claim, Tested
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid

LONG = 1_000
"""A figure of fewer printed units says too little if one relation alone is out by it."""


class BlankTotal(NamedTuple):
    """A blank cell with what it would be, and the relations that are out by it."""

    cell: CellPlace
    value: int
    explains: tuple[int, ...]
    """Their places in the list."""


def blank_totals(grid: PrintedGrid, tested: Sequence[Tested]) -> Iterator[BlankTotal]:
    """The blanks of lines that are totals elsewhere, where other relations miss their value."""
    failing = [at for at, one in enumerate(tested) if one.outcome == "differs"]
    missed = {abs(tested[at].off or 0) for at in failing}
    if not missed:
        return
    above = _relations_above(tested)
    told: set[CellPlace] = set()
    for cell, value in _values(grid, tested):
        if abs(value) not in missed or cell in told:
            continue
        weights = _weights(cell, above)
        explains = tuple(at for at in failing if _explains(tested[at], weights, value))
        if explains and (len(explains) > 1 or abs(value) >= LONG):
            told.add(cell)
            yield BlankTotal(cell, value, explains)


def _values(grid: PrintedGrid, tested: Sequence[Tested]) -> Iterator[tuple[CellPlace, int]]:
    """Blank cells in lines that are made alike at least twice, with what they would be."""
    alike: dict[tuple[bool, int, tuple[tuple[int, int], ...]], int] = {}
    for one in tested:
        claim = one.claim
        if claim.kind == "sum" and len(claim.terms) > 1 and one.outcome in ("agrees", "rounding"):
            axis = 0 if claim.down else 1
            terms = tuple((sign, place[axis]) for sign, place in claim.terms)
            pattern = (claim.down, claim.total[axis], terms)
            alike[pattern] = alike.get(pattern, 0) + 1
    for (down, line, terms), count in alike.items():
        for member in (grid.columns if down else grid.rows) if count > 1 else ():
            cell = (line, member) if down else (member, line)
            if cell in grid.cells or cell in grid.unreadable or grid.text(*cell):
                continue
            places = [(s, (at, member) if down else (member, at)) for s, at in terms]
            stated = [(s, grid.cells[at].value) for s, at in places if at in grid.cells]
            if len(stated) > 1 and not any(at in grid.unreadable for _, at in places):
                yield cell, sum(sign * value for sign, value in stated)


def _relations_above(tested: Sequence[Tested]) -> Mapping[CellPlace, list[Claim]]:
    """For each cell the relations that agree, and of which it is a term."""
    above: dict[CellPlace, list[Claim]] = {}
    for one in tested:
        if one.claim.kind in ("sum", "repeat") and one.outcome in ("agrees", "rounding"):
            for _, place in one.claim.terms:
                above.setdefault(place, []).append(one.claim)
    return above


def _weights(
    cell: CellPlace, above: Mapping[CellPlace, Sequence[Claim]]
) -> Mapping[CellPlace, int]:
    """How often each total that rests on a cell would count its value."""
    weights = {cell: 1}
    left = [cell]
    while left:
        here = left.pop()
        for claim in above.get(here, ()):
            if claim.total not in weights:
                sign = next(sign for sign, place in claim.terms if place == here)
                weights[claim.total] = sign * weights[here]
                left.append(claim.total)
    return weights


def _explains(one: Tested, weights: Mapping[CellPlace, int], value: int) -> bool:
    """Whether a relation that is out holds once all that rests on the blank counts its value."""
    if one.off is None or one.claim.kind != "sum":
        return False
    moved = sum(sign * weights.get(place, 0) for sign, place in one.claim.terms)
    moved -= weights.get(one.claim.total, 0)
    return moved != 0 and one.off + moved * value == 0
