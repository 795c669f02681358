"""`cfbudget chart`: a picture of the plan, in the terminal or as a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cfbudget.cli.choices import one_of, starting
from cfbudget.cli.common_options import (
    ENDINGS,
    IN_A_FILE,
    DataOption,
    Format,
    TemplateOption,
    format_among,
)
from cfbudget.cli.filters import chosen_years
from cfbudget.cli.output import deliver, loaded_plan, show_differing, spare_inputs, unwritten, wrote
from cfbudget.cli.report_extra import need_report_extra
from cfbudget.cli.show import Result, show
from cfbudget.cli.stored_paper import refuse_early
from cfbudget.cli.trials import ConflictsOption, ScenarioOption, tried
from cfbudget.cli.which_plan import fail, plan_folder
from cfbudget.layout.chart import CHART_NAMES, SPLITS

if TYPE_CHECKING:
    from cfbudget.charts.plan_charts import ChartAsked
    from cfbudget.layout.chart import Chart

ChartFormat = Format | Literal["svg", "png"]
CHART_ENDINGS: Mapping[str, ChartFormat] = {**ENDINGS, ".svg": "svg", ".png": "png"}
DRAWN: tuple[ChartFormat, ...] = ("svg", "png", "html", "json", "docx")
"""What the libraries of an extra draw."""
EXAMPLES = """Examples:

cfbudget chart position

cfbudget chart bridge --by service --year 2025-26

cfbudget chart bridge --scenario slips.yaml --by option -o slips.svg

cfbudget chart savings -o savings.png

cfbudget chart payback -o payback.html

cfbudget chart gap --data examples/gateshead-2023

cfbudget chart programme -f csv"""


def chart(
    name: Annotated[
        str,
        typer.Argument(
            metavar="CHART",
            help="bridge, position, savings, programme, payback, gap or reserves.",
            autocompletion=starting(*CHART_NAMES),
            show_default=False,
        ),
    ],
    data: DataOption = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            help="What moves in a bridge: kind (of option; the default), service or option.",
            autocompletion=starting(*SPLITS),
            show_default=False,
        ),
    ] = None,
    year: Annotated[
        list[str] | None,
        typer.Option(
            metavar="YEAR",
            help="Of a bridge: to this year alone (2025-26); give it again for another.",
            show_default=False,
        ),
    ] = None,
    scenario: ScenarioOption = None,
    allow_conflicts: ConflictsOption = False,
    format_: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="table (drawn as text, the default), svg, png, html, json (the Vega-Lite "
            "specification), md, xlsx, docx, or exact, tidy data: csv.",
            autocompletion=starting(*dict.fromkeys(CHART_ENDINGS.values())),
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to a file; its ending (.svg .png .html .json .txt .csv .md .xlsx .docx) "
            "is the format.",
            show_default=False,
        ),
    ] = None,
    template: TemplateOption = None,
) -> None:
    """Draw a chart: in the terminal, or as a picture with -o.

    bridge: what takes the net budget from year to year or, with --scenario, from the baseline
    to the scenario. position: net budget by service. savings: options by year and status, with
    the cumulative change. programme: capital by scheme. payback: each invest to save. gap: before
    and after reserves. reserves: balances against floors. Pictures need the extra 'report'.
    """
    wanted = one_of(name, CHART_NAMES, "CHART")
    split = one_of(by, SPLITS, "--by") if by is not None else None
    if wanted != "bridge" and (split or year):
        raise typer.BadParameter(
            f"only a bridge has it: leave it out of {wanted}",
            param_hint="'--by'" if split else "'--year'",
        )
    files: dict[ChartFormat, str] = {"png": "a picture"}
    files.update(IN_A_FILE.items())
    usual: ChartFormat = "table"
    chosen = format_among(CHART_ENDINGS, usual, files, format_, output)
    refuse_early(chosen, template)
    if chosen in DRAWN:
        need_report_extra(f"a chart as {chosen}", "altair", "vl_convert")
    folder = plan_folder(data)
    spare_inputs(output, folder)
    loaded, plan = loaded_plan(folder)
    trial = (
        tried(plan, scenario, allow_conflicts=allow_conflicts, output=output) if scenario else None
    )
    from cfbudget.charts.plan_charts import ChartAsked
    from cfbudget.checks.comparisons import comparisons

    asked = ChartAsked(plan, wanted, split or "kind", sorted(chosen_years(plan, year) or ()))
    if trial:
        asked = asked._replace(plan=trial.applied.plan, baseline=plan, scenario=trial.name)
    drawn = _made(asked)
    show_differing(loaded, comparisons(plan))
    _show(drawn, chosen, output, template)


def _made(asked: "ChartAsked") -> "Chart":
    """The chart; where the plan lacks what it is of, that is said and ends the command with 2."""
    from cfbudget.charts.plan_charts import chart_of

    try:
        return chart_of(asked)
    except LookupError as error:
        raise fail(f"no {asked.name} chart: {error}") from None


def _show(drawn: "Chart", chosen: ChartFormat, output: Path | None, template: Path | None) -> None:
    if chosen == "svg":
        from cfbudget.render.chart_picture import chart_svg

        deliver(f"{chart_svg(drawn)}\n", output)
    elif chosen == "png":
        assert output is not None, "a picture is written to a file"
        _png(drawn, output)
    elif chosen == "json":
        from cfbudget.render.chart_vega import chart_spec
        from cfbudget.render.data import json_text

        deliver(f"{json_text(chart_spec(drawn), indent=1)}\n", output)
    else:
        from cfbudget.layout.page import page
        from cfbudget.reports.chart.records import chart_records

        result = Result(lambda: page((drawn,)), lambda: chart_records(drawn))
        show(result, chosen, output, template)


def _png(drawn: "Chart", output: Path) -> None:
    from cfbudget.render.chart_picture import chart_png
    from cfbudget.written_files import written_beside

    picture = chart_png(drawn)
    try:
        with written_beside(output) as beside:
            beside.write_bytes(picture)
    except OSError as error:
        raise unwritten(output, error) from None
    wrote(output)
