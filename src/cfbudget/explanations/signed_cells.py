"""The cells that a formula adds up, each with its sign, read from what the formula says."""

from typing import NamedTuple

from cfbudget.explanations.explanation import PlusMinus
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import (
    Between,
    Expression,
    Fixed,
    Minus,
    Number,
    Sum,
)


class SignedCell(NamedTuple):
    """A cell, and whether it is added or taken off."""

    sign: PlusMinus
    at: At


def signed_cells(expression: Expression) -> tuple[SignedCell, ...] | None:
    """What a formula adds up; None where it is no sum, but worked out in another way.

    A product is that of a sum with what its unit is worth in another: in pence it is the sum.
    """
    match expression:
        case At():
            return (SignedCell(1, expression),)
        case Fixed(at):
            return (SignedCell(1, at),)
        case Number("0"):
            return ()
        case Sum(parts):
            return tuple(SignedCell(1, at) for at in parts)
        case Minus(of):
            return _turned(signed_cells(of))
        case Between(left, "*", Fixed()):
            return signed_cells(left)
        case Between(left, sign, right) if sign != "*":
            added = signed_cells(left)
            other = signed_cells(right)
            other = _turned(other) if sign == "-" else other
            return None if added is None or other is None else (*added, *other)
    return None


def _turned(cells: tuple[SignedCell, ...] | None) -> tuple[SignedCell, ...] | None:
    if cells is None:
        return None
    return tuple(SignedCell(-1 if one.sign == 1 else 1, one.at) for one in cells)
