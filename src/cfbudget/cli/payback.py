"""`cfbudget payback`: when each invest to save breaks even and pays back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cfbudget.cli.common_options import (
    DataOption,
    FormatOption,
    OutputOption,
    TemplateOption,
    chosen_format,
)
from cfbudget.cli.output import loaded_plan, show_differing, spare_inputs
from cfbudget.cli.rate import parse_rate
from cfbudget.cli.show import Result, show
from cfbudget.cli.trials import ConflictsOption, ScenarioOption, tried
from cfbudget.cli.which_plan import fail, plan_folder

if TYPE_CHECKING:
    from cfbudget.calculate.payback import Payback, PaybackLine
    from cfbudget.plan.files import Option
    from cfbudget.plan.plan import Plan
    from cfbudget.tables.payback import PaybackShown

EXAMPLES = """Examples:

cfbudget payback

cfbudget payback complex-youth-team

cfbudget payback --rate 3.5%

cfbudget payback --scenario slips.yaml

cfbudget payback -f csv -o payback.csv"""


def option_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of invest to save and of the savings they fund, for shell completion."""
    from cfbudget.loaded import load_folder

    plan = load_folder(plan_folder(ctx.params.get("data"))).plan
    return [option for option in _names(plan) if option.startswith(incomplete)] if plan else []


def payback(
    option: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="Only this invest to save, or the one that funds this saving.",
            autocompletion=option_ids,
            show_default=False,
        ),
    ] = None,
    data: DataOption = None,
    rate: Annotated[
        str | None,
        typer.Option(
            metavar="RATE",
            help="Show the net present benefit at this rate a year: 3.5%. There is no default.",
            show_default=False,
        ),
    ] = None,
    scenario: ScenarioOption = None,
    allow_conflicts: ConflictsOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
    template: TemplateOption = None,
) -> None:
    """Show when each invest to save breaks even and pays back.

    Each stands with the savings that it funds: its annual net cost and total to date by year.
    Revenue lines of this plan only; capital, and spending and savings before
    the plan, are not in it. With --scenario all figures are with what it changes.
    """
    chosen = chosen_format(format_, output, template)
    discount = parse_rate(rate) if rate is not None else None
    folder = plan_folder(data)
    spare_inputs(output, folder)
    loaded, plan = loaded_plan(folder)
    trial = (
        tried(plan, scenario, allow_conflicts=allow_conflicts, output=output) if scenario else None
    )
    shown = _shown(trial.applied.plan if trial else plan, option)._replace(rate=discount)
    if trial:
        shown = shown._replace(scenario=trial.name, beyond=trial.applied.beyond)
    from cfbudget.checks.comparisons import comparisons

    show_differing(loaded, comparisons(plan))
    show(_result(shown), chosen, output, template)


def _shown(plan: "Plan", wanted: str | None) -> "PaybackShown":
    """All that is invest to save or may be, or what an id belongs to."""
    from cfbudget.tables.payback import PaybackShown

    if plan.options is None:
        raise fail(f"the plan in {plan.folder} has no policy options, so no invest to save")
    pairs, alone, namesakes = _all_of(plan)
    if wanted is not None:
        pairs = tuple(one for one in pairs if _has(one.lines, wanted))
        alone = tuple(one for one in alone if _has(one.lines, wanted))
        namesakes = tuple(both for both in namesakes if _has(both, wanted))
        if not pairs and not alone and not namesakes:
            raise typer.BadParameter(_why_not(plan, wanted), param_hint="'ID'")
    return PaybackShown(plan, plan.options, pairs, alone, unmarked=namesakes)


class _All(NamedTuple):
    pairs: "tuple[Payback, ...]"
    orphans: "tuple[Payback, ...]"
    unmarked: "tuple[tuple[PaybackLine, PaybackLine], ...]"


def _all_of(plan: "Plan") -> _All:
    from cfbudget.calculate import payback as found

    return _All(found.payback(plan), found.orphans(plan), found.unmarked(plan))


def _has(lines: "Iterable[PaybackLine]", wanted: str) -> bool:
    return any(line.option.id == wanted for line in lines)


def _names(plan: "Plan") -> dict[str, str]:
    """The names of all that is invest to save or may be, and of the savings, by id."""
    pairs, alone, namesakes = _all_of(plan)
    lines = [line for one in (*pairs, *alone) for line in one.lines]
    lines += [line for both in namesakes for line in both]
    return {line.option.id: line.option.name for line in lines}


def _why_not(plan: "Plan", wanted: str) -> str:
    """Why there is no payback of an id, and what to type."""
    from cfbudget.calculate.services import service_tree, walk
    from cfbudget.scenario.written.targets import suggestion

    blocks = plan.options.services if plan.options else ()
    options = {option.id: option for block in blocks for option in block.options}
    if wanted in options:
        return _no_invest_to_save(options[wanted])
    if wanted in {node.id for node in walk(service_tree(plan))}:
        return f"{wanted!r} is a service: name an invest to save, or a saving that one funds"
    names = _names(plan)
    listed = f"the ids are {', '.join(names)}" if names else "the plan has no invest to save"
    return f"unknown option {wanted!r}: {suggestion(wanted, names, listed)}"


def _no_invest_to_save(option: "Option") -> str:
    from cfbudget.plan.kinds import KINDS, a, paying

    what = f"{option.id!r} is {a(option.kind)}"
    if KINDS[option.kind].may_be_funded:
        payer = " or ".join(map(a, paying()))
        return (
            f"{what} that no invest to save funds: "
            f"where {payer} pays for it, add funds: [{option.id}] to that"
        )
    if not KINDS[option.kind].may_be_invest_to_save:
        return f"{what}: it is no invest to save, and none funds it"
    return (
        f"{what} that is not invest to save: "
        "where it pays for a saving, add funds: [the saving's id] to it"
    )


def _result(shown: "PaybackShown") -> Result:
    from cfbudget.reports.payback.page import closing, payback_page, rate_line
    from cfbudget.reports.payback.records import payback_records

    said = (*rate_line(shown), *closing(shown))
    return Result(lambda: payback_page(shown), lambda: payback_records(shown), said)
