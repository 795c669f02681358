"""What a change is aimed at: an option by its id, or a group, `[SERVICE/]KIND[/STATUS]`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cfbudget.calculate.services import service_tree, walk
from cfbudget.ids import LEAST, id_of, nearest
from cfbudget.plan.kinds import KINDS, Kind
from cfbudget.plan.plan import Plan
from cfbudget.plan.statuses import STATUSES
from cfbudget.problem import clipped

MOST = 8
"""How many candidates are named."""


class Group(NamedTuple):
    """Options of a service and those within it, of a kind, perhaps of one status."""

    service: str | None
    kind: Kind
    status: str | None

    def words(self, services: Mapping[str, str]) -> str:
        """The group in words: new savings of Education."""
        status = f"{self.status.replace('-', ' ')} " if self.status else ""
        of = f" of {services[self.service]}" if self.service else ""
        return f"{status}{KINDS[self.kind].plural}{of}"


def group_of(target: str) -> Group | None:
    """The group that a target names, or None where it has not that form."""
    *before, last = target.split("/")
    status = last.lower().replace(" ", "-")
    parts = before if before and status in STATUSES else [*before, last]
    *services, kind = parts
    if kind not in KINDS or len(services) > 1:
        return None
    return Group(services[0] if services else None, kind, status if parts is before else None)


def groups(services: Iterable[str]) -> Iterator[str]:
    """Every group that a target may name."""
    for start in ("", *(f"{service}/" for service in services)):
        for kind in KINDS:
            yield f"{start}{kind}"
            yield from (f"{start}{kind}/{status}" for status in STATUSES)


def members(plan: Plan, group: Group) -> tuple[str, ...]:
    """The ids of the options of a group, in the plan's order."""
    within = _within(plan, group.service) if group.service else None
    return tuple(
        option.id
        for block in (plan.options.services if plan.options else ())
        if within is None or block.service.text in within
        for option in block.options
        if option.kind == group.kind and group.status in (None, option.status)
    )


def _within(plan: Plan, service: str) -> frozenset[str]:
    nodes = {node.id: node for node in walk(service_tree(plan))}
    return frozenset(node.id for node in walk((nodes[service],)))


def suggestion(
    written: str, names: Mapping[str, str], otherwise: str, others: Iterable[str] = ()
) -> str:
    """What to type in place of an unknown target: an id by its name, or by a part of it.

    Args:
        names: the known names by id.
        otherwise: what to say where nothing is near.
        others: what else may be meant, such as groups.
    """
    found = list(_candidates(written, names))
    if len(found) == 1:
        return f"did you mean {found[0]!r} ({names[found[0]]})?"
    if found:
        if len(found) > MOST:
            return (
                f"{len(found)} ids hold {clipped(written)!r}: write more of the one that is meant"
            )
        return f"{clipped(written)!r} may be {', '.join(found)}: write one of these ids"
    near = nearest(written, [*names, *others])
    if near is None:
        return otherwise
    return f"did you mean {near!r} ({names[near]})?" if near in names else f"did you mean {near!r}?"


def _candidates(written: str, names: Mapping[str, str]) -> Iterator[str]:
    """The ids whose name is what was written, else those with words that begin as all its do."""
    exact = [known for known, name in names.items() if name.lower() == written.lower()]
    words = [word for word in id_of(written).split("-") if word]
    if exact or len("".join(words)) < LEAST:
        yield from exact
        return
    yield from (
        known
        for known, name in names.items()
        if all(f"-{word}" in f"-{known}" or f"-{word}" in f"-{id_of(name)}" for word in words)
    )
