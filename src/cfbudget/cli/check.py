"""`cfbudget check`: every stated figure proved, every rule applied."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.common_options import (
    DataOption,
    FormatOption,
    OutputOption,
    SchedulerOption,
    TemplateOption,
    chosen_format,
)
from cfbudget.cli.output import print_found, spare_inputs
from cfbudget.cli.show import Result, show
from cfbudget.cli.which_plan import fail, plan_folder
from cfbudget.stores import local_name

if TYPE_CHECKING:
    from cfbudget.reports.check.page import Checked

FEW = 4
"""So many plans that are named have a page each; more of them have a line."""
EXAMPLES = """Examples:

cfbudget check

cfbudget check plans/2024-25 plans/2025-26 --strict

cfbudget check plans

cfbudget check --all -o check.md

cfbudget check -f json"""


def check(
    ctx: typer.Context,
    folders: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DIR",
            help="Plan folders to check, or folders with plans below them.",
            show_default=False,
        ),
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
    scheduler: SchedulerOption = None,
    template: TemplateOption = None,
) -> None:
    """Compare every stated figure with the computed one, and apply every rule.

    Ends with 0 if all agree, 1 if a figure differs (or, with --strict, a warning is open), and
    2 if a plan could not be read. Of many plans each has a line, and a bad one does not stop the
    others.
    """
    chosen = chosen_format(format_, output, template)
    source = ctx.get_parameter_source("data")
    if folders and source is not None and source.name == "COMMANDLINE":
        raise typer.BadParameter(
            "name the folders, or give --data: not both", param_hint="'--data'"
        )
    addresses = _addresses(folders) if folders else [plan_folder(data)]
    for address in addresses:
        spare_inputs(output, address)
    is_many = len(addresses) > 1 and (addresses != folders or len(addresses) > FEW)
    lines = every or chosen in ("csv", "json")
    checked = _checked(
        addresses, accepted=accepted, lines=lines, is_many=is_many, scheduler=scheduler
    )
    unread = [one for one in checked if one.report is None]
    reports = [one.report for one in checked if one.report]
    if chosen == "json" or not unread or (is_many and reports):
        show(_result(checked, every=every, is_many=is_many), chosen, output, template)
    if unread:
        raise typer.Exit(2)
    if any(not report.rules for report in reports):
        raise fail("no rule was applied: nothing was checked")
    warned = strict and any(report.open_warnings for report in reports)
    if warned or not all(report.agrees for report in reports):
        raise typer.Exit(1)


def _addresses(folders: list[str]) -> list[str]:
    """The plans that are named, and those below folders that are none."""
    if "" in folders:
        raise typer.BadParameter("it names no folder", param_hint="'DIR'")
    from cfbudget.many.found_plans import plans_below

    named = map(local_name, folders)
    return [address for folder in named for address, _ in plans_below(folder)]


def _checked(
    addresses: list[str], *, accepted: bool, lines: bool, is_many: bool, scheduler: str | None
) -> "list[Checked]":
    """Check each plan, and show its problems: of many plans once all are checked.

    Args:
        lines: whether each comparison is asked for.
        scheduler: of the cluster that checks them; None for this machine.
    """
    from cfbudget.many.plan_check import CheckedPlan, CheckTask, checked_briefly, checked_plan

    tasks = [CheckTask(address, accepted, lines) for address in addresses]
    found: Iterable[CheckedPlan] = map(checked_plan, tasks)
    checking = "Checking plans"
    if scheduler is not None:
        from cfbudget.cli.many_plans import on_cluster

        found = list(on_cluster(checking, tasks, checked_briefly, CheckTask.unread, scheduler))
    elif is_many:
        from cfbudget.cli.many_plans import in_order

        found = list(in_order(checking, tasks, checked_briefly))
    made = []
    for checked, texts in found:
        print_found(checked.folder, checked.problems, texts)
        made.append(checked)
    return made


def _result(checked: "list[Checked]", *, every: bool, is_many: bool) -> Result:
    from cfbudget.many.check_page import many_checked_page
    from cfbudget.reports.check.page import check_page
    from cfbudget.reports.check.records import check_records

    made = many_checked_page if is_many else check_page
    return Result(lambda: made(checked, every=every), lambda: check_records(checked))
