"""Assumptions: options whose changes follow from rates on a base amount, which compound.

The level of a year is the base amount × (1 + rate) of every year up to it, and its change the step
from the level before: both rounded to the penny, so that the changes come to the last level less
the base amount, and no odd penny is lost. The base amount is that of the budget that the year
stands on; it is after the rates of the years that this budget contains.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from math import prod
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.base_amounts import affected, base_amounts
from cfbudget.calculate.position import base_of
from cfbudget.plan.files import Option, PolicyOptions
from cfbudget.plan.plan import Plan
from cfbudget.plan.text_fields import Basis
from cfbudget.plan.values import Figure, Level, Worked
from cfbudget.years import FinancialYear

RateByYear = Mapping[FinancialYear, Fraction]
"""By year of the plan."""


class Standing(NamedTuple):
    """What budget a year's change stands on."""

    budget: FinancialYear
    contained: tuple[FinancialYear, ...]
    """The years whose changes that budget contains."""


def standings(plan: Plan) -> Mapping[FinancialYear, Standing]:
    """The budget that each year of the plan stands on, where there is one."""
    found: dict[FinancialYear, Standing] = {}
    for year in plan.years:
        if base := base_of(plan, year):
            contained = tuple(word.year for word in base.contains_options_of)
            found[year] = Standing(base.financial_year.year, contained)
    return found


def rates_of(option: Option) -> RateByYear:
    """The rates of an assumption as its file gives them."""
    return {year: rate.share for year, rate in sorted(option.rates.items())}


def worked_out(
    standing: Mapping[FinancialYear, Standing],
    bases: Mapping[FinancialYear, int],
    rates: RateByYear,
    struck: Iterable[Worked] = (),
) -> tuple[Worked, ...]:
    """How an assumption comes to its change of each year that stands on a budget.

    Args:
        bases: its base amount by the year of the budget, in pence.
        struck: in a trial, how the plan works it out: a budget contains these changes, and does
            not move with a rate that the trial alters.
    """
    then = {one.year: one for one in struck}
    was = {year: then[year].rate if year in then else rate for year, rate in rates.items()}
    made = []
    for year, on in standing.items():
        if year not in rates or on.budget not in bases:
            continue
        is_contained = year in on.contained
        base = then[year].base if is_contained and year in then else bases[on.budget]
        before, after = (
            _level(base, on, year, (rates, was), with_own=own) for own in (False, True)
        )
        made.append(Worked(year, on.budget, base, is_contained, rates[year], before, after))
    return tuple(made)


def _level(
    base: int,
    on: Standing,
    year: FinancialYear,
    both: tuple[RateByYear, RateByYear],
    *,
    with_own: bool,
) -> Level:
    """What a base amount comes to up to a year, with or without the year's own rate.

    The amount is after the rates of the years that its budget contains: those of later years
    are taken off, and one that a trial alters is exchanged.

    Args:
        both: the rates, and those that the budget was struck with.
    """
    rates, was = both
    contained = [one for one in on.contained if one in rates]
    others = [one for one in rates if one not in contained]
    if year in contained:
        earlier = [one for one in contained if one < year]
    else:
        earlier = [*contained, *(one for one in others if one < year)]
    times = [*earlier, *([year] if with_own else [])]
    same = {one for one in contained if one in times and rates[one] == was[one]}
    up = tuple(one for one in times if one not in same)
    over = tuple(one for one in contained if one not in same)
    exact = Fraction(base) * prod(1 + rates[one] for one in up) / prod(1 + was[one] for one in over)
    return Level(exact, up, over)


def with_assumptions(plan: Plan) -> Plan:
    """The plan with the changes of its assumptions worked out."""
    options = plan.options
    if options is None or not assumptions_of(plan):
        return plan
    standing = standings(plan)
    amounts = {budget.financial_year.year: base_amounts(budget) for budget in plan.revenue}
    blocks = []
    for block in options.services:
        made = tuple(
            _worked_option(option, options, standing, amounts) if option.is_assumption else option
            for option in block.options
        )
        blocks.append(block.model_copy(update={"options": made}))
    return replace(plan, options=options.model_copy(update={"services": tuple(blocks)}))


def assumptions_of(plan: Plan) -> tuple[Option, ...]:
    """The options that have rates in place of changes, in the order of the file."""
    blocks = plan.options.services if plan.options else ()
    return tuple(option for block in blocks for option in block.options if option.is_assumption)


def bases_of(
    of: str, amounts: Mapping[FinancialYear, Mapping[str, int]]
) -> Mapping[FinancialYear, int]:
    """A base amount by the year of the budgets that have it."""
    return {year: found[of] for year, found in amounts.items() if of in found}


def _worked_option(
    option: Option,
    options: PolicyOptions,
    standing: Mapping[FinancialYear, Standing],
    amounts: Mapping[FinancialYear, Mapping[str, int]],
) -> Option:
    assert option.of is not None  # consistency has seen to it
    bases = bases_of(option.of.text, amounts)
    worked = worked_out(standing, bases, rates_of(option))
    update = changes_from(option, worked, options.unit.pence, options.basis)
    largest = max(bases.values(), key=abs, default=0)
    update["affects"] = option.affects or affected(option.of.text, largest)
    return option.model_copy(update=update)


def changes_from(
    option: Option, worked: tuple[Worked, ...], step: int, basis: Basis = "change"
) -> dict[str, object]:
    """What an assumption's working makes of its fields.

    Args:
        step: the place that its changes are shown to: they are worked out to the penny.
        basis: what the changes of its file are; levels, where they are levels.
    """
    changes = dict.fromkeys(sorted(option.rates), 0) | {one.year: one.change for one in worked}
    shown = accumulate(changes.values()) if basis == "level" else changes.values()
    figures = {
        year: Figure(pence, step, option.rates[year].place)
        for year, pence in zip(changes, shown, strict=True)
    }
    return {"worked": worked, "changes": MappingProxyType(figures)}
