"""What the relations of a printed table say as formulas: sums, nets and percentages."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from cfbudget.workbook.book.cells import At, Cells
from cfbudget.workbook.book.expressions import Between, Expression, Minus, Sum
from cfbudget.workbook.book.values import CellError, Value, number

NAMED = 5
"""Up to so many terms are each named; more are summed as areas."""


class Percentage(NamedTuple):
    """One cell as a percentage of another, or of how much it differs from it; to some places."""

    part: At
    whole: At
    change: bool
    places: int
    turned: bool
    """Whether it has the other sign."""

    def text(self, home: str) -> str:
        part, whole = self.part.text(home), self.whole.text(home)
        ratio = f"100*({part}-{whole})/ABS({whole})" if self.change else f"100*{part}/{whole}"
        return f"ROUND({'-' if self.turned else ''}{ratio},{self.places})"

    def value(self, cells: Cells) -> Value:
        part, whole = Fraction(number(cells(self.part))), Fraction(number(cells(self.whole)))
        if not whole:
            raise CellError("#DIV/0!")
        ratio = (part - whole) / abs(whole) if self.change else part / whole
        units = ratio * 100 * 10**self.places * (-1 if self.turned else 1)
        size = (2 * abs(units.numerator) + units.denominator) // (2 * units.denominator)
        return Decimal(-size if units < 0 else size).scaleb(-self.places)


def signed_sum(terms: Sequence[tuple[Literal["+", "-"], At]], *, words: bool) -> Expression:
    """Cells added and taken off.

    Args:
        words: whether some of them hold words, which only a SUM passes over.
    """
    if len(terms) <= NAMED and not words and terms[0][0] == "+":
        found: Expression = terms[0][1]
        for sign, at in terms[1:]:
            found = Between(found, sign, at)
        return found
    plus = Sum(tuple(at for sign, at in terms if sign == "+"))
    minus = Sum(tuple(at for sign, at in terms if sign == "-"))
    if not minus.parts:
        return plus
    return Between(plus, "-", minus) if plus.parts else Minus(minus)
