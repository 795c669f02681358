"""Trials of small plans, from changes written as Python values."""

from collections.abc import Sequence

from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Problem
from cfbudget.scenario.applying import Applied, apply_scenario
from cfbudget.scenario.nodes_of import node_of
from cfbudget.scenario.reading import Reader

WHERE = "a test"


def outcome(
    plan: Plan, changes: Sequence[object], *, allow_conflicts: bool = False
) -> Applied | tuple[Problem, ...]:
    """What comes of applying changes: a trial, or problems."""
    reader = Reader(plan)
    nodes = [node_of(change, Place(WHERE, at)) for at, change in enumerate(changes, start=1)]
    reader.nodes(nodes, WHERE)
    return apply_scenario(plan, reader.read(), allow_conflicts=allow_conflicts)


def applied(plan: Plan, *changes: object, allow_conflicts: bool = False) -> Applied:
    """A trial that must be possible."""
    found = outcome(plan, changes, allow_conflicts=allow_conflicts)
    assert isinstance(found, Applied), found
    return found
