"""`cfbudget apply`: a scenario, or a workbook's changed inputs, written into the plan's files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.common_options import DataOption
from cfbudget.cli.edited_files import put_in_place
from cfbudget.cli.output import agreement, deliver, loaded_plan, print_found, show_problems
from cfbudget.cli.progress import bar
from cfbudget.cli.trials import ConflictsOption, tried
from cfbudget.cli.which_plan import fail, is_folder, plan_folder, say, shipped_folder
from cfbudget.grammar import counted
from cfbudget.problem import Place, printable

if TYPE_CHECKING:
    from cfbudget.cli.trials import Trial
    from cfbudget.edited.edited_plan import EditedPlan
    from cfbudget.loaded import Loaded
    from cfbudget.nodes import MappingNode
    from cfbudget.plan.plan import Plan

EXAMPLES = """Examples:

cfbudget apply slips.yaml

cfbudget apply slips.yaml --data plans/2025-26 --yes

cfbudget apply returned.xlsx --yes

cfbudget apply slips.yaml > slips.diff"""

MOST = 20
"""How many stated totals that no longer hold are named."""


def apply(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A scenario (.yaml), or a workbook (.xlsx) that cfbudget export wrote.",
            show_default=False,
        ),
    ],
    data: DataOption = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Write what is shown, without asking.")
    ] = False,
    allow_conflicts: ConflictsOption = False,
) -> None:
    """Write a scenario, or what was changed in a workbook, into the plan's files.

    Only the amounts and lines concerned are edited, and shown as a difference first. Comments,
    order and layout stay. Stated totals are not changed: those that no longer hold are named.

    Ends with 0 if the files are as asked, 1 if they were left as they are, 2 if it can't be done.
    """
    is_book = file.suffix.lower() == ".xlsx"
    if is_folder(str(file)) or not (is_book or file.suffix.lower() in (".yaml", ".yml")):
        from cfbudget.read.folder import OTHER_SHEETS

        what = OTHER_SHEETS.get(file.suffix.lower())
        if what and not is_folder(str(file)):
            raise fail(f"{file} is {what}", "open it, and save it as an Excel Workbook (.xlsx)")
        raise fail(f"{file} is no scenario (.yaml) and no workbook (.xlsx)")
    folder = _own_folder(data)
    loaded, plan = loaded_plan(folder)
    edited = (
        _of_book(file, loaded, plan)
        if is_book
        else _of_scenario(file, loaded, plan, allow_conflicts=allow_conflicts)
    )
    if not edited.edits:
        say(f"the plan's files are as {file} would have them: there is nothing to write")
        return
    deliver(_differences(loaded, edited), None, exact=False)
    _say_what_is_new(plan, edited)
    if not (yes or _agreed(len(edited.edits))):
        raise typer.Exit(1)
    put_in_place(loaded, edited)
    _check_again(folder)


def _own_folder(data: str | None) -> str:
    """The plan's folder; the shipped plan is nobody's to change."""
    folder = plan_folder(data)
    if data is None and folder == str(shipped_folder()):
        raise fail("the shipped plan is not changed: name the folder of your own with --data DIR")
    return folder


def _of_scenario(
    file: Path, loaded: "Loaded", plan: "Plan", *, allow_conflicts: bool
) -> "EditedPlan":
    from cfbudget.edited.not_in_files import not_in_files
    from cfbudget.edited.said_of_it import beyond_the_files

    trial = tried(plan, [str(file)], allow_conflicts=allow_conflicts)
    problems = not_in_files(trial.applied)
    if problems:
        print_found("", problems, trial.texts)
        raise typer.Exit(2)
    edited = _edited(loaded, plan, trial.applied.plan, _given(trial))
    for sentence in beyond_the_files(trial.applied):
        say(sentence)
    return edited


def _given(trial: "Trial") -> "dict[str, MappingNode]":
    """What a scenario writes of the options that it adds, by id."""
    from cfbudget.nodes import MappingNode
    from cfbudget.scenario.changes.operators import Add

    return {
        change.operation.option.id: node
        for change in trial.applied.changes
        if isinstance(change.operation, Add) and isinstance(node := change.node["add"], MappingNode)
    }


def _of_book(file: Path, loaded: "Loaded", plan: "Plan") -> "EditedPlan":
    from cfbudget.cli.returned_workbook import held, typed_plan

    with bar() as progress:
        compared = held(file, loaded, plan, progress)
    after = typed_plan(file, loaded, plan, compared)
    return _edited(loaded, plan, after, {})


def _edited(
    loaded: "Loaded", before: "Plan", after: "Plan", given: "dict[str, MappingNode]"
) -> "EditedPlan":
    """The edited files, proved; what they cannot hold ends the command with 2."""
    from cfbudget.edited.edited_plan import NotEdited, edited_plan

    edited = edited_plan(loaded, before, after, given)
    if isinstance(edited, NotEdited):
        print_found(loaded.folder, edited.problems, edited.texts)
        raise fail(f"{edited.refusal.reason}; nothing was written", edited.refusal.hint)
    return edited


def _differences(loaded: "Loaded", edited: "EditedPlan") -> str:
    from cfbudget.edited.unified_diff import unified_diff

    return "".join(
        unified_diff(printable(Place(file).path(loaded.folder)), loaded.texts[file], edits)
        for file, edits in edited.edits.items()
    )


def _say_what_is_new(plan: "Plan", edited: "EditedPlan") -> None:
    """What checking finds of the edited plan, and did not find before."""
    from cfbudget.checks.report import check
    from cfbudget.edited.said_of_it import finer_files, found_since

    made = edited.loaded.plan
    assert made is not None  # it was proved
    found = found_since(check(plan), check(made))
    show_problems(edited.loaded, found.others)
    for sentence in finer_files(plan, made):
        say(sentence)
    if found.differing:
        no_longer = counted(len(found.differing), "stated total", "holds")
        say(f"{no_longer.replace(' hold', ' no longer hold')}; what is printed is not changed:")
    for problem in found.differing[:MOST]:
        place = problem.place.within(edited.loaded.folder)
        typer.echo(printable(f"{place}: {problem.message}"), err=True)
    if len(found.differing) > MOST:
        say(f"and {len(found.differing) - MOST} more, which cfbudget check lists")


def _agreed(files: int) -> bool:
    """Whether whoever sits at the terminal wants it written; without one, nobody said so."""
    if not _is_terminal():
        say("nothing was written: add --yes to write this")
        return False
    try:
        wants = typer.confirm(f"Write this to {counted(files, 'file')}?", err=True)
    except typer.Abort:
        wants = False
    if not wants:
        say("nothing was written")
    return wants


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _check_again(folder: str) -> None:
    """Check what now stands in the folder, and say what comes of it."""
    from cfbudget.checks.comparisons import comparisons

    _, plan = loaded_plan(folder)
    say(agreement(comparisons(plan)))
