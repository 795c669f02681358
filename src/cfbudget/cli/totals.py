"""`cfbudget totals`: every total and the net position, recomputed."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cfbudget.cli.finding import fail, plan_folder
from cfbudget.cli.options import DataOption, Format, FormatOption, OutputOption, chosen_format
from cfbudget.cli.printing import agreement, deliver, loaded_plan, page, show_problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cfbudget.calculate.amounts import TableName
    from cfbudget.checks.comparison import Comparison
    from cfbudget.plan.plan import Plan
    from cfbudget.problem import Problem
    from cfbudget.tables.table import Table
    from cfbudget.years import FinancialYear


class TableChoice(StrEnum):
    """The tables of a plan."""

    revenue = "revenue"
    capital = "capital"
    options = "options"
    position = "position"


UnitChoice = Literal["£", "£000", "£m"]
EXAMPLES = """Examples:

cfbudget totals

cfbudget totals position --service education

cfbudget totals options --year 2025-26 --unit £m

cfbudget totals -f csv -o totals.csv"""


def service_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """The plan's service ids, for shell completion."""
    from cfbudget.calculate.services import service_tree, walk
    from cfbudget.loading import load_folder

    plan = load_folder(plan_folder(ctx.params.get("data"))).plan
    nodes = walk(service_tree(plan)) if plan else ()
    return [node.id for node in nodes if node.id.startswith(incomplete)]


def totals(
    tables: Annotated[
        list[TableChoice] | None,
        typer.Argument(
            metavar="TABLE",
            help="revenue, capital, options or position; all of them if none is named.",
            show_default=False,
        ),
    ] = None,
    data: DataOption = None,
    service: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Only this service and those within it; give it again for another.",
            autocompletion=service_ids,
            show_default=False,
        ),
    ] = None,
    year: Annotated[
        list[str] | None,
        typer.Option(
            metavar="YEAR",
            help="Only this year (2025-26); give it again for another.",
            show_default=False,
        ),
    ] = None,
    unit: Annotated[
        UnitChoice | None,
        typer.Option(help="Show every table in this unit.", show_default=False),
    ] = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print every total and the net position by service and year.

    Every figure is recomputed from the plan's lines. Filters never change a total.
    """
    chosen = chosen_format(format_, output)
    loaded, plan = loaded_plan(plan_folder(data))
    from cfbudget.checks.comparisons import comparisons
    from cfbudget.money import UNITS
    from cfbudget.tables.plan_tables import plan_tables

    services, years = _services(plan, service), _years(plan, year)
    shown = [table.only(services, years) for table in plan_tables(plan, _names(plan, tables))]
    if unit is not None:
        shown = [table.in_unit(UNITS[unit]) for table in shown]
    compared = comparisons(plan)
    show_problems(loaded, _differing(compared))
    closing = [agreement(compared), *([] if tables else _lacking(plan))]
    _print(shown, closing, chosen, output)


def _differing(compared: "Iterable[Comparison]") -> "tuple[Problem, ...]":
    found = [comparison for comparison in compared if comparison.outcome == "differs"]
    if not found:
        return ()
    from cfbudget.checks.reconciliation import difference_problem
    from cfbudget.problem import in_order

    return in_order(difference_problem(comparison) for comparison in found)


def _print(tables: "list[Table]", closing: list[str], chosen: Format, output: Path | None) -> None:
    if chosen == "csv":
        from cfbudget.render.data import tables_csv

        deliver(tables_csv(tables), output)
    elif chosen == "json":
        from cfbudget.render.data import tables_json

        deliver(tables_json(tables), output)
    elif chosen == "md":
        from cfbudget.render.markdown import tables_markdown

        deliver(tables_markdown(tables, closing), output)
    else:
        from cfbudget.render.terminal import print_tables

        with page(output) as (console, width):
            print_tables(console, tables, closing, width)


def _names(plan: "Plan", wanted: "list[TableChoice] | None") -> "list[TableName]":
    """The tables asked for, in the usual order; one that the plan lacks cannot be shown."""
    from cfbudget.tables.plan_tables import NAMES, lacking

    for name in wanted or ():
        if name in lacking(plan):
            raise fail(f"the plan in {plan.folder} has no {name} table")
    return [name for name in NAMES if not wanted or name in wanted]


def _lacking(plan: "Plan") -> list[str]:
    return [f"The plan has no {' and no '.join(plan.lacks)}."] if plan.lacks else []


def _services(plan: "Plan", wanted: list[str] | None) -> set[str] | None:
    """The services asked for with all within them, or None for every service."""
    if not wanted:
        return None
    from cfbudget.calculate.services import service_tree, walk
    from cfbudget.ids import did_you_mean

    nodes = {node.id: node for node in walk(service_tree(plan))}
    ids = {node.name: node.id for node in nodes.values()}
    found: set[str] = set()
    for given in wanted:
        if given not in nodes:
            hint = f"did you mean {ids[given]!r}?" if given in ids else None
            hint = hint or did_you_mean(given, nodes, f"the services are {', '.join(nodes)}")
            raise typer.BadParameter(f"unknown service {given!r}: {hint}", param_hint="'--service'")
        found |= {node.id for node in walk((nodes[given],))}
    return found


def _years(plan: "Plan", wanted: list[str] | None) -> "set[FinancialYear] | None":
    """The years asked for, or None for every year."""
    if not wanted:
        return None
    from cfbudget.problem import Refusal
    from cfbudget.years import parse_year

    known = sorted({*plan.years, *plan.capital_years, *plan.budget_years})
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
