"""A chart as an Altair specification: what is drawn is computed here, and Vega draws it.

Amounts become floats here and nowhere else: as places in a picture. Each mark has its exact amount
beside them, as text.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from cfbudget.layout.chart import Chart, ChartBar, ChartPiece
from cfbudget.layout.grid import ShownFigure
from cfbudget.money import plain
from cfbudget.problem import printable
from cfbudget.render.chart_scale import LINE_HEIGHT, ChartScale, wrapped
from cfbudget.render.chart_slots import NEXT_LINE, SLOT, Slots, heading_lines, slots_of

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first of them is in vl-convert, so that a picture is the same wherever it is made."""
INK, FAINT = "#222222", "#D9D9D9"
HALF = 4
"""Half of how thick a bar is; its slot is twice five."""
Layer = Any
"""A chart of Altair's: what makes one says no type."""
DASH = [4, 2]
HALO = {"stroke": "white", "strokeWidth": 3, "color": "white", "aria": False}
EMPTY: list[dict[str, Any]] = [{}]


def chart_spec(chart: Chart) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, with its figures."""
    drawn = _Drawn(chart)
    layers = [layer for layer in drawn.layers() if layer is not None]
    spec = (
        alt.layer(*layers)
        .properties(
            width=drawn.scale.width,
            height=drawn.scale.height,
            title=_title(chart, drawn.scale),
            description=printable(" ".join((chart.title, *chart.description))),
        )
        .configure(font=FONT, background="white", padding=12)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, titleFontSize=12, labelColor=INK, titleColor=INK)
        .configure_text(fontSize=12, color=INK, font=FONT)
        .configure_legend(
            orient="top",
            direction="horizontal",
            columns=drawn.scale.legend_columns,
            labelFontSize=12,
            labelLimit=0,
            labelColor=INK,
            symbolType="square",
            symbolSize=150,
            symbolStrokeWidth=1.5,
            columnPadding=18,
        )
    )
    found: dict[str, Any] = spec.to_dict()
    return found


def _title(chart: Chart, scale: ChartScale) -> alt.TitleParams:
    return alt.TitleParams(
        text=wrapped(printable(chart.title), scale.letters(15)),
        subtitle=wrapped(printable(" ".join(chart.facts)), scale.letters(12)),
        anchor="start",
        frame="bounds",
        fontSize=15,
        subtitleFontSize=12,
        subtitleColor="#555555",
        subtitlePadding=4,
        offset=12,
        color=INK,
    )


class _Drawn:
    """The layers of a chart."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.slots: Slots = slots_of(chart)
        self.scale = ChartScale(chart, self.slots)
        names = [printable(series.name) for series in chart.series]
        looks = [series.look for series in chart.series]
        named = "series:N"
        told = [printable(s.name) for s in chart.series if s.drawn != "limit"]
        is_needed = len(told) > 1 and (chart.is_upright or not chart.is_told_by_labels)
        legend = alt.Legend(title=None, values=told) if is_needed else None
        self.fill = alt.Fill(
            named, scale=alt.Scale(domain=names, range=[x.fill for x in looks]), legend=legend
        )
        self.stroke = alt.Stroke(
            named, scale=alt.Scale(domain=names, range=[x.edge for x in looks]), legend=legend
        )

    def layers(self) -> Iterator[Layer]:
        yield from self._bars()
        yield self._nil()
        yield self._limits()
        yield from self._lines()
        yield self._figures()
        if not self.chart.is_upright:
            yield self._labels()
            yield self._headings()

    # -- the two axes: labels and amounts, one of them across and the other upright ----------

    def _along(self, field: str) -> alt.X | alt.Y:
        """Where something stands among the labels."""
        return self.scale.labelled(f"{field}:Q")

    def _amount(self, field: str) -> alt.X | alt.Y:
        return self.scale.measured(f"{field}:Q")

    def _encoded(self, along: str, amount: str, **others: Any) -> dict[str, Any]:
        """The channels of a mark: `x` and `y` by which way the chart stands."""
        first, second = ("x", "y") if self.chart.is_upright else ("y", "x")
        return {first: self._along(along), second: self._amount(amount), **others}

    def _ends(self, along: str | None, amount: str | None) -> dict[str, Any]:
        first, second = ("x2", "y2") if self.chart.is_upright else ("y2", "x2")
        ends = {first: along, second: amount}
        return {channel: f"{field}:Q" for channel, field in ends.items() if field}

    # -- layers ------------------------------------------------------------------------------

    def _bars(self) -> Iterator[Layer]:
        """The pieces of bars, those with a broken edge in a layer of their own."""
        values = [
            {
                "dashed": self.chart.series_of(piece).look.is_dashed,
                **self._said(slot.group.label, slot.bar, piece.figure, piece),
                "from": slot.at - HALF,
                "to": slot.at + HALF,
                "begins": self.scale.place(piece.begins),
                "ends": self.scale.place(piece.ends),
            }
            for slot in self.slots.bars
            for piece in slot.bar.pieces
        ]
        channels = self._encoded("from", "begins") | self._ends("to", "ends")
        for dashed, mark in ((False, {}), (True, {"strokeDash": DASH})):
            drawn = [value for value in values if value["dashed"] == dashed]
            if drawn:
                bars = _data(drawn).mark_rect(strokeWidth=1, **mark)
                yield bars.encode(
                    fill=self.fill, stroke=self.stroke, description="said:N", **channels
                )

    def _nil(self) -> Layer:
        """The line that bars stand on."""
        at = self.scale.place(self.chart.begins)
        values = [{"at": 0, "end": self.slots.length, "nil": at}]
        channels = self._encoded("at", "nil") | self._ends("end", None)
        return _data(values).mark_rule(color=INK, strokeWidth=1, aria=False).encode(**channels)

    def _limits(self) -> Layer:
        limit = next((s for s in self.chart.series if s.drawn == "limit"), None)
        values = [
            {
                "series": printable(limit.name),
                "said": self._words(slot.group.label, limit.name, slot.bar, slot.bar.limit),
                "amount": plain(slot.bar.limit.pence, slot.bar.limit.unit),
                "from": slot.at - SLOT // 2,
                "to": slot.at + SLOT // 2,
                "limit": self.scale.place(slot.bar.limit.pence),
            }
            for slot in self.slots.bars
            if limit and slot.bar.limit
        ]
        if not values:
            return None
        channels = self._encoded("from", "limit") | self._ends("to", None)
        return (
            _data(values)
            .mark_rule(strokeWidth=2, strokeDash=DASH)
            .encode(stroke=self.stroke, description="said:N", **channels)
        )

    def _lines(self) -> Iterator[Layer]:
        """What goes from group to group: a line through its points."""
        if not self.chart.is_upright:
            return
        for series in self.chart.series:
            values = [
                {
                    **self._said(span.group.label, bar, bar.figure, None),
                    "series": printable(series.name),
                    "at": span.middle,
                    "level": self.scale.place(bar.figure.pence),
                    "shown": bar.figure.text,
                }
                for span in self.slots.groups
                for bar in span.group.bars
                if bar.line == series.id and not bar.figure.is_unknown
            ]
            if values:
                base = _data(values)
                where = self._encoded("at", "level")
                yield base.mark_line(strokeWidth=2, aria=False).encode(stroke=self.stroke, **where)
                yield base.mark_point(filled=True, size=70, opacity=1).encode(
                    fill=self.fill, stroke=self.stroke, description="said:N", **where
                )
                looks = {"dy": -12, "fontWeight": "bold"}
                yield _written(base, looks, {"text": "shown:N", **where})

    def _figures(self) -> Layer:
        """Beside each bar what it comes to, on the side to which it goes."""
        values = []
        for slot in self.slots.bars:
            end, side = self.scale.label_place(slot.bar)
            values.append({"at": slot.at, "end": end, "side": side, "shown": self.scale.text(slot)})
        where = self._encoded("at", "end")
        upright = self.chart.is_upright
        layers = []
        for side in (1, -1):
            mark: dict[str, Any] = (
                {"align": "center", "baseline": "bottom" if side > 0 else "top", "dy": -4 * side}
                if upright
                else {"align": "left" if side > 0 else "right", "baseline": "middle"}
            )
            mark |= {"fontSize": 11} if upright else {"dx": 5 * side}
            there = [value for value in values if value["side"] == side]
            if there:
                layers.append(_written(_data(there), mark, {"text": "shown:N", **where}))
        return alt.layer(*layers)

    def _labels(self) -> Layer:
        """Beside bars that lie their labels, each line of them where it stands about the middle."""
        line = SLOT * LINE_HEIGHT / self.scale.thick
        values = [
            {"at": slot.at + (at - (len(lines) - 1) / 2) * line, "label": text}
            for slot, lines in zip(self.slots.bars, self.scale.labels, strict=True)
            for at, text in enumerate(lines)
        ]
        labels = _data(values).mark_text(align="right", baseline="middle")
        return labels.encode(text="label:N", x=alt.value(-8), y=self._along("at"))

    def _headings(self) -> Layer:
        values = [
            {"at": span.label_at + NEXT_LINE * line, "heading": printable(text)}
            for span in self.slots.groups
            if span.group.label
            for line, text in enumerate(heading_lines(span.group))
        ]
        if not values:
            return None
        looks: dict[str, Any] = {"align": "left", "baseline": "middle", "fontWeight": "bold"}
        channels = {"text": "heading:N", "x": alt.value(4), "y": self._along("at")}
        return _written(_data(values), looks, channels)

    # -- words -------------------------------------------------------------------------------

    def _said(
        self, group: str, bar: ChartBar, figure: ShownFigure, piece: ChartPiece | None
    ) -> dict[str, str]:
        """What a mark is, with its exact amount."""
        series = self.chart.series_of(piece).name if piece else ""
        return {
            "group": printable(group),
            "label": printable(bar.label),
            "series": printable(series),
            "amount": plain(figure.pence, figure.unit),
            "said": self._words(group, series, bar, figure),
        }

    def _words(self, group: str, series: str, bar: ChartBar, figure: ShownFigure) -> str:
        parts = dict.fromkeys(part for part in (group, bar.label, series) if part)
        note = f"; {bar.note}" if bar.note else ""
        return printable(f"{', '.join(parts)}: {figure.text} {figure.unit.name}{note}")


def _written(base: Layer, looks: dict[str, Any], channels: dict[str, Any]) -> Layer:
    """Text with white about it, so that it can be read across lines and bars."""
    about = base.mark_text(**looks, **HALO).encode(**channels)
    return alt.layer(about, base.mark_text(**looks).encode(**channels))


def _data(values: Sequence[dict[str, Any]]) -> Layer:
    return alt.Chart(alt.InlineData(values=list(values) or EMPTY))
