"""Former ids: which line of a plan is which of the plan before it, where it has another id.

A line is the same by its id. Of those that only one plan has, one that says what it was is the
line of that id. Either plan may be the later one, so that a bridge goes both ways.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.services import with_parents
from cfbudget.plan.files import Renamable, RevenueBudget, Service
from cfbudget.plan.plan import Plan

FormerIds = Mapping[str, str]
"""By id, what a line says that its id was; nothing where it does not say."""


class Renamed(NamedTuple):
    """By the id in an old plan, that in a new one, of what has another there."""

    services: Mapping[str, str] = MappingProxyType({})
    schemes: Mapping[str, str] = MappingProxyType({})


NOT_RENAMED = Renamed()


class Unfollowed(NamedTuple):
    """A line that says that it was another, and is not taken for it."""

    name: str
    was: str
    is_there: bool
    """Whether the other plan has a line of that id, and the line's own id too."""


def same_ids(old: FormerIds, new: FormerIds) -> dict[str, str]:
    """By the id in the old plan, that in the new one, of lines whose ids differ.

    Args:
        old: every line of the old plan; empty where it does not say what it was.
        new: the same of the new plan.
    """
    gone = {one: was for one, was in old.items() if one not in new}
    come = {one: was for one, was in new.items() if one not in old}
    found = {was: one for one, was in come.items() if was in gone}
    taken = set(found.values())
    back = {one: was for one, was in gone.items() if was in come and was not in taken}
    return {**{one: was for one, was in back.items() if one not in found}, **found}


def renamed_between(old: Plan, new: Plan) -> Renamed:
    """The services and schemes that have another id in the new plan."""
    services, schemes, _ = (
        same_ids(*({line.id: _was(line) for line in lines} for lines in of_both))
        for of_both in zip(_lines(old), _lines(new), strict=True)
    )
    return Renamed(services, schemes)


def former_service_ids(plan: Plan, budget: RevenueBudget) -> FormerIds:
    """The services of one of a plan's budgets; any of these may say what a service was."""
    of_plan = {line.id: _was(line) for line in _lines(plan)[0]}
    return {service.id: of_plan[service.id] for _, service in with_parents(budget.services)}


def unfollowed(old: Plan, new: Plan) -> tuple[Unfollowed, ...]:
    """The lines of the later plan that say what they were, and are not matched by it."""
    later, earlier = (old, new) if old.years[:1] > new.years[:1] else (new, old)
    return tuple(
        Unfollowed(line.name, line.was.text, line.was.text in before)
        for lines, before in zip(_lines(later), map(_ids, _lines(earlier)), strict=True)
        for line in lines
        if line.was and (line.id in before) == (line.was.text in before)
    )


def _lines(plan: Plan) -> tuple[tuple[Renamable, ...], ...]:
    """Services, schemes and options; a service once, as the budget has it that says what it was."""
    blocks = plan.options.services if plan.options else ()
    every = {service.id: service for service in _services(plan)}
    every |= {service.id: service for service in _services(plan) if service.was}
    schemes = plan.capital.schemes if plan.capital else ()
    return tuple(every.values()), schemes, tuple(o for block in blocks for o in block.options)


def _ids(lines: Iterable[Renamable]) -> frozenset[str]:
    return frozenset(line.id for line in lines)


def _services(plan: Plan) -> Iterator[Service]:
    for budget in plan.revenue:
        for _, service in with_parents(budget.services):
            yield service


def _was(line: Renamable) -> str:
    return line.was.text if line.was else ""
