"""Scenarios from Python: the same names, and the same results, as on the command line."""

from collections.abc import Mapping, Sequence
from os import PathLike, fspath

from cfbudget.plan.plan import Plan
from cfbudget.problem import InvalidPlan, Place, Problem
from cfbudget.scenario.changes.applied import Applied, apply_scenario
from cfbudget.scenario.written.included_files import Reader
from cfbudget.scenario.written.nodes_of_values import node_of

WrittenChanges = Sequence[Mapping[str, object]]
"""Changes as a scenario's file writes them: [{"delay": "an-option", "years": 1}]."""


class InvalidScenario(InvalidPlan):
    """A scenario that cannot be applied; `problems` says why, each with its place."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(name, problems)
        lines = (
            f"{problem.place.within('')}: {problem.rule} {problem.message}" for problem in problems
        )
        self.args = ("\n".join([f"{name} cannot be applied:", *lines]),)


def model(
    plan: Plan, scenario: str | PathLike[str] | WrittenChanges, *, allow_conflicts: bool = False
) -> Applied:
    """What a scenario comes to: the plan with it, what each change contributes, and warnings.

    Args:
        scenario: a scenario's file, or changes as such a file writes them.
        allow_conflicts: whether to make changes that conflict, in the order given.

    Raises:
        InvalidScenario: it cannot be applied; it carries all problems.
    """
    reader = Reader(plan)
    if isinstance(scenario, str | PathLike):
        name = fspath(scenario)
        reader.file(name)
    else:
        name = "the changes"
        nodes = [node_of(change, Place(name, at)) for at, change in enumerate(scenario, start=1)]
        reader.nodes(nodes, name)
    found = apply_scenario(plan, reader.read(), allow_conflicts=allow_conflicts)
    if not isinstance(found, Applied):
        raise InvalidScenario(name, found)
    return found


def apply(
    plan: Plan, scenario: str | PathLike[str] | WrittenChanges, *, allow_conflicts: bool = False
) -> Plan:
    """The plan with a scenario applied, as a new plan: the baseline stays as it is.

    Args:
        scenario: a scenario's file, or changes as such a file writes them.
        allow_conflicts: whether to make changes that conflict, in the order given.

    Raises:
        InvalidScenario: it cannot be applied; it carries all problems.
    """
    return model(plan, scenario, allow_conflicts=allow_conflicts).plan
