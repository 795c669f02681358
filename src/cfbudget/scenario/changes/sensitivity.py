"""How far the gap, or the net budget, moves with each assumption: a point more, and a point less.

Nothing that a budget contains is moved: the years are those after the last that one contains.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL
from cfbudget.calculate.assumptions import assumptions_of, rates_of
from cfbudget.calculate.gap import gap_amounts
from cfbudget.calculate.position import position_amounts
from cfbudget.money import Amount
from cfbudget.plan.files import Option
from cfbudget.plan.funding_files import FundingLine
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.problem import Place
from cfbudget.scenario.changes.held_funding import held_funding
from cfbudget.scenario.changes.operators import Operation, RaiseTax, SetFunding, SetRates
from cfbudget.scenario.changes.trial_plan import plan_of
from cfbudget.scenario.changes.working_copy import WorkingCopy
from cfbudget.shares import Share, to_the_penny
from cfbudget.years import FinancialYear

POINT = Fraction(1, 100)
GAPS: tuple[Measure, ...] = ("gap", "over_cash_limit")


class MovedSubject(NamedTuple):
    """What is moved: an assumption's rates, a council tax's rises, or its tax base."""

    row: str
    name: str
    rates: Mapping[FinancialYear, Fraction]
    """As the plan has them, in the years that are moved; empty of a tax base."""
    place: Place
    by: Callable[[Fraction], tuple[Operation, ...]]
    """The changes that move it by so much."""


class PointEffect(NamedTuple):
    """What a point more, and a point less, does to each year, in pence: plus is a larger gap."""

    subject: MovedSubject
    more: Mapping[FinancialYear, int]
    less: Mapping[FinancialYear, int]


class Sensitivity(NamedTuple):
    """What is moved of a plan, by each of its assumptions."""

    measure: Measure
    """The gap, what is over the cash limit, or the net budget of a plan without funding."""
    years: tuple[FinancialYear, ...]
    effects: tuple[PointEffect, ...]


def sensitivity(plan: Plan) -> Sensitivity:
    """Every assumption, and the council tax, each moved alone by a point in all open years."""
    measure, levels = _levels(plan)
    years = tuple(year for year in open_years(plan) if year in levels)
    effects = []
    for subject in _subjects(plan, years):
        more, less = (_moved(plan, subject, levels, years, by) for by in (POINT, -POINT))
        effects.append(PointEffect(subject, more, less))
    return Sensitivity(measure, years, tuple(effects))


def open_years(plan: Plan) -> tuple[FinancialYear, ...]:
    """The years of the plan after the last that a budget contains."""
    contained = [word.year for budget in plan.revenue for word in budget.contains_options_of]
    return tuple(year for year in plan.years if not contained or year > max(contained))


def _levels(plan: Plan) -> tuple[Measure, Mapping[FinancialYear, int]]:
    """What is measured, and what it is in each year."""
    gaps = {
        (key.measure, key.year): pence
        for key, pence in gap_amounts(plan).items()
        if key.measure in GAPS and key.year
    }
    if gaps:
        (measure,) = {measure for measure, _ in gaps}
        return measure, {year: pence for (_, year), pence in gaps.items()}
    amounts = position_amounts(plan).amounts
    nets = {key.year: pence for key, pence in amounts.items() if _is_net_budget(*key) and key.year}
    return "net_budget", nets


def _is_net_budget(row: str, measure: Measure, _: FinancialYear | None) -> bool:
    return row == TOTAL and measure == "net_budget"


def _moved(
    plan: Plan,
    subject: MovedSubject,
    before: Mapping[FinancialYear, int],
    years: tuple[FinancialYear, ...],
    by: Fraction,
) -> Mapping[FinancialYear, int]:
    trial = WorkingCopy(plan)
    for operation in subject.by(by):
        trial.make(operation)
    _, after = _levels(plan_of(trial))
    return MappingProxyType({year: after[year] - before[year] for year in years})


def _subjects(plan: Plan, years: tuple[FinancialYear, ...]) -> Iterator[MovedSubject]:
    for option in assumptions_of(plan):
        if subject := _of_assumption(option, years):
            yield subject
    for line in plan.funding.lines if plan.funding else ():
        if line.band_d:
            yield from _of_tax(plan, line, years)


def _of_assumption(option: Option, years: tuple[FinancialYear, ...]) -> MovedSubject | None:
    there = {one.year for one in option.worked}
    rates = {year: rate for year, rate in rates_of(option).items() if year in years}
    rates = {year: rate for year, rate in rates.items() if year in there}

    def by(more: Fraction) -> tuple[Operation, ...]:
        moved = {year: rate + more for year, rate in rates.items()}
        return (SetRates(option.id, MappingProxyType(moved)),)

    return MovedSubject(option.id, option.name, rates, option.place, by) if rates else None


def _of_tax(
    plan: Plan, line: FundingLine, years: tuple[FinancialYear, ...]
) -> Iterator[MovedSubject]:
    """A council tax's rises, where the year before is known too, and its tax base."""
    there = held_funding(plan, line)
    rises = {year: rise - 1 for year, rise in there.rises.items() if year in years}
    bases = {year: base for year, base in there.tax_base.items() if year in years}

    def raised(more: Fraction) -> tuple[Operation, ...]:
        shares = {year: rise + more for year, rise in rises.items()}
        return tuple(
            RaiseTax(line.id, year, Share(share.numerator, share.denominator))
            for year, share in shares.items()
        )

    def widened(more: Fraction) -> tuple[Operation, ...]:
        moved = {year: Amount(to_the_penny(base * (1 + more)), 1) for year, base in bases.items()}
        return (SetFunding(line.id, "tax_base", MappingProxyType(moved)),)

    if rises:
        yield MovedSubject(f"{line.id}/rise", f"{line.name}: rise", rises, line.place, raised)
    if bases:
        yield MovedSubject(f"{line.id}/tax-base", f"{line.name}: tax base", {}, line.place, widened)
