"""`cfbudget model`: what if, without touching the plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from cfbudget.cli.filters import chosen_services, service_ids
from cfbudget.cli.finding import fail, plan_folder
from cfbudget.cli.options import DataOption, Format, FormatOption, OutputOption, chosen_format
from cfbudget.cli.printing import deliver, loaded_plan, page, show_differing, spare_inputs
from cfbudget.cli.trials import (
    ConflictsOption,
    ForceOption,
    SaveOption,
    ScenarioOption,
    Trial,
    save_scenario,
    tried,
)

if TYPE_CHECKING:
    from cfbudget.tables.trial import TrialTables

EXAMPLES = """Examples:

cfbudget model --set personal-travel-budgets@2024-25=-400

cfbudget model --deliver education/saving=75%@2025-26 --only-changed

cfbudget model --delay review-of-allowances=1 --save slips.yaml

cfbudget model --scenario slips.yaml --drop complex-youth-team

cfbudget model --scenario slips.yaml -o slips.csv"""


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
    service: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Only this service and those within it; give it again for another.",
            autocompletion=service_ids,
            show_default=False,
        ),
    ] = None,
    data: DataOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Try changes, and see what they do to every service and year. The plan stays as it is.

    Changes come from scenario files, in their order, then from the options in the order above. Name
    an option by its id; a word of its name gets the id suggested.
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
    if not scenario and not any(flags.values()):
        raise fail("no change is given: try --set ID@YEAR=AMOUNT, --scenario FILE, or see --help")
    chosen = chosen_format(format_, output)
    folder = plan_folder(data)
    spare_inputs(output, folder)
    spare_inputs(save, folder)
    loaded, plan = loaded_plan(folder)
    services = chosen_services(plan, service)
    trial = tried(plan, scenario, flags, allow_conflicts=allow_conflicts)
    from cfbudget.checks.comparisons import comparisons
    from cfbudget.tables.trial import trial_tables

    show_differing(loaded, comparisons(plan))
    shown = trial_tables(trial.applied, trial.name, services)
    if save:
        save_scenario(save, [change.node for change in trial.applied.changes], force=force)
    _print(shown.only_changed() if only_changed else shown, trial, chosen, output)


def _print(shown: "TrialTables", trial: Trial, chosen: Format, output: Path | None) -> None:
    from cfbudget.render import trial as render

    if chosen == "csv":
        deliver(render.trial_csv(shown), output)
    elif chosen == "json":
        deliver(render.trial_json(shown), output)
    elif chosen == "md":
        deliver(render.trial_markdown(shown, trial.whys), output)
    else:
        with page(output) as (console, width):
            render.print_trial(console, shown, trial.whys, width)
