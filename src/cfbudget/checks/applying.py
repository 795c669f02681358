"""Applying rules to a plan, and saying which were applied."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem, Rule

Table = Literal["revenue", "capital", "options"]


class Check(NamedTuple):
    """A rule and the function that finds where a plan breaks it."""

    rule: Rule
    find: Callable[[Plan], Iterator[Problem]]
    needs: tuple[Table, ...] = ()
    """Tables without which the rule would find what is not there."""


class Applied(NamedTuple):
    """What rules found, and the codes of those that were applied."""

    problems: tuple[Problem, ...]
    codes: tuple[str, ...]


def apply_checks(checks: Iterable[Check], plan: Plan, unread: Iterable[Table] = ()) -> Applied:
    """Hold a plan to rules; one that needs a table which could not be read is left out."""
    missing = frozenset(unread)
    applied = [check for check in checks if missing.isdisjoint(check.needs)]
    problems = (problem for check in applied for problem in check.find(plan))
    return Applied(tuple(problems), tuple(check.rule.code for check in applied))
