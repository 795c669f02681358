"""A relation in plain words, by the labels of its rows and columns."""

from collections.abc import Iterator, Sequence

from cfbudget.addresses import letters
from cfbudget.casting.search.claims import Claim
from cfbudget.casting.search.sum_tolerance import Term
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import column_label, row_label
from cfbudget.problem import clipped

FEW = 3
"""The most terms that are each called by their labels."""


def formula_of(grid: PrintedGrid, claim: Claim) -> str:
    """What a claim says: `Net = Gross + Income`, `Totals = rows 2 to 11`."""
    if claim.kind == "percentage":
        (sign, part), (_, whole) = claim.terms
        minus = "−" if sign < 0 else ""
        return (
            f"{_full(grid, claim.total)} = {minus}{_full(grid, part)} ÷ {_full(grid, whole)}, in %"
        )
    if claim.kind == "percentage change":
        (sign, part), (_, whole) = claim.terms
        change = f"{'−' if sign < 0 else ''}change from {_full(grid, whole)} to {_full(grid, part)}"
        return f"{_full(grid, claim.total)} = {change}, in %"
    if claim.kind == "running":
        terms = _joined([(sign, _full(grid, place)) for sign, place in claim.terms])
        return f"{_full(grid, claim.total)} = {terms}"
    if claim.kind == "repeat":
        return f"{_full(grid, claim.total)} prints {_full(grid, claim.terms[0][1])} again"
    named = _named if len(claim.terms) <= FEW else _ranged
    return f"{_short(grid, claim.total, down=claim.down)} = {_joined(named(grid, claim))}"


def _joined(terms: Sequence[tuple[int, str]]) -> str:
    (sign, first), *rest = terms
    text = first if sign > 0 else f"−{first}"
    return text + "".join(f" {'+' if sign > 0 else '−'} {term}" for sign, term in rest)


def _named(grid: PrintedGrid, claim: Claim) -> list[tuple[int, str]]:
    return [(sign, _short(grid, place, down=claim.down)) for sign, place in claim.terms]


def _ranged(grid: PrintedGrid, claim: Claim) -> list[tuple[int, str]]:
    """Terms by the numbers of their rows, or the letters of their columns."""
    return [
        (sign, _range(first, last, down=claim.down))
        for sign, first, last in _runs(claim.terms, down=claim.down)
    ]


def _runs(terms: Sequence[Term], *, down: bool) -> Iterator[tuple[int, int, int]]:
    at = 0 if down else 1
    ordered = sorted(terms, key=lambda term: term[1][at])
    sign, start = ordered[0][0], ordered[0][1][at]
    last = start
    for other, place in ordered[1:]:
        if other == sign and place[at] == last + 1:
            last = place[at]
            continue
        yield sign, start, last
        sign, start, last = other, place[at], place[at]
    yield sign, start, last


def _range(first: int, last: int, *, down: bool) -> str:
    ends = [str(first + 1), str(last + 1)] if down else [letters(first + 1), letters(last + 1)]
    what = "row" if down else "column"
    return f"{what} {ends[0]}" if first == last else f"{what}s {ends[0]} to {ends[1]}"


def _short(grid: PrintedGrid, place: CellPlace, *, down: bool) -> str:
    """A cell by its row, where rows are added up, or by its column."""
    row, column = place
    if down:
        return clipped(row_label(grid, row)) or f"row {row + 1}"
    return clipped(column_label(grid, column)) or f"column {letters(column + 1)}"


def _full(grid: PrintedGrid, place: CellPlace) -> str:
    """A cell by its row and its column."""
    parts = (_short(grid, place, down=True), _short(grid, place, down=False))
    return ", ".join(parts)
