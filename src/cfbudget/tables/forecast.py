"""A trial in words: what it costs, and how an approved budget is forecast to turn out."""

from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.money import MILLIONS, THOUSANDS, Unit, exactly, headline, printed, said
from cfbudget.plan.plan import Plan
from cfbudget.scenario.applying import Applied
from cfbudget.scenario.changes import BringIn, SetAllocations, SetUnderDevelopment
from cfbudget.tables.beside import Beside
from cfbudget.tables.position import NOT_LISTED, taken_back_later
from cfbudget.years import FinancialYear

ByYear = Mapping[FinancialYear, int]
"""Pence by year, in the order of the years."""


def effect(position: Beside, row: str, name: str) -> str:
    """What a row of the position costs more or less, from the signs of the differences."""
    measures = {column.measure for column in position.difference.columns}
    measure = "net_budget" if "net_budget" in measures else "cumulative_change"
    differences = {
        column.year: cell.pence
        for column in position.difference.columns
        if column.measure == measure and column.year
        if (cell := position.difference.cells.get(Key(row, measure, column.year)))
    }
    return in_words(differences, name)


def in_words(differences: ByYear, name: str) -> str:
    """More or less by year, in a sentence: a first year that is better and later years that are
    worse are said to be just that.
    """
    signs = [pence > 0 for pence in differences.values() if pence]
    if not signs:
        return f"{name} makes no difference to any year."
    costs = f"costs {_listed(list(_runs(differences)))}"
    turns = sum(1 for one, other in pairwise(signs) if one != other)
    if not turns:
        sentence = f"{name} {costs}."
    elif turns > 1:
        sentence = f"{name} is better in some years and worse in others: it {costs}."
    elif signs[0]:
        sentence = f"{name} is worse at first and better later: it {costs}."
    else:
        sentence = f"{name} is better at first and worse later: it {costs}."
    if len(differences) < 2:
        return sentence
    first, last = min(differences), max(differences)
    total = sum(differences.values())
    together = f"{size(total)} {_more(total)}" if total else "nothing more or less"
    return f"{sentence} Over the years {first} to {last} together that is {together}."


def size(pence: int) -> str:
    """The size of an amount for a sentence: £0.173m where that is exact, else £12,345."""
    if abs(pence) % THOUSANDS.pence == 0:
        return f"£{printed(abs(pence), MILLIONS, 3)}m"
    return headline(pence)


def _more(pence: int) -> str:
    return "more" if pence > 0 else "less"


def _runs(differences: ByYear) -> Iterator[str]:
    """Years that come to the same, together: £0.173m more in each year from .. to .."""
    for pence, years in groupby(differences, key=lambda year: differences[year]):
        amount = f"{size(pence)} {_more(pence)}" if pence else "the same"
        yield f"{amount} in {_span(list(years), len(differences))}"


def _span(years: list[FinancialYear], of: int) -> str:
    if len(years) == 1:
        return str(years[0])
    if len(years) == of:
        return f"every year from {years[0]} to {years[-1]}"
    joined = "and" if len(years) == 2 else "to"
    return f"each of {years[0]} {joined} {years[-1]}"


def _listed(phrases: list[str]) -> str:
    *before, last = phrases
    return f"{', '.join(before)} and {last}" if before else last


def forecasts(plan: Plan, position: Beside, row: str, name: str = "") -> Iterator[str]:
    """Each approved budget that the trial would not keep to: a forecast against it.

    An approved budget does not move; the trial says how the year would turn out.

    Args:
        name: of the service; empty for the whole plan.
    """
    unit = position.baseline.unit
    for budget in plan.revenue:
        year = budget.financial_year.year
        key = Key(row, "net_budget", year)
        before, after = position.baseline.cells.get(key), position.scenario.cells.get(key)
        if before is None or after is None or before.pence == after.pence:
            continue
        if before.pence == revenue_amounts(budget).amounts.get(Key(row, "net", year)):
            sentence = against_budget(year, before.pence, after.pence, unit)
            of = f"{name}, " if name else ""
            yield f"{of}{sentence} It lasts unless the scenario takes it back."


def against_budget(year: FinancialYear, budget: int, forecast: int, unit: Unit) -> str:
    """How a year would turn out against its approved budget, which does not move."""
    spend = "overspend" if forecast > budget else "underspend"
    return (
        f"{year}: forecast {said(forecast, unit)} against a budget of {said(budget, unit)}: "
        f"{spend} {exactly(abs(forecast - budget), unit)}, in {unit.name}."
    )


def beyond(applied: Applied, unit: Unit) -> Iterator[str]:
    """What a delay takes past the plan's last year: it is in no figure, and not lost."""
    for option in applied.beyond:
        yield (
            f"Beyond the plan: {option.name}, {exactly(option.pence, unit)} in {option.year}, "
            f"in {unit.name}; it is in no figure here."
        )


def capital_words(applied: Applied) -> Iterator[str]:
    """What a trial of capital does not say."""
    operations = [change.operation for change in applied.changes]
    if any(isinstance(one, BringIn) for one in operations):
        yield ("Brought into the programme in this trial; approval and funding are the council's.")
    if any(isinstance(one, SetAllocations | SetUnderDevelopment) for one in operations):
        yield "A scheme's total is changed in this trial; approval and funding are the council's."
    if any(any(made.capital.values()) for made in applied.contributions):
        yield "Revenue effects of capital are not included."


def closing(plan: Plan) -> Iterator[str]:
    """What is true of every net budget of a trial."""
    if plan.options:
        yield from taken_back_later(plan)
    if plan.revenue and plan.options:
        yield NOT_LISTED.format("")
