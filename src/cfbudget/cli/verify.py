"""`cfbudget verify`: whether a workbook that comes back is still the plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.finding import fail, plan_folder
from cfbudget.cli.options import DataOption, Format, FormatOption, OutputOption, chosen_format
from cfbudget.cli.printing import deliver, loaded_plan, page, show_problems, spare_inputs
from cfbudget.cli.progress import Bar, bar

if TYPE_CHECKING:
    from cfbudget.loading import Loaded
    from cfbudget.plan.plan import Plan
    from cfbudget.render.verified import Verified
    from cfbudget.workbook.book import Book

EXAMPLES = """Examples:

cfbudget verify plan.xlsx

cfbudget verify returned.xlsx --data plans/2025-26

cfbudget verify returned.xlsx -f json"""


def verify(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.xlsx",
            help="A workbook that cfbudget export wrote, as it came back.",
            show_default=False,
        ),
    ],
    data: DataOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Tell whether a workbook is still the plan, cell by cell.

    Rows and columns are found by their ids and headings: moved or inserted ones do no harm.
    Ends with 0 if it is the plan, 1 if it differs, and 2 if it is no such workbook.
    """
    chosen = chosen_format(format_, output)
    folder = plan_folder(data)
    spare_inputs(output, folder)
    if output is not None and output.resolve() == file.resolve():
        raise fail(f"{output} is the workbook itself: write the result elsewhere")
    with bar() as progress:
        verified = _verified(file, folder, progress)
    _print(verified, chosen, output)
    if not verified.found.is_the_plan:
        raise typer.Exit(1)


def _verified(file: Path, folder: str, progress: Bar) -> "Verified":
    from cfbudget import rules
    from cfbudget.problem import Place, Refusal
    from cfbudget.read.spreadsheet import Limits, read_spreadsheet
    from cfbudget.render.verified import Verified
    from cfbudget.workbook.verifying import verify as hold

    progress.doing("Reading the plan")
    loaded, plan = loaded_plan(folder)
    progress.doing("Computing")
    book = _expected(loaded, plan)
    progress.doing("Reading the workbook")
    cells = sum(len(sheet.cells) for sheet in book.sheets.values())
    found = read_spreadsheet(file, Limits(100_000_000 + 200 * cells, 400_000 + 4 * cells))
    if isinstance(found, Refusal):
        problem = rules.UNREADABLE_BOOK.at(Place(file.name), found.reason, found.hint)
        show_problems(loaded._replace(folder=str(file.parent), texts={}), [problem])
        raise typer.Exit(2)
    progress.doing("Comparing")
    held = hold(book, found)
    if held is None:
        message = "it holds none of the tables that cfbudget export writes"
        hint = "name a workbook that cfbudget export wrote"
        problem = rules.NOT_A_BOOK.at(Place(file.name), message, hint)
        show_problems(loaded._replace(folder=str(file.parent), texts={}), [problem])
        raise typer.Exit(2)
    return Verified(str(file), plan.name, held)


def _expected(loaded: "Loaded", plan: "Plan") -> "Book":
    """The plan's own workbook, as it would be written now."""
    from importlib.metadata import version

    from cfbudget.checks.report import check
    from cfbudget.read.folder import digests
    from cfbudget.workbook.about import Origin
    from cfbudget.workbook.building import build

    try:
        found = digests(Path(loaded.folder), loaded.texts)
    except OSError as error:
        raise fail(f"cannot read the plan's files: {error.strerror or error}") from None
    return build(plan, check(plan), Origin(version("cfbudget"), found))


def _print(verified: "Verified", chosen: Format, output: Path | None) -> None:
    from cfbudget.render.verified import verified_csv, verified_json

    if chosen == "json":
        deliver(verified_json(verified), output)
    elif chosen == "csv":
        deliver(verified_csv(verified), output)
    elif chosen == "md":
        from cfbudget.render.markdown import verified_markdown

        deliver(verified_markdown(verified), output)
    else:
        from cfbudget.render.verified_page import print_verified

        with page(output) as (console, width):
            print_verified(console, verified, width)
