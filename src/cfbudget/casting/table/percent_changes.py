"""Lines that nothing marks as percentages, and that are what two lines before them differ by.

A row under two others, or a column behind them, that holds the change from the one to the other in
per cent is no amount to add up, whatever its label says.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.printed_figure import PrintedFigure

LineFigures = Mapping[int, PrintedFigure]

ENOUGH = 18
"""The bits that the figures of a line must say together."""
NEAREST = 4
"""How many of the columns before it a column is held against."""
LARGEST = 1_000


def changed_places(
    figures: Mapping[CellPlace, PrintedFigure], known: set[CellPlace]
) -> set[CellPlace]:
    """The figures of such lines.

    Args:
        known: the percentages that something marks.
    """
    found: set[CellPlace] = set()
    for down in (True, False):
        lines: dict[int, dict[int, PrintedFigure]] = {}
        for (row, column), figure in figures.items():
            if (row, column) not in known and not figure.nil:
                line, member = (row, column) if down else (column, row)
                lines.setdefault(line, {})[member] = figure
        ordered = sorted(lines)
        for at, line in enumerate(ordered):
            before = ordered[max(0, at - (2 if down else NEAREST)) : at]
            if _may_be(lines[line]) and _is_change(lines[line], [lines[one] for one in before]):
                found |= {(line, m) if down else (m, line) for m in lines[line]}
    return found


def _may_be(line: LineFigures) -> bool:
    return len(line) > 1 and all(
        abs(figure.amount) <= LARGEST and figure.step <= 1 for figure in line.values()
    )


def _is_change(line: LineFigures, before: Sequence[LineFigures]) -> bool:
    """Whether most figures of a line are the change from one line before it to another."""
    most = len(line) // 6  # of its figures may be none
    for later, earlier in permutations(before, 2):
        bits = holds = misses = 0
        for figure, new, old in _beside(line, later, earlier):
            said = _says(figure, new, old)
            bits += max(0, said)
            holds += said >= 0
            misses += said < 0
            if misses > most:
                break
        if holds > 1 and bits >= ENOUGH and 5 * misses <= holds:
            return True
    return False


def _beside(
    line: LineFigures, later: LineFigures, earlier: LineFigures
) -> Iterator[tuple[PrintedFigure, PrintedFigure, PrintedFigure]]:
    for member, figure in line.items():
        if member in later and member in earlier and earlier[member].amount:
            yield figure, later[member], earlier[member]


def _says(figure: PrintedFigure, new: PrintedFigure, old: PrintedFigure) -> int:
    """The bits by which a figure says that it is a change in per cent; -1 if it is none.

    In whole numbers, over twice the square of the old figure: fractions would take most of the
    time that there is.
    """
    figures = (figure, new, old)
    places = max(0, *(-_exponent(value) for one in figures for value in (one.amount, one.step)))
    scale: int = 10**places
    stated, unit = _whole(figure, places)
    later, later_unit = _whole(new, places)
    earlier, earlier_unit = _whole(old, places)
    whole = abs(earlier)
    change = 100 * (later - earlier) * whole * scale
    moved = later_unit * whole + earlier_unit * abs(later - earlier + whole)
    room = unit * whole**2 + 100 * scale * moved
    if 2 * abs(change - stated * whole**2) > room:
        return -1
    return (abs(stated) * whole**2 // room).bit_length()


def _whole(figure: PrintedFigure, places: int) -> tuple[int, int]:
    """A figure and its unit, each in whole numbers of the last of so many places."""
    return int(figure.amount.scaleb(places)), int(figure.step.scaleb(places))


def _exponent(value: Decimal) -> int:
    return int(value.as_tuple().exponent)
