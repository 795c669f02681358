"""`cfbudget cast`: whether a printed table adds up, found out from the table alone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.common_options import FormatOption, OutputOption, TemplateOption, chosen_format
from cfbudget.cli.output import spare_source, wrote
from cfbudget.cli.printed_source import STDIN, chosen_pages, printed_tables, source_file
from cfbudget.cli.progress import bar
from cfbudget.cli.show import Result, show
from cfbudget.problem import printable

if TYPE_CHECKING:
    from cfbudget.casting.read.printed_table import PrintedTable
    from cfbudget.casting.report.cast_table import CastTable

MANY = 10_000
"""Cells, empty ones too: casting more takes some seconds."""
EXAMPLES = """Examples:

cfbudget cast table.csv

cfbudget cast accounts.xlsx --sheet "Note 7" --all

cfbudget cast budget.pdf --page 12-14

cfbudget cast page.html -o cast.xlsx

cfbudget cast table.csv -f json

pbpaste | cfbudget cast"""


def cast(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="CSV, TSV, text, Markdown, HTML, PDF, .xlsx, .ods; - or nothing: standard input.",
            show_default=False,
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet",
            metavar="NAME",
            help="The one sheet of a workbook to cast; without it every sheet.",
            show_default=False,
        ),
    ] = None,
    page: Annotated[
        str | None,
        typer.Option(
            "--page",
            metavar="PAGES",
            help="The pages of a PDF to cast: 12, 12-14 or 3,7; without it every page.",
            show_default=False,
        ),
    ] = None,
    exact: Annotated[
        bool | None,
        typer.Option(
            "--exact/--no-exact",
            help="Allow no rounding, or allow it; without either the figures tell.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="List every relation, not only those that differ.")
    ] = False,
    uncovered: Annotated[
        bool, typer.Option("--uncovered", help="List the figures that no relation covers.")
    ] = False,
    format_: FormatOption = None,
    output: OutputOption = None,
    template: TemplateOption = None,
) -> None:
    """Find out from a printed table alone how it adds up, and re-add it.

    No layout is declared. Products (tax base × Band D), ratios and averages are not looked for;
    what no sum covers is said. Ends with 0 if every relation that is found agrees, within rounding
    where that is allowed; with 1 if one differs, a figure cannot be read, a line that claims to be
    a total is not shown to add up, or no relation is found; and with 2 if there is no table to
    read.
    """
    chosen = chosen_format(format_, output, template)
    source = source_file(file, "cfbudget cast table.csv")
    if source is not None:
        spare_source(output, source, "the table")
    tables = _cast(printed_tables(source, sheet, chosen_pages(page)), exact)
    if output is not None and chosen == "xlsx":
        _book(source, tables, output)
    else:
        show(_result(source, tables, (every, uncovered)), chosen, output, template)
    from cfbudget.casting.report.cast_table import all_well

    if not all_well(tables):
        raise typer.Exit(1)


def _cast(tables: "tuple[PrintedTable, ...]", exact: bool | None) -> "tuple[CastTable, ...]":
    from cfbudget.casting.report.cast_table import cast_tables

    cells = sum(len(row) for table in tables for row in table.rows)
    if cells <= MANY:
        return cast_tables(tables, exact=exact)
    with bar() as progress:
        progress.doing("Casting", len(tables) + 1 if len(tables) > 1 else 0, long=True)
        return cast_tables(tables, exact=exact, progress=progress.step)


def _book(source: Path | None, tables: "tuple[CastTable, ...]", output: Path) -> None:
    """Build, prove and store the workbook, or nothing."""
    from importlib.metadata import version

    from cfbudget.casting.book.cast_book import build_cast
    from cfbudget.cli.stored_workbook import may_write, refusals, store_book

    may_write(output, force=True)
    book = build_cast(
        tables, STDIN if source is None else printable(source.name), version("cfbudget")
    )
    with refusals(output), bar() as progress:
        store_book(book, output, progress)
    wrote(output)


def _result(
    source: Path | None, tables: "tuple[CastTable, ...]", listed: tuple[bool, bool]
) -> Result:
    """What was found.

    Args:
        listed: whether to list every relation, and the figures that no relation covers.
    """
    from cfbudget.casting.report.page import cast_page
    from cfbudget.casting.report.records import cast_records

    named = STDIN if source is None else str(source)
    return Result(lambda: cast_page(named, tables, listed), lambda: cast_records(tables))
