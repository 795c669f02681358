"""`cfbudget template`: an empty workbook that a plan is typed into."""

from pathlib import Path
from typing import Annotated

import typer

from cfbudget.cli.output import unwritten, wrote
from cfbudget.cli.trials import ForceOption
from cfbudget.cli.which_plan import fail
from cfbudget.problem import Refusal, printable
from cfbudget.years import FinancialYear, parse_year

EXAMPLES = """Examples:

cfbudget template plan.xlsx --year 2025-26

cfbudget template plan.xlsx --year 2025-26 --years 3 --whole-council

cfbudget check --data plan.xlsx"""
MOST = 12


def template(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.xlsx", help="The workbook to write.", show_default=False),
    ],
    year: Annotated[
        str,
        typer.Option(
            "--year",
            metavar="YEAR",
            help="The year of the revenue budget, and the plan's first: 2025-26.",
            show_default=False,
        ),
    ],
    years: Annotated[
        int, typer.Option("--years", min=1, max=MOST, help="How many years the plan has.")
    ] = 4,
    whole_council: Annotated[
        bool, typer.Option("--whole-council", help="Funding and reserves too.")
    ] = False,
    force: ForceOption = False,
) -> None:
    """Write an empty workbook to type a plan into, with lists, notes and checks that light up.

    Each sheet is a table of the plan. Once it is filled in, every command takes the workbook in
    place of a folder: cfbudget check --data plan.xlsx.
    """
    from cfbudget.cli.stored_workbook import may_write
    from cfbudget.read.sheet_table import LIMITS
    from cfbudget.read.spreadsheet import reach_of
    from cfbudget.template.columns import empty_tables
    from cfbudget.template.workbook import write_template
    from cfbudget.written_files import written_beside

    first = parse_year(year)
    if isinstance(first, Refusal):
        raise typer.BadParameter(first.sentence, param_hint="'--year'")
    if file.suffix.lower() != ".xlsx":
        raise fail(f"a template is a workbook: end {file.name!r} in .xlsx")
    may_write(file, force=force)
    named = [FinancialYear(first.start + at) for at in range(years)]
    try:
        with written_beside(file) as beside:
            write_template(empty_tables(named, whole_council=whole_council), beside)
            opened = reach_of(beside, LIMITS) if beside.is_file() else None
            if isinstance(opened, Refusal):
                raise fail(f"nothing was written: {opened.reason}. This is a fault of cfbudget.")
    except OSError as error:
        raise unwritten(file, error) from None
    wrote(file, f"fill it in, then: cfbudget check --data {printable(str(file))}")
