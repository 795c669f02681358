"""A chart as an Altair specification: what is drawn is computed here, and Vega draws it."""

from typing import Any

import altair as alt

from cfbudget.layout.chart import Chart
from cfbudget.problem import printable
from cfbudget.render.chart_layers import INK, ChartLayers
from cfbudget.render.chart_scale import ChartScale, wrapped

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first of them is in vl-convert, so that a picture is the same wherever it is made."""
TITLE, SMALL = 15, 12
"""Sizes of letters, in pixels."""


def chart_spec(chart: Chart) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, with its figures under `datasets`."""
    drawn = ChartLayers(chart)
    layers = list(drawn.layers())
    spec: dict[str, Any] = alt.layer(
        *layers,
        width=drawn.scale.width,
        height=drawn.scale.height,
        title=_title(chart, drawn.scale),
        description=printable(" ".join((chart.title, *chart.description))),
        config=_config(drawn.scale),
    ).to_dict()
    # Altair copies whatever it holds with every step: the figures join what it made at the end.
    return {**spec, "datasets": drawn.datasets}


def _title(chart: Chart, scale: ChartScale) -> alt.TitleParams:
    return alt.TitleParams(
        text=wrapped(printable(chart.title), scale.letters(TITLE)),
        subtitle=wrapped(printable(" ".join(chart.facts)), scale.letters(SMALL)),
        anchor="start",
        frame="bounds",
        fontSize=TITLE,
        subtitleFontSize=SMALL,
        subtitleColor="#555555",
        subtitlePadding=4,
        offset=12,
        color=INK,
    )


def _config(scale: ChartScale) -> alt.Config:
    return alt.Config(
        font=FONT,
        background="white",
        padding=12,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelFontSize=SMALL, titleFontSize=SMALL, labelColor=INK, titleColor=INK
        ),
        text=alt.MarkConfig(fontSize=SMALL, color=INK, font=FONT),
        legend=alt.LegendConfig(
            orient="top",
            direction="horizontal",
            columns=scale.legend_columns,
            labelFontSize=SMALL,
            labelLimit=0,
            labelColor=INK,
            symbolType="square",
            symbolSize=150,
            symbolStrokeWidth=1.5,
            columnPadding=18,
        ),
    )
