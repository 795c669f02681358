"""The warnings that a plan accepts, once it is rolled forward: those that still arise."""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from cfbudget import rules
from cfbudget.checks.report import check
from cfbudget.plan.files import FileRecord, PolicyOptions, Service
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Accepted
from cfbudget.problem import Place, Problem

AnyRecord = TypeVar("AnyRecord", bound=FileRecord)
ALIKE_NOW = (
    "in the plan before this one of them was new and the other previously approved: they are two"
)


def settled(plan: Plan, known: Iterable[Problem]) -> Plan:
    """The plan without the reasons for what does not arise any more.

    Two options of one name, of which one was new, are from now on both previously approved: that
    they are two is accepted.

    Args:
        known: what was found of the plan that it was rolled from.
    """
    there = {(one.rule, one.place) for one in known}
    found = check(plan).problems
    stale = {one.place for one in found if one.rule == rules.STALE_ACCEPTED.code}
    alike = {
        one.place
        for one in found
        if one.rule == rules.REPEATED_NAME.code and (one.rule, one.place) not in there
    }
    if not stale and not alike:
        return plan
    return _Settled(stale, alike).plan(plan)


class _Settled:
    """A plan's records with the reasons that are wanted."""

    def __init__(self, stale: set[Place], alike: set[Place]) -> None:
        self.stale, self.alike = stale, alike

    def record(self, record: AnyRecord, **update: object) -> AnyRecord:
        """A record with its reasons, and with what else is updated of it."""
        accepted = {c: one for c, one in record.accepted.items() if one.place not in self.stale}
        if record.place in self.alike:
            accepted[rules.REPEATED_NAME.code] = Accepted(ALIKE_NOW, record.place)
        return record.model_copy(update={**update, "accepted": MappingProxyType(accepted)})

    def plan(self, plan: Plan) -> Plan:
        capital, funding, reserves = plan.capital, plan.funding, plan.reserves
        return replace(
            plan,
            revenue=tuple(
                self.record(one, services=self.services(one.services)) for one in plan.revenue
            ),
            options=self.options(plan.options) if plan.options else None,
            capital=capital
            and self.record(capital, schemes=tuple(map(self.record, capital.schemes))),
            funding=funding
            and self.record(
                funding,
                lines=tuple(map(self.record, funding.lines)),
                reserves=tuple(map(self.record, funding.reserves)),
            ),
            reserves=reserves
            and self.record(reserves, reserves=tuple(map(self.record, reserves.reserves))),
        )

    def services(self, services: Iterable[Service]) -> tuple[Service, ...]:
        return tuple(
            self.record(one, services=self.services(one.services) if one.services else None)
            for one in services
        )

    def options(self, options: PolicyOptions) -> PolicyOptions:
        blocks = (
            self.record(block, options=tuple(map(self.record, block.options)))
            for block in options.services
        )
        return self.record(options, services=tuple(blocks))
