"""`cfbudget export`: the plan as a workbook that proves itself, or as tidy data."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.common_options import DataOption
from cfbudget.cli.output import loaded_plan, spare_inputs, wrote
from cfbudget.cli.stored_workbook import may_write, plan_workbook, refusals, store_book
from cfbudget.cli.trials import ConflictsOption, ScenarioOption, Trial, tried
from cfbudget.cli.which_plan import fail, plan_folder

if TYPE_CHECKING:
    from cfbudget.plan.plan import Plan

ENDINGS = (".xlsx", ".csv", ".json", ".parquet")
EARLIEST = date(1900, 1, 1)
"""The first day that spreadsheets know."""
EXAMPLES = """Examples:

cfbudget export plan.xlsx

cfbudget export plan.xlsx --data plans/2025-26 --force

cfbudget export plan.xlsx --date 2026-03-01

cfbudget export plan.csv

cfbudget export slips.xlsx --scenario slips.yaml"""


def export(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="The file to write; its ending (.xlsx .csv .json .parquet) is the format.",
            show_default=False,
        ),
    ],
    data: DataOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    date_: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="YYYY-MM-DD",
            help="The date that the workbook bears; without it, or SOURCE_DATE_EPOCH, none.",
            show_default=False,
        ),
    ] = None,
    scenario: ScenarioOption = None,
    allow_conflicts: ConflictsOption = False,
) -> None:
    """Write the plan as a workbook with live formulas, every total tested against the source.

    The same plan gives the same bytes. cfbudget verify tells whether a workbook that comes back
    is still the plan. With another ending: the same figures as tidy data. With --scenario: the
    plan, what it comes to with the scenario, and the difference.
    """
    ending = _ending(target)
    if date_ is not None and ending != ".xlsx":
        raise typer.BadParameter("only a workbook bears a date", param_hint="'--date'")
    dated = _date(date_)
    folder = plan_folder(data)
    spare_inputs(target, folder)
    may_write(target, force=force)
    from cfbudget.cli.progress import bar

    with bar() as progress:
        progress.doing("Reading")
        loaded, plan = loaded_plan(folder)
        trial = (
            tried(plan, scenario, allow_conflicts=allow_conflicts, output=target)
            if scenario
            else None
        )
        if ending == ".xlsx":
            with refusals(target):
                book, said = plan_workbook(loaded, plan, dated, progress, trial)
                del loaded, plan, trial  # their memory is wanted for what is stored
                store_book(book, target, progress, dated)
        else:
            said = _tidy(plan, target, ending, trial)
    wrote(target, said)


def _ending(target: Path) -> str:
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        known = f"{', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
        raise typer.BadParameter(
            f"no format is known for {target.name!r}: end it in {known}", param_hint="'FILE'"
        )
    return ending


def _date(given: str | None) -> datetime | None:
    """The date that the workbook bears, at the start of its day; None for none."""
    if given is not None:
        try:
            found = date.fromisoformat(given)
        except ValueError:
            raise typer.BadParameter(
                f"{given!r} is not a date: write it as 2026-03-01", param_hint="'--date'"
            ) from None
        if found < EARLIEST:
            raise typer.BadParameter(
                f"a workbook bears no date before {EARLIEST}", param_hint="'--date'"
            )
        return datetime(found.year, found.month, found.day, tzinfo=UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        made = datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise fail(f"SOURCE_DATE_EPOCH is {epoch!r}, not the seconds of a date") from None
    if made.date() < EARLIEST:
        raise fail(f"SOURCE_DATE_EPOCH is {epoch!r}: a workbook bears no date before {EARLIEST}")
    return made


def _tidy(plan: "Plan", target: Path, ending: str, trial: Trial | None) -> str:
    from cfbudget.written_files import write_text, written_beside

    found = _records(plan, trial)
    fields = tuple(found[0]) if found else ()
    with refusals(target):
        if ending == ".parquet":
            try:
                from cfbudget.render.parquet import write_parquet
            except ImportError:
                raise fail(
                    "a .parquet file needs pyarrow: pip install 'cfbudget[parquet]', "
                    "or write .csv or .json"
                ) from None
            with written_beside(target) as beside:
                write_parquet(fields, [tuple(record.values()) for record in found], beside)
        else:
            from cfbudget.render.data import csv_text, json_lines

            write_text(target, csv_text(fields, found) if ending == ".csv" else json_lines(found))
    return ""


def _records(plan: "Plan", trial: Trial | None) -> list[dict[str, str]]:
    """The plan's tidy records; with a scenario, also what it comes to and the difference."""
    if trial is not None:
        from cfbudget.reports.trial.records import trial_records
        from cfbudget.tables.trial import trial_tables

        return list(trial_records(trial_tables(trial.applied, trial.name)))
    from cfbudget.tables.plan_tables import plan_tables

    return [record._asdict() for table in plan_tables(plan) for record in table.records()]
