"""Reconciliation (CF3xx): stated figures that differ, and budgets that a plan did not foresee."""

from collections.abc import Iterable, Sequence

from cfbudget import rules
from cfbudget.calculate.movements import other_movements
from cfbudget.calculate.services import with_parents
from cfbudget.checks.applying import ALL, Check, Found, warn
from cfbudget.checks.comparison import Comparison
from cfbudget.money import exactly, said, signed
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem


def differing(found: Iterable[Comparison]) -> Found:
    """A stated figure differs from the computed one by more than rounding explains."""
    for compared in found:
        if compared.outcome == "differs":
            yield difference_problem(compared)


def difference_problem(compared: Comparison) -> Problem:
    """A comparison that differs, as a problem."""
    hint = "check it, and the lines that it adds up, against the source"
    if compared.allowance:
        hint += f"; rounding explains {exactly(compared.allowance, compared.unit)} at most"
    if compared.is_coarser and not compared.exact:
        hint += ", counted in the finest place that the table prints"
    return rules.DIFFERS.at(compared.stated.place, in_words(compared), hint)


def large_rounding(found: Iterable[Comparison]) -> Found:
    """A rounding difference is unusually large for its number of addends."""
    for compared in found:
        if compared.is_large_rounding:
            figures = "1 figure" if compared.addends == 1 else f"{compared.addends} figures"
            message = f"{in_words(compared)}: large for the rounding of {figures}"
            hint = "worth a look: rounding alone seldom comes to so much"
            place = compared.stated.place
            yield warn(rules.LARGE_ROUNDING, compared.record, message, hint, place)


def movements(plan: Plan) -> Found:
    """A later budget differs from the projection by what the listed options do not say."""
    budgets = {budget.financial_year.year: budget for budget in plan.revenue}
    lines = {
        (year, service.id): service.place
        for year, budget in budgets.items()
        for _, service in with_parents(budget.services)
    }
    for moved in other_movements(plan):
        budget = budgets[moved.year]
        unit = budget.unit
        message = (
            f"{moved.name!r}: other movements, not in the listed options: "
            f"{signed(moved.other, unit)} {unit.name} in {moved.year} "
            f"(projected {said(moved.projected, unit)}, budget {said(moved.budget, unit)})"
        )
        place = lines.get((moved.year, moved.service), budget.place)
        yield rules.OTHER_MOVEMENTS.at(place, message)


def in_words(compared: Comparison) -> str:
    """The comparison in a sentence: what is stated, what it comes to, the difference."""
    stated, computed = compared.stated.pence or 0, compared.computed or 0
    what = compared.key.measure.replace("_", " ")
    when = f" {compared.key.year}" if compared.key.year else ""
    unit = compared.unit
    return (
        f"{compared.label!r}: {what}{when} is stated as {said(stated, unit)} and comes to "
        f"{said(computed, unit)} {unit.name}: difference {signed(computed - stated, unit)}"
    )


def reconciliation(found: Sequence[Comparison]) -> tuple[Check, ...]:
    """The rules of reconciliation, over a plan's comparisons: these are made once."""
    return (
        Check(rules.DIFFERS, lambda _: differing(found), ALL),
        Check(rules.LARGE_ROUNDING, lambda _: large_rounding(found), ALL),
        Check(rules.OTHER_MOVEMENTS, movements, ("revenue",)),
    )
