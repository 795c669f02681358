"""A plan rolled forward, as the texts of its files: written, read again, and proved.

Every year that both plans have has the net budget and the gap that it had, to the penny; what was
accepted and does not arise any more is left out.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from cfbudget import rules
from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.gap import gap_amounts
from cfbudget.calculate.position import position_amounts
from cfbudget.calculate.services import service_tree, walk
from cfbudget.calculate.steps_landed import land
from cfbudget.checks.report import check
from cfbudget.grammar import listed
from cfbudget.loaded import load_texts
from cfbudget.new_plan.rolled_capital import Carried
from cfbudget.new_plan.rolled_plan import RolledPlan, rolled_plan
from cfbudget.new_plan.settled_warnings import settled
from cfbudget.new_plan.written_plan import plan_texts, revenue_name
from cfbudget.plan.files import RevenueBudget
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem, Refusal
from cfbudget.read.folder import CAPITAL, FUNDING, OPTIONS, RESERVES
from cfbudget.years import FinancialYear


class RolledForward(NamedTuple):
    """A plan rolled forward, its files' texts by name, and what `check` warns of only now."""

    rolled: RolledPlan
    plan: Plan
    """As it was read again."""
    texts: Mapping[str, str]
    warnings: tuple[Problem, ...]


class Misread(Exception):
    """What was written cannot be read: a fault in the program, never in a plan."""


def roll_forward(old: Plan, carried: Carried = MappingProxyType({})) -> RolledForward | Refusal:
    """The plan of the next year and its files, or why it cannot be made.

    Args:
        carried: by scheme, what of its first allocation is spent in the next year, in pence.
    """
    rolled = rolled_plan(old, carried)
    if isinstance(rolled, Refusal):
        return rolled
    known = check(old).problems
    made = settled(rolled.plan, known)
    texts = plan_texts(made, heads(rolled))
    loaded = load_texts(texts, old.folder)
    if loaded.plan is None:
        raise Misread("; ".join(f"{p.place.source} {p.rule} {p.message}" for p in loaded.problems))
    prove_same(old, loaded.plan, rolled.budgets.grown)
    there = {(one.rule, one.place) for one in known} | {
        (rules.FILE_NAME_YEAR.code, budget.financial_year.place) for budget in made.revenue
    }
    warnings = (one for one in check(made).open_warnings if (one.rule, one.place) not in there)
    return RolledForward(rolled, loaded.plan, MappingProxyType(texts), tuple(warnings))


def prove_same(old: Plan, new: Plan, grown: Collection[str]) -> None:
    """Hold every net budget and gap of the years that both plans have to be the same.

    Args:
        grown: services that have more of what another one has as a whole, within which they are.

    Raises:
        Astray: one is not.
    """
    before, after = position_amounts(old).amounts, position_amounts(new).amounts
    gaps = gap_amounts(old), gap_amounts(new)
    rows = [TOTAL, *(node.id for node in walk(service_tree(old)) if node.id not in grown)]
    for row in rows:
        for year in new.years:
            key = Key(row, "net_budget", year)
            if key in before:
                land(f"the net budget of {row} in {year}", after.get(key, 0), before[key])
    for key in (key for key in gaps[1] if key.measure != "annual_gap" and key in gaps[0]):
        land(f"the {key.measure} of {key.year}", gaps[1][key], gaps[0][key])


def heads(rolled: RolledPlan) -> dict[str, Sequence[str]]:
    """The comment that each file begins with."""
    last = rolled.old.years[-1] if rolled.old.years else rolled.first
    whole = f"{rolled.first} to {last}" if last > rolled.first else str(rolled.first)
    begin = f"Rolled forward from the plan of {whole}: {rolled.old.name}."
    found: dict[str, Sequence[str]] = {}
    for budget in rolled.plan.revenue:
        said = list(_of_projected(budget, rolled.plan)) if budget.projected else []
        found[revenue_name(budget)] = (begin, *said)
    found[OPTIONS] = (begin, *_of_options(rolled))
    found[CAPITAL] = (begin, *_of_capital(rolled))
    for name, years in (
        (FUNDING, rolled.plan.funding_years),
        (RESERVES, rolled.plan.reserve_years),
    ):
        found[name] = (begin, *_to_add(years, rolled.plan))
    return found


def _of_projected(budget: RevenueBudget, plan: Plan) -> Iterator[str]:
    year = budget.financial_year.year
    if lacks_its_options(budget, plan):
        yield f"These are the net budgets that it foresees for {year} without the options of that"
        yield "year, and no budget that was struck."
    else:
        foreseen = f"These are the net budgets that it foresees for {year}"
        yield f"{foreseen}, and no budget that was struck."
    yield "Put the approved budget in their place: gross and income of each service, its source and"
    yield "printed totals; and delete `projected: true`."


def lacks_its_options(budget: RevenueBudget, plan: Plan) -> bool:
    """Whether a plan has options of a budget's year, which it does not contain."""
    year = budget.financial_year.year
    contains = {word.year for word in budget.contains_options_of}
    return plan.options is not None and year in plan.years and year not in contains


def _of_options(rolled: RolledPlan) -> Iterator[str]:
    options = rolled.options
    if options and options.added:
        yield f"In place of each tbc write the change of {options.added}, or delete it where there"
        yield "is none; then add the new options, with status: new."


def _of_capital(rolled: RolledPlan) -> Iterator[str]:
    capital = rolled.capital
    if capital and capital.added:
        yield f"In place of each tbc write the allocation of {capital.added}, or delete it where"
        yield "there is none."


def missing_years(there: Sequence[FinancialYear], plan: Plan) -> list[str]:
    """The years that a file is to list next: to the last of the plan, and one at least."""
    found = [there[-1].next()]
    while plan.years and found[-1] < plan.years[-1]:
        found.append(found[-1].next())
    return [str(year) for year in found]


def _to_add(years: Sequence[FinancialYear], plan: Plan) -> Iterator[str]:
    if years:
        missing = missing_years(years, plan)
        whose = "that year" if len(missing) == 1 else "these years"
        yield f"Add {listed(missing)} to financial_years, with the figures of {whose}."
