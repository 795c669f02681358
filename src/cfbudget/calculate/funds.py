"""Funds: what their services come to, and whether a ring fence holds."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Amounts, Key
from cfbudget.calculate.reserves import movements_of
from cfbudget.calculate.services import GENERAL, fund_row, in_order_of_funds, service_tree, walk
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear

WELL_KNOWN = {
    GENERAL: "General Fund",
    "hra": "Housing Revenue Account",
    "dsg": "Dedicated Schools Grant",
}
"""What funds are called that a plan does not name."""


def funds(plan: Plan) -> tuple[str, ...]:
    """The funds of a plan's services, the general fund first."""
    return in_order_of_funds(node.fund for node in service_tree(plan))


def fund_names(plan: Plan) -> Mapping[str, str]:
    """What each fund is called: as the latest budget that names it does, or by its id."""
    return {fund: fund_name(plan, fund) for fund in funds(plan)}


def fund_name(plan: Plan, fund: str) -> str:
    """What one fund is called, also where it has no service."""
    named = {fund.id: fund.name for budget in plan.revenue for fund in budget.funds}
    return named.get(fund) or WELL_KNOWN.get(fund) or fund.replace("-", " ").capitalize()


def general_row(plan: Plan) -> str:
    """The row of what funding pays for: of a plan with one fund, the grand total."""
    there = funds(plan)
    return fund_row(GENERAL) if len(there) > 1 and GENERAL in there else TOTAL


def fenced_services(plan: Plan) -> frozenset[str]:
    """The services whose money is apart from what funding pays for."""
    if general_row(plan) == TOTAL:
        return frozenset()
    return frozenset(node.id for node in walk(service_tree(plan)) if node.fund != GENERAL)


class Fenced(NamedTuple):
    """What a ring-fenced fund spends net in a year, and by how much its reserves fall, in pence."""

    fund: str
    year: FinancialYear
    net_budget: int
    drawn: int
    """Draws less contributions: minus where its reserves rise."""

    @property
    def left(self) -> int:
        """What neither balances nor is met by a reserve."""
        return self.net_budget - self.drawn


def fenced(plan: Plan, position: Amounts) -> Iterator[Fenced]:
    """Each fund but the general one, year by year, where it has a net budget.

    Args:
        position: the figures of the plan's position.
    """
    for fund in funds(plan):
        row = _row_of(plan, fund)
        for key, pence in position.items() if fund != GENERAL else ():
            if key.year and (key.row, key.measure) == (row, "net_budget"):
                yield Fenced(fund, key.year, pence, drawn_of(plan, fund, key.year))


def net_budget_key(plan: Plan, one: Fenced) -> Key:
    """The figure of the position that a fenced fund's net budget is."""
    return Key(_row_of(plan, one.fund), "net_budget", one.year)


def _row_of(plan: Plan, fund: str) -> str:
    return fund_row(fund) if len(funds(plan)) > 1 else TOTAL


def drawn_of(plan: Plan, fund: str, year: FinancialYear) -> int:
    """Draws less contributions of a fund's reserves in a year, in pence."""
    reserves = plan.reserves.reserves if plan.reserves else ()
    moved = [movements_of(r, year) for r in reserves if r.fund and r.fund.text == fund]
    return sum(drawn - paid_in for paid_in, drawn in moved)
