"""Whether a table's figures are exact, as counts and pence are, or rounded one by one.

Both are taken to be so in turn, and what they would leave to chance is counted in tenths of a
bit. If figures are rounded, each total that agrees to the last place is a little luck, the more
so the more figures it adds; if they are exact, each figure that is out by one is a printed error.
"""

import re
from collections.abc import Sequence

from cfbudget.casting.proof.suspects import find_suspects
from cfbudget.casting.search.claims import Tested, prove
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid

AGREES = (0, 4, 6, 7, 9, 10, 11, 12, 12, 13, 14)
"""Tenths of a bit for an exact agreement of a sum of so many rounded figures: −log2 of how likely
their rounding errors and the total's come to less than half a unit."""
ROUNDS = 20
"""Tenths of a bit for a difference that rounding explains."""
ERROR = 110
"""Tenths of a bit for a wrong figure that is out by as little as rounding would be."""
FAR = 65
"""Tenths of a bit of a difference of three standard deviations: it is hardly rounding, if all other
sums agree."""
AGREEMENT = 30
"""Tenths of a bit that these others must say against rounding: cut off, they would not agree."""
SURE = 125
"""What both must come to."""
SCALED = 150
"""What a printed scale (£000, £m) says for rounding."""
COUNTED = 40
"""What plain small whole numbers, or pence, say against it."""
FEW = 150
"""The same of whole numbers under a thousand without a currency: counts of things."""

PLAIN = 300
"""What large whole numbers say for it: whole pounds, or thousands that nothing names."""

SCALE = re.compile(
    r"[£€$]\s*['’]?\s*(?:000|0{3}s|m\b|k\b|bn\b|million|thousand)|['’]000|\b000s?\b|\bmillions?\b"
    r"|\bthousands?\b|\(m\)",
    re.IGNORECASE,
)


def is_exact(grid: PrintedGrid, claims: Sequence[Tested]) -> bool:
    """Whether no rounding should be allowed, given all claims tested with rounding allowed."""
    sums = [
        one
        for one in claims
        if one.off is not None
        and one.claim.kind in ("sum", "running")
        and not grid.cells[one.claim.total].percent
        and not any(_is_held(grid, place) for place in one.claim.cells)
    ]
    if any(cell.held is not None for cell in grid.cells.values()) and not sums:
        return False
    rounded = [one for one in sums if one.outcome == "rounding"]
    if not rounded:
        return not _has_scale(grid) and _is_counted(grid)
    if _is_pence(grid) and _has_currency(grid) and not _has_scale(grid):
        return 2 * len(rounded) <= len(sums)
    if len(rounded) * 3 > len(sums):
        return False
    agreement = _agreement(grid, sums)
    if len(rounded) == 1 and agreement >= AGREEMENT:
        far = _farness(grid, rounded[0])
        if far >= FAR and far + agreement >= SURE:
            return True
    by_rounding = len(rounded) * ROUNDS + agreement
    strictly = [prove(grid, one.claim, exact=True) for one in claims]
    wrong = find_suspects(grid, strictly, exact=True).changes
    before = find_suspects(grid, claims, exact=False).changes
    by_errors = max(0, len(wrong) - len(before)) * ERROR
    by_errors += SCALED if _has_scale(grid) else 0
    by_errors += PLAIN if not _is_counted(grid) else -(FEW if _is_few(grid) else COUNTED)
    return by_errors < by_rounding


def _agreement(grid: PrintedGrid, sums: Sequence[Tested]) -> int:
    """Tenths of a bit for how unlikely so many exact agreements are if figures are rounded."""
    addends = [_addends(grid, one) for one in sums if one.outcome == "agrees"]
    return sum(AGREES[min(many, len(AGREES) - 1)] for many in addends if many > 1)


def _addends(grid: PrintedGrid, one: Tested) -> int:
    return sum(bool((cell := grid.cells.get(place)) and cell.value) for _, place in one.claim.terms)


def _farness(grid: PrintedGrid, one: Tested) -> int:
    """Tenths of a bit for how unlikely rounding makes so much of so many figures, though so much is
    allowed: each is out by up to half a unit, but not all the same way. Nil for a total that may be
    rounded to tens, or whose lines have other units.
    """
    total = grid.cells[one.claim.total]
    units = {cell.step for _, at in one.claim.terms if (cell := grid.cells.get(at)) and cell.value}
    if one.off is None or units != {total.step} or total.value % (10 * total.step) == 0:
        return 0
    off = abs(one.off) // total.step
    return 87 * off * off // (_addends(grid, one) + 1)  # 12 / (2 ln 2), of a variance of n / 12


def _is_held(grid: PrintedGrid, place: CellPlace) -> bool:
    """Whether a file stores more for a figure than it shows: it is rounded, and says nothing of
    the others."""
    cell = grid.cells.get(place)
    return cell is not None and cell.held is not None


def _has_scale(grid: PrintedGrid) -> bool:
    """Whether a heading or a label says that figures are in thousands or millions."""
    if any(cell.step > 10**grid.places for cell in grid.cells.values()):
        return True
    texts = [text for row in grid.texts[: grid.heads] for text in row]
    texts += [grid.text(row, column) for column in grid.labels for row in range(len(grid.texts))]
    return any(SCALE.search(text) for text in texts)


def _has_currency(grid: PrintedGrid) -> bool:
    """Whether a heading or a figure shows pounds, euros or dollars."""
    texts = [text for row in grid.texts[: grid.heads] for text in row]
    texts += [grid.text(*place) for place in grid.cells]
    return any(mark in text for text in texts for mark in "£€$")


def _is_counted(grid: PrintedGrid) -> bool:
    """Whether figures are small whole numbers, or amounts with pence."""
    step, largest = _finest(grid)
    if _is_pence(grid):
        return _has_currency(grid)
    return step == 10**grid.places and largest < 10_000


def _is_few(grid: PrintedGrid) -> bool:
    """Whether figures are whole numbers under a thousand without a currency."""
    step, largest = _finest(grid)
    return step == 10**grid.places and largest < 1000 and not _has_currency(grid)


def _is_pence(grid: PrintedGrid) -> bool:
    """Whether figures are amounts with pence: two places, and some of a thousand or more."""
    step, largest = _finest(grid)
    return 100 * step == 10**grid.places and largest >= 100_000


def _finest(grid: PrintedGrid) -> tuple[int, int]:
    """The printed unit of most figures, and the largest in it; nil if most have another."""
    cells = [cell for cell in grid.cells.values() if not cell.percent and not cell.nil]
    step = min((cell.step for cell in cells), default=1)
    if 4 * sum(cell.step == step for cell in cells) < 3 * len(cells):
        return 0, 0
    return step, max((abs(cell.value) for cell in cells), default=0) // step
