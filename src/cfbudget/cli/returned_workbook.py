"""A workbook that comes back, read and held against the plan, for the commands that take one."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from cfbudget.cli.lean_openpyxl import import_openpyxl
from cfbudget.cli.output import print_found
from cfbudget.cli.progress import Bar
from cfbudget.cli.stored_workbook import laid_out, limits_of
from cfbudget.cli.trials import Trial
from cfbudget.cli.which_plan import fail, say
from cfbudget.grammar import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cfbudget.loaded import Loaded
    from cfbudget.nodes import MappingNode
    from cfbudget.plan.plan import Plan
    from cfbudget.read.spreadsheet import Limits, Spreadsheet
    from cfbudget.workbook.book.book import Book
    from cfbudget.workbook.returned.findings import Finding, Verification


class HeldBook(NamedTuple):
    """The plan's own workbook, and what was found of the one that came back."""

    book: "Book"
    verification: "Verification"
    found: "Spreadsheet"


def held(
    file: Path, loaded: "Loaded", plan: "Plan", progress: Bar, trial: Trial | None = None
) -> "HeldBook":
    """Hold a workbook against the plan's own; what is none of its kind ends the command with 2.

    Args:
        trial: the scenario that the workbook was made with, if any.
    """
    from cfbudget.workbook.returned.verification import verify

    progress.doing("Computing")
    book = _expected(loaded, plan, trial)
    progress.doing("Reading the workbook")
    found = spreadsheet_in(file, limits_of(book), book)
    progress.doing("Comparing")
    verification = verify(book, found)
    if verification is None:
        raise not_a_book(file)
    return HeldBook(book, verification, found)


def spreadsheet_in(file: Path, limits: "Limits", beside: "Book | None" = None) -> "Spreadsheet":
    """A workbook's cells; what cannot be read ends the command with 2.

    Args:
        beside: the workbook that it is to be held against: of what is as it was written there,
            little is kept.
    """
    from cfbudget import rules
    from cfbudget.problem import Place, Refusal
    from cfbudget.read.spreadsheet import plain_cells, read_spreadsheet
    from cfbudget.workbook.returned.sheet_beside import cells_beside

    import_openpyxl()
    kept = cells_beside(beside) if beside else plain_cells
    found = read_spreadsheet(file, limits, kept=kept)
    if isinstance(found, Refusal):
        problem = rules.UNREADABLE_BOOK.at(Place(file.name), found.reason, found.hint)
        print_found(str(file.parent), [problem], {})
        raise typer.Exit(2)
    return found


def not_a_book(file: Path) -> typer.Exit:
    """Say that a workbook is none of ours; the end of the command."""
    from cfbudget import rules
    from cfbudget.problem import Place

    message = "it holds none of the tables that cfbudget export writes"
    hint = "name a workbook that cfbudget export wrote"
    problem = rules.NOT_A_BOOK.at(Place(file.name), message, hint)
    print_found(str(file.parent), [problem], {})
    return typer.Exit(2)


def refused(file: Path, findings: "Iterable[Finding]", why: str) -> typer.Exit:
    """Say on stderr what a workbook is refused for, each with its cell; the end of the command."""
    from cfbudget.problem import printable
    from cfbudget.reports.verify.page import lines_of

    for line in lines_of(findings, "cfbudget verify -f json"):
        typer.echo(f"{printable(str(file))}: {line}", err=True)
    return fail(f"{printable(str(file))} {why}")


def inputs_as_changes(file: Path, plan: "Plan", held: "HeldBook") -> "list[MappingNode]":
    """The changed inputs of a workbook as changes of a scenario; else the command ends with 2."""
    from cfbudget.nodes import MappingNode
    from cfbudget.problem import Place, Refusal
    from cfbudget.scenario.written.nodes_of_values import node_of
    from cfbudget.workbook.returned.as_changes import as_changes

    _only_inputs(file, held, held.verification.beyond_inputs)
    changes = as_changes(held.book, plan, held.verification.inputs)
    if isinstance(changes, Refusal):
        raise fail(f"{file}: {changes.reason}: {changes.hint}")
    nodes = [node_of(change, Place(str(file), at)) for at, change in enumerate(changes, start=1)]
    return [node for node in nodes if isinstance(node, MappingNode)]


def _only_inputs(file: Path, held: "HeldBook", besides: "Sequence[Finding]") -> None:
    """End the command with 2 where a workbook has a scenario, or more than inputs is changed.

    Args:
        besides: what is found besides changed inputs.
    """
    from cfbudget import rules
    from cfbudget.workbook.sheets.scenario_sheets import is_of_scenario

    if any(found.rule is rules.HOLDS_SCENARIO for found in held.verification.findings) or any(
        map(is_of_scenario, held.book.sheets)
    ):
        raise fail(
            f"{file} holds a scenario: what was changed in it cannot be told from what the "
            "scenario changes. Work in a workbook written without one, or in the scenario's file"
        )
    if besides:
        why = "is not taken, as more than its inputs is changed: nothing was written"
        raise refused(file, besides, why)


def typed_plan(file: Path, loaded: "Loaded", plan: "Plan", held: "HeldBook") -> "Plan":
    """The plan with a workbook's inputs as they stand, and the options typed into it.

    Else the command ends with 2. A file that was changed since is no reason, where it says the
    same. What an approved budget contains of it is said.
    """
    from cfbudget import rules
    from cfbudget.edited.since_exported import changed_since
    from cfbudget.problem import Refusal
    from cfbudget.workbook.returned.changed_inputs import changed_inputs
    from cfbudget.workbook.returned.returned_book import Returned
    from cfbudget.workbook.returned.typed_options import besides_rows, typed_options, with_options
    from cfbudget.workbook.returned.typed_over import typed_over
    from cfbudget.workbook.sheets.approved_years import approved, approved_words

    is_other = any(found.rule is rules.OTHER_FILES for found in held.verification.findings)
    files = changed_since(held.found, loaded.texts) if is_other else ()
    if files:
        raise fail(
            f"{listed(files)} {'says' if len(files) == 1 else 'say'} something else than when "
            f"{file} was exported: what was typed in it since cannot be told",
            "export the plan again, and type it there",
        )
    typed = typed_options(held.book, Returned(held.book, held.found), plan)
    if isinstance(typed, Refusal):
        raise fail(f"{file}: {typed.reason}: {typed.hint}")
    _only_inputs(file, held, tuple(besides_rows(held.verification.beyond_inputs, typed)))
    inputs = changed_inputs(held.book, held.verification.inputs)
    if isinstance(inputs, Refusal):
        raise fail(f"{file}: {inputs.reason}: {inputs.hint}")
    for one in typed:
        say(f"{file}: {one.words}")
    known = approved(plan)
    new = {year for one in typed for year, figure in one.option.changes.items() if figure.pence}
    contained = {year: known[year] for year in known if year in new}
    if contained := {**held.verification.contained, **contained}:
        say(approved_words(contained))
    return with_options(typed_over(plan, inputs), typed)


def _expected(loaded: "Loaded", plan: "Plan", trial: Trial | None) -> "Book":
    """The plan's own workbook, as it would be written now."""
    from importlib.metadata import version

    from cfbudget.checks.report import check
    from cfbudget.workbook.sheets.about import Origin
    from cfbudget.workbook.sheets.plan_book import build

    origin = Origin(version("cfbudget"), loaded.digests, texts=loaded.texts)
    return build(plan, check(plan), origin, laid_out(trial))
