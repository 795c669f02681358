"""`cfbudget check`: every stated figure proved, every rule applied."""

from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.common_options import (
    DataOption,
    FormatOption,
    OutputOption,
    TemplateOption,
    chosen_format,
)
from cfbudget.cli.output import lacking, show_problems, spare_inputs
from cfbudget.cli.show import Result, show
from cfbudget.cli.which_plan import fail, plan_folder

if TYPE_CHECKING:
    from cfbudget.reports.check.page import Checked

EXAMPLES = """Examples:

cfbudget check

cfbudget check plans/2024-25 plans/2025-26 --strict

cfbudget check --all -o check.md

cfbudget check -f json"""


def check(
    ctx: typer.Context,
    folders: Annotated[
        list[str] | None,
        typer.Argument(metavar="DIR", help="Plan folders to check.", show_default=False),
    ] = None,
    data: DataOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 on a warning that is not accepted.")
    ] = False,
    accepted: Annotated[
        bool, typer.Option("--accepted", help="Show accepted warnings too, with their reasons.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="List every comparison, not only those that differ.")
    ] = False,
    format_: FormatOption = None,
    output: OutputOption = None,
    template: TemplateOption = None,
) -> None:
    """Compare every stated figure with the computed one, and apply every rule.

    Ends with 0 if all agree, 1 if a figure differs (or, with --strict, a warning is open), and
    2 if a plan could not be read.
    """
    chosen = chosen_format(format_, output, template)
    source = ctx.get_parameter_source("data")
    if folders and source is not None and source.name == "COMMANDLINE":
        raise typer.BadParameter(
            "name the folders, or give --data: not both", param_hint="'--data'"
        )
    if "" in (folders or ()):
        raise typer.BadParameter("it names no folder", param_hint="'DIR'")
    named = folders or [plan_folder(data)]
    for folder in named:
        spare_inputs(output, folder)
    lines = every or chosen in ("csv", "json")
    checked = [_checked(folder, accepted, lines=lines) for folder in named]
    unread = [one for one in checked if one.report is None]
    reports = [one.report for one in checked if one.report]
    if chosen == "json" or not unread:
        show(_result(checked, every=every), chosen, output, template)
    if unread:
        raise typer.Exit(2)
    if any(not report.rules for report in reports):
        raise fail("no rule was applied: nothing was checked")
    warned = strict and any(report.open_warnings for report in reports)
    if warned or not all(report.agrees for report in reports):
        raise typer.Exit(1)


def _checked(folder: str, accepted: bool, *, lines: bool) -> "Checked":
    """Check one folder, and show its problems.

    Args:
        lines: whether each comparison is asked for.
    """
    from cfbudget.checks.needs_lines import needs_lines
    from cfbudget.checks.report import check as check_plan
    from cfbudget.loaded import load_condensed, load_folder
    from cfbudget.reports.check.page import Checked

    loaded = load_folder(folder) if lines else load_condensed(folder)
    report = check_plan(loaded.plan) if loaded.plan else None
    if loaded.plan and report and report.condensed and needs_lines(loaded.plan, report.comparisons):
        loaded = load_folder(folder)
        report = check_plan(loaded.plan) if loaded.plan else None
    if loaded.plan is None or report is None:
        show_problems(loaded, loaded.problems)
        return Checked(folder, folder, None, loaded.problems, ())
    shown = tuple(p for p in report.problems if accepted or p.accepted is None)
    show_problems(loaded, shown)
    return Checked(folder, loaded.plan.name, report, shown, lacking(loaded.plan))


def _result(checked: "list[Checked]", *, every: bool) -> Result:
    from cfbudget.reports.check.page import check_page
    from cfbudget.reports.check.records import check_records

    return Result(lambda: check_page(checked, every=every), lambda: check_records(checked))
