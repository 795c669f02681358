"""`cfbudget explain`: where a figure comes from."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.asked_figure import asked_figure, figure_words
from cfbudget.cli.common_options import (
    DataOption,
    Format,
    FormatOption,
    OutputOption,
    chosen_format,
)
from cfbudget.cli.output import loaded_plan, show_differing, spare_inputs, spare_source
from cfbudget.cli.progress import bar
from cfbudget.cli.show import Result, show
from cfbudget.cli.trials import ConflictsOption, ScenarioOption, tried
from cfbudget.cli.which_plan import plan_folder

if TYPE_CHECKING:
    from cfbudget.explanations.explained_plan import ExplainedPlan
    from cfbudget.explanations.figures import KnownFigure
    from cfbudget.explanations.trees import Branch
    from cfbudget.reports.explain.page import Explained

FITTING = 40
"""How many lines of a tree a page shows where no depth is asked for."""

EXAMPLES = """Examples:

cfbudget explain net education 2026-27

cfbudget explain capital total

cfbudget explain personal-travel-budgets --depth 1

cfbudget explain gap 2025-26 --data examples/ring-fenced

cfbudget explain net education 2026-27 --scenario slips.yaml

cfbudget explain 'Options!F12' --workbook plan.xlsx

cfbudget explain net total 2027-28 -f json"""


def explain(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT",
            help="A figure by its measure, its row and its year, in any order: ids, or words of "
            "names; or a cell of a workbook, as Options!F12.",
            autocompletion=figure_words,
            show_default=False,
        ),
    ],
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--workbook",
            metavar="FILE.xlsx",
            help="Explain a figure of this workbook, as it stands there.",
            show_default=False,
        ),
    ] = None,
    depth: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            help="How many levels of what makes it; without it as many as fit a page.",
            show_default=False,
        ),
    ] = None,
    scenario: ScenarioOption = None,
    allow_conflicts: ConflictsOption = False,
    data: DataOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Tell where a figure comes from: in words, and as the tree of its lines.

    Each line has its sign and amount, its place in a file, what is printed
    of it, and its cell in the workbook that export writes. The ends of the
    tree always add up to the figure.
    """
    chosen = chosen_format(format_, output)
    if workbook is not None:
        if (data is not None and data != str(workbook)) or scenario:
            message = "a workbook is a plan of its own: leave out --data and --scenario"
            raise typer.BadParameter(message, param_hint="'--workbook'")
        spare_source(output, workbook, "the workbook")
        from cfbudget.cli.explained_workbook import of_workbook

        with bar() as progress:
            of = of_workbook(workbook, what, progress)
        explained = _explained(of.plan, of.figure, depth, chosen)
        explained = explained._replace(said=of.said, besides=("--workbook", str(workbook)))
        show(_result(explained), chosen, output)
        return
    folder = plan_folder(data)
    spare_inputs(output, folder)
    loaded, plan = loaded_plan(folder)
    trial = (
        tried(plan, scenario, allow_conflicts=allow_conflicts, output=output) if scenario else None
    )
    from cfbudget.explanations.explained_plan import ExplainedPlan, ExplainedTrial

    baseline = ExplainedPlan(plan)
    show_differing(loaded, baseline.compared)
    shown = ExplainedTrial(trial.applied, baseline) if trial else baseline
    besides = _besides(data, scenario or (), allow_conflicts=allow_conflicts)
    figure = asked_figure(shown, what, besides)
    explained = _explained(shown, figure, depth, chosen)._replace(besides=besides)
    if trial is None:
        show(_result(explained), chosen, output)
        return
    from cfbudget.explanations.changed_by import changed_table, moved_words

    before = baseline.figure(figure.id.table, figure.id.key)
    changed = changed_table(trial.applied, trial.name, figure, before)
    said = (moved_words(trial.name, figure, before), *trial.whys)
    explained = explained._replace(changed=changed, said=said, scenario=trial.name)
    show(_result(explained), chosen, output)


def _besides(
    data: str | None, scenario: Sequence[str], *, allow_conflicts: bool
) -> tuple[str, ...]:
    """The options that a pasted name needs to be the same figure."""
    folder = ("--data", data) if data is not None else ()
    files = tuple(word for file in scenario for word in ("--scenario", file))
    return (*folder, *files, *(["--allow-conflicts"] if allow_conflicts else ()))


def _explained(
    plan: "ExplainedPlan", figure: "KnownFigure", depth: int | None, chosen: Format
) -> "Explained":
    from cfbudget.reports.explain.page import Explained

    return Explained(_tree(plan, figure, depth, chosen), plan.plan.name)


def _tree(
    plan: "ExplainedPlan", figure: "KnownFigure", depth: int | None, chosen: Format
) -> "Branch":
    """What makes it: data has all of it, a page as much as fits."""
    from cfbudget.explanations.trees import fitting, tree

    if depth is None and chosen not in ("csv", "json"):
        return fitting(plan, figure, FITTING)
    return tree(plan, figure, depth)


def _result(explained: "Explained") -> Result:
    from cfbudget.reports.explain.page import explain_page
    from cfbudget.reports.explain.records import explain_records

    return Result(lambda: explain_page(explained), lambda: explain_records(explained))
