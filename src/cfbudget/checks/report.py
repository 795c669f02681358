"""A plan checked: every comparison, every rule, and what they found."""

from collections import Counter
from dataclasses import dataclass

from cfbudget.checks.acceptance import ACCEPTANCE
from cfbudget.checks.comparison import Comparison, Outcome
from cfbudget.checks.comparisons import comparisons, condensed_agreeing
from cfbudget.checks.consistency import CONSISTENCY
from cfbudget.checks.meaning import MEANING
from cfbudget.checks.plausibility import PLAUSIBILITY
from cfbudget.checks.reconciliation import reconciliation
from cfbudget.checks.rule_runs import apply_checks
from cfbudget.checks.spellings import SPELLINGS
from cfbudget.checks.unread_files import unread_files
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem, in_order


@dataclass(frozen=True, slots=True)
class Report:
    """What checking a plan found."""

    comparisons: tuple[Comparison, ...]
    problems: tuple[Problem, ...]
    rules: tuple[str, ...]
    """The codes of the rules that the plan was held to."""

    condensed: int = 0
    """How many stated figures of condensed options agree besides; none is in the comparisons."""

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How many comparisons came out how."""
        found = Counter(compared.outcome for compared in self.comparisons)
        return found + Counter({"agrees": self.condensed})

    @property
    def agrees(self) -> bool:
        """Whether no stated figure differs, beyond rounding, from the computed one."""
        return not any(problem.severity == "error" for problem in self.problems)

    @property
    def accepted(self) -> int:
        """How many warnings the plan has accepted."""
        return sum(1 for problem in self.problems if problem.accepted is not None)

    @property
    def open_warnings(self) -> tuple[Problem, ...]:
        """The warnings that the plan has not accepted."""
        return tuple(
            problem
            for problem in self.problems
            if problem.severity == "warning" and problem.accepted is None
        )


def check(plan: Plan) -> Report:
    """Compare every stated figure with the computed one, and hold the plan to every rule."""
    compared = comparisons(plan)
    meaning = (*MEANING, *PLAUSIBILITY, *SPELLINGS)
    checks = (*CONSISTENCY, *reconciliation(compared), *meaning, *ACCEPTANCE)
    applied = apply_checks(checks, plan)
    problems = in_order([*applied.problems, *unread_files(plan)])
    return Report(compared, problems, applied.codes, condensed_agreeing(plan))
