"""`cfbudget payback`: when each invest to save breaks even and pays back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.finding import fail, plan_folder, say
from cfbudget.cli.options import DataOption, Format, FormatOption, OutputOption, chosen_format
from cfbudget.cli.printing import deliver, loaded_plan, page, show_differing, spare_inputs
from cfbudget.cli.rate import parse_rate

if TYPE_CHECKING:
    from cfbudget.plan.files import Option
    from cfbudget.plan.plan import Plan
    from cfbudget.tables.payback import Shown

EXAMPLES = """Examples:

cfbudget payback

cfbudget payback complex-youth-team

cfbudget payback --rate 3.5%

cfbudget payback -f csv -o payback.csv"""


def option_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of invest to save and of the savings they fund, for shell completion."""
    from cfbudget.loading import load_folder

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
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show when each invest to save breaks even and pays back.

    Each stands with the savings that it funds: its annual net cost and total to date by year.
    Revenue lines of this plan only; capital, and spending and savings before
    the plan, are not in it.
    """
    chosen = chosen_format(format_, output)
    discount = parse_rate(rate) if rate is not None else None
    folder = plan_folder(data)
    spare_inputs(output, folder)
    loaded, plan = loaded_plan(folder)
    shown = _shown(plan, option)._replace(rate=discount)
    from cfbudget.checks.comparisons import comparisons

    show_differing(loaded, comparisons(plan))
    _print(shown, chosen, output)


def _shown(plan: "Plan", wanted: str | None) -> "Shown":
    """All pairs and orphans, or the one that an id belongs to."""
    from cfbudget.calculate.payback import orphans
    from cfbudget.calculate.payback import payback as pairs_of
    from cfbudget.tables.payback import Shown

    if plan.options is None:
        raise fail(f"the plan in {plan.folder} has no policy options, so no invest to save")
    pairs, alone = pairs_of(plan), orphans(plan)
    if wanted is not None:
        pairs = tuple(p for p in pairs if wanted in {line.option.id for line in p.lines})
        alone = tuple(line for line in alone if line.option.id == wanted)
        if not pairs and not alone:
            raise typer.BadParameter(_why_not(plan, wanted), param_hint="'ID'")
    return Shown(plan, plan.options, pairs, alone)


def _names(plan: "Plan") -> dict[str, str]:
    """The names of invest to save and of the savings they fund, by id."""
    from cfbudget.calculate.payback import orphans
    from cfbudget.calculate.payback import payback as pairs_of

    lines = [*(line for pair in pairs_of(plan) for line in pair.lines), *orphans(plan)]
    return {line.option.id: line.option.name for line in lines}


def _why_not(plan: "Plan", wanted: str) -> str:
    """Why there is no payback of an id, and what to type."""
    from cfbudget.calculate.services import service_tree, walk
    from cfbudget.scenario.targets import suggestion

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
    if option.kind == "saving":
        return (
            f"{option.id!r} is a saving that no invest to save funds: "
            f"where an investment pays for it, add funds: [{option.id}] to that"
        )
    return (
        f"{option.id!r} is an investment that is not invest to save: "
        "where it pays for a saving, add funds: [the saving's id] to it"
    )


def _print(shown: "Shown", chosen: Format, output: Path | None) -> None:
    from cfbudget.tables.payback import closing, payback_page, rate_line

    if chosen in ("csv", "json"):
        from cfbudget.render.payback import payback_csv, payback_json

        for sentence in (*rate_line(shown), *closing(shown)):
            say(sentence)
        deliver(payback_csv(shown) if chosen == "csv" else payback_json(shown), output)
    elif chosen == "md":
        from cfbudget.render.markdown import payback_markdown

        deliver(payback_markdown(payback_page(shown)), output)
    else:
        from cfbudget.render.payback import print_payback

        with page(output) as (console, width):
            print_payback(console, payback_page(shown), width)
