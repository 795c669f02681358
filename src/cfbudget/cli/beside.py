"""`cfbudget model --beside`: several scenarios, each by itself, in columns beside the baseline."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.asked_trial import AskedTrial, TrialParts
from cfbudget.cli.filters import chosen_services
from cfbudget.cli.output import print_found, show_plan_differing, wrote
from cfbudget.cli.show import Destination, Result, show
from cfbudget.cli.trials import attempted
from cfbudget.cli.which_plan import fail
from cfbudget.grammar import agreed, listed

if TYPE_CHECKING:
    from cfbudget.loaded import Loaded
    from cfbudget.plan.plan import Plan
    from cfbudget.tables.alternatives import Alternatives, Candidate

BesideOption = Annotated[
    list[str] | None,
    typer.Option(
        "--beside",
        metavar="FILE",
        help="A scenario that stands beside others, each by itself; give it again for the next. "
        "Other changes are made first in each of them.",
        show_default=False,
    ),
]


def refuse_same_files(files: Sequence[str]) -> None:
    """Refuse one file alone, no file, and a file that is given twice, by whatever name.

    Raises:
        typer.BadParameter: it says what to type; this ends the command with 2.
    """
    if "" in files:
        raise typer.BadParameter("it names no file", param_hint="'--beside'")
    if len(files) == 1:
        raise typer.BadParameter(
            f"{files[0]} stands beside nothing: give --beside again for another, or try it alone "
            "with --scenario",
            param_hint="'--beside'",
        )
    seen: dict[str, str] = {}
    for file in files:
        if (real := _real(file)) in seen:
            same = "is given twice" if seen[real] == file else f"is the same file as {seen[real]}"
            raise typer.BadParameter(f"{file} {same}: name it once", param_hint="'--beside'")
        seen[real] = file


def _real(file: str) -> str:
    """The file that a name leads to; what leads nowhere is told by reading it."""
    try:
        return os.path.realpath(file)
    except (OSError, ValueError):
        return file


def show_beside(
    loaded: "Loaded", plan: "Plan", asked: AskedTrial, parts: TrialParts, target: Destination
) -> None:
    """Show scenarios side by side; if any cannot be applied, problems end the command with 2."""
    from cfbudget.layout.shown_parts import to_depth
    from cfbudget.reports.beside.page import beside_page, said_with_data
    from cfbudget.reports.beside.records import beside_records
    from cfbudget.tables.alternatives import alternatives

    services = chosen_services(plan, parts.services)
    shown = alternatives(
        candidates(plan, asked, target.output),
        services,
        lambda table: to_depth(table, parts.depth),
    )
    if target.book is not None:
        _book(loaded, plan, target.book, shown, force=asked.force)
        return
    shown = shown.only_changed() if parts.only_changed else shown
    shown = shown.summary() if parts.summary else shown
    show_plan_differing(loaded, plan)
    said = said_with_data(shown)
    show(Result(lambda: beside_page(shown), lambda: beside_records(shown), said), *target)


def _book(
    loaded: "Loaded", plan: "Plan", output: Path, shown: "Alternatives", *, force: bool
) -> None:
    """The workbook of the plan with the scenarios side by side."""
    from cfbudget.cli.progress import bar
    from cfbudget.cli.stored_workbook import may_write, store_workbook

    may_write(output, force=force)
    with bar() as progress:
        said = store_workbook(loaded, plan, output, None, progress, shown)
    wrote(output, said)


def candidates(plan: "Plan", asked: AskedTrial, output: Path | None) -> "list[Candidate]":
    """Each scenario applied by itself, after what is changed in all of them.

    If any cannot be applied, or is where the result goes, this ends the command with 2.
    """
    from cfbudget.cli.flags import typed
    from cfbudget.problem import in_order
    from cfbudget.scenario.changes.applied import Applied
    from cfbudget.tables.alternatives import Candidate

    files, first, changes = asked.beside or (), asked.scenarios or (), typed(asked.flags)
    allow = asked.allow_conflicts
    made = {
        file: attempted(plan, first, changes, file, allow_conflicts=allow, output=output)
        for file in files
    }
    texts: Mapping[str, str] = {k: v for one in made.values() for k, v in one.texts.items()}
    # What is wrong with a change that is made in each of them is said once.
    problems = in_order(problem for one in made.values() for problem in one.problems)
    print_found("", problems, texts)
    failed = [file for file, one in made.items() if not isinstance(one.found, Applied)]
    if failed:
        raise fail(
            f"{listed(failed)} {agreed(len(failed), 'does')} not apply, so none of the "
            f"{len(files)} scenarios is shown"
        )
    return [
        Candidate(one.found, file, one.names[0], one.common)
        for file, one in made.items()
        if isinstance(one.found, Applied)
    ]
