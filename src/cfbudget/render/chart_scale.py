"""How large a chart is drawn, where its amounts stand, and how its axes are labelled."""

import json
import textwrap
from functools import cached_property
from typing import TYPE_CHECKING

from cfbudget.layout.chart import Chart, ChartBar
from cfbudget.problem import printable
from cfbudget.render.chart_slots import SLOT, Slot, Slots

if TYPE_CHECKING:
    import altair as alt

ACROSS, UP = 600, 320
"""How long the axis of amounts is, in pixels."""
THICK, NARROWEST = 23, 34
"""How thick a slot is at least: of bars that lie, and of columns."""
LINE_HEIGHT = 14
LEAST_WIDE = 460
LETTER = 6.6
"""How wide a letter is about, at 12 pixels."""
SMALL_LETTER = 6.0
"""At 11 pixels: figures above columns."""
LABEL_LETTERS, GROUP_LETTERS = 42, 14
LEGEND = 720
"""How wide a legend may be."""


def wrapped(text: str, letters: int) -> list[str]:
    """Lines of at most so many letters, none of them cut."""
    return textwrap.wrap(text, letters, break_long_words=True) or [""]


class ChartScale:
    """A chart's size and axes."""

    def __init__(self, chart: Chart, slots: Slots) -> None:
        self.chart, self.slots = chart, slots
        self.labels = [wrapped(printable(slot.bar.label), LABEL_LETTERS) for slot in slots.bars]

    @property
    def width(self) -> int:
        return self._along if self.chart.is_upright else ACROSS

    @property
    def height(self) -> int:
        return UP if self.chart.is_upright else self._along

    @cached_property
    def _along(self) -> int:
        """How long the axis of labels is."""
        count = self.slots.length / SLOT
        if not self.chart.is_upright:
            return round(count * self.thick)
        text = max((len(self.text(slot)) for slot in self.slots.bars), default=0)
        return round(max(LEAST_WIDE, count * max(NARROWEST, text * SMALL_LETTER + 4)))

    @cached_property
    def thick(self) -> int:
        """How thick a slot of bars that lie is: as its longest label needs."""
        lines = max((len(label) for label in self.labels), default=1)
        return max(THICK, LINE_HEIGHT * lines + 7)

    def letters(self, size: int) -> int:
        """How many letters of a size a line above the chart has room for."""
        return round(max(self.width + (0 if self.chart.is_upright else 160), 520) / (size * 0.5))

    @property
    def legend_columns(self) -> int:
        longest = max((len(series.name) for series in self.chart.series), default=1)
        return max(1, min(len(self.chart.series), int(LEGEND / (longest * LETTER + 44))))

    def place(self, pence: int) -> float:
        """Where an amount stands on its axis."""
        return max(pence, self._domain[0] if self.chart.begins else pence) / self.chart.unit.pence

    @cached_property
    def _domain(self) -> tuple[int, int]:
        return self.chart.extent

    @cached_property
    def _padded(self) -> tuple[float, float]:
        """From where to where the axis goes, so that what stands beside the bars has room."""
        low, high = (pence / self.chart.unit.pence for pence in self._domain)
        if self.chart.is_upright:
            room = (high - low) * 24 / (UP - 48)
            return low - (room if low < 0 else 0), high + room
        rooms = {1: 0.0, -1: 0.0}
        for slot in self.slots.bars:
            side = self.label_place(slot.bar)[1]
            rooms[side] = max(rooms[side], len(self.text(slot)) * LETTER + 10)
        if low >= 0:
            rooms[-1] = 0.0
        each = (high - low) / max(ACROSS - rooms[1] - rooms[-1], ACROSS / 4)
        return low - each * rooms[-1], high + each * rooms[1]

    def label_place(self, bar: ChartBar) -> tuple[float, int]:
        """Where a bar's figure stands, and on which side: where it goes to."""
        ends = [end for piece in bar.pieces for end in (piece.begins, piece.ends)]
        is_less = bar.figure.pence < 0
        end = (min(ends) if is_less else max(ends)) if ends else self.chart.begins
        if bar.limit and not is_less:
            end = max(end, bar.limit.pence)
        is_left = is_less and self.place(end) * self.chart.unit.pence >= self._domain[0]
        return self.place(end), -1 if is_left else 1

    def text(self, slot: Slot) -> str:
        """What stands beside a bar."""
        bar = slot.bar
        note = f"  {printable(bar.note)}" if bar.note and not self.chart.is_upright else ""
        return f"{bar.figure.text}{note}"

    # -- axes --------------------------------------------------------------------------------

    def labelled(self, field: str) -> "alt.X | alt.Y":
        """The axis of labels: of columns those of their groups; beside bars that lie none stand."""
        import altair as alt

        upright = self.chart.is_upright
        groups = self.slots.groups if upright else ()
        shown = {g.middle: wrapped(printable(g.group.label), GROUP_LETTERS) for g in groups}
        axis = alt.Axis(
            title=None,
            values=list(shown),
            labelExpr=_looked_up(shown),
            labelLimit=0,
            labelOverlap=False,
            labelLineHeight=LINE_HEIGHT,
            domain=False,
            ticks=False,
            grid=False,
            labelPadding=8,
        )
        scale = alt.Scale(
            domain=[0, self.slots.length], nice=False, zero=False, reverse=not upright
        )
        return (
            alt.X(field, scale=scale, axis=axis)
            if upright
            else alt.Y(field, scale=scale, axis=axis)
        )

    def measured(self, field: str) -> "alt.X | alt.Y":
        """The axis of amounts, which says its unit."""
        import altair as alt

        axis = alt.Axis(
            title=self.chart.unit.name,
            labelExpr="datum.value < 0 ? '(' + format(-datum.value, ',') + ')' : "
            "format(datum.value, ',')",
            grid=True,
            gridColor="#E3E3E3",
            domain=False,
            ticks=False,
            tickCount=6,
            labelFlush=False,
            titleFontWeight="normal",
        )
        scale = alt.Scale(domain=list(self._padded), nice=False, zero=False)
        if self.chart.is_upright:
            return alt.Y(field, scale=scale, axis=axis)
        return alt.X(field, scale=scale, axis=axis)


def _looked_up(shown: dict[int, list[str]]) -> str:
    """An expression that gives the lines of the label at a place."""
    places = json.dumps(list(shown))
    texts = json.dumps(["\n".join(lines) for lines in shown.values()])
    return f"split({texts}[indexof({places}, datum.value)], '\\n')"
