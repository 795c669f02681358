"""Formulas whose exact value is a fraction, rounded once: a percentage, a net present benefit."""

from decimal import Decimal
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


class PartOfSize(NamedTuple):
    """A part of a figure's size, without its sign, rounded to some places of one per cent."""

    part: At
    of: At
    places: int

    def text(self, home: str) -> str:
        return f"ROUND({self.part.text(home)}/ABS({self.of.text(home)}),{self.places + 2})"

    def value(self, cells: Cells) -> Value:
        size = abs(Fraction(number(cells(self.of))))
        if not size:
            raise CellError("#DIV/0!")
        return rounded_fraction(Fraction(number(cells(self.part))) / size, self.places + 2)


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


class TaxAmount(NamedTuple):
    """Tax base × Band D to the penny with its sign turned, in a unit of some pounds."""

    base: At
    band_d: At
    pounds: At | int
    """What one of the unit is worth, or the cell that says so."""

    def text(self, home: str) -> str:
        product = f"-ROUND({self.base.text(home)}*{self.band_d.text(home)},2)"
        return product if self.pounds == 1 else f"{product}/{_pounds_text(self.pounds, home)}"

    def value(self, cells: Cells) -> Value:
        exact = Fraction(number(cells(self.base))) * Fraction(number(cells(self.band_d)))
        return (-rounded_fraction(exact, 2) / _pounds(self.pounds, cells)).normalize() + 0


class BandDFrom(NamedTuple):
    """An amount in a unit of some pounds with its sign turned ÷ tax base, to the penny."""

    amount: At
    base: At
    pounds: At | int

    def text(self, home: str) -> str:
        times = "" if self.pounds == 1 else f"*{_pounds_text(self.pounds, home)}"
        return f"ROUND(-{self.amount.text(home)}{times}/{self.base.text(home)},2)"

    def value(self, cells: Cells) -> Value:
        base = Fraction(number(cells(self.base)))
        if not base:
            raise CellError("#DIV/0!")
        amount = Fraction(number(cells(self.amount))) * Fraction(_pounds(self.pounds, cells))
        return rounded_fraction(-amount / base, 2)


def _pounds_text(pounds: At | int, home: str) -> str:
    return str(pounds) if isinstance(pounds, int) else Fixed(pounds).text(home)


def _pounds(pounds: At | int, cells: Cells) -> Decimal:
    found = Decimal(pounds) if isinstance(pounds, int) else number(cells(pounds))
    if not found:
        raise CellError("#DIV/0!")
    return found


class RiseFrom(NamedTuple):
    """By what share a figure is more than the one before, to some places of one per cent."""

    now: At
    before: At
    places: int

    def text(self, home: str) -> str:
        return f"ROUND({self.now.text(home)}/{self.before.text(home)}-1,{self.places + 2})"

    def value(self, cells: Cells) -> Value:
        before = Fraction(number(cells(self.before)))
        if not before:
            raise CellError("#DIV/0!")
        return rounded_fraction(Fraction(number(cells(self.now))) / before - 1, self.places + 2)


class Compounded(NamedTuple):
    """An amount × (1 + rate) for each of some rates ÷ (1 + rate) for others, rounded."""

    base: At
    rates: tuple[At, ...]
    over: tuple[At, ...]
    places: int

    def text(self, home: str) -> str:
        up = "".join(f"*(1+{rate.text(home)})" for rate in self.rates)
        down = "".join(f"/(1+{rate.text(home)})" for rate in self.over)
        return f"ROUND({self.base.text(home)}{up}{down},{self.places})"

    def value(self, cells: Cells) -> Value:
        exact = Fraction(number(cells(self.base)))
        for rate in self.rates:
            exact *= 1 + Fraction(number(cells(rate)))
        for rate in self.over:
            factor = 1 + Fraction(number(cells(rate)))
            if not factor:
                raise CellError("#DIV/0!")
            exact /= factor
        return rounded_fraction(exact, self.places)
