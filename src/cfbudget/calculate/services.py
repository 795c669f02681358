"""The tree of services: who spends, and within whom."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, RowSum
from cfbudget.plan.files import Service
from cfbudget.plan.plan import Plan

GENERAL = "general"
"""The fund that all money is of which no other claims."""


class ServiceNode(NamedTuple):
    """A service and the services within it."""

    id: str
    name: str
    children: tuple["ServiceNode", ...] = ()
    has_budget: bool = False
    """Whether any revenue budget gives it amounts of its own."""
    fund: str = GENERAL
    """Whose money it is: its own, or that of the service that it is within."""


def has_amounts(line: Service) -> bool:
    return line.gross is not None or line.income is not None or line.net is not None


def own_row(service: str) -> str:
    """The row of what a service has of its own, where it also has services below it."""
    return f"{service}/own"


def with_parents(
    services: Iterable[Service], parent: str | None = None
) -> Iterator[tuple[str | None, Service]]:
    """Every service of one revenue budget with the id of its parent, parents first."""
    for service in services:
        yield parent, service
        yield from with_parents(service.services or (), service.id)


def service_tree(plan: Plan) -> tuple[ServiceNode, ...]:
    """The services of all revenue budgets as one tree, as the latest budget nests them.

    A service that only an earlier budget has keeps its place there. A plan without a revenue
    budget has the services that its options name, side by side.
    """
    if not plan.revenue:
        blocks = plan.options.services if plan.options else ()
        return tuple(
            ServiceNode(block.service.text, block.name or block.service.text) for block in blocks
        )
    names: dict[str, str] = {}
    below: dict[str | None, list[str]] = {None: []}
    funds: dict[str, str] = {}
    budgeted: set[str] = set()
    for budget in reversed(plan.revenue):
        for parent, service in with_parents(budget.services):
            if has_amounts(service):
                budgeted.add(service.id)
            if service.id not in names:
                names[service.id] = service.name
                own = fund_of(service)
                funds[service.id] = funds.get(parent, own) if parent else own
                below[service.id] = []
                below[parent].append(service.id)

    def node(service: str) -> ServiceNode:
        children = tuple(node(child) for child in below[service])
        name, is_budgeted = names[service], service in budgeted
        return ServiceNode(service, name, children, is_budgeted, funds[service])

    return tuple(node(service) for service in below[None])


def walk(nodes: Iterable[ServiceNode]) -> Iterator[ServiceNode]:
    """Every service, parents before those within them."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def sums_of(
    nodes: Collection[ServiceNode], own_parts: Callable[[ServiceNode], tuple[str, ...]]
) -> tuple[RowSum, ...]:
    """Which service rows are sums, bottom up, the grand total last.

    Args:
        own_parts: the rows that a service sums besides the services within it. A service with
            neither is a line.
    """
    found = [made for node in nodes for made in _sums_within(node, own_parts)]
    return (*found, *whole_sums((node.id, node.fund) for node in nodes))


def _sums_within(
    node: ServiceNode, own_parts: Callable[[ServiceNode], tuple[str, ...]]
) -> Iterator[RowSum]:
    # A function within another that calls itself would keep the whole plan in memory.
    for child in node.children:
        yield from _sums_within(child, own_parts)
    parts = (*own_parts(node), *(child.id for child in node.children))
    if parts:
        yield RowSum(node.id, parts)


def whole_sums(wholes: Iterable[tuple[str, str]]) -> tuple[RowSum, ...]:
    """What rows of several funds come to by fund, and all of them together.

    Args:
        wholes: services that are within no other, or reserves; each with its fund.
    """
    by_fund: dict[str, list[str]] = {}
    for row, fund in wholes:
        by_fund.setdefault(fund, []).append(row)
    if len(by_fund) < 2:
        return (RowSum(TOTAL, tuple(row for rows in by_fund.values() for row in rows)),)
    made = [RowSum(fund_row(fund), tuple(by_fund[fund])) for fund in in_order_of_funds(by_fund)]
    return (*made, RowSum(TOTAL, tuple(found.row for found in made)))


def in_order_of_funds(funds: Iterable[str]) -> tuple[str, ...]:
    """The general fund first, then the others as they come."""
    found = dict.fromkeys(funds)
    return tuple(sorted(found, key=lambda fund: fund != GENERAL))


def fund_row(fund: str) -> str:
    """The row of what a fund's services come to, where a plan has several."""
    return f"{TOTAL}/{fund}"


def fund_of(service: Service) -> str:
    return service.fund.text if service.fund else GENERAL


def services_of(plan: Plan, row: str) -> tuple[ServiceNode, ...]:
    """The services whose money a row is: a service's with those within it, a fund's, or all."""
    nodes = tuple(walk(service_tree(plan)))
    if row == TOTAL:
        return nodes
    if is_whole(row):
        return tuple(node for node in nodes if fund_row(node.fund) == row)
    return tuple(walk(node for node in nodes if node.id == row))


def is_whole(row: str) -> bool:
    """Whether a row is of no one service: the grand total, or a fund's."""
    return row == TOTAL or row.startswith(f"{TOTAL}/")
