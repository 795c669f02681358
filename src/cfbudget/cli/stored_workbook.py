"""A plan's workbook built, proved and put in place, or refused with nothing written."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING

from cfbudget.cli.output import agreement, show_differing, unwritten, wrote
from cfbudget.cli.which_plan import fail, is_folder

if TYPE_CHECKING:
    from cfbudget.cli.progress import Bar
    from cfbudget.cli.trials import Trial
    from cfbudget.layout.page import Page
    from cfbudget.loaded import Loaded
    from cfbudget.plan.plan import Plan
    from cfbudget.read.spreadsheet import Limits
    from cfbudget.tables.alternatives import Alternatives
    from cfbudget.workbook.book.book import Book
    from cfbudget.workbook.sheets.trial_sheets import Tried


def may_write(target: Path, *, force: bool) -> None:
    """Refuse a target that must not be replaced, before any work is done."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = None
    except OSError as error:
        raise unwritten(target, error) from None
    if mode is not None and S_ISDIR(mode):
        raise fail(f"{target} is a folder: name a file in it, such as {target / 'plan.xlsx'}")
    if mode is None and not is_folder(str(target.parent)):
        raise fail(f"there is no folder {target.parent}: make it, or write elsewhere")
    for mark in (f".~lock.{target.name}#", f"~${target.name}"):
        if os.path.lexists(target.with_name(mark)):
            raise fail(
                f"{target} is open in another program ({mark} says so): close it there, "
                "or write to another file"
            )
    if mode is not None and not force:
        raise fail(f"{target} exists: give --force to replace it, or write to another file")


def store_workbook(
    loaded: "Loaded",
    plan: "Plan",
    target: Path,
    dated: datetime | None,
    progress: "Bar",
    trial: "Trial | Alternatives | None" = None,
) -> str:
    """Build, prove and store a plan's workbook; what to say of it.

    Args:
        trial: a scenario, for sheets of what it comes to beside the plan; or several of them.
    """
    with refusals(target):
        book, said = plan_workbook(loaded, plan, dated, progress, trial)
        store_book(book, target, progress, dated)
    return said


def plan_workbook(
    loaded: "Loaded",
    plan: "Plan",
    dated: datetime | None,
    progress: "Bar",
    trial: "Trial | Alternatives | None" = None,
) -> "tuple[Book, str]":
    """Build a plan's workbook; and what to say of it once it is stored."""
    from importlib.metadata import version

    from cfbudget.checks.report import check
    from cfbudget.cli.trials import Trial
    from cfbudget.workbook.sheets.about import Origin
    from cfbudget.workbook.sheets.plan_book import build

    progress.doing("Checking")
    report = check(plan)
    show_differing(loaded, report.comparisons)
    day = dated.date().isoformat() if dated else None
    progress.doing("Building")
    origin = Origin(version("cfbudget"), loaded.digests, day, loaded.texts)
    tried = laid_out(trial) if isinstance(trial, Trial | None) else trial
    return build(plan, report, origin, tried), agreement(report.comparisons)


def store_book(book: "Book", target: Path, progress: "Bar", dated: datetime | None = None) -> None:
    """Prove a workbook, store it, open it again and put it in place; or write nothing, and say why.

    Raises:
        OSError: it could not be written.
    """
    from cfbudget.workbook.book.proof import Disagreement, prove
    from cfbudget.workbook.book.xlsx import NO_CLOCK, write_workbook
    from cfbudget.workbook.book.xlsx_limits import DoesNotFit
    from cfbudget.written_files import written_beside

    progress.doing("Proving")
    try:
        prove(book)
        progress.doing("Writing", sum(len(sheet.cells) for sheet in book.sheets.values()))
        with written_beside(target) as beside:
            write_workbook(book, beside, dated or NO_CLOCK, progress.step)
            if beside.is_file():
                _open_again(book, beside)
    except Disagreement as fault:
        raise fail(f"nothing was written: {fault}. This is a fault of cfbudget.") from None
    except DoesNotFit as large:
        raise fail(f"this does not fit a workbook: {large}; nothing was written") from None


def store_page(page: "Page", target: Path) -> None:
    """Store a page as a workbook; what is there is replaced, as by any other format."""
    from cfbudget.cli.progress import bar
    from cfbudget.workbook.sheets.page_book import page_book

    may_write(target, force=True)
    with bar() as progress, refusals(target):
        store_book(page_book(page), target, progress)
    wrote(target)


def _open_again(book: "Book", path: Path) -> None:
    """See that a stored workbook can be opened, and that every sheet has all its rows and cells.

    Raises:
        Disagreement: it cannot, or has not.
    """
    from cfbudget.cli.lean_openpyxl import import_openpyxl
    from cfbudget.read.bounds import Refused
    from cfbudget.workbook.book.proof import Disagreement

    import_openpyxl()
    from cfbudget.workbook.book.xlsx_again import SheetSize, written_sheets

    try:
        found = written_sheets(path, limits_of(book))
    except Refused as refused:
        reason = refused.refusal.reason
        raise Disagreement(f"the workbook as it was stored cannot be opened: {reason}") from None
    expected = {
        name: SheetSize(sheet.cells.row_count, len(sheet.cells))
        for name, sheet in book.sheets.items()
    }
    if found != expected:
        raise Disagreement("the workbook as it was stored is not whole")


def limits_of(book: "Book") -> "Limits":
    """How much a workbook may hold that was made from this one."""
    from cfbudget.read.spreadsheet import Limits

    cells = sum(len(sheet.cells) for sheet in book.sheets.values())
    return Limits(100_000_000 + 200 * cells, 400_000 + 4 * cells)


def laid_out(trial: "Trial | None") -> "Tried | None":
    """A trial as the sheets of a workbook take it."""
    if trial is None:
        return None
    from cfbudget.tables.trial import trial_tables
    from cfbudget.workbook.sheets.trial_sheets import Tried

    tables = trial_tables(trial.applied, trial.name)
    return Tried(trial.applied, trial.name, tables, trial.whys)


@contextmanager
def refusals(target: Path) -> Iterator[None]:
    """Say why a file could not be read or written; what was there is still there."""
    try:
        yield
    except OSError as error:
        raise unwritten(target, error) from None
    except MemoryError:
        sys.stdout.flush()
        raise fail(f"cannot write {target}: out of memory; nothing was written") from None
