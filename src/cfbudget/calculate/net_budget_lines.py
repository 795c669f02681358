"""How many lines of the files, each rounded as it was printed, make up a net budget."""

from collections.abc import Collection, Iterator, Set

from cfbudget.calculate.changes import changes_of, reversals_of
from cfbudget.calculate.position import base_of, contained_years, position_years
from cfbudget.calculate.services import with_parents
from cfbudget.plan.files import Option, RevenueBudget
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear


def net_budget_lines(plan: Plan, services: Collection[str], year: FinancialYear) -> int:
    """The figures that are not nil among those that the services' net budget of a year is made of.

    They are the base budget's amounts and the changes from it to the year. What the budget
    contains already is in its own amounts: no change of it is rounded again.
    """
    base = base_of(plan, year)
    if base is None:
        return 0
    moved = sum(_moved(plan, base, services, year))
    return sum(1 for pence in _base_amounts(base, services) if pence) + moved


def assumed_lines(plan: Plan, services: Collection[str], year: FinancialYear) -> int:
    """Those of them that are an assumption's: they are worked out, also of an exact file."""
    base = base_of(plan, year)
    return sum(_moved(plan, base, services, year, assumed=True)) if base else 0


def _moved(
    plan: Plan,
    base: RevenueBudget,
    services: Collection[str],
    year: FinancialYear,
    *,
    assumed: bool = False,
) -> Iterator[int]:
    """How many printed figures of each option are in what moves from the budget to the year."""
    moving = {other for other in position_years(plan) if other <= year}
    counted = moving ^ set(contained_years(plan, base))
    for block in plan.options.services if plan.options else ():
        for option in block.options if block.service.text in services else ():
            if option.is_assumption or not assumed:
                yield _rounded(plan, option, counted)


def _base_amounts(base: RevenueBudget, services: Collection[str]) -> Iterator[int]:
    for _, service in with_parents(base.services):
        if service.id in services:
            figures = (service.gross, service.income, service.net)
            yield from (figure.pence for figure in figures if figure)


def _rounded(plan: Plan, option: Option, years: Set[FinancialYear]) -> int:
    """How many printed figures of an option are in what it changes in some years."""
    options = plan.options
    if option.condensed:
        return sum(option.condensed.changing.get(year, 0) for year in years)
    if options is not None and options.basis == "level":
        # What it changes is one level less another, and both were rounded.
        return 2 if any(changes_of(option, "level", plan.years).get(y) for y in years) else 0
    made = {year for year, pence in changes_of(option, "change", plan.years).items() if pence}
    back = set(reversals_of(option, position_years(plan), plan.years[0]))
    # A one-off that is taken back within the years is made of nothing.
    return abs(len(made & years) - len(back & years))
