"""Other movements: what a later budget holds beyond the projection from the one before it."""

from itertools import pairwise
from typing import NamedTuple

from cfbudget.calculate.changes import changes_of, reversals_of
from cfbudget.calculate.options import blocks_by_service
from cfbudget.calculate.revenue import own_nets
from cfbudget.calculate.services import service_tree, walk
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


def other_movements(plan: Plan) -> tuple[Movement, ...]:
    """Each later budget against the projection from the budget before it, by service.

    The projection is the earlier budget with the changes that the later one contains in place
    of those that it contains itself.
    """
    found = []
    for earlier, later in pairwise(plan.revenue):
        before, after = own_nets(earlier), own_nets(later)
        contained_before, contained_after = _contained(plan, earlier), _contained(plan, later)
        for node in walk(service_tree(plan)):
            opening = before.get(node.id, 0) - contained_before.get(node.id, 0)
            projected = opening + contained_after.get(node.id, 0)
            budget = after.get(node.id, 0)
            if projected != budget:
                year = later.financial_year.year
                found.append(Movement(node.id, node.name, year, projected, budget))
    return tuple(found)


def _contained(plan: Plan, budget: RevenueBudget) -> dict[str, int]:
    """By service, the changes and reversals of the years that the budget contains, in pence."""
    years = [word.year for word in budget.contains_options_of]
    contained: dict[str, int] = {}
    for service, block in blocks_by_service(plan).items():
        for option in block.options:
            changes = changes_of(
                option, plan.options.basis if plan.options else "change", plan.years
            )
            taken_back = reversals_of(option, plan.years)
            pence = sum(changes.get(year, 0) + taken_back.get(year, 0) for year in years)
            contained[service] = contained.get(service, 0) + pence
    return contained
