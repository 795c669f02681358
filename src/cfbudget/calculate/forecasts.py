"""The approved budgets that a trial does not keep to: for their years it makes a forecast.

An approved budget does not move, and a projected one does. It is forecast to turn out otherwise
where an option that it contains is another in the trial than in the plan that it was struck with.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from cfbudget.calculate.changes import changes_of, reversals_of
from cfbudget.calculate.position import contained_years, position_years, taken_back_in
from cfbudget.calculate.revenue import own_nets
from cfbudget.plan.files import Option, PolicyOptions, RevenueBudget
from cfbudget.plan.plan import Plan
from cfbudget.plan.text_fields import Basis
from cfbudget.years import FinancialYear

Changes = dict[tuple[str, str, FinancialYear], int]
"""Pence that are not nil, by service, option and year."""


class Forecast(NamedTuple):
    """How the approved budget of a year would turn out for the whole plan, in pence."""

    year: FinancialYear
    budget: int
    over: int
    """forecast − budget: plus is an overspend."""


def forecasts(plan: Plan) -> tuple[Forecast, ...]:
    """A forecast for each budget that contains an option which the trial alters.

    A plan that is no trial has none.
    """
    changed = altered(plan)
    found = []
    for budget in (budget for budget in plan.revenue if not budget.projected):
        contained = contained_so_far(plan, budget)
        inside = [pence for (_, _, year), pence in changed.items() if year in contained]
        if inside:
            net = sum(own_nets(budget).values())
            found.append(Forecast(budget.financial_year.year, net, sum(inside)))
    return tuple(found)


def altered(plan: Plan) -> Changes:
    """By how much a trial moves each option in each year, with what one-offs take back."""
    then, now = plan.struck_with, plan.options
    if then is None or now is None or then is now:
        return {}
    was, is_now = _options(then), _options(now)
    same = {key for key, option in is_now.items() if was.get(key) is option}  # as nearly all are
    struck, stands = (
        _changes(plan, {key: one for key, one in found.items() if key not in same}, basis)
        for found, basis in ((was, then.basis), (is_now, now.basis))
    )
    return {
        key: stands.get(key, 0) - struck.get(key, 0)
        for key in (*struck, *(key for key in stands if key not in struck))
        if stands.get(key, 0) != struck.get(key, 0)
    }


def forecast_years(plan: Plan) -> tuple[FinancialYear, ...]:
    """The years whose net budget is such a forecast: but for the trial it is the budget itself."""
    budgets = {budget.financial_year.year: budget for budget in plan.revenue}
    return tuple(
        found.year for found in forecasts(plan) if _contains_all(plan, budgets[found.year])
    )


def contained_so_far(plan: Plan, budget: RevenueBudget) -> frozenset[FinancialYear]:
    """The years whose changes a budget contains, up to its own: those that its net budget has."""
    own = budget.financial_year.year
    return frozenset(year for year in contained_years(plan, budget) if year <= own)


def _contains_all(plan: Plan, budget: RevenueBudget) -> bool:
    """Whether a budget contains what changes up to its year, and nothing later."""
    changing = {*plan.years, *taken_back_in(plan)}
    upto = {year for year in changing if year <= budget.financial_year.year}
    return upto == set(contained_years(plan, budget))


def _options(options: PolicyOptions) -> dict[tuple[str, str], Option]:
    """Each option by its service and its id."""
    return {(b.service.text, option.id): option for b in options.services for option in b.options}


def _changes(plan: Plan, options: Mapping[tuple[str, str], Option], basis: Basis) -> Changes:
    """What options change, less what a one-off takes back, in every year of the position."""
    found: Changes = {}
    years, later = plan.years, position_years(plan)
    for (service, row), option in options.items():
        made = Counter(changes_of(option, basis, years))
        made.update(reversals_of(option, later, years[0]))
        found |= {(service, row, year): p for year, p in made.items() if p}
    return found
