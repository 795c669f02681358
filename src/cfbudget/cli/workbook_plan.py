"""A workbook as a plan of its own, for the commands that take it in place of a folder."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cfbudget.cli.output import print_found, show_differing
from cfbudget.cli.progress import Bar
from cfbudget.cli.returned_workbook import not_a_book, refused, spreadsheet_in

if TYPE_CHECKING:
    from cfbudget.plan.plan import Plan
    from cfbudget.read.spreadsheet import Spreadsheet
    from cfbudget.workbook.returned.own_plan import OwnPlan

LARGEST = 10_000_000
"""Cells, and bytes of a file that more of them are allowed for."""


def workbook_plan(file: Path, progress: Bar) -> "Plan":
    """The plan that a workbook is of itself; one that is not whole ends the command with 2."""
    from cfbudget.checks.comparisons import comparisons
    from cfbudget.problem import printable
    from cfbudget.workbook.sheets.approved_years import approved_words

    read = whole_workbook(file, progress, "cannot be compared: it is not whole as a plan")
    if read.exported.plan is not None:
        show_differing(read.exported, comparisons(read.exported.plan))
    show_notices(file, read)
    if read.contained:
        words = approved_words(read.contained, read.plan.projected_years)
        typer.echo(f"cfbudget: {printable(str(file))}: {words}", err=True)
    return read.plan


def show_notices(file: Path, read: "OwnPlan") -> None:
    """Tell what to know of a workbook."""
    from cfbudget.problem import printable
    from cfbudget.reports.verify.page import lines_of

    for line in lines_of(read.notices):
        typer.echo(f"{printable(str(file))}: {line}", err=True)


def whole_workbook(file: Path, progress: Bar, broken: str) -> "OwnPlan":
    """A workbook with the plan that it is, and the files it was made from; one that is not whole
    ends the command with 2.

    Args:
        broken: what is said of one that is not whole.
    """
    return whole_spreadsheet(file, progress, broken)[0]


def whole_spreadsheet(file: Path, progress: Bar, broken: str) -> "tuple[OwnPlan, Spreadsheet]":
    """The same, with its cells."""
    from importlib.metadata import version

    from cfbudget.read.spreadsheet import Limits
    from cfbudget.workbook.returned.own_plan import NoPlan, own_plan

    progress.doing("Reading the workbook")
    # However well it is packed, a cell takes a byte of the file.
    size = min(_size(file), LARGEST)
    found = spreadsheet_in(file, Limits(100_000_000 + 100 * size, 400_000 + size))
    progress.doing("Holding it against itself")
    read = own_plan(found, str(file), version("cfbudget"))
    if read is None:
        raise not_a_book(file)
    if isinstance(read, NoPlan):
        if read.problems:
            print_found(str(file), read.problems, {})
            raise typer.Exit(2)
        raise refused(file, read.findings, broken)
    return read, found


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except (OSError, ValueError):  # to read it says why
        return 0
