"""`cfbudget verify`: whether a workbook that comes back is still the plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.common_options import (
    DataOption,
    FormatOption,
    OutputOption,
    TemplateOption,
    chosen_format,
)
from cfbudget.cli.output import loaded_plan, spare_inputs, spare_source
from cfbudget.cli.progress import bar
from cfbudget.cli.returned_workbook import held, inputs_as_changes
from cfbudget.cli.show import Result, show
from cfbudget.cli.trials import (
    ConflictsOption,
    ForceOption,
    ScenarioOption,
    may_save,
    save_scenario,
    tried,
)
from cfbudget.cli.which_plan import plan_folder, say

if TYPE_CHECKING:
    from cfbudget.reports.verify.page import Verified

EXAMPLES = """Examples:

cfbudget verify plan.xlsx

cfbudget verify returned.xlsx --data plans/2025-26

cfbudget verify returned.xlsx --save-scenario tried.yaml

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
    scenario: ScenarioOption = None,
    allow_conflicts: ConflictsOption = False,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save-scenario",
            metavar="FILE.yaml",
            help="Write the inputs that were changed as a scenario for cfbudget model.",
            show_default=False,
        ),
    ] = None,
    force: ForceOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
    template: TemplateOption = None,
) -> None:
    """Tell whether a workbook is still the plan, cell by cell.

    Rows and columns are found by their ids and headings: moved or inserted ones do no harm.
    Ends with 0 if it is the plan, 1 if it differs, and 2 if it is no such workbook. Name the
    scenario of a workbook that was written with one.
    """
    chosen = chosen_format(format_, output, template)
    folder = plan_folder(data)
    spare_inputs(output, folder)
    spare_source(output, file, "the workbook")
    spare_inputs(save, folder)
    if save is not None:
        may_save(save, force=force)
    with bar() as progress:
        progress.doing("Reading the plan")
        loaded, plan = loaded_plan(folder)
        trial = (
            tried(plan, scenario, allow_conflicts=allow_conflicts, output=output)
            if scenario
            else None
        )
        compared = held(file, loaded, plan, progress, trial)
    if save is not None:
        changes = inputs_as_changes(file, plan, compared)
        if changes:
            save_scenario(save, changes, f"What was changed in {file.name}", force=force)
        else:
            say(f"no input is changed: {save} was not written")
    from cfbudget.reports.verify.page import Verified

    named = f"{plan.name}, with {trial.name}" if trial else plan.name
    verified = Verified(str(file), named, compared.verification, plan.projected_years)
    show(_result(verified), chosen, output, template)
    if not verified.found.is_the_plan:
        raise typer.Exit(1)


def _result(verified: "Verified") -> Result:
    from cfbudget.reports.verify.page import verify_page
    from cfbudget.reports.verify.records import verify_records

    return Result(lambda: verify_page(verified), lambda: verify_records(verified))
