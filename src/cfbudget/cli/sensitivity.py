"""`cfbudget model --sensitivity`: what a point more or less of each assumption does."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.common_options import Format
from cfbudget.cli.show import Result, show
from cfbudget.cli.which_plan import fail

if TYPE_CHECKING:
    from cfbudget.plan.plan import Plan

SensitivityOption = Annotated[
    bool,
    typer.Option(
        "--sensitivity",
        help="What one point more and less of each assumption, and of council tax, does.",
    ),
]


def show_sensitivity(
    plan: "Plan", chosen: Format, output: Path | None, template: Path | None
) -> None:
    """The effect of each assumption on the gap or, without funding, on the net budget."""
    from cfbudget.reports.totals.page import totals_page
    from cfbudget.reports.totals.records import totals_records
    from cfbudget.scenario.changes.sensitivity import sensitivity
    from cfbudget.tables.sensitivity import sensitivity_table

    found = sensitivity(plan)
    if not found.effects:
        raise fail(
            f"nothing to move: the plan in {plan.folder} has no assumption and no council tax by "
            "Band D in a year that no budget contains"
        )
    tables = (sensitivity_table(plan, found),)
    result = Result(
        lambda: totals_page(tables, (), notes=False), lambda: totals_records(tables, notes=False)
    )
    show(result, chosen, output, template)
