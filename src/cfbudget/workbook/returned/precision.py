"""How far a spreadsheet's doubles may be off: by the size of what is added up, not of the result.

277,523,811.17 less 276,380,123.45 is 1,143,687.72 and, in doubles, 1,143,687.7200000286: each of
the two is off by up to half the last bit of its own.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from cfbudget.workbook.book.book import Book, Formula
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import (
    Between,
    Expression,
    Extreme,
    Fixed,
    Minus,
    Number,
    Rounded,
    Size,
    Sum,
    When,
    Where,
)
from cfbudget.workbook.book.fractions import Compounded, TaxAmount
from cfbudget.workbook.book.values import Value

HALF_BIT = Decimal(2) ** -53
"""The most by which a double is off what it stands for, for each 1 of its size."""


class _Added(NamedTuple):
    """What a figure is made of: the sizes of its addends together, and how many they are."""

    size: Decimal = Decimal(0)
    number: int = 0


class Precision:
    """Tells for each formula of a book how far its double may be off."""

    def __init__(self, book: Book, standing: Mapping[At, Value]) -> None:
        """The book, with what cells hold in place of what it says."""
        self.book, self.standing = book, standing
        self.known: dict[At, _Added] = {}

    def is_within(self, at: At, exact: Value, stored: Value) -> bool:
        """Whether a stored result differs from the exact one by no more than doubles may."""
        if not isinstance(exact, Decimal) or not isinstance(stored, Decimal):
            return False
        added = self._cell(at)
        # Each addition may be off by half a bit of what is added up so far, whatever its order.
        return abs(exact - stored) <= (added.number + 8) * HALF_BIT * added.size

    def _cell(self, at: At) -> _Added:
        if at not in self.known:
            cell = self.book.cell(at)
            held = self.standing.get(at, cell.content if cell else None)
            if isinstance(held, Formula):
                self.known[at] = self._of(held.expression)
            else:
                self.known[at] = _Added(abs(held), 1) if isinstance(held, Decimal) else _Added()
        return self.known[at]

    def _of(self, expression: Expression) -> _Added:
        match expression:
            case At():
                return self._cell(expression)
            case Fixed(at):
                return self._cell(at)
            case Number(name):
                return _Added(Decimal(name), 1)
            case Sum(parts):
                return _together(self._cell(part) for part in parts)
            case Between(left, "*", right):
                one, other = self._of(left), self._of(right)
                return _Added(one.size * other.size, one.number + other.number)
            case Between(left, _, right):
                return _together((self._of(left), self._of(right)))
            case Minus(of) | Rounded(of, _) | Size(of):
                return self._of(of)
        return self._of_others(expression)

    def _of_others(self, expression: Expression) -> _Added:
        match expression:
            case When(_, one, other) | Extreme(_, one, other):
                return max(self._of(one), self._of(other))
            case Where(amounts, _) if amounts is not None:
                return _together(self._cell(at) for at in amounts.cells())
            case TaxAmount(base, band_d, pounds):
                count, tax = self._cell(base), self._cell(band_d)
                worth = Decimal(pounds) if isinstance(pounds, int) else self._cell(pounds).size
                return _Added(count.size * tax.size / (worth or 1), count.number + tax.number)
            case Compounded(base, rates, over, _):
                whole = self._cell(base)
                for rate in rates:
                    whole = whole._replace(size=whole.size * (1 + self._cell(rate).size))
                return whole._replace(number=whole.number + 2 * len(rates) + 2 * len(over))
        return _Added()  # a count, which is exact, or a text


def _together(parts: Iterable[_Added]) -> _Added:
    size, number = Decimal(0), 0
    for part in parts:
        size, number = size + part.size, number + part.number
    return _Added(size, number)
