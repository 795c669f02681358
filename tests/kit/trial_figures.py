"""What a trial comes to, by year, as the tests of scenarios write it. In £000."""

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.capital import capital_amounts
from cfbudget.calculate.position import position_amounts
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.problem import Problem
from cfbudget.scenario.changes.applied import Applied
from cfbudget.tables.trial import trial_tables
from cfbudget.years import FinancialYear
from tests.kit.scenarios import (
    Change,
    town,
)

THOUSAND, MILLION = 100_000, 100_000_000  # pence
FIRST, SECOND, THIRD = (FinancialYear(start) for start in (2024, 2025, 2026))
PLAN = town()


def nets(plan: Plan, row: str = TOTAL, measure: Measure = "net_budget") -> list[float]:
    """A row of the position in each year, in £000; no part of a pound is lost in these floats."""
    amounts = position_amounts(plan).amounts
    return [amounts[Key(row, measure, year)] / THOUSAND for year in plan.years]


def moved(trial: Applied, row: str = TOTAL, measure: Measure = "net_budget") -> list[float]:
    """The difference that a trial makes to a row of the position in each year, in £000."""
    after, before = nets(trial.plan, row, measure), nets(trial.baseline, row, measure)
    return [round(one - other, 5) for one, other in zip(after, before, strict=True)]


def by_change(trial: Applied) -> list[list[float]]:
    """What each change contributes to the net budget in each year, in £000."""
    years = trial.baseline.years
    return [[one.net_budget[year] / THOUSAND for year in years] for one in trial.contributions]


def capital(plan: Plan, scheme: str = TOTAL) -> list[float]:
    """A scheme's allocations by year, what is under development and its total, in £m."""
    amounts = capital_amounts(plan).amounts
    keys = [Key(scheme, "allocation", year) for year in plan.capital_years]
    keys += [Key(scheme, "under_development"), Key(scheme, "total")]
    return [amounts[key] / MILLION for key in keys]


def sentences(trial: Applied, services: tuple[str, ...] | None = None) -> str:
    return "\n".join(trial_tables(trial, "a trial", services).sentences)


def only(problems: tuple[Problem, ...]) -> Problem:
    (problem,) = problems
    return problem


CLUBS = {
    "service": "schools",
    "id": "breakfast-clubs",
    "name": "Breakfast clubs",
    "kind": "saving",
    "status": "new",
    "changes": {"2025-26": -25},
}


def uplifted(service: str, measure: str, by: str, since: str = "2025-26", **more: object) -> Change:
    return {"uplift": service, "measure": measure, "by": by, "from": since, **more}


def reprofiled(source: str, goal: str, amount: object) -> Change:
    return {"reprofile": "roof", "from": source, "to": goal, "amount": amount}


def brought(allocations: dict[str, object]) -> Change:
    return {"bring_in": "hall", "allocations": allocations}
