"""A plan's workbook built, proved and put in place, or refused with nothing written."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING

from cfbudget.cli.finding import fail, is_folder
from cfbudget.cli.printing import agreement, show_differing, unwritten

if TYPE_CHECKING:
    from cfbudget.cli.progress import Bar
    from cfbudget.cli.trials import Trial
    from cfbudget.loading import Loaded
    from cfbudget.plan.plan import Plan
    from cfbudget.workbook.trial_sheets import Tried


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
    trial: "Trial | None" = None,
) -> str:
    """Build, prove and store a plan's workbook; what to say of it.

    Args:
        trial: a scenario, for sheets of what it comes to beside the plan.
    """
    from importlib.metadata import version

    from cfbudget.checks.report import check
    from cfbudget.render.writing import written_beside
    from cfbudget.render.xlsx import NO_CLOCK, write_workbook
    from cfbudget.render.xlsx_cells import DoesNotFit
    from cfbudget.workbook.about import Origin
    from cfbudget.workbook.building import build
    from cfbudget.workbook.proof import Disagreement, prove

    progress.doing("Checking")
    report = check(plan)
    show_differing(loaded, report.comparisons)
    with refusals(target):
        day = dated.date().isoformat() if dated else None
        progress.doing("Building")
        origin = Origin(version("cfbudget"), loaded.digests, day)
        book = build(plan, report, origin, laid_out(trial))
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


def laid_out(trial: "Trial | None") -> "Tried | None":
    """A trial as the sheets of a workbook take it."""
    if trial is None:
        return None
    from cfbudget.tables.trial import trial_tables
    from cfbudget.workbook.trial_sheets import Tried

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
