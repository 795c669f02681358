"""`cfbudget model`: what if, without touching the plan."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cfbudget.cli.change_options import (
    BringInOption,
    DelayOption,
    DeliverOption,
    DropOption,
    ReprofileOption,
    SetOption,
    UpliftOption,
)
from cfbudget.cli.common_options import (
    DataOption,
    Format,
    FormatOption,
    OutputOption,
    chosen_format,
)
from cfbudget.cli.filters import ServicesOption, chosen_services
from cfbudget.cli.output import loaded_plan, show_differing, spare_inputs, wrote
from cfbudget.cli.sensitivity import SensitivityOption, show_sensitivity
from cfbudget.cli.show import Result, show
from cfbudget.cli.shown_parts import DepthOption, ViewOption, shown_parts
from cfbudget.cli.trials import (
    ConflictsOption,
    ForceOption,
    SaveOption,
    ScenarioOption,
    Trial,
    may_save,
    save_scenario,
    tried,
)
from cfbudget.cli.which_plan import fail, plan_folder, say

if TYPE_CHECKING:
    from cfbudget.loaded import Loaded
    from cfbudget.plan.plan import Plan

EXAMPLES = """Examples:

cfbudget model --set personal-travel-budgets@2024-25=-400

cfbudget model --deliver education/saving=75%@2025-26 --only-changed

cfbudget model --delay review-of-allowances=1 --save slips.yaml

cfbudget model --scenario slips.yaml --drop complex-youth-team

cfbudget model --scenario slips.yaml -o slips.xlsx

cfbudget model --sensitivity --data examples/ring-fenced"""


class TrialParts(NamedTuple):
    """How much of a trial is to be shown."""

    only_changed: bool
    summary: bool
    views: list[str] | None
    depth: int | None


def model(
    set_: SetOption = None,
    delay: DelayOption = None,
    deliver_: DeliverOption = None,
    drop: DropOption = None,
    uplift: UpliftOption = None,
    reprofile: ReprofileOption = None,
    bring_in: BringInOption = None,
    scenario: ScenarioOption = None,
    allow_conflicts: ConflictsOption = False,
    save: SaveOption = None,
    force: ForceOption = False,
    only_changed: Annotated[
        bool, typer.Option("--only-changed", help="Only the rows that differ.")
    ] = False,
    summary: Annotated[
        bool,
        typer.Option("--summary", help="Only what each change contributes, and the words."),
    ] = False,
    sensitivity: SensitivityOption = False,
    service: ServicesOption = None,
    view: ViewOption = None,
    depth: DepthOption = None,
    data: DataOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Try changes, and see what they do to every service and year. The plan stays as it is.

    Changes come from scenario files, in their order, then from the options, in the order below.
    Name an option by its id; a word of its name gets the id suggested.
    """
    flags = {
        "set": set_,
        "delay": delay,
        "deliver": deliver_,
        "drop": drop,
        "uplift": uplift,
        "reprofile": reprofile,
        "bring_in": bring_in,
    }
    if sensitivity and (scenario or any(flags.values()) or save or only_changed or summary):
        raise typer.BadParameter(
            "it is of the plan as it stands: leave out changes and what belongs to them",
            param_hint="'--sensitivity'",
        )
    if not scenario and not any(flags.values()) and not sensitivity:
        raise fail("no change is given: try --set ID@YEAR=AMOUNT, --scenario FILE, or see --help")
    chosen = chosen_format(format_, output)
    is_book = chosen == "xlsx"
    if is_book and (only_changed or summary or service or view or depth):
        raise typer.BadParameter(
            "a workbook holds the whole plan: leave out --only-changed, --summary, --service, "
            "--view and --depth",
            param_hint="'-o'",
        )
    folder = plan_folder(data)
    spare_inputs(output, folder)
    spare_inputs(save, folder)
    if save is not None:
        may_save(save, force=force)
    loaded, plan = loaded_plan(folder)
    from cfbudget.checks.comparisons import comparisons

    if sensitivity:
        show_differing(loaded, comparisons(plan))
        show_sensitivity(plan, chosen, output)
        return
    services = chosen_services(plan, service)
    trial = tried(plan, scenario, flags, allow_conflicts=allow_conflicts)
    if output is not None and is_book:
        _book(loaded, plan, output, trial, force=force)
    else:
        show_differing(loaded, comparisons(plan))
        _tables(trial, services, chosen, output, TrialParts(only_changed, summary, view, depth))
    if save:
        if any(problem.rule in ("CF506", "CF507") for problem in trial.applied.problems):
            say("its changes conflict: it needs --allow-conflicts")
        save_scenario(save, [change.node for change in trial.applied.changes], force=force)


def _tables(
    trial: Trial,
    services: set[str] | None,
    chosen: Format,
    output: Path | None,
    wanted: TrialParts,
) -> None:
    """Lay the trial out and print as much of it as is wanted."""
    from cfbudget.layout.beside_baseline import Beside
    from cfbudget.reports.trial.page import trial_page
    from cfbudget.reports.trial.records import scenario_records
    from cfbudget.tables.plan_tables import NAMES
    from cfbudget.tables.trial import FOR_READING, trial_tables

    names = NAMES if chosen in ("csv", "json") else FOR_READING
    shown = trial_tables(trial.applied, trial.name, services, names)
    shown = shown.only_changed() if wanted.only_changed else shown
    shown = shown.summary() if wanted.summary else shown
    of_three = [
        shown_parts([one[which] for one in shown.tables], wanted.views, wanted.depth, chosen)
        for which in range(3)
    ]
    shown = replace(shown, tables=tuple(Beside(*three) for three in zip(*of_three, strict=True)))
    result = Result(lambda: trial_page(shown, trial.whys), lambda: scenario_records(shown))
    show(result, chosen, output)


def _book(loaded: "Loaded", plan: "Plan", output: Path, trial: Trial, *, force: bool) -> None:
    """The workbook of the plan, what it comes to with the scenario, and the difference."""
    from cfbudget.cli.progress import bar
    from cfbudget.cli.stored_workbook import may_write, store_workbook

    may_write(output, force=force)
    with bar() as progress:
        said = store_workbook(loaded, plan, output, None, progress, trial)
    wrote(output, said)
