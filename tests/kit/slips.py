"""What a trial is warned of."""

from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem
from tests.kit.scenarios import (
    Change,
    applied,
    rules_of,
    town,
)

TOWN = town()
SLIPS = {"CF412", "CF413", "CF414", "CF415", "CF416", "CF417", "CF418", "CF419", "CF535", "CF536"}


def slips(plan: Plan, *changes: Change) -> list[Problem]:
    """What is said of the plausibility of changes."""
    return [problem for problem in applied(plan, *changes).problems if problem.rule in SLIPS]


def codes(plan: Plan, *changes: Change) -> list[str]:
    return rules_of(slips(plan, *changes))


def adding(**said: object) -> Change:
    words: dict[str, object] = {"id": "clubs", "name": "Clubs", "kind": "investment"}
    changes = said.pop("changes")
    return {"add": {"service": "care", "status": "new", **words, **said, "changes": changes}}
