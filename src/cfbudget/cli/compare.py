"""`cfbudget compare`: what takes the net budgets of one plan to those of another."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cfbudget.cli.finding import fail
from cfbudget.cli.options import Format, FormatOption, OutputOption, chosen_format
from cfbudget.cli.printing import deliver, page, show_differing, show_problems, spare_inputs

if TYPE_CHECKING:
    from cfbudget.plan.plan import Plan
    from cfbudget.render.bridged import Bridged

EXAMPLES = """Examples:

cfbudget compare plans/2024-25 plans/2025-26

cfbudget compare data trial --format md

cfbudget compare data trial -o bridge.csv"""


class Operand(NamedTuple):
    """One of the two plans, and its name as the user gave it."""

    plan: "Plan"
    name: str


def compare(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="The old plan's folder.", show_default=False)
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="The new plan's folder.", show_default=False)
    ],
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Bridge the net budgets of an old plan to those of a new one, by year and by cause.

    The causes add up exactly to the difference. Ends with 0 whatever differs.
    """
    chosen = chosen_format(format_, output)
    for given, word in ((old, "OLD"), (new, "NEW")):
        if not given:
            raise typer.BadParameter("it names no plan", param_hint=f"'{word}'")
        spare_inputs(output, given)
    before, after = _operand(old), _operand(new)
    if before is None or after is None:
        raise typer.Exit(2)
    _print(_bridged(before, after), chosen, output)


def _operand(given: str) -> Operand | None:
    """The plan that an argument names; None, and its problems shown, where it is none."""
    from cfbudget.checks.comparisons import comparisons
    from cfbudget.loading import load_folder

    loaded = load_folder(given)
    if loaded.plan is None:
        show_problems(loaded, loaded.problems)
        return None
    show_differing(loaded, comparisons(loaded.plan))
    return Operand(loaded.plan, given)


def _bridged(old: Operand, new: Operand) -> "Bridged":
    from cfbudget.calculate.comparing import bridge_between
    from cfbudget.problem import Refusal
    from cfbudget.render.bridged import Bridged

    bridge = bridge_between(old.plan, new.plan)
    if isinstance(bridge, Refusal):
        raise fail(f"{bridge.reason}; {bridge.hint}")
    return Bridged(bridge, old.name, new.name, (old.plan.name, new.plan.name))


def _print(bridged: "Bridged", chosen: Format, output: Path | None) -> None:
    from cfbudget.render.bridged import bridged_csv, bridged_json

    if chosen == "json":
        deliver(bridged_json(bridged), output)
    elif chosen == "csv":
        deliver(bridged_csv(bridged), output)
    elif chosen == "md":
        from cfbudget.render.markdown import bridged_markdown

        deliver(bridged_markdown(bridged), output)
    else:
        from cfbudget.render.bridged_page import print_bridged

        with page(output) as (console, width):
            print_bridged(console, bridged, width)
