"""A workbook's formulas worked out in doubles, as plainly as a spreadsheet may.

LibreOffice rounds a sum that nearly comes to nil to nil. Excel's SUM does not: there 0.1, 0.2
and -0.3 come to 5.6E-17, which is not nil to a comparison.
"""

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

from cfbudget.workbook.book.book import Book, Formula, Link
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import (
    Between,
    Expression,
    Extreme,
    Fixed,
    Holding,
    Is,
    Minus,
    Nonzero,
    Number,
    Rounded,
    Size,
    Sum,
    When,
    Where,
    WordValue,
)
from cfbudget.workbook.book.fractions import BandDFrom, Compounded, RiseFrom, TaxAmount

Double = float | str | bool | None
Cells = Callable[[At], Double]
Add = Callable[[Iterable[Double]], float]


def plain_sum(values: Iterable[Double]) -> float:
    """From left to right."""
    total = 0.0
    for value in values:
        total += value if isinstance(value, float) else 0.0
    return total


def in_doubles(book: Book, add: Add = plain_sum) -> Cells:
    """What every cell of a workbook comes to, in doubles.

    Args:
        add: adds up, in an order of its own.
    """
    held: dict[At, Double] = {}

    def cells(at: At) -> Double:
        if at not in held:
            cell = book.cell(at)
            content = cell.content if cell else None
            match content:
                case Formula(expression):
                    held[at] = worked_out(expression, cells, add)
                case Decimal():
                    held[at] = float(content)
                case Link(text):
                    held[at] = text
                case _:
                    held[at] = content
        return held[at]

    return cells


def worked_out(expression: Expression, cells: Cells, add: Add) -> Double:  # noqa: C901, PLR0912
    def of(part: Expression) -> Double:
        return worked_out(part, cells, add)

    match expression:
        case At():
            return cells(expression)
        case Fixed(at):
            return cells(at)
        case Number(name):
            return float(name)
        case WordValue(word):
            return word
        case Sum(parts):
            return add(cells(part) for part in parts)
        case Nonzero(parts, unit, words):
            half = number(cells(unit)) * 0.5
            counted = (
                0.0 if part in words and cells(part) == "tbc" else cells(part) for part in parts
            )
            return float(sum(1 for value in counted if abs(number(value)) >= half))
        case Holding(parts, word):
            return float(sum(1 for part in parts if cells(part) == word))
        case Minus(part):
            return -number(of(part))
        case Between(left, sign, right):
            first, second = number(of(left)), number(of(right))
            if sign == "*":
                return first * second
            return first + second if sign == "+" else first - second
        case Rounded(part, places):
            return rounded(number(of(part)), places)
        case Size(part):
            return abs(number(of(part)))
        case Extreme(name, left, right):
            return (max if name == "MAX" else min)(number(of(left)), number(of(right)))
        case Is(left, sign, right):
            if sign == "=":
                return of(left) == of(right)
            return number(of(left)) <= number(of(right))
        case When(test, then, otherwise):
            return of(then if of(test) is True else otherwise)
        case Where(amounts, criteria):
            columns = [[cells(at) for at in area.cells()] for area, _ in criteria]
            wanted = tuple(cells(at) for _, at in criteria)
            holds = [row == wanted for row in zip(*columns, strict=True)]
            if amounts is None:
                return float(sum(holds))
            kept = zip(amounts.cells(), holds, strict=True)
            return add(cells(at) for at, counts in kept if counts)
        case TaxAmount() | BandDFrom() | RiseFrom():
            return council_tax(expression, cells)
        case Compounded(base, rates, over, places):
            found = number(cells(base))
            for rate in rates:
                found *= 1 + number(cells(rate))
            for rate in over:
                found /= 1 + number(cells(rate))
            return rounded(found, places)
    raise NotImplementedError(expression)


def council_tax(expression: TaxAmount | BandDFrom | RiseFrom, cells: Cells) -> float:
    def of(part: At | int) -> float:
        return float(part) if isinstance(part, int) else number(cells(part))

    match expression:
        case TaxAmount(base, band_d, pounds):
            return -rounded(of(base) * of(band_d), 2) / of(pounds)
        case BandDFrom(amount, base, pounds):
            return rounded(-of(amount) * of(pounds) / of(base), 2)
        case RiseFrom(now, before, places):
            return rounded(of(now) / of(before) - 1, places + 2)


def rounded(value: float, places: int) -> float:
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def number(value: Double) -> float:
    assert value is None or isinstance(value, float)
    return value or 0.0
