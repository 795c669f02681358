"""What a workbook's cell stores, beside what it shows: its sign, and what its format rounds off."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from cfbudget.casting.table.printed_figure import PrintedFigure, Read, Unreadable, figure, step_of

DIGITS = Context(prec=13, rounding=ROUND_HALF_UP)
"""A double has more digits, but the last of them are what sums of doubles leave behind."""
FINER = 8
"""So many places more than are shown are held: what is smaller is noise."""
SCALES = (0, -3, -6, -9)
"""The powers of ten by which formats show a number: as it is, or in thousands."""


class StoredFigure(NamedTuple):
    """A figure as shown, with its stored sign.

    `held` is what is stored, in the unit shown, where that is finer; else None.
    """

    shown: PrintedFigure
    held: Decimal | None = None


def stored_figure(read: Read, text: str, stored: Decimal) -> StoredFigure | None:
    """What a cell states that stores a number; None where its text states no figure.

    A number that its format hides, or writes as no figure can be read, is stated all the same.
    """
    if isinstance(read, PrintedFigure):
        return _beside(read, stored)
    if isinstance(read, Unreadable) or (not text.strip() and stored):
        shown = _plainly(stored)
        return None if shown is None else StoredFigure(shown)
    return None


def long_figure(read: PrintedFigure) -> StoredFigure:
    """A figure whose file shows no more than it stores: of one that is printed to more digits than
    sums of doubles keep, those are held that count."""
    held = DIGITS.plus(read.amount) if read.step < 1 else read.amount
    return StoredFigure(read, held if held != read.amount else None)


def _beside(read: PrintedFigure, stored: Decimal) -> StoredFigure:
    for held in _scaled(stored, percent=read.percent):
        off = abs(abs(held) - abs(read.amount))
        if 2 * off <= read.step or (read.nil and not stored):
            signed = read
            if held and (held < 0) is not (read.amount < 0):
                signed = read._replace(amount=-read.amount)
            exact = _held(held, read.step)
            return StoredFigure(signed, exact if exact != signed.amount else None)
    return StoredFigure(read)


def _held(stored: Decimal, step: Decimal) -> Decimal:
    """A stored number without noise."""
    finest = step_of(step.adjusted() - FINER)
    exact = DIGITS.plus(stored)
    coarser = int(exact.as_tuple().exponent) >= finest.adjusted()
    return exact if coarser else exact.quantize(finest)


def _scaled(stored: Decimal, *, percent: bool) -> Iterator[Decimal]:
    for power in (2, 0) if percent else SCALES:
        yield stored.scaleb(power)


def _plainly(stored: Decimal) -> PrintedFigure | None:
    """A stored number as its plainest text would be read."""
    exact = DIGITS.plus(stored).normalize()
    digits = "".join(map(str, exact.as_tuple().digits))
    exponent = int(exact.as_tuple().exponent)
    if abs(exponent) > 20:
        return None
    return figure(digits, exponent, negative=exact < 0, percent=False, plain=False)
