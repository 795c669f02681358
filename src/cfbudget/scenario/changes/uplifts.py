"""What is worth a look in uplifts: what stands against them, and whether they compound."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from cfbudget import rules
from cfbudget.calculate.amounts import Key
from cfbudget.calculate.position import base_of
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.money import headline
from cfbudget.plan.plan import Plan
from cfbudget.problem import COMMAND_LINE, Problem
from cfbudget.scenario.changes.operators import BudgetMeasure, Change, Uplift
from cfbudget.shares import Share
from cfbudget.years import FinancialYear

FINEST = 10**8
"""Shares are written in per cent, to six places."""


class Base(NamedTuple):
    """The figure of a budget that is uplifted."""

    service: str
    measure: BudgetMeasure
    year: FinancialYear


class Made(NamedTuple):
    """An uplift, and the change that makes it."""

    uplift: Uplift
    change: Change


def uplifts_to_look_at(plan: Plan, changes: Sequence[Change]) -> Iterator[Problem]:
    by_base: dict[Base, list[Made]] = {}
    for change in changes:
        if isinstance(change.operation, Uplift):
            made = Made(change.operation, change)
            by_base.setdefault(_base(plan, made.uplift), []).append(made)
    income = {base.service for base in by_base if base.measure == "income"}
    for base, uplifts in by_base.items():
        if base.measure == "gross" and base.service not in income:
            yield from _income_against(plan, base, uplifts)
        yield from _apart(base, uplifts)


def _base(plan: Plan, uplift: Uplift) -> Base:
    budget = base_of(plan, uplift.since)
    assert budget is not None  # the change was found to fit
    return Base(uplift.service, uplift.measure, budget.financial_year.year)


def _income_against(plan: Plan, base: Base, uplifts: Sequence[Made]) -> Iterator[Problem]:
    """A gross that is uplifted while the income against it stays."""
    budget = next(b for b in plan.revenue if b.financial_year.year == base.year)
    income = revenue_amounts(budget).amounts[Key(base.service, "income", base.year)]
    if income:
        message = f"income of {headline(income)} stands against this, and is not uplifted"
        hint = "uplift net, or the income as well, if it is to follow"
        for _, change in uplifts:
            yield rules.INCOME_AGAINST.at(change.place, message, hint)


def _apart(base: Base, uplifts: Sequence[Made]) -> Iterator[Problem]:
    """An uplift from a later year than another: both are shares of the budget as it was struck."""
    for uplift, change in uplifts:
        before = [made.uplift for made in uplifts if made.uplift.since < uplift.since]
        if before:
            first = min(before, key=lambda one: one.since)
            others = f" and {len(before) - 1} more" if len(before) > 1 else ""
            rate = f"{first.by} {'each year ' if first.is_yearly else ''}from {first.since}"
            message = (
                f"{uplift.by} is of the {base.year} base, and not of what {rate}{others} "
                f"{'make' if others else 'makes'} of it: they do not compound"
            )
            yield rules.UPLIFTS_APART.at(change.place, message, _hint(uplift, before, change))


def _hint(uplift: Uplift, before: Sequence[Uplift], change: Change) -> str:
    """What compounds: one rate each year, or a rate that is reckoned on what the others make."""
    is_typed = change.place.file == COMMAND_LINE
    hint = f"{',yearly' if is_typed else 'yearly: true'} compounds one rate from year to year"
    so_far = sum((Fraction(*one.by) for one in before), Fraction(1))
    on_top = Fraction(*uplift.by) * so_far
    if any(one.is_yearly for one in (uplift, *before)) or FINEST % on_top.denominator:
        return hint
    share = Share(on_top.numerator, on_top.denominator)
    return f"{hint}; for {uplift.by} of what it has come to by then, write {share}"
