"""An assumption's rates as they stand in a trial, and the changes that follow from them."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from cfbudget.calculate.assumptions import Standing, bases_of, rates_of, standings, worked_out
from cfbudget.calculate.base_amounts import base_amounts
from cfbudget.money import nearest
from cfbudget.plan.files import Option, RevenueBudget
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Worked
from cfbudget.shares import Exact
from cfbudget.years import FinancialYear


class HeldRates(NamedTuple):
    """Rates by year, and what they are worked out on."""

    standing: Mapping[FinancialYear, Standing]
    bases: dict[FinancialYear, int]
    """The base amount by the year of its budget, as it stands."""
    struck: tuple[Worked, ...]
    """How the plan works it out: its budgets contain that, and do not move."""
    rates: dict[FinancialYear, Exact]
    beyond: dict[FinancialYear, Exact]
    """The rates that have been delayed past the plan."""

    def worked(self) -> tuple[Worked, ...]:
        """How it comes to its changes."""
        rates = {year: Fraction(rate) for year, rate in sorted(self.rates.items())}
        return worked_out(self.standing, self.bases, rates, self.struck)

    def beyond_plan(self) -> dict[FinancialYear, int]:
        """The changes past the plan's last year, in pence: they compound on its level."""
        worked = self.worked()
        if not worked:
            return {}
        level, found = worked[-1].after.exact, {}
        for year, rate in sorted(self.beyond.items()):
            after = level * (1 + Fraction(rate))
            found[year] = _pence(after) - _pence(level)
            level = after
        return found


def _pence(amount: Fraction) -> int:
    return nearest(amount.numerator, amount.denominator)


def held_rates(
    plan: Plan, option: Option, budgets: Iterable[RevenueBudget] = ()
) -> HeldRates | None:
    """An assumption's rates as the plan has them; None of another option.

    Args:
        budgets: those that a trial has changed.
    """
    if not option.is_assumption or option.of is None:
        return None
    bases = current_bases(plan, option, budgets)
    rates: dict[FinancialYear, Exact] = dict(rates_of(option))
    return HeldRates(standings(plan), bases, option.worked, rates, {})


def current_bases(
    plan: Plan, option: Option, budgets: Iterable[RevenueBudget]
) -> dict[FinancialYear, int]:
    """The base amounts of an assumption by the year of their budgets."""
    now = {budget.financial_year.year: budget for budget in (*plan.revenue, *budgets)}
    amounts = {year: base_amounts(budget) for year, budget in now.items()}
    return dict(bases_of(option.of.text, amounts)) if option.of else {}
