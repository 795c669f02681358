"""Casting for programs: rows of texts and exact numbers, as a reader or a frame holds them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cfbudget.casting.casting import cast as cast_texts
from cfbudget.casting.results import Casting

Given = str | int | Decimal | None


def cast(rows: Iterable[Sequence[Given]], *, exact: bool | None = None) -> Casting:
    """Find out from a printed table alone how it adds up, and re-add it.

    Args:
        rows: lines of cells; the first is row 1 and its first cell A1. A text is read as printed
            (`(310)`, `£1.2m`, `-`); a number is taken as printed with just its places (2.50 has
            two); None is a blank.
        exact: whether figures are exact, so that no rounding is allowed; None to tell by them.

    Raises:
        TypeError: a row is one text, or a cell is a float or anything else that is not printed
            with certain places.
        ValueError: a Decimal is no number.
    """
    return cast_texts([_texts(row, at) for at, row in enumerate(rows, start=1)], exact=exact)


def _texts(row: Sequence[Given], number: int) -> list[str]:
    if isinstance(row, str | bytes):
        raise TypeError(f"row {number} is one text: give a list of its cells")
    return [_text(cell, number) for cell in row]


def _text(cell: Given, number: int) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal):
        kind = type(cell).__name__
        raise TypeError(
            f"row {number} holds {cell!r}, a {kind}: give the text as printed, an int or a Decimal"
        )
    if isinstance(cell, Decimal) and not cell.is_finite():
        raise ValueError(f"row {number} holds {cell!r}, which is no number")
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
