"""What a scenario makes of a plan and its files cannot hold, as problems of its changes."""

from collections.abc import Iterator

from cfbudget import rules
from cfbudget.calculate.forecasts import altered
from cfbudget.calculate.position import contained_years
from cfbudget.grammar import counted
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Problem, in_order
from cfbudget.scenario.changes.applied import Applied
from cfbudget.scenario.changes.operators import (
    Add,
    Change,
    Delay,
    Deliver,
    Drop,
    SetChanges,
    SetFte,
    SetRates,
    Uplift,
    UpliftWhole,
    made_by,
)
from cfbudget.years import FinancialYear


def not_in_files(applied: Applied) -> tuple[Problem, ...]:
    """The changes that cannot be written, each with the reason and what can be done."""
    return in_order(_of_approved_budgets(applied))


def _of_approved_budgets(applied: Applied) -> Iterator[Problem]:
    """An approved budget does not move: it was struck with what a file says of its options."""
    plan = applied.plan
    approved = {
        year: budget.financial_year.year
        for budget in plan.revenue
        for year in contained_years(plan, budget)
    }
    by_change: dict[Place, list[tuple[Change, str, FinancialYear]]] = {}
    for _, option, year in altered(plan):
        if year in approved:
            change = _change_of(applied, option)
            by_change.setdefault(change.place, []).append((change, option, year))
    for place, found in by_change.items():
        change, option, year = found[0]
        others = len({name for _, name, _ in found}) - 1
        besides = f" (and of {counted(others, 'more option')})" if others else ""
        message = (
            f"the approved budget of {approved[year]} contains the change of {option!r} in "
            f"{year}{besides}: to alter it is a forecast, which the plan's files cannot hold"
        )
        yield rules.NOT_IN_FILES.at(place, message, _hint(plan, change, max(approved)))


def _hint(plan: Plan, change: Change, last: FinancialYear) -> str:
    later = next((year for year in plan.years if year > last), None)
    keep = "keep it as a scenario: cfbudget model shows the forecast"
    if later is None:
        return keep
    if isinstance(change.operation, Delay | Deliver | Drop):
        return f"limit it to later years with from: {later}, or {keep}"
    return f"say what becomes of it from {later} on, or {keep}"


def _change_of(applied: Applied, option: str) -> Change:
    """The last change that touches an option."""
    return next(change for change in reversed(applied.changes) if option in _touched(change))


def _touched(change: Change) -> tuple[str, ...]:
    match change.operation:
        case SetChanges(option, _) | SetRates(option, _) | SetFte(option, _):
            return (option,)
        case Delay(options) | Deliver(options) | Drop(options):
            return options
        case Add():
            return (change.operation.option.id,)
        case Uplift() | UpliftWhole():
            return made_by(change.operation)
        case _:
            return ()
