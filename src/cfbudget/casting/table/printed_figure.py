"""What reading a printed cell comes to: a figure, or why it cannot be one."""

from decimal import Decimal
from functools import cache
from typing import NamedTuple


class PrintedFigure(NamedTuple):
    """A printed figure, in the unit that it is printed in."""

    amount: Decimal
    """As printed: (310) is -310, £1.2m is 1200000, £350k 350000, 97.5% is 97.5, a dash 0."""
    step: Decimal
    """What one in the last printed place is worth: 0.01, 1, 100000 for £1.2m; 1 for a dash."""
    percent: bool
    """Whether it is printed with a % sign, or `per cent`."""
    nil: bool
    """Whether it is a lone dash or the word: nil, without digits."""
    plain: bool
    """Whether it is digits only, without separator, sign, currency, point or unit, so that it
    could be a year, a code or a count."""


class Unreadable(NamedTuple):
    """What a reader would take for a figure, but misprinted."""

    reason: str
    """In plain words: two decimal points."""


Read = PrintedFigure | Unreadable | None
"""None where a cell states no figure: blank, `.`, n/a, words, a date, a range, a code."""

NIL = PrintedFigure(Decimal(0), Decimal(1), percent=False, nil=True, plain=False)


def figure(
    digits: str, exponent: int, *, negative: bool, percent: bool, plain: bool
) -> PrintedFigure:
    """The figure of these digits, the last of which counts tens to the power of `exponent`."""
    if exponent > 0:  # written out, since 12E+5 would print with its exponent
        digits += "0" * exponent
    amount = Decimal(f"{digits}E{exponent}" if exponent < 0 else digits)
    if negative and amount:  # 0 has no sign; a minus in place of the copy would round
        amount = amount.copy_negate()
    return PrintedFigure(amount, step_of(exponent), percent, nil=False, plain=plain)


@cache
def step_of(exponent: int) -> Decimal:
    """Ten to the power of `exponent`."""
    return Decimal("1" + "0" * exponent) if exponent > 0 else Decimal(f"1E{exponent}")
