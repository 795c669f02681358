"""What a scenario makes implausible: the rules of a plan's files, held to what it comes to."""

from collections.abc import Iterator, Mapping, Sequence

from cfbudget import rules
from cfbudget.checks.plausibility import PLAUSIBILITY
from cfbudget.checks.rule_runs import apply_checks
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Problem
from cfbudget.scenario.changes.operators import Change
from cfbudget.scenario.changes.trial_plan import plan_of
from cfbudget.scenario.changes.working_copy import WorkingCopy

CHECKS = tuple(check for check in PLAUSIBILITY if check.rule is not rules.OUT_OF_SCALE)
"""All but whether two files are of one scale: `scale.py` looks at each change by itself."""
KnownProblems = Mapping[tuple[str, Place], Problem]
"""Warnings by their rule and the line of the plan that they are about."""


def implausible(plan: Plan, made: Plan, changes: Sequence[Change]) -> Iterator[Problem]:
    """The warnings that the baseline does not have, each at the change that brings it about."""
    after = _found(made)
    before = _found(plan) if after else after
    new = {key: problem for key, problem in after.items() if key not in before}
    for change, problems in _brought_about(plan, changes, (0, len(changes)), new):
        of_rules: dict[str, list[Problem]] = {}
        for problem in problems.values():
            of_rules.setdefault(problem.rule, []).append(problem)
        for first, *others in of_rules.values():
            more = f" ({len(others)} more like it)" if others else ""
            yield first._replace(place=change.place, message=f"{first.message}{more}")


def _found(plan: Plan) -> KnownProblems:
    problems = apply_checks(CHECKS, plan).problems
    return {(problem.rule, problem.place): problem for problem in problems}


def _brought_about(
    plan: Plan, changes: Sequence[Change], between: tuple[int, int], new: KnownProblems
) -> Iterator[tuple[Change, KnownProblems]]:
    """Halve the changes until one is left, before which a warning is not there and after it is."""
    if not new:
        return
    first, last = between
    if last - first == 1:
        yield changes[first], new
        return
    middle = (first + last) // 2
    there = _found(_after(plan, changes[:middle]))
    early = {key: problem for key, problem in new.items() if key in there}
    late = {key: problem for key, problem in new.items() if key not in there}
    yield from _brought_about(plan, changes, (first, middle), early)
    yield from _brought_about(plan, changes, (middle, last), late)


def _after(plan: Plan, changes: Sequence[Change]) -> Plan:
    """The plan with some of the changes."""
    trial = WorkingCopy(plan)
    for change in changes:
        trial.make(change.operation)
    return plan_of(trial)
