"""Savings beside what their services spend: a saving is taken from it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from cfbudget import rules
from cfbudget.calculate.amounts import Key
from cfbudget.calculate.changes import changes_of
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.calculate.services import with_parents
from cfbudget.checks.rule_runs import Problems, warn
from cfbudget.money import headlines
from cfbudget.plan.files import Option, PolicyOptions, RevenueBudget
from cfbudget.plan.kinds import KINDS
from cfbudget.plan.plan import Plan


def savings_over_budget(plan: Plan) -> Problems:
    """A saving takes more than its service spends in the latest budget.

    What that budget already contains was taken before, and what investments add can be taken too.
    """
    for option, taken, spent in _taken(plan):
        if taken > spent.pence and not option.condensed:
            saved, of = headlines(taken, spent.pence)
            message = f"{option.name!r} saves {saved} of the {of} that {spent.words}"
            yield warn(rules.SAVING_OVER_BUDGET, option, message, spent.hint)


def may_take_too_much(plan: Plan) -> bool:
    """Whether a condensed saving could take more than its service spends, by itself."""
    return any(
        option.condensed and min(taken, option.condensed.most) > spent.pence
        for option, taken, spent in _taken(plan)
    )


def _taken(plan: Plan) -> Iterator[tuple[Option, int, "_Spent"]]:
    """Each saving with the most that it takes, in pence, and what can be taken from its service."""
    if plan.options is None or not plan.revenue or _may_add_more(plan.options):
        return
    budget = plan.revenue[-1]
    if budget.projected:
        return  # it has nets alone, and what a service spends was held to an earlier plan
    to_come = _to_come(plan, plan.options, budget)
    spending = _spending(budget, _added(plan.options, to_come))
    for block in plan.options.services:
        spent = spending.get(block.service.text)
        for option in block.options if spent else ():
            if spent and KINDS[option.kind].is_taken_from_spending:
                yield option, -min(accumulate(to_come[option.id]), default=0), spent


def _may_add_more(options: PolicyOptions) -> bool:
    """Whether what is added to spending is not all known: then there is no bound to hold to."""
    added = (option for block in options.services for option in block.options if option.unknown)
    return any(not KINDS[option.kind].is_taken_from_spending for option in added)


class _Spent(NamedTuple):
    """What can be taken from a service, in pence, and in words what that is."""

    pence: int
    words: str
    hint: str


def _to_come(
    plan: Plan, options: PolicyOptions, budget: RevenueBudget
) -> Mapping[str, Sequence[int]]:
    """Each option's changes, year by year, but for what the budget contains of it."""
    contained = {word.year for word in budget.contains_options_of}
    struck, years = plan.struck_with or options, plan.years
    within = {
        option.id: changes_of(option, struck.basis, years)
        for block in struck.services
        for option in block.options
    }
    return {
        option.id: [
            change - (within.get(option.id, {}).get(year, 0) if year in contained else 0)
            for year, change in changes_of(option, options.basis, years).items()
        ]
        for block in options.services
        for option in block.options
    }


def _added(options: PolicyOptions, to_come: Mapping[str, Sequence[int]]) -> Mapping[str, int]:
    """By service, the most that its own options add to what it spends, each on its own."""
    return {
        block.service.text: sum(
            max(accumulate(to_come[option.id]), default=0)
            for option in block.options
            if not KINDS[option.kind].is_taken_from_spending
        )
        for block in options.services
    }


def _spending(budget: RevenueBudget, added: Mapping[str, int]) -> Mapping[str, _Spent]:
    """What each service spends with what is added to it, to those within it and to those above.

    It spends its gross, or its net where it prints no other. One that earns more than it spends
    is left out: there a saving is income, which has no bound.
    """
    year, amounts = budget.financial_year.year, revenue_amounts(budget).amounts
    lines = list(with_parents(budget.services))
    below: dict[str | None, int] = defaultdict(int)
    for parent, service in reversed(lines):
        below[service.id] += max(0, added.get(service.id, 0))
        below[parent] += below[service.id]
    above: dict[str | None, int] = {None: 0}
    found: dict[str, _Spent] = {}
    for parent, service in lines:
        above[service.id] = above[parent] + max(0, added.get(service.id, 0))
        net = amounts.get(Key(service.id, "net", year), 0)
        gross = amounts.get(Key(service.id, "gross", year))
        more = below[service.id] + above[parent]
        words = f"{service.name} spends" + (" net" if gross is None else "")
        hint = "check its figures, and its service"
        if gross is None:
            hint += "; no gross is printed, and it may be more"
        if net > 0:
            words += ", with what is added to it" if more else ""
            found[service.id] = _Spent((net if gross is None else gross) + more, words, hint)
    return found
