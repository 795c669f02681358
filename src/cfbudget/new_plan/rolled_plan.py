"""A plan rolled forward by one year, table by table, or why that cannot be done."""

from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.calculate.financing import allocated
from cfbudget.calculate.services import service_tree, walk
from cfbudget.ids import did_you_mean_id
from cfbudget.money import exactly
from cfbudget.new_plan.projected_budgets import RolledBudgets, rolled_budgets
from cfbudget.new_plan.rolled_capital import Carried, RolledCapital, rolled_capital
from cfbudget.new_plan.rolled_funding import RolledFunding, rolled_funding, rolled_reserves
from cfbudget.new_plan.rolled_options import RolledOptions, rolled_options
from cfbudget.plan.files import CapitalProgramme, PolicyOptions
from cfbudget.plan.funding_files import Funding, Reserves
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import TBC
from cfbudget.problem import Refusal
from cfbudget.years import FinancialYear


class RolledPlan(NamedTuple):
    """A plan of the next year, and what became of all that the old one has."""

    old: Plan
    plan: Plan
    first: FinancialYear
    """The year that fell away; the plan begins with the one after it."""
    budgets: RolledBudgets
    options: RolledOptions | None
    capital: RolledCapital | None
    funding: RolledFunding | None
    carried: Carried


def rolled_plan(old: Plan, carried: Carried) -> RolledPlan | Refusal:
    """The plan of the year after a plan's first.

    Args:
        carried: by scheme, what of its first allocation is spent in the next year, in pence.
    """
    first = first_year(old)
    if refusal := next(_reasons(old, first, carried), None):
        return refusal
    names = {node.id: node.name for node in walk(service_tree(old))}
    options = rolled_options(old.options, names) if old.options else None
    capital = rolled_capital(old.capital, first, carried) if old.capital else None
    funding = rolled_funding(old.funding, first) if old.funding else None
    new = Plan(
        old.folder,
        capital=capital.programme if capital else None,
        options=options.options if options else None,
        funding=funding.funding if funding else None,
        reserves=rolled_reserves(old, old.reserves, first) if old.reserves else None,
    )
    budgets = rolled_budgets(old, new, first.next())
    return RolledPlan(old, budgets.plan, first, budgets, options, capital, funding, carried)


def first_year(plan: Plan) -> FinancialYear:
    """The first of a plan's years: of its options, else of its budgets, else of what it has."""
    years = plan.years or plan.capital_years or plan.funding_years or plan.reserve_years
    return years[0]


def _reasons(old: Plan, first: FinancialYear, carried: Carried) -> Iterator[Refusal]:
    """Why a plan cannot be rolled forward, each with what to type."""
    tables = (old.options, old.capital, old.funding, old.reserves)
    for table in (one for one in tables if one is not None):
        yield from _nothing_left(table, first)
    for block in old.options.services if old.options else ():
        for option in block.options:
            if place := option.unknown.get(first):
                yield Refusal(
                    f"{place.path(old.folder)}:{place.line}: {option.name!r} is {TBC} in {first}, "
                    f"which goes into the base budget of {first.next()}",
                    f"write its amount in {first}, or 0, and roll forward again",
                )
    yield from _carried_wrongly(old, first, carried)


def _nothing_left(
    table: PolicyOptions | CapitalProgramme | Funding | Reserves, first: FinancialYear
) -> Iterator[Refusal]:
    words = table.financial_years
    if not any(word.year > first for word in words):
        last = words[-1].year
        yield Refusal(
            f"{table.place.file} ends with {last}: no year of it is left from {first.next()} on",
            f"add {first.next()} to its financial_years, with the amounts of that year; or begin "
            "afresh: cfbudget new DIR",
        )


def _carried_wrongly(old: Plan, first: FinancialYear, carried: Carried) -> Iterator[Refusal]:
    schemes = {one.id: one for one in old.capital.schemes} if old.capital else {}
    names = {one.id: one.name for one in schemes.values()}
    for scheme, pence in carried.items():
        if scheme not in schemes:
            listed = f"the schemes are {', '.join(names)}" if names else "the plan has no schemes"
            hint = did_you_mean_id(scheme, names, listed)
            yield Refusal(f"--carry-forward: unknown scheme {scheme!r}", hint)
            continue
        unit = old.capital.unit if old.capital else None
        there = allocated(schemes[scheme], first)
        if unit and pence > there:
            most = f"{exactly(there, unit)} {unit.name}" if there > 0 else "nothing"
            yield Refusal(
                f"--carry-forward: {names[scheme]!r} has {most} in {first}, and "
                f"{exactly(pence, unit)} is more",
                f"write {scheme}={exactly(there, unit)} at most, or add the amount to the new plan"
                if there > 0
                else "leave it out: nothing of it can be carried forward",
            )
