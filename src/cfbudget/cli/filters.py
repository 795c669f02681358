"""What of a plan a command is asked to show: tables, services and years."""

from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.calculate.amounts import PLAN_TABLES
from cfbudget.cli.choices import one_of
from cfbudget.cli.which_plan import fail, is_folder, plan_folder

if TYPE_CHECKING:
    from cfbudget.calculate.amounts import TableName
    from cfbudget.plan.plan import Plan
    from cfbudget.years import FinancialYear

PART_OF: "dict[TableName, TableName]" = {"gap": "position", "assumptions": "options"}


def service_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """The plan's service ids, for shell completion."""
    from cfbudget.calculate.services import service_tree, walk
    from cfbudget.loaded import load_folder

    plan = load_folder(plan_folder(ctx.params.get("data"))).plan
    nodes = walk(service_tree(plan)) if plan else ()
    return [node.id for node in nodes if node.id.startswith(incomplete)]


ServicesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--service",
        metavar="ID",
        help="Only this service and those within it; give it again for another.",
        autocompletion=service_ids,
        show_default=False,
    ),
]


def chosen_tables(plan: "Plan", wanted: list[str] | None) -> "list[TableName]":
    """The tables asked for, in the usual order; one that the plan lacks cannot be shown.

    The gap belongs to the position, and assumptions to the options.
    """
    from cfbudget.tables.plan_tables import lacking

    for name in wanted or ():
        if name not in PLAN_TABLES and is_folder(name):
            raise typer.BadParameter(
                f"{name!r} is a folder: to read the plan in it write --data {name}",
                param_hint="'TABLE'",
            )
        if one_of(name, PLAN_TABLES, "TABLE") in lacking(plan):
            raise fail(f"the plan in {plan.folder} has no {name} table")
    asked = {*(wanted or PLAN_TABLES)}
    return [name for name in PLAN_TABLES if name in asked or PART_OF.get(name) in asked]


def chosen_services(plan: "Plan", wanted: list[str] | None) -> set[str] | None:
    """The services asked for with all within them, or None for every service."""
    if not wanted:
        return None
    from cfbudget.calculate.services import service_tree, walk
    from cfbudget.ids import did_you_mean_id

    nodes = {node.id: node for node in walk(service_tree(plan))}
    names = {node.id: node.name for node in nodes.values()}
    found: set[str] = set()
    for given in wanted:
        if given not in nodes:
            hint = did_you_mean_id(given, names, f"the services are {', '.join(nodes)}")
            raise typer.BadParameter(f"unknown service {given!r}: {hint}", param_hint="'--service'")
        found |= {node.id for node in walk((nodes[given],))}
    return found


def chosen_years(plan: "Plan", wanted: list[str] | None) -> "set[FinancialYear] | None":
    """The years asked for, or None for every year."""
    if not wanted:
        return None
    from cfbudget.problem import Refusal
    from cfbudget.years import parse_year

    known = sorted(
        {
            *plan.years,
            *plan.capital_years,
            *plan.budget_years,
            *plan.funding_years,
            *plan.reserve_years,
        }
    )
    found: set[FinancialYear] = set()
    for given in wanted:
        year = parse_year(given)
        if isinstance(year, Refusal):
            raise typer.BadParameter(f"{year.reason}; {year.hint}", param_hint="'--year'")
        if year not in known:
            years = ", ".join(str(year) for year in known)
            message = f"{year} is outside the plan: its years are {years}"
            raise typer.BadParameter(message, param_hint="'--year'")
        found.add(year)
    return found
