"""Other movements: what a later budget holds beyond the projection from the one before it."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cfbudget.calculate.changes import changes_of, knows_changes, reversals_of
from cfbudget.calculate.options import blocks_by_service
from cfbudget.calculate.position import contained_years, position_years
from cfbudget.calculate.revenue import own_nets
from cfbudget.calculate.services import ServiceNode, service_tree, walk
from cfbudget.plan.files import RevenueBudget
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear


class Movement(NamedTuple):
    """A service's net in a later budget against the projection, both in pence.

    What differs is unlisted: pay, prices, funding or anything else that no option says.
    """

    service: str
    name: str
    year: FinancialYear
    projected: int
    budget: int

    @property
    def other(self) -> int:
        """Other movements, not in the listed options: budget − projected."""
        return self.budget - self.projected


class _Nets(NamedTuple):
    """By service, what of it is its own and not that of services within it, in pence."""

    projected: dict[str, int]
    budget: dict[str, int]
    changed: frozenset[str]
    """The services whose own options the two budgets contain to different extents."""


def other_movements(plan: Plan) -> tuple[Movement, ...]:
    """Each later budget against the projection from the budget before it, by service.

    The projection is the earlier budget with the changes that the later one contains in place
    of those that it contains itself. A change of a service as a whole stands somewhere in the
    budgets of the services within it, so these are then compared together.
    """
    if not knows_changes(plan):
        return ()
    nodes = service_tree(plan)
    found: list[Movement] = []
    for earlier, later in pairwise(plan.revenue):
        nets = _nets(plan, earlier, later)
        for node in nodes:
            found += _movements(node, later.financial_year.year, nets)
    return tuple(found)


def moved_together(plan: Plan) -> tuple[str, ...]:
    """The names of services whose other movements are only known with the services within them.

    Args:
        plan: one whose changes are known.
    """
    changed = frozenset[str]().union(
        *(_nets(plan, earlier, later).changed for earlier, later in pairwise(plan.revenue))
    )
    return tuple(
        node.name for node in walk(service_tree(plan)) if node.children and node.id in changed
    )


def _nets(plan: Plan, earlier: RevenueBudget, later: RevenueBudget) -> _Nets:
    before, after = _contained(plan, earlier), _contained(plan, later)
    projected = own_nets(earlier)
    for service, pence in after.items():
        projected[service] = projected.get(service, 0) + pence - before[service]
    changed = frozenset(service for service in after if after[service] != before[service])
    return _Nets(projected, own_nets(later), changed)


def _movements(node: ServiceNode, year: FinancialYear, nets: _Nets) -> Iterator[Movement]:
    if node.children and node.id not in nets.changed:
        for child in node.children:
            yield from _movements(child, year, nets)
        within = [node.id]
    else:
        within = [below.id for below in walk((node,))]
    projected = sum(nets.projected.get(service, 0) for service in within)
    budget = sum(nets.budget.get(service, 0) for service in within)
    if projected != budget:
        yield Movement(node.id, node.name, year, projected, budget)


def _contained(plan: Plan, budget: RevenueBudget) -> dict[str, int]:
    """By service, the changes and reversals of the years that the budget contains, in pence."""
    years = contained_years(plan, budget)
    contained: dict[str, int] = {}
    for service, block in blocks_by_service(plan).items():
        for option in block.options:
            changes = changes_of(
                option, plan.options.basis if plan.options else "change", plan.years
            )
            taken_back = reversals_of(option, position_years(plan), plan.years[0])
            pence = sum(changes.get(year, 0) + taken_back.get(year, 0) for year in years)
            contained[service] = contained.get(service, 0) + pence
    return contained
