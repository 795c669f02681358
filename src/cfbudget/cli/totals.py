"""`cfbudget totals`: every total and the net position, recomputed."""

from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.calculate.amounts import PLAN_TABLES
from cfbudget.cli.against import AgainstOption, against_tables, only_revenue
from cfbudget.cli.choices import one_of, starting
from cfbudget.cli.common_options import (
    DataOption,
    FormatOption,
    OutputOption,
    TemplateOption,
    chosen_format,
)
from cfbudget.cli.filters import (
    ServicesOption,
    chosen_services,
    chosen_tables,
    chosen_years,
)
from cfbudget.cli.options_layout import ByOption, ListOption, OptionsLayout
from cfbudget.cli.output import (
    agreement,
    loaded_plan,
    show_differing,
    spare_inputs,
)
from cfbudget.cli.show import Result, show
from cfbudget.cli.shown_parts import DepthOption, ViewOption, shown_parts
from cfbudget.cli.which_plan import plan_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cfbudget.layout.table import Table

UNIT_NAMES = ("£", "£000", "£m")
EXAMPLES = """Examples:

cfbudget totals

cfbudget totals position --service education

cfbudget totals options --year 2025-26 --unit £m

cfbudget totals options --by category

cfbudget totals options --list

cfbudget totals position --view net --view gap --depth 1

cfbudget totals revenue --against plans/2024-25

cfbudget totals -f csv -o totals.csv"""


def totals(
    tables: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TABLE",
            help="revenue, capital, financing, options, assumptions, position, gap, funding or "
            "reserves; all if none is named.",
            autocompletion=starting(*PLAN_TABLES),
            show_default=False,
        ),
    ] = None,
    data: DataOption = None,
    service: ServicesOption = None,
    year: Annotated[
        list[str] | None,
        typer.Option(
            metavar="YEAR",
            help="Only this year (2025-26); give it again for another.",
            show_default=False,
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            metavar="UNIT",
            help="Show every table in this unit: £, £000 or £m.",
            autocompletion=starting(*UNIT_NAMES),
            show_default=False,
        ),
    ] = None,
    by: ByOption = None,
    list_: ListOption = False,
    against: AgainstOption = None,
    view: ViewOption = None,
    depth: DepthOption = None,
    notes: Annotated[
        bool,
        typer.Option(
            "--notes",
            help="Show the notes and sources of lines too; in CSV and JSON as a last field, note.",
            show_default=False,
        ),
    ] = False,
    format_: FormatOption = None,
    output: OutputOption = None,
    template: TemplateOption = None,
) -> None:
    """Print every total and the net position by service and year.

    Every figure is recomputed from the plan's lines. Filters never change a total.
    --against sets last year's revenue budget beside this year's, with change and per cent.
    A plan with funding.yaml has the budget gap and the council tax requirement too.
    """
    if against is not None:
        only_revenue(against, tables)
        spare_inputs(output, against)
    if depth is not None and (by is not None or list_):
        message = "--by and --list have no services within others: leave it out"
        raise typer.BadParameter(message, param_hint="'--depth'")
    chosen = chosen_format(format_, output, template)
    folder = plan_folder(data)
    spare_inputs(output, folder)
    lines = list_ or by is not None or chosen in ("csv", "json", "xlsx")
    loaded, plan = loaded_plan(folder, lines=lines)
    from cfbudget.calculate.not_known import not_known
    from cfbudget.checks.comparisons import comparisons, condensed_agreeing
    from cfbudget.tables.condensed_note import condensed_note
    from cfbudget.tables.not_known_words import left_out_note
    from cfbudget.tables.plan_tables import plan_tables
    from cfbudget.tables.standing_sentences import lacking_tables

    layout = OptionsLayout(by, list_)
    services, years = chosen_services(plan, service), chosen_years(plan, year)
    if against is None:
        every = layout.laid_out(plan, plan_tables(plan, chosen_tables(plan, tables)))
        made = [table.only(services, years) for table in every]
    else:
        layout.laid_out(plan, ())  # refuses a layout of options, which are not shown
        made = against_tables(plan, against, years, services)
    shown = _in_unit(shown_parts(made, view, depth, chosen), unit)
    compared = comparisons(plan)
    show_differing(loaded, compared)
    missing = () if tables else lacking_tables(plan)
    filtered = (note for table in shown for note in table.filtered)
    left_out = (*missing, *filtered, *left_out_note(not_known(plan)))
    closing = (*condensed_note(plan), agreement(compared, condensed_agreeing(plan)), *missing)
    # Beside a terminal's page there is always room for notes; on it they are asked for.
    noted = notes or chosen in ("md", "html", "xlsx", "docx")
    show(_result(shown, closing, left_out, notes=noted), chosen, output, template)


def _result(
    tables: "list[Table]", closing: tuple[str, ...], left_out: tuple[str, ...], *, notes: bool
) -> Result:
    from cfbudget.reports.totals.page import totals_page
    from cfbudget.reports.totals.records import totals_records

    return Result(
        lambda: totals_page(tables, closing, notes=notes),
        lambda: totals_records(tables, notes=notes),
        left_out,
    )


def _in_unit(tables: "Iterable[Table]", unit: str | None) -> "list[Table]":
    """The tables in the unit asked for, or each in its own."""
    from cfbudget.money import UNITS

    if unit is None:
        return list(tables)
    in_unit = UNITS[one_of(unit, UNIT_NAMES, "--unit")]
    return [table.in_unit(in_unit) for table in tables]
