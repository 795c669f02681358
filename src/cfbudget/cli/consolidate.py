"""`cfbudget consolidate`: many plans in one tidy table, and what they come to together."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cfbudget.cli.choices import one_of, starting
from cfbudget.cli.common_options import (
    ENDINGS,
    IN_A_FILE,
    Format,
    SchedulerOption,
    TemplateOption,
    chosen_format,
    format_among,
)
from cfbudget.cli.many_plans import (
    WantedPlans,
    done_together,
    records_apart,
    stored_partitions,
    stored_records,
)
from cfbudget.cli.output import print_found, spare_inputs
from cfbudget.cli.partitions_in_store import partitions_in_store
from cfbudget.cli.show import Result, show
from cfbudget.cli.totals import UNIT_NAMES
from cfbudget.cli.which_plan import fail, say
from cfbudget.stores import is_address, local_name

if TYPE_CHECKING:
    from cfbudget.many.consolidated import Consolidated
    from cfbudget.many.heading_map import MapLine
    from cfbudget.money import Unit

Stored = Literal[Format, "parquet"]
EXAMPLES = """Examples:

cfbudget consolidate plans

cfbudget consolidate plans --by plan --unit £m

cfbudget consolidate plans --by kind --by status

cfbudget consolidate adults children places -o council.parquet

cfbudget consolidate plans --map headings.csv

cfbudget consolidate plans -f csv"""


def consolidate(
    folders: Annotated[
        list[str],
        typer.Argument(
            metavar="DIR...",
            help="Folders of plans, at any depth below them, or plans.",
            show_default=False,
        ),
    ],
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="FIELD",
            help="Totals for each plan, service, kind, status, fund, category, portfolio, owner, "
            "row, label or ref; give it again for one within another.",
            show_default=False,
        ),
    ] = None,
    map_: Annotated[
        Path | None,
        typer.Option(
            "--map",
            metavar="FILE",
            help="Which services come under which common heading, a .csv or .yaml file: totals "
            "by heading.",
            show_default=False,
        ),
    ] = None,
    unit: Annotated[
        str,
        typer.Option(
            metavar="UNIT",
            help="Show totals in this unit: £, £000 or £m. Records keep each plan's.",
            autocompletion=starting(*UNIT_NAMES),
        ),
    ] = "£000",
    format_: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="table (the default), md, html, xlsx, docx, or exact, tidy data: csv, json or "
            "parquet.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to a file; its ending (.txt .csv .json .md .html .xlsx .docx) is the "
            "format. With .parquet: all records, in a folder that is partitioned by plan, and may "
            "be an address.",
            show_default=False,
        ),
    ] = None,
    scheduler: SchedulerOption = None,
    template: TemplateOption = None,
) -> None:
    """Put many plans into one tidy table, with totals over them.

    Every plan in and below the folders is read; one that cannot be is reported, and missing in
    all figures. CSV and JSON are the records of all plans, or with --by the totals. Ends with 2
    if a plan could not be read.
    """
    named = local_name(output) if output is not None else None
    target = Path(named) if named is not None else None
    stored = _format(format_, target, template)
    _need_one_place(stored, named, scheduler, records=not by and map_ is None)
    from cfbudget.many.found_plans import found_plans
    from cfbudget.money import UNITS

    fields = _fields(by or [], map_)
    shown_in = UNITS[one_of(unit, UNIT_NAMES, "--unit")]
    if "" in folders:
        raise typer.BadParameter("it names no folder", param_hint="'DIR...'")
    found = found_plans(map(local_name, folders))
    for place in found.places:
        spare_inputs(target, place.address)
    for address in found.repeated:
        say(f"{address} was named before, and counts once")
    mapping, texts = _mapping(map_)
    wanted = WantedPlans(found.places, fields, mapping, texts, scheduler)
    if stored == "parquet":
        assert named is not None, "a folder is written where it is named"
        store = partitions_in_store if is_address(named) else stored_partitions
        together = store(wanted, named)
        show(_result(together, shown_in), "table", None)
    elif stored in ("csv", "json") and not fields:
        together = stored_records(wanted, stored, target)
    elif stored == "xlsx" and scheduler is None:
        with records_apart(wanted, "json") as (together, parts):
            show(_result(together, shown_in, parts), stored, target)
    else:
        together = done_together(wanted)
        show(_result(together, shown_in), stored, target, template)
    if together.unread:
        raise typer.Exit(2)


def _format(given: str | None, output: Path | None, template: Path | None) -> Stored:
    endings: dict[str, Stored] = dict(ENDINGS.items())
    endings[".parquet"] = "parquet"
    in_files: dict[Stored, str] = dict(IN_A_FILE.items())
    in_files["parquet"] = "Parquet"
    stored = format_among(endings, "table", in_files, given, output)
    if stored == "parquet":
        if template is not None:
            message = "it is for a Word document: give -o FILE.docx"
            raise typer.BadParameter(message, param_hint="'--template'")
        return stored
    return chosen_format(stored, output, template)


def _need_one_place(
    stored: Stored, output: str | None, scheduler: str | None, *, records: bool
) -> None:
    """Refuse a file where only partitions can be, each written by whoever reads its plan."""
    hint = "-o FOLDER.parquet has each plan's records beside the others'"
    if stored != "parquet" and output is not None and is_address(output):
        raise fail(f"{output} would be one file, and what a store takes is partitions", hint)
    if scheduler is not None and stored in ("csv", "json") and records:
        raise fail(f"{stored} is one file of all records, which no machine of a cluster has", hint)


def _fields(by: list[str], map_: Path | None) -> tuple[str, ...]:
    """The fields that totals are kept apart by; with a map by its headings, if by nothing else."""
    from cfbudget.many.consolidated import BY_FIELDS, kept_apart_by
    from cfbudget.many.heading_map import HEADING

    asked: list[str] = [one_of(field, BY_FIELDS, "--by") for field in by]
    if map_ is None and HEADING in asked:
        message = "headings are those of a map: give --map FILE"
        raise typer.BadParameter(message, param_hint="'--by'")
    if map_ is not None and HEADING not in asked:
        asked.insert(0, HEADING)
    return kept_apart_by(asked)


def _mapping(map_: Path | None) -> "tuple[tuple[MapLine, ...], dict[str, str]]":
    """The map's lines, and its text by its name; its problems end the command with 2."""
    if map_ is None:
        return (), {}
    from cfbudget.many.heading_map import heading_map
    from cfbudget.problem import Place, Problem
    from cfbudget.read.folder import read_text

    file, unread = str(map_), list[Problem]()
    text = read_text(map_, Place(file), unread)
    read = heading_map(text, file) if text is not None else None
    problems = read.problems if read else unread
    if read is None or problems:
        print_found("", problems, {file: text or ""})
        raise typer.Exit(2)
    return read.lines, {file: text or ""}


def _result(together: "Consolidated", unit: "Unit", parts: "list[Path] | None" = None) -> Result:
    """What there is to show.

    Args:
        parts: files of records that stand beside the totals, where they do.
    """
    from cfbudget.many.page import (
        consolidated_page,
        said_of_map,
        said_of_plans,
        said_of_totals,
    )
    from cfbudget.many.totals_records import totals_records

    return Result(
        lambda: consolidated_page(together, unit, parts),
        lambda: totals_records(together, unit),
        (*said_of_plans(together), *said_of_map(together), *said_of_totals(together)),
    )
