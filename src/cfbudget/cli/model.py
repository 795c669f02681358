"""`cfbudget model`: what if, without touching the plan."""

from typing import Annotated

import typer

from cfbudget.cli.asked_trial import AskedTrial, TrialParts, refuse_mixed
from cfbudget.cli.beside import BesideOption, refuse_same_files, show_beside
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
    FormatOption,
    OutputOption,
    TemplateOption,
    chosen_format,
)
from cfbudget.cli.filters import ServicesOption
from cfbudget.cli.one_trial import show_trial
from cfbudget.cli.output import loaded_plan, show_plan_differing, spare_inputs
from cfbudget.cli.sensitivity import SensitivityOption, show_sensitivity
from cfbudget.cli.show import Destination
from cfbudget.cli.shown_parts import DepthOption, ViewOption
from cfbudget.cli.trials import ConflictsOption, ForceOption, SaveOption, ScenarioOption, may_save
from cfbudget.cli.which_plan import plan_folder

EXAMPLES = """Examples:

cfbudget model --set personal-travel-budgets@2024-25=-400

cfbudget model --deliver education/saving=75%@2025-26 --only-changed

cfbudget model --delay review-of-allowances=1 --save slips.yaml

cfbudget model --scenario slips.yaml --drop complex-youth-team

cfbudget model --scenario slips.yaml -o slips.xlsx

cfbudget model --beside slips.yaml --beside no-team.yaml --beside both.yaml

cfbudget model --sensitivity --data examples/ring-fenced"""


def model(
    set_: SetOption = None,
    delay: DelayOption = None,
    deliver_: DeliverOption = None,
    drop: DropOption = None,
    uplift: UpliftOption = None,
    reprofile: ReprofileOption = None,
    bring_in: BringInOption = None,
    scenario: ScenarioOption = None,
    beside: BesideOption = None,
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
    template: TemplateOption = None,
) -> None:
    """Try changes, and see what they do to every service and year. The plan stays as it is.

    Changes come from scenario files, in their order, then from the options, in the order below.
    Name an option by its id; a word of its name gets the id suggested. With --beside, several
    scenarios stand in columns, each by itself, beside the plan as it is.
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
    parts = TrialParts(only_changed, summary, service, view, depth)
    asked = AskedTrial(scenario, flags, beside, allow_conflicts, save, force)
    target = Destination(chosen_format(format_, output, template), output, template)
    refuse_mixed(asked, parts, target, sensitivity=sensitivity)
    refuse_same_files(beside or ())
    folder = plan_folder(data)
    spare_inputs(output, folder)
    spare_inputs(save, folder)
    if save is not None:
        may_save(save, force=force)
    lines = sensitivity or bool(beside) or target.chosen in ("csv", "json", "xlsx")
    loaded, plan = loaded_plan(folder, lines=lines, mentioned=asked.words())
    if sensitivity:
        show_plan_differing(loaded, plan)
        show_sensitivity(plan, *target)
    elif beside:
        show_beside(loaded, plan, asked, parts, target)
    else:
        show_trial(loaded, plan, asked, parts, target)
