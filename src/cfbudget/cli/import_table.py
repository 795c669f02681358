"""`cfbudget import`: a printed table to a plan's files, with the proof that no figure was lost."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.choices import one_of, starting
from cfbudget.cli.common_options import FormatOption, OutputOption, TemplateOption, chosen_format
from cfbudget.cli.import_answers import answers, complete, tell_unused
from cfbudget.cli.import_files import existing_texts, put_in_place, spare_existing
from cfbudget.cli.import_records import holds_records, import_records
from cfbudget.cli.import_workbook import import_template, import_workbook
from cfbudget.cli.output import print_found, spare_source
from cfbudget.cli.printed_source import (
    STDIN,
    book_form,
    chosen_pages,
    printed_tables,
    source_file,
    unreadable,
)
from cfbudget.cli.show import Destination, Result, show
from cfbudget.cli.which_plan import fail

if TYPE_CHECKING:
    from cfbudget.casting.read.printed_table import PrintedTable
    from cfbudget.imports.importing import Drafts, TableKind
    from cfbudget.imports.page import Imported
    from cfbudget.imports.source_tables import SourceTable

MANY = 10_000
"""Cells, empty ones too: casting more takes some seconds."""
AS: "tuple[TableKind, ...]" = ("revenue", "capital", "options", "funding", "reserves")
EXAMPLES = """Examples:

cfbudget import budget.xlsx --as revenue --into my-plan

cfbudget import report.pdf --page 12 --as options --into my-plan --map 'Adult Care=adults'

cfbudget import exported.xlsx --into my-plan

cfbudget import totals.csv --into my-plan

cfbudget import capital.csv --as capital --into my-plan --unit £m

cfbudget import savings.xlsx --sheet List --as options --into my-plan --kind Efficiency=saving

pbpaste | cfbudget import - --as revenue --into my-plan --unit £000 --contains-options-of 2024-25"""


def _text(flag: str, metavar: str, words: str) -> object:
    return typer.Option(flag, metavar=metavar, help=words, show_default=False)


def import_table(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="CSV, TSV, text, Markdown, HTML, PDF, .xlsx, .ods; - reads standard input.",
            show_default=False,
        ),
    ] = None,
    as_: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="KIND",
            help="What it is: revenue, capital, options, funding or reserves.",
            autocompletion=starting(*AS),
            show_default=False,
        ),
    ] = "",
    into: Annotated[
        str, _text("--into", "DIR", "The plan's folder to write to; it is made if need be.")
    ] = "",
    sheet: Annotated[
        str | None, _text("--sheet", "NAME", "The one sheet of a workbook to read.")
    ] = None,
    page: Annotated[
        str | None, _text("--page", "PAGES", "The pages of a PDF: 12, 12-14 or 3,7.")
    ] = None,
    table: Annotated[
        str | None, _text("--table", "N", "Which table of several, by its number or name.")
    ] = None,
    rows: Annotated[
        str | None, _text("--rows", "M-N", "Only these rows of it, as the source numbers them.")
    ] = None,
    unit: Annotated[str | None, _text("--unit", "UNIT", "£, £000 or £m.")] = None,
    year: Annotated[
        str | None, _text("--year", "YEAR", "The financial year, where none is printed.")
    ] = None,
    basis: Annotated[
        str | None,
        _text("--basis", "WORD", "change, or level: the years' figures are cumulative changes."),
    ] = None,
    contains: Annotated[
        str | None,
        _text(
            "--contains-options-of",
            "YEARS",
            "Which years' options a budget already contains: 2024-25, or none.",
        ),
    ] = None,
    income: Annotated[
        str | None, _text("--income", "SIGN", "Whether income is printed plus or minus.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        _text(
            "--kind",
            "WORD=KIND",
            "The kind that a word in a heading or a column stands for; minus and plus for lines "
            "under none.",
        ),
    ] = None,
    status: Annotated[
        str | None, _text("--status", "STATUS", "Of options: new, or previously-approved.")
    ] = None,
    service: Annotated[
        str | None, _text("--service", "ID", "The service of options that stand under none.")
    ] = None,
    map_: Annotated[
        list[str] | None,
        _text("--map", "LABEL=ID", "The service that a label is, or a file of LABEL: ID lines."),
    ] = None,
    column: Annotated[
        list[str] | None,
        _text("--column", "LETTER=WHAT", "What a column is: 'D=net 2024-25', or D=none."),
    ] = None,
    fte_year: Annotated[
        str | None, _text("--fte-year", "YEAR", "The year of FTE that are printed once.")
    ] = None,
    name: Annotated[str | None, _text("--name", "NAME", "What the plan's table is called.")] = None,
    recipe: Annotated[
        str | None,
        _text(
            "--recipe",
            "FILE",
            "The answers of an earlier import, and where to keep these; without it "
            "DIR/import_KIND.recipe.",
        ),
    ] = None,
    exact: Annotated[
        bool | None,
        typer.Option(
            "--exact/--no-exact",
            help="Whether sums are exact, or may be rounded; without either the figures tell.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist.")] = False,
    format_: FormatOption = None,
    output: OutputOption = None,
    template: TemplateOption = None,
) -> None:
    """Write a plan's files from a printed table, and prove that no figure was lost.

    Finds out how the table adds up, as cast does, and asks what it does not tell: on a terminal
    one question after the other, else all at once, with what to type, and ends with 2. Shows what
    became of every figure. Without proof nothing is written; a wrong total of the source is
    written as it is printed, and check names it. Of an exported workbook, a
    filled-in template or tidy CSV that totals or export wrote, the files that it holds are written
    without --as.
    """
    target = Destination(chosen_format(format_, output, template), output, template)
    if _is_of_records(file, as_, into):
        import_records(Path(file or ""), into, target, force=force)
        return
    is_book = bool(file) and (file or "").lower().endswith(".xlsx")
    book = printed_tables(Path(file or ""), None, "") if is_book else ()
    if form := book_form(book):
        _refuse_kind(as_, into, form)
        if form == "exported":
            import_workbook(Path(file or ""), into, force=force)
        else:
            spare_source(output, Path(file or ""), "the plan")
            import_template(Path(file or ""), into, target, force=force)
        return
    wanted = _kind(as_)
    if not into:
        raise typer.BadParameter("say which folder: --into my-plan", param_hint="'--into'")
    source = source_file(file, "cfbudget import budget.xlsx --as revenue --into my-plan")
    if source is not None:
        spare_source(output, source, "the table")
    single = {
        "unit": unit, "year": year, "basis": basis, "contains": contains, "income": income,
        "status": status, "service": service, "table": table, "rows": rows, "name": name,
        "fte-year": fte_year,
    }  # fmt: skip
    words = {"kind": kind, "map": map_, "column": column}
    keeping = answers(into, wanted, recipe, single, words)
    pages = chosen_pages(page)
    printed = book if book and sheet is None else printed_tables(source, sheet, pages)
    tables = _cast(printed, exact)
    existing = existing_texts(into)
    named = STDIN if source is None else source.name
    drafts = complete(tables, wanted, keeping, existing, named)
    _refuse_trouble(source, drafts)
    targets = [one.file for one in drafts.files]
    spare_existing(into, targets, force=force)
    imported = _proved(drafts, existing, into, named, wanted)
    tell_unused(keeping, drafts.reading.asking)
    show(_result(imported), *target)
    if not imported.proof.holds:
        raise typer.Exit(2)
    put_in_place(into, imported.proof.texts, keeping, drafts.reading.asking.used)


def _is_of_records(file: str | None, as_: str, into: str) -> bool:
    """Whether a file is of tidy records: they are those of a whole plan, and of no one kind."""
    if not holds_records(file):
        return False
    if as_:
        raise fail(
            f"{file} holds the records of a plan, which cfbudget totals or export wrote",
            "leave --as away to write all the files that they hold",
        )
    if not into:
        raise typer.BadParameter("say which folder: --into my-plan", param_hint="'--into'")
    return True


def _refuse_kind(as_: str, into: str, form: str) -> None:
    """A workbook that is a plan is of no one kind, and is written to a folder."""
    if as_ and form == "exported":
        raise fail(
            "this is a workbook that cfbudget export wrote: it is a plan already",
            "leave --as away to write the files that it holds, name it to cfbudget compare, or "
            "cfbudget verify it against its plan's folder",
        )
    if as_:
        raise fail(
            "its sheets are the tables of a plan: the workbook is a plan as it stands",
            "leave --as away to write its files, or name it in place of a folder: cfbudget check "
            "--data plan.xlsx",
        )
    if not into:
        raise typer.BadParameter("say which folder: --into my-plan", param_hint="'--into'")


def _kind(given: str) -> "TableKind":
    if not given:
        raise typer.BadParameter(f"say what it is: {', '.join(AS)}", param_hint="'--as'")
    return one_of(given, AS, "--as")


def _cast(tables: "tuple[PrintedTable, ...]", exact: bool | None) -> "list[SourceTable]":
    from cfbudget.cli.progress import bar
    from cfbudget.imports.source_tables import source_tables

    cells = sum(len(row) for table in tables for row in table.rows)
    with bar() as progress:
        progress.doing("Casting", long=cells > MANY)
        found = source_tables(tables, exact=exact)
    notes = [note for table in tables for note in table.notes]
    if notes and not found:
        raise fail("no table with figures was found; nothing was written", "; ".join(notes))
    return found


def _refuse_trouble(source: Path | None, drafts: "Drafts") -> None:
    """End with 2 where the table cannot be imported as it is; all reasons are told."""
    from cfbudget import rules
    from cfbudget.imports.cell_places import name_of
    from cfbudget.problem import Place

    troubles = drafts.reading.troubles
    if troubles:
        place = Place(STDIN if source is None else str(source))
        problems = [
            rules.UNREADABLE_TABLE.at(
                place,
                f"{name_of(one.place)}: {one.refusal.reason}" if one.place else one.refusal.reason,
                one.refusal.hint,
            )
            for one in dict.fromkeys(troubles)
        ]
        print_found("", problems, {})
        raise typer.Exit(2)
    if not drafts.files:
        raise unreadable(source, "nothing in it could be read so", "say what it is with --as")


def _proved(
    drafts: "Drafts", existing: dict[str, str], into: str, named: str, wanted: str
) -> "Imported":
    """The proof; what keeps the files from being a plan ends the command with 2."""
    from cfbudget.imports.page import Imported
    from cfbudget.imports.proof import prove

    proof = prove(drafts.reading, drafts.files, existing, into, named)
    if proof.problems:
        print_found(into, proof.problems, proof.texts)
        raise typer.Exit(2)
    return Imported(named, wanted, drafts.reading, proof)


def _result(imported: "Imported") -> Result:
    from cfbudget.imports.page import import_page, import_records

    return Result(lambda: import_page(imported), lambda: import_records(imported))
