"""What the cells of a workbook hold: decimals, texts, and errors as spreadsheets have them."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

Value = Decimal | str | bool | None
"""What a cell holds or comes to; None where it is empty."""

AWAY_FROM_NIL = Context(prec=40, rounding=ROUND_HALF_UP)
UNKNOWN = "#unknown"
"""In place of what cannot be told; whatever reckons with it cannot be told either."""
ERRORS = frozenset({UNKNOWN, "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})

OF_TIME = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+)?|\d\d:\d\d[\d:.]*|PT-?\d+S")
"""Dates, times and durations, as they are read from a workbook."""


class CellError(Exception):
    """A formula meets an error, or a text where a number is needed: it comes to an error too."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value


def sound(value: Value) -> Value:
    """A value that is no error.

    Raises:
        CellError: it is one.
    """
    if isinstance(value, str) and value in ERRORS:
        raise CellError(value)
    return value


def number(value: Value) -> Decimal:
    """A value to reckon with; an empty cell is nil.

    Raises:
        CellError: it is no number.
    """
    if isinstance(value, Decimal):
        return value
    if value is None:
        return Decimal(0)
    if isinstance(value, bool):
        return Decimal(value)
    sound(value)
    raise CellError("#VALUE!")


def rounded(value: Decimal, places: int) -> Decimal:
    """To some places, half away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), context=AWAY_FROM_NIL)


def rounded_fraction(exact: Fraction, places: int) -> Decimal:
    """To some places, half away from zero, without a detour over a decimal that may not end."""
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if exact < 0 else whole).scaleb(-places)


def is_of_time(value: Value) -> bool:
    """Whether a value is a date, a time or a duration, or a text that reads as one."""
    return isinstance(value, str) and OF_TIME.fullmatch(value) is not None


def reckoned(value: Value) -> Value:
    """What formulas make of a value that stands in place of an amount.

    A date is a number to a spreadsheet, and true and false are numbers to some and texts to
    others: what reckons with one cannot be told.
    """
    return UNKNOWN if isinstance(value, bool) or is_of_time(value) else value
