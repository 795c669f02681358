"""Formulas whose exact value is a fraction, rounded once: a percentage, a net present benefit."""

from fractions import Fraction
from typing import NamedTuple

from cfbudget.workbook.book.cells import At, Cells, area_text, runs
from cfbudget.workbook.book.expressions import Fixed
from cfbudget.workbook.book.values import CellError, Value, number, rounded_fraction


class PartOfWhole(NamedTuple):
    """A part of a whole, rounded to some places of one per cent."""

    part: At
    whole: At
    places: int

    def text(self, home: str) -> str:
        return f"ROUND({self.part.text(home)}/{self.whole.text(home)},{self.places + 2})"

    def value(self, cells: Cells) -> Value:
        whole = Fraction(number(cells(self.whole)))
        if not whole:
            raise CellError("#DIV/0!")
        return rounded_fraction(Fraction(number(cells(self.part))) / whole, self.places + 2)


class PresentBenefit(NamedTuple):
    """-Σ cost of year k / (1 + rate)^k, rounded; the first year is not discounted.

    NPV discounts what it is given first by a year, so its result is taken forward by one.
    """

    costs: tuple[At, ...]
    rate: At
    """A cell with the rate, as a percentage."""
    places: int

    def text(self, home: str) -> str:
        rate = Fixed(self.rate).text(home)
        costs = ",".join(area_text(first, last, home) for first, last in runs(self.costs))
        return f"ROUND(-NPV({rate},{costs})*(1+{rate}),{self.places})"

    def value(self, cells: Cells) -> Value:
        factor = 1 + Fraction(number(cells(self.rate)))
        costs = (Fraction(number(cells(at))) for at in self.costs)
        exact = -sum((cost / factor**k for k, cost in enumerate(costs)), Fraction(0))
        return rounded_fraction(exact, self.places)
