"""What `cfbudget totals revenue --against` is held against: a plan's folder, or a workbook."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.which_plan import fail, is_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cfbudget.layout.table import Table
    from cfbudget.plan.plan import Plan
    from cfbudget.years import FinancialYear

WORKBOOK, SCENARIOS = ".xlsx", (".yaml", ".yml")
AgainstOption = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="PLAN",
        help="Last year's budget beside this one's, by service: a plan's folder or a workbook.",
        show_default=False,
    ),
]


def only_revenue(against: str, tables: list[str] | None) -> None:
    """Refuse other tables: there is one budget to hold against another.

    Raises:
        typer.BadParameter: other tables are asked for, or all; or it names no plan.
    """
    hint = "'--against'"
    if not against:
        raise typer.BadParameter("it names no plan", param_hint=hint)
    if tables != ["revenue"]:
        message = f"it is about the revenue budget: write totals revenue --against {against}"
        raise typer.BadParameter(message, param_hint=hint)
    if Path(against).suffix.lower() in SCENARIOS and not is_folder(against):
        message = "a scenario has no budget of its own: name a plan's folder or a workbook"
        raise typer.BadParameter(message, param_hint=hint)


def other_plan(against: str) -> "Plan":
    """The plan that is named; its problems are shown and end the command with 2."""
    from cfbudget.checks.comparisons import comparisons
    from cfbudget.cli.output import loaded_plan, show_differing

    if Path(against).suffix.lower() != WORKBOOK or is_folder(against):
        loaded, plan = loaded_plan(against)
        show_differing(loaded, comparisons(plan))
        return plan
    from cfbudget.cli.progress import bar
    from cfbudget.cli.workbook_plan import workbook_plan

    with bar() as progress:
        return workbook_plan(Path(against), progress)


def against_tables(
    plan: "Plan", against: str, years: "set[FinancialYear] | None", services: set[str] | None
) -> "list[Table]":
    """A table for each of the plan's budgets, or those of some years.

    Args:
        services: those whose rows are wanted, or None for all. Totals stay the whole plan's.
    """
    from cfbudget.calculate.paired_services import Dated, budget_against
    from cfbudget.tables.against import Against, against_table, rows_within

    other = other_plan(against)
    for one in (other, plan):
        if not one.revenue:
            raise fail(f"{one.folder} has no revenue budget to hold against another")
    made = []
    for budget in plan.revenue:
        if years is None or budget.financial_year.year in years:
            held = Dated(other, budget_against(other, budget))
            of = Against(Dated(plan, budget), held, against)
            made.append(against_table(of).only(rows_within(of, services)))
    if not made:
        raise fail(
            f"the plan has no revenue budget of {_said(years)}: it has {_said(plan.budget_years)}"
        )
    return made


def _said(years: "Iterable[FinancialYear] | None") -> str:
    return ", ".join(map(str, sorted(years or ())))
