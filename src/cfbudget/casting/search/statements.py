"""Statements read down the page: a line, what labels take off it or add to it, and what is left.

`Gross expenditure`, `Less: income`, `Net expenditure` is one formula, whichever of the three the
figures alone would take for the total of the others.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.casting.search.claims import Claim, prove
from cfbudget.casting.search.line_references import FormulaStrength
from cfbudget.casting.search.stated_formulas import BITS, SignedLines, StatedFormula
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import (
    RESULT_WORDS,
    TOTAL_WORDS,
    is_added,
    is_taken_off,
    row_label,
    words_of,
)
from cfbudget.casting.table.slips import slip_between

FAR = 60
"""How much a line with a word for a result may be missed by, of a hundred, in half its columns."""
LEFT = RESULT_WORDS | TOTAL_WORDS | words_of("amount met payable due left")
OTHER_WAY = words_of("deficit overspend overspending shortfall gap")
LONG = 1_000
"""A shorter figure is one slip away from too many others."""
MOST_BEFORE = 40
"""The most lines before those that are taken off, of which these may be left."""


def statements(grid: PrintedGrid) -> Iterator[StatedFormula]:
    """Every line right below ones that labels take off, or add, as what these leave."""
    plain: list[int] = []
    marked: list[tuple[int, int]] = []
    for row in grid.rows:
        label = row_label(grid, row)
        sign = -1 if is_taken_off(label) else 1 if is_added(label) else 0
        if not sign and not marked:
            plain.append(row)
        elif sign and plain:
            marked.append((sign, row))
        elif not sign:
            if any(_tells(grid, one) for _, one in marked):
                yield from _nearest(grid, row, plain[-MOST_BEFORE:], tuple(marked))
            plain, marked = [row], []


def _tells(grid: PrintedGrid, row: int) -> bool:
    cells = (grid.cells.get((row, column)) for column in grid.columns)
    return any(cell.value for cell in cells if cell)


class _Distance(NamedTuple):
    """By how much a line is missed, of a hundred, in the middle of its columns; and whether every
    column that misses it does so by one slip."""

    far: int
    slips: bool


def _nearest(
    grid: PrintedGrid, row: int, plain: Sequence[int], marked: SignedLines
) -> Iterator[StatedFormula]:
    """What is left of the last lines before: of so many that most columns come nearest. None where
    it is printed the other way round throughout, as a deficit may be."""
    ways = [(*((1, one) for one in plain[at:]), *marked) for at in range(len(plain))]
    away = [(_distance(grid, row, terms), terms) for terms in reversed(ways)]
    distance, terms = min(away, key=lambda one: one[0].far)
    words = words_of(row_label(grid, row))
    if len(grid.columns) > 1 or words & OTHER_WAY:
        others = [tuple((-sign, one) for sign, one in way) for way in ways]
        if min(_distance(grid, row, other).far for other in others) < distance.far:
            return
    strength: FormulaStrength = "loose"
    if distance.far and distance.slips:
        strength = "sure"
    elif words & LEFT and distance.far <= FAR and len(plain) == 1:
        strength = "stated"
    yield StatedFormula(row, terms, strength)


def _distance(grid: PrintedGrid, row: int, terms: SignedLines) -> _Distance:
    """The least of those with the signs that labels state, and with figures that bear a minus."""
    ways = [terms, _as_amounts(grid, terms)]
    if _is_minus(grid, terms[0][1]):
        ways.append(tuple((-sign, one) for sign, one in ways[1]))
    return min((_distance_of(grid, row, way) for way in ways), key=lambda way: way.far)


def _as_amounts(grid: PrintedGrid, terms: SignedLines) -> SignedLines:
    return tuple((-sign if _is_minus(grid, one) else sign, one) for sign, one in terms)


def _is_minus(grid: PrintedGrid, row: int) -> bool:
    cells = (grid.cells.get((row, column)) for column in grid.columns)
    values = [cell.value for cell in cells if cell and cell.value]
    return bool(values) and max(values) < 0


def _distance_of(grid: PrintedGrid, row: int, terms: SignedLines) -> _Distance:
    fars, slips = list[int](), list[bool]()
    for column in grid.columns:
        total, cell = (row, column), grid.cells.get((row, column))
        places = tuple((sign, (one, column)) for sign, one in terms)
        if cell is None or not cell.value or any(at in grid.unreadable for _, at in places):
            continue
        found = prove(grid, Claim("sum", total, places, down=True, bits=BITS), exact=False)
        off, computed = found.off or 0, found.computed or 0
        if found.outcome != "differs":
            fars.append(0)
            continue
        fars.append(100 * abs(off) // abs(cell.value) or 1)
        turned = (cell.value == -computed, *(_is_turned(grid, term, off) for term in places))
        slip = slip_between(cell.value, computed) is not None or any(turned)
        slips.append(slip and abs(cell.value) >= LONG * cell.step)
    return _Distance(sorted(fars)[len(fars) // 2] if fars else 100, bool(slips) and all(slips))


def _is_turned(grid: PrintedGrid, term: tuple[int, tuple[int, int]], off: int) -> bool:
    """Whether the difference is what one figure makes with the other sign."""
    sign, place = term
    cell = grid.cells.get(place)
    return cell is not None and 2 * sign * cell.value == off
