"""Applying rules to a plan, and saying which were applied."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from cfbudget.calculate.capital import financings
from cfbudget.calculate.services import with_parents
from cfbudget.plan.files import FileRecord
from cfbudget.plan.groupings import Grouping
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Problem, Rule

Field = Literal[
    "financial_years",
    "contains_options_of",
    "changes",
    "before",
    "new_in",
    "rates",
    "of",
    "by",
    "amounts",
    "tax_base",
    "band_d",
]
Part = Literal["revenue", "capital", "options", "funding", "reserves", Field, Grouping]
"""A part of a plan that may have been impossible to read: a table, or a field of its records."""


Problems = Iterator[Problem]


CheckedTable = Literal["revenue", "capital", "financing", "funds", "options", "funding", "reserves"]
ALL: tuple[CheckedTable, ...] = ("revenue", "capital", "options", "funding", "reserves")
"""The tables in one of which every plan has something."""


class Check(NamedTuple):
    """A rule and the function that finds where a plan breaks it."""

    rule: Rule
    find: Callable[[Plan], Problems]
    looks_at: tuple[CheckedTable, ...]
    """The tables in one of which there must be something to look at."""
    needs: tuple[Part, ...] = ()
    """Parts without which the rule would find what is not there."""


class RuleRun(NamedTuple):
    """What rules found, and the codes of those that were applied."""

    problems: tuple[Problem, ...]
    codes: tuple[str, ...]


def apply_checks(checks: Iterable[Check], plan: Plan, unread: Iterable[Part] = ()) -> RuleRun:
    """Hold a plan to the rules that its tables give something to look at.

    A rule that needs a part which could not be read is left out.
    """
    missing, there = frozenset(unread), _tables(plan)
    applied = [
        check
        for check in checks
        if missing.isdisjoint(check.needs) and not there.isdisjoint(check.looks_at)
    ]
    problems = (problem for check in applied for problem in check.find(plan))
    codes = dict.fromkeys(check.rule.code for check in applied)
    return RuleRun(tuple(problems), tuple(codes))


def _tables(plan: Plan) -> frozenset[CheckedTable]:
    there: dict[CheckedTable, bool] = {
        "revenue": bool(plan.revenue),
        "capital": plan.capital is not None,
        "financing": plan.capital is not None and bool(financings(plan.capital)),
        "options": plan.options is not None,
        "funds": _has_funds(plan),
        "funding": plan.funding is not None,
        "reserves": plan.reserves is not None,
    }
    return frozenset(table for table, is_there in there.items() if is_there)


def _has_funds(plan: Plan) -> bool:
    """Whether the plan says anything of funds."""
    services = (service for budget in plan.revenue for _, service in with_parents(budget.services))
    reserves = plan.reserves.reserves if plan.reserves else ()
    pointers = (*(service.fund for service in services), *(one.fund for one in reserves))
    return any(pointers) or any(budget.funds for budget in plan.revenue)


def warn(
    rule: Rule, record: FileRecord, message: str, hint: str, place: Place | None = None
) -> Problem:
    """A warning about a record, with the record's own reason why it is all right, if any."""
    accepted = record.accepted.get(rule.code)
    reason = accepted.reason if accepted else None
    return Problem(place or record.place, rule.severity, rule.code, message, hint, reason)
