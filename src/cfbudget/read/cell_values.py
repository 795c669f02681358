"""What openpyxl makes of a cell, as an exact value and as a formula's text."""

import datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from cfbudget.read.bounds import Refused

CellValue = Decimal | str | bool
LONGEST_TEXT = 32_767  # characters; Excel's own limit


def value_of(found: Any) -> CellValue:
    """A number as the file writes it, a text, true or false; a date, time or duration as ISO text.

    Raises:
        Refused: a text or a number is larger than any that Excel can write.
    """
    match found:
        case str():
            if len(found) > LONGEST_TEXT:
                reason = f"a cell holds a text of {len(found):,} characters"
                raise Refused(reason, f"shorten it to {LONGEST_TEXT:,} at most")
            return found
        case float() if isfinite(found):
            return Decimal(repr(found))
        case bool():
            return found
        case int() if found.bit_length() <= 1024:
            return Decimal(found)
        case datetime.timedelta():
            return f"PT{found.total_seconds():.0f}S"
        case datetime.datetime() if found.time() == datetime.time():
            return found.date().isoformat()
        case datetime.date() | datetime.time():
            return found.isoformat()
    raise Refused("a cell holds a number that is too large", "correct or delete it in Excel")


def formula_of(found: Any) -> str | None:
    """A formula's text, with its `=`; None where the file says that there is one, and not which."""
    if getattr(found, "t", None) == "dataTable":
        return _data_table(found)
    text = str(getattr(found, "text", found))  # an array formula has its text within it
    return text if text != "=" else None


def _data_table(found: Any) -> str:
    """As Excel shows it: the cell that takes the row's values, then the one for the column's."""
    if found.dt2D in ("1", "true"):
        return f"=TABLE({found.r1},{found.r2})"
    return f"=TABLE({found.r1},)" if found.dtr in ("1", "true") else f"=TABLE(,{found.r1})"
