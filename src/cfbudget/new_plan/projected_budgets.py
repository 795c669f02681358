"""What the net budgets of the next year's plan stand on: its base budget, and those struck later.

The base budget is what the plan foresees for its year, service by service: net alone. It contains
the options of its year. A budget that was struck for that year or a later one is kept as it is,
where the plan's net budgets still stand on it to the penny; else it is projected anew.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import Amounts, Key
from cfbudget.calculate.position import base_of, position_amounts
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.revenue import own_nets
from cfbudget.calculate.services import GENERAL, ServiceNode, service_tree, walk, with_parents
from cfbudget.money import Unit, needed_places, places_of
from cfbudget.plan.files import RevenueBudget, Service
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure, Word, YearWord
from cfbudget.years import FinancialYear

NOTE = "What options of the service as a whole come to; no service within it has it."
NOT_ALLOCATED = "not-allocated"
"""What the id of a service ends in that has what another has as a whole."""
Nets = Mapping[str, int]
"""By service, what it has of its own, apart from the services within it, in pence."""


class RolledBudgets(NamedTuple):
    """The budgets of the next year's plan."""

    plan: Plan
    """The plan with them."""
    not_allocated: tuple[str, ...]
    """The names of services with options of their own as a whole: what these come to stands in a
    service of its own within."""
    left_out: tuple[RevenueBudget, ...]
    """Budgets of years after the plan's."""
    grown: frozenset[str]
    """Such services that an earlier roll made: what is not allocated is now more, or less."""


def rolled_budgets(old: Plan, new: Plan, first: FinancialYear) -> RolledBudgets:
    """The new plan with what its net budgets stand on.

    Args:
        new: rolled forward in all else, and without revenue budgets.
        first: its first year.
    """
    base = base_of(old, first)
    last = new.years[-1] if new.options else None
    later = [one for one in old.revenue if one.financial_year.year >= first]
    kept = [_contained(one, first) for one in later if not _is_after(one, last)]
    lines = _ProjectedLines(old)
    if base and (not kept or kept[0].financial_year.year > first or lines.lacks_any(kept[0])):
        kept = [one for one in kept if one.financial_year.year > first]
        kept.insert(0, lines.budget(_projected(base, new, first), {}))
    before, tree = _nets_by_year(old, lines.tree), lines.tree
    skeleton = replace(new, revenue=tuple(kept))
    after = _nets_by_year(skeleton, service_tree(skeleton))
    made: list[RevenueBudget] = []
    for budget in kept:
        year, there = budget.financial_year.year, own_nets(budget)
        foreseen = before.get(year) or own_nets(base or budget)
        nets = {
            node.id: there.get(node.id, 0) + foreseen.get(node.id, 0) - after[year].get(node.id, 0)
            for node in walk(tree)
        }
        is_struck = not budget.projected and all(
            pence == there.get(service, 0) for service, pence in nets.items()
        )
        made.append(budget if is_struck else lines.budget(budget, nets))
    left_out = tuple(one for one in later if _is_after(one, last))
    plan = replace(new, revenue=tuple(made))
    return RolledBudgets(plan, tuple(lines.names.values()), left_out, frozenset(lines.grown))


def _is_after(budget: RevenueBudget, last: FinancialYear | None) -> bool:
    return last is not None and budget.financial_year.year > last


def _contained(budget: RevenueBudget, first: FinancialYear) -> RevenueBudget:
    """A budget that is struck later: it contains what it did, but for what fell away."""
    words = tuple(word for word in budget.contains_options_of if word.year >= first)
    services = tuple(map(_as_named_now, budget.services))
    update = {"contains_options_of": words, "signs": None, "services": services}
    return budget.model_copy(update=update)


def _as_named_now(service: Service) -> Service:
    """A service, with those within it, without what its id was before the plan."""
    within = tuple(map(_as_named_now, service.services)) if service.services else service.services
    return service.model_copy(update={"was": None, "services": within})


def _projected(base: RevenueBudget, new: Plan, first: FinancialYear) -> RevenueBudget:
    """The frame of a base budget without amounts.

    It contains its year's options, unless one is not known yet: it would then have to move once
    that is.
    """
    blocks = new.options.services if new.options else ()
    is_unknown = any(first in option.unknown for block in blocks for option in block.options)
    contains = (YearWord(first, base.place),) if new.options and not is_unknown else ()
    update = {
        "financial_year": YearWord(first, base.place),
        "contains_options_of": contains,
        "signs": None,
    }
    return base.model_copy(update=update)


def _nets_by_year(plan: Plan, tree: tuple[ServiceNode, ...]) -> dict[FinancialYear, dict[str, int]]:
    """By year, the net budget of each service but for what the services within it have."""
    amounts = position_amounts(plan).amounts
    years = {key.year for key in amounts if key.measure == "net_budget" and key.year}
    return {
        year: {node.id: own_net_budget(amounts, node, year) for node in walk(tree)}
        for year in years
    }


def own_net_budget(amounts: Amounts, node: ServiceNode, year: FinancialYear) -> int:
    """A service's net budget less those of the services within it, in pence."""
    whole = amounts.get(Key(node.id, "net_budget", year), 0)
    return whole - sum(amounts.get(Key(one.id, "net_budget", year), 0) for one in node.children)


# -- the lines of a projected budget --------------------------------------------------------


class _ProjectedLines:
    """The services of a plan as the lines of budgets that are projected."""

    def __init__(self, plan: Plan) -> None:
        self.tree = service_tree(plan)
        self.funds = {fund.id: fund for budget in plan.revenue for fund in budget.funds}
        self.records = {
            service.id: service
            for budget in plan.revenue
            for _, service in with_parents(budget.services)
        }
        options = [printed_step(plan.options)] if plan.options else []
        self.steps = [*map(printed_step, plan.revenue), *options]
        self.names: dict[str, str] = {}
        """Of services with options of their own as a whole, by id."""
        self.grown: set[str] = set()
        """The services within them that have what these come to, where they were there."""

    def lacks_any(self, budget: RevenueBudget) -> bool:
        """Whether a service of the plan has no line in a budget."""
        there = {service.id for _, service in with_parents(budget.services)}
        return any(node.id not in there for node in walk(self.tree))

    def budget(self, budget: RevenueBudget, nets: Nets) -> RevenueBudget:
        """A budget with these nets by service, and no gross or income: it is projected."""
        places = max(needed_places(budget.unit, 0, *nets.values()), self._places(budget.unit))
        step = budget.unit.pence // 10**places
        made = tuple(self._service(node, nets, step, is_top=True) for node in self.tree)
        update: dict[str, object] = {
            "projected": True,
            "source": None,
            "stated": None,
            "funds": tuple(self.funds.values()),
            "amounts": MappingProxyType({}),
            "services": made,
        }
        return budget.model_copy(update=update)

    def _places(self, unit: Unit) -> int:
        """As many places as the plan's files print, where the unit has them."""
        finest = min(self.steps, default=unit.pence)
        return places_of(finest, unit) if finest <= unit.pence else 0

    def _service(
        self, node: ServiceNode, nets: Nets, step: int, *, is_top: bool = False
    ) -> Service:
        record = self.records[node.id]
        fund = Word(node.fund, record.place) if is_top and node.fund != GENERAL else None
        net = Figure(nets.get(node.id, 0), step, record.place)
        update: dict[str, object] = {
            "fund": fund,
            "gross": None,
            "income": None,
            "net": None if node.children else net,
            "services": None,
            "amounts": MappingProxyType({}),
            "source": None,
            "stated": None,
            "was": None,
            "name": node.name,
        }
        if node.children:
            update["services"] = self._within(node, nets, step)
        return record.model_copy(update=update)

    def _within(self, node: ServiceNode, nets: Nets, step: int) -> tuple[Service, ...]:
        """The services within one; what it has as a whole stands in one of its own among them."""
        whole, own = nets.get(node.id, 0), self._own_id(node)
        if not whole:
            return tuple(self._service(child, nets, step) for child in node.children)
        self.names[node.id] = node.name
        with_whole = {**nets, own: nets.get(own, 0) + whole}
        made = [self._service(child, with_whole, step) for child in node.children]
        if any(child.id == own for child in node.children):
            self.grown.add(own)
        else:
            update: dict[str, object] = {
                "id": own,
                "name": f"{node.name}: not allocated",
                "net": Figure(whole, step, made[0].place),
                "services": None,
                "accepted": MappingProxyType({}),
                "note": NOTE,
            }
            made.append(made[0].model_copy(update=update))
        return tuple(made)

    def _own_id(self, node: ServiceNode) -> str:
        wanted = f"{node.id}-{NOT_ALLOCATED}"
        if any(child.id == wanted for child in node.children):
            return wanted
        number = 2
        while wanted in self.records:
            wanted, number = f"{node.id}-{NOT_ALLOCATED}-{number}", number + 1
        return wanted
