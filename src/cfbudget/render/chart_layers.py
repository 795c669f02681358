"""The layers of a chart for Vega: what stands where, and what each mark is.

Amounts become floats in a chart's scale and nowhere else: as places in a picture. Each mark has its
exact amount beside them, as text.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import altair as alt

from cfbudget.layout.chart import Chart, ChartBar, ChartPiece
from cfbudget.layout.grid import ShownFigure
from cfbudget.money import plain
from cfbudget.problem import printable
from cfbudget.render.chart_scale import LINE_HEIGHT, ChartScale
from cfbudget.render.chart_slots import NEXT_LINE, SLOT, Slots, heading_lines, slots_of

INK = "#222222"
HALF = 4
"""Half of how thick a bar is; its slot is twice five."""
DASH = [4, 2]
HALO = {"stroke": "white", "strokeWidth": 3, "color": "white", "aria": False}
"""White about letters, so that they can be read across lines and bars."""
Layer = Any
"""A chart of Altair's: what makes one says no type."""
DrawnMarks = list[dict[str, Any]]
DrawnChannels = Mapping[str, Any]


class ChartLayers:
    """What is drawn, the one on top of the other; and the figures of it, by name."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.slots: Slots = slots_of(chart)
        self.scale = ChartScale(chart, self.slots)
        self.datasets: dict[str, DrawnMarks] = {}
        names = [printable(series.name) for series in chart.series]
        told = [printable(s.name) for s in chart.series if s.drawn != "limit"]
        is_needed = len(told) > 1 and (chart.is_upright or not chart.is_told_by_labels)
        legend = alt.Legend(title=None, values=told) if is_needed else None
        fills, edges = ([getattr(s.look, of) for s in chart.series] for of in ("fill", "edge"))
        scales = (alt.Scale(domain=names, range=colours) for colours in (fills, edges))
        self.fill, self.stroke = (
            channel("series:N", scale=scale, legend=legend)
            for channel, scale in zip((alt.Fill, alt.Stroke), scales, strict=True)
        )

    def layers(self) -> Iterator[Layer]:
        yield from self._bars()
        yield from self._nil()
        yield from self._limits()
        yield from self._lines()
        yield from self._figures()
        if not self.chart.is_upright:
            yield from self._labels()
            yield from self._headings()

    # -- marks -------------------------------------------------------------------------------

    def _bars(self) -> Iterator[Layer]:
        """The pieces of bars, those with a broken edge in a layer of their own."""
        channels = self._encoded("from", "begins") | self._ends("to", "ends")
        marks: dict[bool, DrawnMarks] = {False: [], True: []}
        for slot in self.slots.bars:
            for piece in slot.bar.pieces:
                where = {
                    "from": slot.at - HALF,
                    "to": slot.at + HALF,
                    "begins": self.scale.place(piece.begins),
                    "ends": self.scale.place(piece.ends),
                }
                said = self._said(slot.group.label, slot.bar, piece.figure, piece)
                marks[self.chart.series_of(piece).look.is_dashed].append(said | where)
        for is_dashed, drawn in marks.items():
            if drawn:
                base = self._data("broken bars" if is_dashed else "bars", drawn)
                look = {"strokeDash": DASH} if is_dashed else {}
                bars = base.mark_rect(strokeWidth=1, **look)
                colours = {"fill": self.fill, "stroke": self.stroke}
                yield bars.encode(description="said:N", **colours, **channels)

    def _nil(self) -> Iterator[Layer]:
        """The line that bars stand on."""
        at = self.scale.place(self.chart.begins)
        channels = self._encoded("at", "nil") | self._ends("end", None)
        base = self._data("nil", [{"at": 0, "end": self.slots.length, "nil": at}])
        yield base.mark_rule(color=INK, strokeWidth=1, aria=False).encode(**channels)

    def _limits(self) -> Iterator[Layer]:
        limit = next((s for s in self.chart.series if s.drawn == "limit"), None)
        marks = [
            {
                **self._said(slot.group.label, slot.bar, slot.bar.limit, None, limit.name),
                "from": slot.at - SLOT // 2,
                "to": slot.at + SLOT // 2,
                "limit": self.scale.place(slot.bar.limit.pence),
            }
            for slot in self.slots.bars
            if limit and slot.bar.limit
        ]
        if marks:
            channels = self._encoded("from", "limit") | self._ends("to", None)
            rules = self._data("limits", marks).mark_rule(strokeWidth=2, strokeDash=DASH)
            yield rules.encode(stroke=self.stroke, description="said:N", **channels)

    def _lines(self) -> Iterator[Layer]:
        """What goes from group to group: a line through its points."""
        if not self.chart.is_upright:
            return
        where = self._encoded("at", "level")
        for series in self.chart.series:
            marks = [
                {
                    **self._said(span.group.label, bar, bar.figure, None, series.name),
                    "at": span.middle,
                    "level": self.scale.place(bar.figure.pence),
                    "shown": bar.figure.text,
                }
                for span in self.slots.groups
                for bar in span.group.bars
                if bar.line == series.id and not bar.figure.is_unknown
            ]
            if marks:
                base = self._data(f"line {series.id}", marks)
                yield base.mark_line(strokeWidth=2, aria=False).encode(stroke=self.stroke, **where)
                yield base.mark_point(filled=True, size=70, opacity=1).encode(
                    fill=self.fill, stroke=self.stroke, description="said:N", **where
                )
                looks = {"dy": -12, "fontWeight": "bold"}
                yield from _written(base, looks, {"text": "shown:N", **where})

    # -- text --------------------------------------------------------------------------------

    def _figures(self) -> Iterator[Layer]:
        """Beside each bar what it comes to, on the side to which it goes."""
        marks: dict[int, DrawnMarks] = {1: [], -1: []}
        for slot in self.slots.bars:
            end, side = self.scale.label_place(slot.bar)
            marks[side].append({"at": slot.at, "end": end, "shown": self.scale.text(slot)})
        channels = {"text": "shown:N", **self._encoded("at", "end")}
        for side, drawn in marks.items():
            name = "figures" if side > 0 else "figures of minus"
            if drawn:
                base = self._data(name, drawn)
                yield from _written(base, self._beside(side), channels)

    def _beside(self, side: int) -> dict[str, Any]:
        """How a figure stands beside its bar: on the side of plus (1), or of minus (-1)."""
        if self.chart.is_upright:
            baseline = "bottom" if side > 0 else "top"
            return {"align": "center", "baseline": baseline, "dy": -4 * side, "fontSize": 11}
        return {"align": "left" if side > 0 else "right", "baseline": "middle", "dx": 5 * side}

    def _labels(self) -> Iterator[Layer]:
        """Beside bars that lie their labels, each line of them where it stands about the middle."""
        line = SLOT * LINE_HEIGHT / self.scale.thick
        marks = [
            {"at": slot.at + (at - (len(lines) - 1) / 2) * line, "text": text}
            for slot, lines in zip(self.slots.bars, self.scale.labels, strict=True)
            for at, text in enumerate(lines)
        ]
        labels = self._data("labels", marks).mark_text(align="right", baseline="middle")
        yield labels.encode(text="text:N", x=alt.value(-8), y=self.scale.labelled("at:Q"))

    def _headings(self) -> Iterator[Layer]:
        marks = [
            {"at": span.label_at + NEXT_LINE * line, "text": printable(text)}
            for span in self.slots.groups
            if span.group.label
            for line, text in enumerate(heading_lines(span.group))
        ]
        if marks:
            looks = {"align": "left", "baseline": "middle", "fontWeight": "bold"}
            channels = {"text": "text:N", "x": alt.value(4), "y": self.scale.labelled("at:Q")}
            yield from _written(self._data("headings", marks), looks, channels)

    # -- channels and words ------------------------------------------------------------------

    def _data(self, name: str, marks: DrawnMarks) -> Layer:
        self.datasets[name] = marks
        return alt.Chart(alt.NamedData(name=name))

    def _encoded(self, along: str, amount: str) -> dict[str, Any]:
        """The channels of a mark: `x` and `y` by which way the chart stands."""
        first, second = ("x", "y") if self.chart.is_upright else ("y", "x")
        return {
            first: self.scale.labelled(f"{along}:Q"),
            second: self.scale.measured(f"{amount}:Q"),
        }

    def _ends(self, along: str, amount: str | None) -> dict[str, Any]:
        first, second = ("x2", "y2") if self.chart.is_upright else ("y2", "x2")
        return {first: f"{along}:Q"} | ({second: f"{amount}:Q"} if amount else {})

    def _said(
        self,
        group: str,
        bar: ChartBar,
        figure: ShownFigure,
        piece: ChartPiece | None,
        series: str = "",
    ) -> dict[str, Any]:
        """What a mark is, with its exact amount, and all of it in words."""
        series = self.chart.series_of(piece).name if piece else series
        parts = dict.fromkeys(part for part in (group, bar.label, series) if part)
        note = f"; {bar.note}" if bar.note else ""
        return {
            "group": printable(group),
            "label": printable(bar.label),
            "series": printable(series),
            "amount": plain(figure.pence, figure.unit),
            "said": printable(f"{', '.join(parts)}: {figure.text} {figure.unit.name}{note}"),
        }


def _written(base: Layer, looks: dict[str, Any], channels: DrawnChannels) -> Iterator[Layer]:
    """Text, with white about it."""
    yield base.mark_text(**looks, **HALO).encode(**channels)
    yield base.mark_text(**looks).encode(**channels)
