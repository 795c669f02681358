"""The services of two revenue budgets side by side, as the new one nests them.

Services are the same by their id, or by what they say that it was. One that only the old budget has
stands within the service that it stood within, if that goes on.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.calculate.former_ids import former_service_ids, same_ids
from cfbudget.calculate.services import fund_of, with_parents
from cfbudget.plan.files import RevenueBudget, Service
from cfbudget.plan.plan import Plan


class Dated(NamedTuple):
    """A revenue budget, and the plan that it is of."""

    plan: Plan
    budget: RevenueBudget


class PairedService(NamedTuple):
    """A service as each of two budgets has it; None where one does not."""

    id: str
    """The new budget's, or the old one's where only that has it."""
    old: Service | None
    new: Service | None
    fund: str
    stood: "Stood | None" = None
    """Where it stood in the old budget, where that is elsewhere."""
    children: "tuple[PairedService, ...]" = ()

    @property
    def service(self) -> Service:
        """It as the new budget has it, or the old one where the new one does not."""
        found = self.new or self.old
        assert found is not None, "a service stands in one of the budgets"
        return found


class Stood(NamedTuple):
    """Where a service stood: the name of the one that it was within, if any, and its fund."""

    within: str
    fund: str


class _Old(NamedTuple):
    """The old budget's services by the id that they have in the new one."""

    services: dict[str, Service]
    parents: dict[str, str | None]
    funds: dict[str, str]
    left: defaultdict[str | None, list[str]]
    """By what they stand within, those that only the old budget has."""


def budget_against(other: Plan, budget: RevenueBudget) -> RevenueBudget:
    """The budget of another plan that one is held against: its last of an earlier year.

    Where it has none, that of the same year, else its first.

    Args:
        other: a plan that has a revenue budget.
    """
    year = budget.financial_year.year
    earlier = [one for one in other.revenue if one.financial_year.year < year]
    return earlier[-1] if earlier else other.revenue[0]


def paired_services(old: Dated, new: Dated) -> tuple[PairedService, ...]:
    """The services within no other, each with those within it."""
    before = _old_services(old, new)

    def of_new(service: Service, parent: str | None, fund: str) -> PairedService:
        below = [of_new(child, service.id, fund) for child in service.services or ()]
        below += [of_old(child, fund) for child in before.left[service.id]]
        was = before.services.get(service.id)
        stood = _stood(before, service.id, parent, fund) if was else None
        return PairedService(service.id, was, service, fund, stood, tuple(below))

    def of_old(service: str, fund: str | None) -> PairedService:
        own = fund or before.funds[service]
        below = tuple(of_old(child, own) for child in before.left[service])
        return PairedService(service, before.services[service], None, own, None, below)

    found = [of_new(service, None, fund_of(service)) for service in new.budget.services]
    return (*found, *(of_old(service, None) for service in before.left[None]))


def walk_paired(services: tuple[PairedService, ...]) -> Iterator[PairedService]:
    """Every service, parents before those within them."""
    for service in services:
        yield service
        yield from walk_paired(service.children)


def _old_services(old: Dated, new: Dated) -> _Old:
    now = same_ids(former_service_ids(*old), former_service_ids(*new))
    there = {service.id for _, service in with_parents(new.budget.services)}
    found = _Old({}, {}, {}, defaultdict(list))
    for parent, service in with_parents(old.budget.services):
        named = now.get(service.id, service.id)
        within = now.get(parent, parent) if parent else None
        found.services[named] = service
        found.parents[named] = within
        found.funds[named] = found.funds[within] if within else fund_of(service)
        if named not in there:
            found.left[within].append(named)
    return found


def _stood(before: _Old, service: str, parent: str | None, fund: str) -> Stood | None:
    """Where a service of both budgets stood, where that is elsewhere or of another fund."""
    within, was_of = before.parents[service], before.funds[service]
    if within == parent and (parent or was_of == fund):
        return None
    return Stood(before.services[within].name if within else "", was_of)
