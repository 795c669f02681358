"""Two plans without a year in common: from the last budget of the one to the next of the other.

What takes the one budget to the other is what the listed options of the years between change,
and other movements, service by service. There is nothing else, so the lines add up to it exactly.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.bridge_lines import Bridge, BridgeCause, BridgeLine, PlanSide
from cfbudget.calculate.changes import changes_of, reversals_of
from cfbudget.calculate.former_ids import Renamed, unfollowed
from cfbudget.calculate.not_known import unknown_changes
from cfbudget.calculate.openings import named, sides_of
from cfbudget.calculate.option_matches import SharedYears, counted
from cfbudget.calculate.position import contained_years, position_years
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.revenue import own_nets
from cfbudget.calculate.services import service_tree, walk
from cfbudget.calculate.steps_landed import land
from cfbudget.plan.files import RevenueBudget
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear

BY_CAUSE: BridgeCause = "listed options"


class _Budget(NamedTuple):
    """A budget as one side of the bridge."""

    sides: Mapping[str, PlanSide]
    """Every service of its plan, by the id that it has in the new one."""
    nets: Mapping[str, int]
    """By the same ids, what a service has of its own, in pence."""


class _Changed(NamedTuple):
    """An option and what it changes in the years between, its reversals in it, in pence."""

    side: PlanSide
    pence: int


def budget_bridge(old: Plan, new: Plan, renamed: Renamed) -> Bridge | None:
    """From the old plan's last budget to the new plan's first one of that year or later.

    None where the new plan has no such budget.

    Args:
        old: a plan with a revenue budget.
        renamed: what has another id in the new plan.
    """
    before = old.revenue[-1]
    start = before.financial_year.year
    after = next((one for one in new.revenue if one.financial_year.year >= start), None)
    if after is None:
        return None
    year = after.financial_year.year
    years = tuple(one for one in contained_years(new, after) if one > start)
    changed = tuple(_changed(new, years))
    sides = _budget(old, before, renamed.services), _budget(new, after, {})
    nets = [sum(side.nets.values()) for side in sides]
    lines = (*_option_lines(changed, year), *_service_lines(*sides, changed, new, year))
    files = (before, after, *((new.options,) if new.options and changed else ()))
    land(
        f"the bridge from the {start} budget to that of {year}",
        sum(line.amounts[year] for line in lines),
        nets[1] - nets[0],
    )
    return Bridge(
        (year,),
        {year: nets[0]},
        {year: nets[1]},
        lines,
        unit=before.unit,
        step=min(printed_step(file) for file in files),
        begin=(old.years[0], new.years[0]),
        bases=MappingProxyType({year: (start, year)}),
        lists_options=(old.options is not None, new.options is not None),
        unfollowed=unfollowed(old, new),
        not_known=((), tuple(one for one in unknown_changes(new) if one.year in years)),
        has_funding=(old.funding is not None, new.funding is not None),
        budgets=(before, after),
        between=years,
    )


def _budget(plan: Plan, budget: RevenueBudget, renamed: Mapping[str, str]) -> _Budget:
    nets = {renamed.get(one, one): pence for one, pence in own_nets(budget).items()}
    return _Budget(sides_of(plan, budget, renamed), nets)


def _changed(plan: Plan, years: tuple[FinancialYear, ...]) -> Iterator[_Changed]:
    """The options that change anything in some years, in which a budget contains them.

    A budget contains the options that it was struck with: a trial moves no approved budget.
    """
    file = plan.struck_with or plan.options
    if not years or file is None:
        return
    found = counted(plan, SharedYears(years[0], years))
    sides = {option.side.id: option.side for option in found}
    for block in file.services:
        for option in block.options:
            made = (
                changes_of(option, file.basis, plan.years),
                reversals_of(option, position_years(plan), plan.years[0]),
            )
            pence = sum(by_year.get(year, 0) for by_year in made for year in years)
            if pence:
                yield _Changed(sides[option.id], pence)


def _option_lines(changed: tuple[_Changed, ...], year: FinancialYear) -> Iterator[BridgeLine]:
    for option in changed:
        amounts = MappingProxyType({year: option.pence})
        yield BridgeLine((BY_CAUSE,), "option", None, option.side, amounts)


def _service_lines(
    old: _Budget, new: _Budget, changed: tuple[_Changed, ...], plan: Plan, year: FinancialYear
) -> Iterator[BridgeLine]:
    """What each service's budget moved by beyond the options, and which are new or gone."""
    options = Counter[str]()
    for option in changed:
        options[option.side.service] += option.pence
    together = frozenset(
        node.id for node in walk(service_tree(plan)) if node.children and options[node.id]
    )
    every = dict.fromkeys((*new.sides, *old.sides))
    moved = Counter[str]()
    for service in every:
        pence = new.nets.get(service, 0) - old.nets.get(service, 0) - options[service]
        moved[_whole(service, (new.sides, old.sides), together)] += pence
    for service in every:
        before, after = old.sides.get(service), new.sides.get(service)
        cause: BridgeCause = "other movements" if before and after else "service new or gone"
        if moved[service] or named(before) != named(after):
            amounts = MappingProxyType({year: moved[service]})
            is_together = service in together
            yield BridgeLine((cause,), "service", before, after, amounts, is_together=is_together)


def _whole(
    service: str, sides: tuple[Mapping[str, PlanSide], ...], together: frozenset[str]
) -> str:
    """The service whose movement it is in: itself, unless one that it is within has options.

    What these change stands somewhere in the budgets of the services within.
    """
    found = service
    at = service
    while at:
        found = at if at in together else found
        side = next(there[at] for there in sides if at in there)
        at = side.service
    return found
