"""`cfbudget solve`: what has to be found, or may be spent, for a net budget to come to a figure."""

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cfbudget.cli.common_options import (
    DataOption,
    FormatOption,
    OutputOption,
    TemplateOption,
    chosen_format,
)
from cfbudget.cli.filters import service_ids
from cfbudget.cli.output import (
    loaded_plan,
    print_found,
    show_differing,
    spare_inputs,
)
from cfbudget.cli.show import Result, show
from cfbudget.cli.trials import ForceOption, SaveOption, save_scenario
from cfbudget.cli.which_plan import fail, plan_folder

if TYPE_CHECKING:
    from cfbudget.nodes import MappingNode
    from cfbudget.plan.plan import Plan
    from cfbudget.problem import Refusal
    from cfbudget.scenario.solve.question import Asked
    from cfbudget.scenario.solve.solution import Solution

T = TypeVar("T")

EXAMPLES = """Examples:

cfbudget solve --service education --year 2025-26 --net 23000

cfbudget solve --service education --year 2025-26 --net 23000 --using pension-liabilities

cfbudget solve --service total --year 2027-28 --net £105m

cfbudget solve --gap 0 --year 2027-28

cfbudget solve --service education --year 2026-27 --net 26,000 --save target.yaml"""


def service_or_total(ctx: typer.Context, incomplete: str) -> list[str]:
    """The plan's service ids and `total`, for shell completion."""
    from cfbudget.calculate.amounts import TOTAL

    whole = [TOTAL] if TOTAL.startswith(incomplete) else []
    return [*service_ids(ctx, incomplete), *whole]


def usable_options(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of the plan's options after those already typed, for shell completion."""
    from cfbudget.loaded import load_folder
    from cfbudget.scenario.changes.working_copy import written_options

    plan = load_folder(plan_folder(ctx.params.get("data"))).plan
    before, comma, begun = incomplete.rpartition(",")
    ids = written_options(plan) if plan else ()
    return [f"{before}{comma}{option}" for option in ids if option.startswith(begun)]


def solve(
    year: Annotated[
        str, typer.Option(metavar="YEAR", help="The year, such as 2025-26.", show_default=False)
    ],
    service: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="The service whose net budget is meant; total for the whole plan.",
            autocompletion=service_or_total,
            show_default=False,
        ),
    ] = None,
    net: Annotated[
        str | None,
        typer.Option(
            metavar="AMOUNT",
            help="What the net budget is to come to, in the unit of the position: 28000, £28.5m.",
            show_default=False,
        ),
    ] = None,
    gap: Annotated[
        str | None,
        typer.Option(
            metavar="AMOUNT",
            help="In place of --net, the budget gap to be left with: 0 for none. It is the whole "
            "plan's.",
            show_default=False,
        ),
    ] = None,
    using: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID[,ID…]",
            help="Options that are to close the gap, in proportion to the size of their changes.",
            autocompletion=usable_options,
            show_default=False,
        ),
    ] = None,
    save: SaveOption = None,
    force: ForceOption = False,
    data: DataOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
    template: TemplateOption = None,
) -> None:
    """Show what has to be found, or may be spent, for a net budget to come to a figure.

    Without --using it is an unidentified saving: a target, not a plan.
    With it, it is what those options must be.
    The plan stays as it is; --save keeps the answer as a scenario.
    """
    chosen = chosen_format(format_, output, template)
    folder = plan_folder(data)
    spare_inputs(output, folder)
    spare_inputs(save, folder)
    loaded, plan = loaded_plan(folder)
    whole = _whose(service, net, gap)
    solved = _solved(plan, _asked(plan, whole, year, (net, gap), using or []))
    _look_at_target(solved, "--net" if gap is None else "--gap", net or gap or "")
    changes = _changes(solved) if save else ()
    from cfbudget.checks.comparisons import comparisons

    show_differing(loaded, comparisons(plan))
    if save:
        save_scenario(save, changes, force=force, name=_name(solved))
    show(_result(solved), chosen, output, template)


def _whose(service: str | None, net: str | None, gap: str | None) -> str:
    """The service whose net budget is meant: a gap is the whole plan's."""
    if (net is None) == (gap is None):
        raise typer.BadParameter("give one of --net and --gap", param_hint="'--net'")
    if gap is None and service is None:
        words = "name the service whose net budget is meant, or total for the whole plan"
        raise typer.BadParameter(words, param_hint="'--service'")
    if gap is not None and service not in (None, "total"):
        words = "a gap is the whole plan's: leave --service out, or use --net"
        raise typer.BadParameter(words, param_hint="'--service'")
    return service or "total"


def _asked(
    plan: "Plan", service: str, year: str, figures: tuple[str | None, str | None], using: list[str]
) -> "Asked":
    """What the options ask for, each found in the plan.

    Args:
        figures: the net budget to come to, or the gap.
    """
    from cfbudget.calculate.funds import general_row
    from cfbudget.scenario.solve import question as asking
    from cfbudget.scenario.solve.gap import net_or_gap

    if missing := asking.budgeted(plan):
        raise fail(f"{plan.folder}: {missing.sentence}")
    of = _taken(asking.service_of(plan, service), "--service")
    of = of if figures[1] is None else general_row(plan)
    when = _taken(asking.year_of(plan, year), "--year")
    option = "--net" if figures[1] is None else "--gap"
    gap, net = _taken(net_or_gap(plan, when, *figures), option)
    return asking.Asked(of, when, net, _taken(asking.options_of(plan, using), "--using"), gap)


def _taken(found: "T | Refusal", option: str) -> T:
    from cfbudget.problem import Refusal

    if isinstance(found, Refusal):
        raise typer.BadParameter(found.sentence, param_hint=f"'{option}'")
    return found


def _solved(plan: "Plan", asked: "Asked") -> "Solution":
    from cfbudget.problem import Refusal
    from cfbudget.scenario.solve.gap import solution

    found = solution(plan, asked)
    if isinstance(found, Refusal):
        raise fail(found.reason, found.hint)
    return found


def _look_at_target(solved: "Solution", option: str, given: str) -> None:
    """Warn of a target that most likely is in another unit than the position's."""
    from cfbudget.problem import COMMAND_LINE, Place
    from cfbudget.scenario.solve.far_target import far_target

    text = f"{option} {given}"
    place = Place(COMMAND_LINE, 1, len(text) - len(given) + 1, max(1, len(given)))
    print_found("", far_target(solved, place), {COMMAND_LINE: text})


def _changes(solved: "Solution") -> "tuple[MappingNode, ...]":
    from cfbudget.problem import Refusal
    from cfbudget.scenario.solve.solution_changes import solution_changes

    found = solution_changes(solved)
    if isinstance(found, Refusal):
        raise fail(f"this cannot be saved: {found.reason}", found.hint)
    return found


def _name(solved: "Solution") -> str:
    """What the scenario is called: what it comes to."""
    from cfbudget.money import said

    unit = solved.unit
    target = said(solved.target, unit)
    return f"{solved.name}, net budget {target} in {solved.year} ({unit.name})"


def _result(solved: "Solution") -> Result:
    from cfbudget.reports.solve.page import said_with_data, solution_page
    from cfbudget.reports.solve.records import solution_records

    return Result(
        lambda: solution_page(solved), lambda: solution_records(solved), said_with_data(solved)
    )
