"""Which heading each service of a plan comes under, by a map; and what the map leaves out."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple
from unicodedata import normalize

from cfbudget import rules
from cfbudget.calculate.services import ServiceNode, service_tree, walk
from cfbudget.ids import did_you_mean_id
from cfbudget.many.heading_map import ALL_PLANS, MapLine
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Problem


class MappedServices(NamedTuple):
    """What a map says of one plan."""

    headings: Mapping[str, str]
    """By service: its own heading, or that of the service that it is within."""
    unmapped: tuple[str, ...] = ()
    """The lowest services that come under none."""
    used: tuple[Place, ...] = ()
    """The lines of the map that are of a service of the plan."""
    problems: tuple[Problem, ...] = ()


NOT_MAPPED = MappedServices({})


def mapped(plan: Plan, name: str, lines: Collection[MapLine]) -> MappedServices:
    """Lay a map over a plan's services.

    Of several lines for a service the one of the plan itself is taken, then that of the nearest
    folder above it, then that of all plans.
    """
    tree = service_tree(plan)
    names = {node.id: node.name for node in walk(tree)}
    nearest_last = sorted(
        (line for line in lines if line.is_of(name)),
        key=lambda line: -1 if line.plan == ALL_PLANS else len(line.plan),
    )
    of_service = {line.service: line for line in nearest_last}
    headings = dict(_headings(tree, of_service, None))
    problems = [*_unknown(name, nearest_last, names), *_twice(tree, of_service, None)]
    lowest = (node.id for node in walk(tree) if not node.children)
    return MappedServices(
        headings,
        tuple(service for service in lowest if service not in headings),
        tuple(line.place for line in nearest_last if line.service in names),
        tuple(problems),
    )


def _headings(
    nodes: Iterable[ServiceNode], of_service: Mapping[str, MapLine], above: str | None
) -> Iterator[tuple[str, str]]:
    for node in nodes:
        line = of_service.get(node.id)
        heading = line.heading if line else above
        if heading is not None:
            yield node.id, heading
        yield from _headings(node.children, of_service, heading)


def _twice(
    nodes: Iterable[ServiceNode], of_service: Mapping[str, MapLine], above: MapLine | None
) -> Iterator[Problem]:
    """A service that is mapped, within another that is."""
    for node in nodes:
        line = of_service.get(node.id)
        if line and above:
            message = (
                f"{node.id!r} is within {above.service!r}, which is mapped at "
                f"{above.place.source}: it would count twice"
            )
            hint = "map the one or the other"
            yield rules.MAPPED_TWICE.at(line.place, message, hint)
        yield from _twice(node.children, of_service, line or above)


def _unknown(name: str, lines: Iterable[MapLine], names: Mapping[str, str]) -> Iterator[Problem]:
    """A line for this very plan that names none of its services. One for several plans may."""
    for line in lines:
        if line.plan == normalize("NFC", name) and line.service not in names:
            message = f"{name} has no service {line.service!r}"
            hint = did_you_mean_id(line.service, names, f"it has {', '.join(names)}")
            yield rules.UNKNOWN_SERVICE.at(line.place, message, hint)
