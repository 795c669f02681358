"""A revenue budget in which one service's amount is another."""

from cfbudget.money import Amount
from cfbudget.plan.files import RevenueBudget, Service
from cfbudget.plan.values import Figure
from cfbudget.scenario.changes.operators import BudgetMeasure


def budget_with(
    budget: RevenueBudget, service: str, measure: BudgetMeasure, amount: Amount
) -> RevenueBudget:
    """The budget with an amount in place of its own; what it states of it is left out.

    Nothing printed says what a trial comes to.
    """
    services = tuple(_with(line, service, measure, amount) for line in budget.services)
    return budget.model_copy(update={"services": services, "stated": None})


def _with(line: Service, service: str, measure: BudgetMeasure, amount: Amount) -> Service:
    if line.id == service:
        written: Figure = getattr(line, measure)
        figure = Figure(amount.pence, amount.step, written.place)
        return line.model_copy(update={measure: figure, "stated": None})
    if line.services is None:
        return line
    below = tuple(_with(child, service, measure, amount) for child in line.services)
    return line.model_copy(update={"services": below, "stated": None})
