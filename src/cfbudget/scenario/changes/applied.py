"""A scenario applied to a plan: a new plan, and what each change contributes to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from cfbudget.calculate.not_known import NotKnown
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem, Severity, in_order
from cfbudget.rules import OUT_OF_LINE
from cfbudget.scenario.changes.contributions import Contribution, contribution
from cfbudget.scenario.changes.operators import Change
from cfbudget.scenario.changes.plausible import implausible
from cfbudget.scenario.changes.resolved import resolved
from cfbudget.scenario.changes.trial_plan import plan_of
from cfbudget.scenario.changes.warnings import warnings, without_effect
from cfbudget.scenario.changes.working_copy import Beyond, WorkingCopy
from cfbudget.scenario.written.included_files import ReadScenario


@dataclass(frozen=True, slots=True)
class Applied:
    """What a scenario comes to. The baseline is as it was."""

    baseline: Plan
    plan: Plan
    names: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    """In the order in which the changes were made."""
    beyond: tuple[Beyond, ...]
    fte_beyond: tuple[Beyond, ...]
    """The full-time equivalents that go with these, in hundredths."""
    beyond_unknown: tuple[NotKnown, ...]
    """What delays take past the plan's last year of which the amount is not known yet."""
    problems: tuple[Problem, ...]
    """Warnings; and conflicts, where these were allowed."""

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(made.change for made in self.contributions)

    @property
    def whys(self) -> tuple[str, ...]:
        """The reasons that the scenario gives, in sentences."""
        return tuple(f"Why: {one.words}: {one.why}" for one in self.changes if one.why)


def apply_scenario(
    plan: Plan, read: ReadScenario, *, allow_conflicts: bool = False
) -> Applied | tuple[Problem, ...]:
    """Make a scenario's changes to a plan; the problems, where they cannot be made."""
    held = resolved(plan, read.written)
    said = {problem.place[:2] for problem in read.problems}
    problems = [*read.problems, *(p for p in held.problems if p.place[:2] not in said)]
    if problems:
        return in_order(problems)
    found = [*_conflicts(plan, held.changes), *warnings(plan, held.changes)]
    if allow_conflicts:
        found = [_allowed(problem) for problem in found]
    if any(problem.severity == "error" for problem in found):
        return in_order(found)
    trial = WorkingCopy(plan)
    contributions = tuple(contribution(trial, change) for change in held.changes)
    made = plan_of(trial) if contributions else plan
    found += without_effect(plan, contributions, found)
    found += _not_said(implausible(plan, made, held.changes), found)
    return Applied(
        plan,
        made,
        read.names,
        contributions,
        tuple(trial.beyond()),
        tuple(trial.fte_beyond()),
        tuple(trial.beyond_unknown()),
        in_order(found),
    )


def _conflicts(plan: Plan, changes: tuple[Change, ...]) -> Iterable[Problem]:
    """The pairs of changes that do not go together: one change alone has none."""
    if len(changes) < 2:
        return ()
    from cfbudget.scenario.changes.conflicts import conflicts  # most trials are of one change

    return conflicts(plan, changes)


def _not_said(problems: Iterable[Problem], said: Iterable[Problem]) -> Iterable[Problem]:
    """What is not said of a change yet: a slip of scale explains what else it brings about."""
    places = {(problem.place, problem.rule) for problem in said}
    return [
        problem
        for problem in problems
        if places.isdisjoint({(problem.place, rule) for rule in (problem.rule, OUT_OF_LINE.code)})
    ]


def _allowed(problem: Problem) -> Problem:
    """A conflict that is allowed is still said."""
    severity: Severity = "warning"
    return (
        problem._replace(severity=severity, hint=None) if problem.severity == "error" else problem
    )
