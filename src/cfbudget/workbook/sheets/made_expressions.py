"""What a table says that a figure is made of, as an expression over the cells of a workbook."""

from collections.abc import Callable, Iterable

from cfbudget.calculate.amounts import Key
from cfbudget.layout.made_of import (
    BandDOf,
    ChangeShareOf,
    CompoundOf,
    DifferenceOf,
    Discounted,
    FirstYearOver,
    MadeOf,
    RiseOf,
    ShareOf,
    StepOf,
    SumOf,
    TaxOf,
)
from cfbudget.layout.table import Table
from cfbudget.layout.units import NO_YEAR, SHARE_PLACES
from cfbudget.money import POUNDS, places_of
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import (
    NIL,
    Between,
    Expression,
    Is,
    Rounded,
    Sum,
    When,
    WordValue,
)
from cfbudget.workbook.book.fractions import (
    BandDFrom,
    Compounded,
    PartOfSize,
    PartOfWhole,
    PresentBenefit,
    RiseFrom,
    TaxAmount,
)

PlaceOf = Callable[[Key], At | None]
"""Where a figure stands, if it does."""


def expression_of(made: MadeOf | None, table: Table, where: PlaceOf) -> Expression | None:
    """The expression, where all that it is made of stands in the workbook."""
    penny = places_of(1, table.unit)
    if isinstance(made, SumOf):
        parts = all_of(made.parts, where)
        return Sum(parts) if parts else None
    if isinstance(made, DifferenceOf):
        more, less = all_of(made.parts, where), all_of(made.less, where)
        return Between(Sum(more), "-", Sum(less)) if more and less else None
    if isinstance(made, ShareOf):
        part, whole = where(made.part), where(made.whole)
        return PartOfWhole(part, whole, SHARE_PLACES) if part and whole else None
    if isinstance(made, ChangeShareOf):
        change, of = where(made.change), where(made.before)
        return PartOfSize(change, of, SHARE_PLACES) if change and of else None
    if isinstance(made, FirstYearOver):
        amounts = all_of(made.amounts, where)
        years = [str(one.year) for one in made.amounts]
        return first_year_over(amounts, years, penny) if amounts else None
    if isinstance(made, TaxOf | BandDOf | RiseOf):
        return _council_tax(made, table, where)
    if isinstance(made, CompoundOf):
        return compounded(made, penny, where, where)
    if isinstance(made, StepOf):
        level, before = where(made.level), compounded(made.before, penny, where, where)
        return Between(level, "-", before) if level and before else None
    if isinstance(made, Discounted):
        costs, rate = all_of(made.costs, where), where(made.rate)
        return PresentBenefit(costs, rate, penny) if costs and rate else None
    return None


def compounded(made: CompoundOf, penny: int, where: PlaceOf, struck: PlaceOf) -> Expression | None:
    """A level of an assumption, where all that it is made of stands in the workbook.

    Args:
        penny: the places of a penny.
        struck: where the rates stand that its base amount was struck with.
    """
    base, rates, over = where(made.base), all_of(made.rates, where), all_of(made.off, struck)
    if base is None or len(rates) < len(made.rates) or len(over) < len(made.off):
        return None
    return Compounded(base, rates, over, penny)


def _council_tax(made: TaxOf | BandDOf | RiseOf, table: Table, where: PlaceOf) -> Expression | None:
    """What a council tax is worked out by, where both figures stand in the workbook."""
    one, other = map(where, made)
    if one is None or other is None:
        return None
    if isinstance(made, RiseOf):
        return RiseFrom(one, other, SHARE_PLACES)
    pounds: int = table.unit.pence // POUNDS.pence
    return council_tax(made, (one, other), pounds)


def council_tax(made: TaxOf | BandDOf, figures: tuple[At, At], pounds: At | int) -> Expression:
    """An amount from its tax base and Band D, or a Band D from its amount and tax base.

    Args:
        figures: where the two stand.
        pounds: what the amount's unit is worth, or the cell that says so.
    """
    return (TaxAmount if isinstance(made, TaxOf) else BandDFrom)(*figures, pounds)


def all_of(keys: Iterable[Key], where: PlaceOf) -> tuple[At, ...]:
    """Where all of them stand; nothing where one does not."""
    found = [where(key) for key in keys]
    there = tuple(at for at in found if at is not None)
    return there if len(there) == len(found) else ()


def first_year_over(amounts: tuple[At, ...], years: list[str], penny: int) -> Expression:
    """The first year from which every amount is nil or less, as one test within another.

    Args:
        penny: the places of a penny; a spreadsheet's sum that should be nil may be a little more.
    """
    words = [*years, NO_YEAR]
    found: Expression = WordValue(words[0])
    for at, amount_at in enumerate(amounts, start=1):
        # What is left to be tested is the later years: these were nil or less already.
        found = When(Is(Rounded(amount_at, penny), "<=", NIL), found, WordValue(words[at]))
    return found
