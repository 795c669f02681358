"""A solution as the changes of a scenario: applied to its plan, they give exactly the target."""

from cfbudget.calculate.amounts import TOTAL
from cfbudget.calculate.services import is_whole
from cfbudget.money import plain
from cfbudget.nodes import MappingNode
from cfbudget.plan.kinds import words
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Refusal
from cfbudget.scenario.changes.aims import Names
from cfbudget.scenario.solve.solution import Solution
from cfbudget.scenario.written.nodes_of_values import node_of

NOWHERE = Place("")


def solution_changes(solution: Solution) -> tuple[MappingNode, ...] | Refusal:
    """Each option that must be another as `set`; what is unidentified as an `add`.

    Amounts are exact, in the unit of the options' file. A gap of nil makes no change.
    """
    options = solution.plan.options
    if not solution.gap:
        return ()
    if options is None:
        reason = "the plan has no policy options, so no option can be set or added"
        return Refusal(reason, "add a policy_options.yaml first")
    year = str(solution.year)
    if solution.lines:
        changes: list[object] = [
            {"set": line.option.id, "to": {year: plain(line.must_be, options.unit)}}
            for line in solution.lines
            if line.difference
        ]
    elif is_whole(solution.service):
        of = "the whole plan" if solution.service == TOTAL else solution.name
        reason = f"an unidentified {words(solution.kind)} of {of} belongs to no service"
        return Refusal(reason, "solve for one service, or name options, to save it as a scenario")
    else:
        changes = [{"add": _unidentified(solution, plain(solution.gap, options.unit))}]
    nodes = (node_of(change, NOWHERE) for change in changes)
    return tuple(node for node in nodes if isinstance(node, MappingNode))


def unidentified_id(plan: Plan, kind: str) -> str:
    """The id of an unidentified saving or investment, which nothing else in the plan has."""
    names = Names(plan)
    wanted = found = f"unidentified-{kind}"
    count = 1
    while found in names.options or found in names.services or found in names.schemes:
        count += 1
        found = f"{wanted}-{count}"
    return found


def _unidentified(solution: Solution, amount: str) -> dict[str, object]:
    return {
        "service": solution.service,
        "id": unidentified_id(solution.plan, solution.kind),
        "name": f"Unidentified {words(solution.kind)}: a target, not a plan",
        "kind": solution.kind,
        "status": "new",
        "changes": {str(solution.year): amount},
    }
