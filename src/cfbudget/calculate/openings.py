"""The openings of two plans, service by service: where they differ, and by which cause."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import ByYear, Computed, Key
from cfbudget.calculate.bridge_lines import BridgeCause, BridgeLine, PlanSide
from cfbudget.calculate.changes import reversal_row
from cfbudget.calculate.option_matches import NO_IDS, Counted, SharedYears
from cfbudget.calculate.position import base_of, position_amounts
from cfbudget.calculate.revenue import own_nets
from cfbudget.calculate.services import own_row, service_tree, walk, with_parents
from cfbudget.plan.files import RevenueBudget
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear


class Openings(NamedTuple):
    """What one plan's services stand on before the changes that a span counts."""

    sides: Mapping[str, PlanSide]
    """By id, parents first, as the latest budget nests them. A service that has another id in
    the new plan stands under that."""
    amounts: Mapping[str, ByYear]
    """By service, what it has of its own, in pence: net budget − cumulative change."""
    bases: Mapping[FinancialYear, RevenueBudget]
    """The budget that each year stands on."""


def openings(
    plan: Plan,
    span: SharedYears,
    options: Iterable[Counted],
    renamed: Mapping[str, str] = NO_IDS,
) -> Openings:
    """The openings that a plan's net budgets stand on, with what it changes before the span.

    Args:
        options: the plan's, which bear the services' ids in the new plan.
        renamed: these ids, of the services that have others in this plan.
    """
    levels: defaultdict[tuple[str, FinancialYear], int] = defaultdict(int)
    for option in options:
        for year, level in zip(span.years, option.levels, strict=True):
            levels[option.side.service, year] += level
    computed = position_amounts(plan)
    sums = {made.row: made.parts for made in computed.sums}
    amounts = {}
    for node in walk(service_tree(plan)):
        own = {node.id, own_row(node.id), reversal_row(node.id)}
        rows = [row for row in sums.get(node.id, (node.id,)) if row in own]
        named = renamed.get(node.id, node.id)
        amounts[named] = {
            year: _net_budget(computed, rows, year) - levels[named, year] for year in span.years
        }
    bases = {year: base for year in span.years if (base := base_of(plan, year))}
    return Openings(sides_of(plan, bases[span.years[-1]], renamed), amounts, bases)


def _net_budget(computed: Computed, rows: list[str], year: FinancialYear) -> int:
    return sum(computed.amounts[Key(row, "net_budget", year)] for row in rows)


def sides_of(plan: Plan, base: RevenueBudget, renamed: Mapping[str, str]) -> dict[str, PlanSide]:
    """Each service as the plan has it; its line is that of the budget it stands on, if any."""
    places = {
        service.id: service.place
        for budget in (*plan.revenue, base)
        for _, service in with_parents(budget.services)
    }
    nodes = list(walk(service_tree(plan)))
    parents = {child.id: node for node in nodes for child in node.children}
    sides = {}
    for node in nodes:
        parent = parents.get(node.id)
        within = (renamed.get(parent.id, parent.id), parent.name) if parent else ("", "")
        has_services = bool(node.children)
        sides[renamed.get(node.id, node.id)] = PlanSide(
            node.id, node.name, *within, places[node.id], has_services=has_services
        )
    return sides


def opening_lines(old: Openings, new: Openings, span: SharedYears) -> Iterator[BridgeLine]:
    """The services whose openings differ, and those that are new, gone, renamed or moved.

    A year that stands on budgets of one financial year in both plans has another base; where
    it stands on budgets of different years, what differs are other movements.
    """
    causes = {year: _cause(old, new, year) for year in span.years}
    for service in dict.fromkeys((*new.sides, *old.sides)):
        sides = old.sides.get(service), new.sides.get(service)
        differences = _differences(old, new, service, span)
        made = []
        for cause in dict.fromkeys(causes.values()):
            amounts = {y: p if causes[y] == cause else 0 for y, p in differences.items()}
            if any(amounts.values()):
                same = cause == "base changed" and _same_budget(old, new, service, causes)
                shown = MappingProxyType(amounts)
                made.append(BridgeLine((cause,), "service", *sides, shown, same))
        if not made and named(sides[0]) != named(sides[1]):
            nil = MappingProxyType(dict.fromkeys(span.years, 0))
            made.append(BridgeLine((causes[span.years[-1]],), "service", *sides, nil))
        yield from made


def _cause(old: Openings, new: Openings, year: FinancialYear) -> BridgeCause:
    before, after = (plan.bases[year].financial_year.year for plan in (old, new))
    return "base changed" if before == after else "other movements"


def _differences(
    old: Openings, new: Openings, service: str, span: SharedYears
) -> dict[FinancialYear, int]:
    """New − old in each year; a plan that lacks the service has nil."""
    nil: ByYear = dict.fromkeys(span.years, 0)
    before, after = old.amounts.get(service, nil), new.amounts.get(service, nil)
    return {year: after[year] - before[year] for year in span.years}


def named(side: PlanSide | None) -> tuple[str, str, str] | None:
    """What a service is called, and within which it stands."""
    return (side.id, side.name, side.service) if side else None


def _same_budget(
    old: Openings, new: Openings, service: str, causes: Mapping[FinancialYear, BridgeCause]
) -> bool:
    """Whether the budgets of each year give a service the same net.

    The openings then differ because the options that the two contain come to other amounts.
    """
    if service not in old.sides or service not in new.sides:
        return False
    before, after = old.sides[service].id, new.sides[service].id
    return all(
        own_nets(old.bases[year]).get(before) == own_nets(new.bases[year]).get(after)
        for year, cause in causes.items()
        if cause == "base changed"
    )


def same_net(old: Openings, new: Openings, span: SharedYears) -> tuple[str, ...]:
    """The services whose gross and income differ in budgets of one year, but not the net."""
    found = {}
    for year in span.years:
        if _cause(old, new, year) == "base changed":
            before, after = _grosses(old.bases[year]), _grosses(new.bases[year])
            was = {now: side.id for now, side in old.sides.items()}
            for service in (service for service in after if was.get(service) in before):
                (gross, net), (other_gross, other_net) = before[was[service]], after[service]
                if gross != other_gross and net == other_net:
                    found[service] = new.sides[service].name
    return tuple(found.values())


def _grosses(budget: RevenueBudget) -> dict[str, tuple[int, int]]:
    """Gross and net of each service that prints a gross, in pence."""
    nets = own_nets(budget)
    return {
        service.id: (service.gross.pence, nets[service.id])
        for _, service in with_parents(budget.services)
        if service.gross
    }
