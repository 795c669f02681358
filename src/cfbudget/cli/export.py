"""`cfbudget export`: the plan as a workbook that proves itself, or as tidy data."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.finding import fail, plan_folder
from cfbudget.cli.options import DataOption
from cfbudget.cli.printing import (
    agreement,
    loaded_plan,
    show_differing,
    spare_inputs,
    unwritten,
    wrote,
)

if TYPE_CHECKING:
    from cfbudget.cli.progress import Bar
    from cfbudget.loading import Loaded
    from cfbudget.plan.plan import Plan

ENDINGS = (".xlsx", ".csv", ".json", ".parquet")
EXAMPLES = """Examples:

cfbudget export plan.xlsx

cfbudget export plan.xlsx --data plans/2025-26 --force

cfbudget export plan.xlsx --date 2026-03-01

cfbudget export plan.csv"""


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
) -> None:
    """Write the plan as a workbook with live formulas, every total tested against the source.

    The same plan gives the same bytes. cfbudget verify tells whether a workbook that comes back
    is still the plan. With another ending: the same figures as tidy data.
    """
    ending = _ending(target)
    if date_ is not None and ending != ".xlsx":
        raise typer.BadParameter("only a workbook bears a date", param_hint="'--date'")
    dated = _date(date_)
    folder = plan_folder(data)
    spare_inputs(target, folder)
    _may_write(target, force=force)
    from cfbudget.cli.progress import bar

    with bar() as progress:
        progress.doing("Reading")
        loaded, plan = loaded_plan(folder)
        if ending == ".xlsx":
            said = _workbook(loaded, plan, target, dated, progress)
        else:
            said = _tidy(plan, target, ending)
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
        return datetime(found.year, found.month, found.day, tzinfo=UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise fail(f"SOURCE_DATE_EPOCH is {epoch!r}, not the seconds of a date") from None


def _may_write(target: Path, *, force: bool) -> None:
    """Refuse a target that must not be replaced, before any work is done."""
    try:
        target.lstat()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise unwritten(target, error) from None
    if target.is_dir():
        raise fail(f"{target} is a folder: name a file in it, such as {target / 'plan.xlsx'}")
    if not target.parent.is_dir():
        raise fail(f"there is no folder {target.parent}: make it, or write elsewhere")
    beside = frozenset(os.listdir(target.parent))
    for mark in (f".~lock.{target.name}#", f"~${target.name}"):
        if mark in beside:
            raise fail(
                f"{target} is open in another program ({mark} says so): close it there, "
                "or write to another file"
            )
    if target.exists() and not force:
        raise fail(f"{target} exists: give --force to replace it, or write to another file")


def _workbook(
    loaded: "Loaded", plan: "Plan", target: Path, dated: datetime | None, progress: "Bar"
) -> str:
    """Build, prove and store the workbook; what to say of it."""
    from importlib.metadata import version

    from cfbudget.checks.report import check
    from cfbudget.read.folder import digests
    from cfbudget.render.writing import written_beside
    from cfbudget.render.xlsx import NO_CLOCK, write_workbook
    from cfbudget.render.xlsx_cells import DoesNotFit
    from cfbudget.workbook.about import Origin
    from cfbudget.workbook.building import build
    from cfbudget.workbook.proof import Disagreement, prove

    progress.doing("Checking")
    report = check(plan)
    show_differing(loaded, report.comparisons)
    with _refusals(target):
        found = digests(Path(loaded.folder), loaded.texts)
        day = dated.date().isoformat() if dated else None
        progress.doing("Building")
        book = build(plan, report, Origin(version("cfbudget"), found, day))
        progress.doing("Proving")
        try:
            prove(book)
        except Disagreement as fault:
            raise fail(f"nothing was written: {fault}. This is a fault of cfbudget.") from None
        progress.doing("Writing", sum(len(sheet.cells) for sheet in book.sheets.values()))
        try:
            with written_beside(target) as beside:
                write_workbook(book, beside, dated or NO_CLOCK, progress.step)
        except DoesNotFit as large:
            raise fail(f"the plan does not fit a workbook: {large}; nothing was written") from None
    return agreement(report.comparisons)


def _tidy(plan: "Plan", target: Path, ending: str) -> str:
    from cfbudget.render.writing import write_text, written_beside
    from cfbudget.tables.plan_tables import plan_tables

    tables = plan_tables(plan)
    with _refusals(target):
        if ending == ".parquet":
            try:
                from cfbudget.render.parquet import write_parquet
            except ImportError:
                raise fail(
                    "a .parquet file needs pyarrow: pip install 'cfbudget[parquet]', "
                    "or write .csv or .json"
                ) from None
            with written_beside(target) as beside:
                write_parquet(tables, beside)
        else:
            from cfbudget.render.data import tables_csv, tables_json

            write_text(target, tables_csv(tables) if ending == ".csv" else tables_json(tables))
    return ""


@contextmanager
def _refusals(target: Path) -> Iterator[None]:
    """Say why a file could not be read or written; what was there is still there."""
    try:
        yield
    except OSError as error:
        raise unwritten(target, error) from None
    except MemoryError:
        sys.stdout.flush()
        raise fail(f"cannot write {target}: out of memory; nothing was written") from None
