"""`cfbudget compare`: what takes the net budgets of one plan to those of another."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cfbudget.cli.common_options import (
    DataOption,
    FormatOption,
    OutputOption,
    TemplateOption,
    chosen_format,
)
from cfbudget.cli.output import (
    loaded_plan,
    show_differing,
    show_problems,
    spare_inputs,
)
from cfbudget.cli.show import Result, show
from cfbudget.cli.trials import ConflictsOption, tried
from cfbudget.cli.which_plan import fail, is_folder, plan_folder

if TYPE_CHECKING:
    from cfbudget.plan.plan import Plan
    from cfbudget.scenario.changes.applied import Applied
    from cfbudget.tables.compare import Bridged

EXAMPLES = """Examples:

cfbudget compare plans/2024-25 plans/2025-26

cfbudget compare data slips.yaml

cfbudget compare plans/2025-26 returned.xlsx

cfbudget compare sent.xlsx returned.xlsx -o bridge.csv"""
SCENARIOS, WORKBOOK = (".yaml", ".yml"), ".xlsx"


class Operand(NamedTuple):
    """One of the two plans, and its name as the user gave it."""

    plan: "Plan"
    name: str
    applied: "Applied | None" = None
    """The trial that the plan is, where it is one."""


def compare(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="A plan's folder, a scenario or a workbook.", show_default=False
        ),
    ],
    new: Annotated[
        str,
        typer.Argument(
            metavar="NEW", help="Another one, to bridge the first to.", show_default=False
        ),
    ],
    data: DataOption = None,
    allow_conflicts: ConflictsOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
    template: TemplateOption = None,
) -> None:
    """Bridge the net budgets of an old plan to those of a new one, by year and by cause.

    The causes add up exactly to the difference. Ends with 0 whatever differs. A workbook (.xlsx)
    is a plan of its own, with its inputs as they stand. A scenario (.yaml) is one of the folder
    that is named beside it, else of the plan of --data, else of the workbook beside it.
    """
    chosen = chosen_format(format_, output, template)
    for given, word in ((old, "OLD"), (new, "NEW")):
        if not given:
            raise typer.BadParameter("it names no plan", param_hint=f"'{word}'")
        spare_inputs(output, given)
    before, after = _operands(old, new, data, output, allow_conflicts=allow_conflicts)
    show(_result(_bridged(before, after)), chosen, output, template)


def _operands(
    old: str, new: str, data: str | None, output: Path | None, *, allow_conflicts: bool
) -> tuple[Operand, Operand]:
    """The two plans. A scenario is one of the folder beside it, else of the plan of --data.

    Where none is given, a workbook beside it is the plan that it changes.
    All problems of the folders are shown before they end the command with 2.
    """
    names = dict.fromkeys((old, new))
    folders = {name: _folder(name) for name in names if _is_folder(name)}
    if not all(folders.values()):
        raise typer.Exit(2)
    made = {name: Operand(plan, name) for name, plan in folders.items() if plan}
    made |= {name: Operand(_workbook(name), name) for name in names if _is_workbook(name)}
    scenarios = [name for name in names if name not in made]
    if scenarios:
        if not folders and (data is not None or not made):
            _, base = loaded_plan(plan_folder(data))
        else:
            base = next(iter(made.values())).plan
        for name in scenarios:
            trial = tried(base, [name], allow_conflicts=allow_conflicts, output=output)
            made[name] = Operand(trial.applied.plan, name, trial.applied)
    return made[old], made[new]


def _is_folder(given: str) -> bool:
    """Whether an argument names no scenario and no workbook."""
    return Path(given).suffix.lower() not in (*SCENARIOS, WORKBOOK) or is_folder(given)


def _is_workbook(given: str) -> bool:
    return Path(given).suffix.lower() == WORKBOOK and not is_folder(given)


def _folder(given: str) -> "Plan | None":
    """The plan in a folder; None, and its problems shown, where there is none."""
    from cfbudget.checks.comparisons import comparisons
    from cfbudget.loaded import load_folder

    loaded = load_folder(given)
    if loaded.plan is None:
        show_problems(loaded, loaded.problems)
        return None
    show_differing(loaded, comparisons(loaded.plan))
    return loaded.plan


def _workbook(given: str) -> "Plan":
    """The plan that a workbook is of itself, with its inputs as they stand."""
    from cfbudget.cli.progress import bar
    from cfbudget.cli.workbook_plan import workbook_plan

    with bar() as progress:
        return workbook_plan(Path(given), progress)


def _bridged(old: Operand, new: Operand) -> "Bridged":
    from cfbudget.calculate.plan_bridge import bridge_between
    from cfbudget.problem import Refusal, printable
    from cfbudget.tables.beyond_plan import beyond_between
    from cfbudget.tables.compare import Bridged

    bridge = bridge_between(old.plan, new.plan)
    if isinstance(bridge, Refusal):
        raise fail(f"{bridge.reason}; {bridge.hint}")
    title = f"From {printable(old.name)} to {printable(new.name)}: beyond the plan"
    beyond = beyond_between(old.applied, new.applied, title)
    return Bridged(bridge, old.name, new.name, (old.plan.name, new.plan.name), beyond)


def _result(bridged: "Bridged") -> Result:
    from cfbudget.reports.compare.page import bridge_page
    from cfbudget.reports.compare.records import bridge_records

    return Result(lambda: bridge_page(bridged), lambda: bridge_records(bridged))
