"""A workbook that comes back, read and held against the plan, for the commands that take one."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from cfbudget.cli.finding import fail, say
from cfbudget.cli.printing import print_found
from cfbudget.cli.progress import Bar
from cfbudget.cli.trials import Trial
from cfbudget.cli.workbooks import laid_out, limits_of

if TYPE_CHECKING:
    from cfbudget.loading import Loaded
    from cfbudget.nodes import MappingNode
    from cfbudget.plan.plan import Plan
    from cfbudget.workbook.book import Book
    from cfbudget.workbook.findings import Verification


class Held(NamedTuple):
    """The plan's own workbook, and what was found of the one that came back."""

    book: "Book"
    verification: "Verification"


def held(
    file: Path, loaded: "Loaded", plan: "Plan", progress: Bar, trial: Trial | None = None
) -> "Held":
    """Hold a workbook against the plan's own; what is none of its kind ends the command with 2.

    Args:
        trial: the scenario that the workbook was made with, if any.
    """
    from cfbudget import rules
    from cfbudget.problem import Place, Refusal
    from cfbudget.read.spreadsheet import read_spreadsheet
    from cfbudget.workbook.verifying import verify

    progress.doing("Computing")
    book = _expected(loaded, plan, trial)
    progress.doing("Reading the workbook")
    found = read_spreadsheet(file, limits_of(book))
    if isinstance(found, Refusal):
        problem = rules.UNREADABLE_BOOK.at(Place(file.name), found.reason, found.hint)
        print_found(str(file.parent), [problem], {})
        raise typer.Exit(2)
    progress.doing("Comparing")
    verification = verify(book, found)
    if verification is None:
        message = "it holds none of the tables that cfbudget export writes"
        hint = "name a workbook that cfbudget export wrote"
        problem = rules.NOT_A_BOOK.at(Place(file.name), message, hint)
        print_found(str(file.parent), [problem], {})
        raise typer.Exit(2)
    return Held(book, verification)


def inputs_as_changes(file: Path, plan: "Plan", held: "Held") -> "list[MappingNode]":
    """The changed inputs of a workbook as changes of a scenario; else the command ends with 2."""
    from cfbudget import rules
    from cfbudget.nodes import MappingNode
    from cfbudget.problem import Place, Refusal
    from cfbudget.scenario.nodes_of import node_of
    from cfbudget.workbook.as_changes import as_changes
    from cfbudget.workbook.trial_sheets import SCENARIO_SHEETS

    if any(found.rule is rules.HOLDS_SCENARIO for found in held.verification.findings) or any(
        sheet in SCENARIO_SHEETS for sheet in held.book.sheets
    ):
        raise fail(
            f"{file} holds a scenario: what was changed in it cannot be told from what the "
            "scenario changes. Work in a workbook written without one, or in the scenario's file"
        )
    changes = as_changes(held.book, plan, held.verification.inputs)
    if isinstance(changes, Refusal):
        raise fail(f"{file}: {changes.reason}: {changes.hint}")
    if _is_contained(plan, changes):
        say(
            f"{file.name} changes options that a base budget contains: the workbook moves the "
            "opening by them; as a scenario they are a forecast against that budget"
        )
    nodes = [node_of(change, Place(str(file), at)) for at, change in enumerate(changes, start=1)]
    return [node for node in nodes if isinstance(node, MappingNode)]


def _is_contained(plan: "Plan", changes: "list[dict[str, object]]") -> bool:
    """Whether a change is of an option in a year whose options a base budget contains."""
    contained = {str(w.year) for budget in plan.revenue for w in budget.contains_options_of}
    of_options = (change["to"] for change in changes if "measure" not in change)
    return any(contained & set(to) for to in of_options if isinstance(to, dict))


def _expected(loaded: "Loaded", plan: "Plan", trial: Trial | None) -> "Book":
    """The plan's own workbook, as it would be written now."""
    from importlib.metadata import version

    from cfbudget.checks.report import check
    from cfbudget.workbook.about import Origin
    from cfbudget.workbook.building import build

    return build(plan, check(plan), Origin(version("cfbudget"), loaded.digests), laid_out(trial))
