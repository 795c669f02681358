"""Lines that nothing marks as percentages, and that are what two lines before them differ by.

A row under two others, or a column behind them, that holds the change from the one to the other in
per cent is no amount to add up, whatever its label says.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import islice, permutations
from typing import NamedTuple

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.printed_figure import PrintedFigure

WholeFigure = tuple[int, int]
"""A figure and its printed unit, in whole numbers of the finest place."""

ENOUGH = 18
"""The bits that the figures of a line must say together."""
NEAREST = 4
"""How many of the columns before it a column is held against."""
PROBED = 24
"""So many figures of a long line are looked at before all of them are."""
LARGEST = 1_000


class _Line(NamedTuple):
    """A line's figures by member; `small`: as percentages are, and at least two."""

    figures: Mapping[int, WholeFigure]
    small: bool


def changed_places(
    figures: Mapping[CellPlace, PrintedFigure], known: set[CellPlace]
) -> set[CellPlace]:
    """The figures of such lines.

    Args:
        known: the percentages that something marks.
    """
    stated = {at: one for at, one in figures.items() if at not in known and not one.nil}
    steps = {one.step for one in stated.values()}
    scale: int = 10 ** max((-_exponent(step) for step in steps), default=0)
    whole = {at: (int(one.amount * scale), int(one.step * scale)) for at, one in stated.items()}
    found: set[CellPlace] = set()
    for down in (True, False):
        lines = _lines(whole, scale, down=down)
        ordered = sorted(lines)
        for at, line in enumerate(ordered):
            before = ordered[max(0, at - (2 if down else NEAREST)) : at]
            if lines[line].small and _is_change(lines[line], [lines[b] for b in before], scale):
                found |= {(line, m) if down else (m, line) for m in lines[line].figures}
    return found


def _exponent(step: Decimal) -> int:
    """Nil for whole numbers, however large their unit."""
    return min(0, int(step.as_tuple().exponent))


def _lines(whole: Mapping[CellPlace, WholeFigure], scale: int, *, down: bool) -> dict[int, _Line]:
    """Rows, or columns, of figures."""
    found: dict[int, dict[int, WholeFigure]] = {}
    for (row, column), figure in whole.items():
        line, member = (row, column) if down else (column, row)
        found.setdefault(line, {})[member] = figure
    return {line: _Line(members, _are_small(members, scale)) for line, members in found.items()}


def _are_small(members: Mapping[int, WholeFigure], scale: int) -> bool:
    figures = members.values()
    most = LARGEST * scale
    return len(members) > 1 and all(abs(one) <= most and unit <= scale for one, unit in figures)


def _is_change(line: _Line, before: Sequence[_Line], scale: int) -> bool:
    """Whether most figures of a line are the change from one line before it to another."""
    for later, earlier in permutations(before, 2):
        some = dict(islice(line.figures.items(), PROBED))
        if len(some) < len(line.figures) and not _holds(some, later, earlier, scale):
            continue
        if _holds(line.figures, later, earlier, scale):
            return True
    return False


def _holds(figures: Mapping[int, WholeFigure], later: _Line, earlier: _Line, scale: int) -> bool:
    """Whether enough of these figures are such a change, and few are none."""
    most = len(figures) // 6
    bits = holds = misses = 0
    for member, figure in figures.items():
        new, old = later.figures.get(member), earlier.figures.get(member)
        if new is None or old is None or not old[0]:
            continue
        said = _says(figure, new, old, scale)
        bits += max(0, said)
        holds += said >= 0
        misses += said < 0
        if misses > most:
            return False
    return holds > 1 and bits >= ENOUGH and 5 * misses <= holds


def _says(figure: WholeFigure, new: WholeFigure, old: WholeFigure, scale: int) -> int:
    """The bits by which a figure says that it is a change in per cent; -1 if it is none.

    In whole numbers, over twice the square of the old figure: fractions would take most of the
    time that there is.
    """
    whole = abs(old[0])
    change = 100 * (new[0] - old[0]) * whole * scale
    moved = new[1] * whole + old[1] * abs(new[0] - old[0] + whole)
    room = figure[1] * whole**2 + 100 * scale * moved
    if 2 * abs(change - figure[0] * whole**2) > room:
        return -1
    return (abs(figure[0]) * whole**2 // room).bit_length()
