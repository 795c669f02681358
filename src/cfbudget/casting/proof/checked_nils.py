"""Checks that print nil, held to what they check: two totals, or two lines, that are to be equal.

Where figures tell what such a row or column is the difference of, the search finds it. Here are
those that print nil although no two figures are the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from cfbudget.casting.proof.broken_nils import CHECKS
from cfbudget.casting.proof.claimed_totals import MUST_BE_NIL, tells_result
from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.search.sum_tolerance import Term
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import (
    SAYS_TOTAL,
    column_label,
    row_hints,
    row_label,
    words_of,
)

BITS = 12
"""What a check's name is worth, with the figures of which it is the difference."""
PLAIN = CHECKS | words_of(
    "balance balances balanced difference differences variance total totals net sum row line budget"
    " of in the this and to cast figures should must be is nil zero"
)
"""Words besides which a check's name tells that it checks what is printed elsewhere."""
PERIODS = words_of(
    "year years last this previous prior next original revised forecast outturn actual estimate"
)
NEAR, FAR = 16, 3
"""Two figures that a check is of differ by no more than one part in so many: of any two, and of the
only two totals."""
SHORTEST = 100
"""The least printed units of a figure that a check is of."""


class CheckedNils(NamedTuple):
    """The nils of checks that hold, and those that do not."""

    held: Sequence[Tested]
    missed: Sequence[Tested]


def checked_nils(grid: PrintedGrid, known: Iterable[Claim], *, exact: bool) -> CheckedNils:
    """What every check that prints nothing but nils, and that no relation has, is nil of."""
    claims = [claim for claim in known if claim.kind == "sum"]
    found = [*_of_rows(grid, claims), *_of_columns(grid, claims)]
    tested = [prove(grid, claim, exact=exact) for claim in found]
    return CheckedNils(
        [one for one in tested if one.outcome in ("agrees", "rounding")],
        [one for one in tested if one.outcome == "differs"],
    )


def _of_rows(grid: PrintedGrid, claims: Sequence[Claim]) -> Iterator[Claim]:
    down = [claim for claim in claims if claim.down]
    held = {claim.total[0] for claim in down}
    for row in grid.rows:
        places = [(row, column) for column in grid.columns if (row, column) in grid.cells]
        if row not in held and _is_check(grid, row_label(grid, row), places):
            pair = _checked_rows(grid, down, row, places)
            if pair:
                for at, column in places:
                    terms = _difference(grid, *((other, column) for other in pair))
                    if terms:
                        yield Claim("sum", (at, column), terms, down=True, bits=BITS)


def _is_check(grid: PrintedGrid, name: str, places: Sequence[CellPlace]) -> bool:
    """Whether a line is called a check, or says that it must be nil, and prints nils alone."""
    words = words_of(name)
    named = MUST_BE_NIL.search(name) or (words & CHECKS and words <= PLAIN)
    cells = [grid.cells[place] for place in places]
    return bool(named and cells) and not any(cell.value or cell.percent for cell in cells)


def _checked_rows(
    grid: PrintedGrid, claims: Sequence[Claim], row: int, places: Sequence[CellPlace]
) -> tuple[int, int] | None:
    """The two totals above a check that are no part of each other, else the two rows right above
    it, if they come near."""
    columns = [column for _, column in places]
    before = [one for one in grid.rows if one < row]
    totals = _results(grid, claims, before)
    far = FAR if len(totals) == 2 else NEAR
    pairs = [
        (one, other)
        for one, other in combinations(totals[-4:], 2)
        if _are_near(grid, one, other, columns, far)
    ]
    if pairs:
        return pairs[-1]
    last = before[-2:]
    made = {claim.total[0] for claim in claims}
    lone = len(before) == 2 or len(made & {*last}) == 1
    if len(last) == 2 and lone and last[1] == row - 1 and last[0] == row - 2:
        one, other = last
        apart = any(claim.total[0] in last and _has(claim, last) for claim in claims)
        if not apart and _are_near(grid, one, other, columns, NEAR):
            return one, other
    return None


def _has(claim: Claim, rows: Sequence[int]) -> bool:
    return any(place[0] in rows for _, place in claim.terms)


def _results(grid: PrintedGrid, claims: Sequence[Claim], rows: Sequence[int]) -> list[int]:
    """The totals and nets among rows that are lines of no other."""
    hints = dict(zip(grid.rows, row_hints(grid), strict=True))
    made = {claim.total[0] for claim in claims if len(claim.terms) > 1}
    lines = {place[0] for claim in claims for _, place in claim.terms if claim.total[0] in rows}
    return [
        row
        for row in rows
        if (row in made or hints[row] >= SAYS_TOTAL or tells_result(row_label(grid, row)))
        and row not in lines
    ]


def _are_near(grid: PrintedGrid, one: int, other: int, columns: Sequence[int], far: int) -> bool:
    """Whether two rows print long figures of about the same size, of the same period."""
    labels = [words_of(row_label(grid, row)) & PERIODS for row in (one, other)]
    digits = [_digits(row_label(grid, row)) for row in (one, other)]
    if labels[0] != labels[1] or digits[0] != digits[1]:
        return False
    pairs = [
        (abs(here.value), abs(there.value), here.step)
        for column in columns
        if (here := grid.cells.get((one, column))) and (there := grid.cells.get((other, column)))
        if here.value or there.value
    ]
    return bool(pairs) and all(
        max(a, b) >= SHORTEST * step and far * abs(a - b) <= max(a, b) for a, b, step in pairs
    )


def _digits(label: str) -> str:
    return "".join(character for character in label if character.isdigit())


def _difference(grid: PrintedGrid, *places: CellPlace) -> tuple[Term, ...]:
    """Two figures that come to nil: the one less the other, or both where one is minus."""
    cells = [grid.cells.get(place) for place in places]
    stated = [cell for cell in cells if cell]
    if len(stated) < len(places):
        return ()
    sign = -1 if stated[0].value * stated[1].value >= 0 else 1
    return ((1, places[0]), (sign, places[1]))


def _of_columns(grid: PrintedGrid, claims: Sequence[Claim]) -> Iterator[Claim]:
    """A column of nils that is called a check: two columns that are the same in most rows."""
    held = {claim.total[1] for claim in claims if not claim.down}
    for column in grid.columns:
        places = [(row, column) for row in grid.rows if (row, column) in grid.cells]
        if column in held or not _is_check(grid, column_label(grid, column), places):
            continue
        rows = [row for row, _ in places]
        pairs = combinations([one for one in grid.columns if one != column], 2)
        equal = {pair: same for pair in pairs if (same := _same(grid, rows, *pair)) > 1}
        best = max(equal, key=lambda pair: equal[pair], default=None)
        if best is None or 2 * equal[best] <= len(rows):
            continue
        for row in rows:
            terms = _difference(grid, *((row, one) for one in best))
            if terms:
                yield Claim("sum", (row, column), terms, down=False, bits=BITS)


def _same(grid: PrintedGrid, rows: Sequence[int], one: int, other: int) -> int:
    """In how many rows two columns print the same long figure, whatever its sign."""
    pairs = [(grid.cells.get((row, one)), grid.cells.get((row, other))) for row in rows]
    return sum(
        abs(a.value) == abs(b.value) and abs(a.value) >= SHORTEST * a.step
        for a, b in pairs
        if a and b
    )
