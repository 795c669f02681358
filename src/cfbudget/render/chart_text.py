"""A chart in lines of text: each bar with its label and its figure, at any width.

A figure stands before its bar and is never cut. Bars are block characters, or plain ones where
these cannot be shown; what is told by colour is told by how dense they are, too.
"""

from typing import NamedTuple

from rich.cells import cell_len

from cfbudget.layout.chart import Chart, ChartBar, ChartSeries
from cfbudget.layout.palette import mixed
from cfbudget.problem import printable
from cfbudget.render.chart_strip import BLOCKS, PLAIN, Glyphs, Strip
from cfbudget.render.grid_text import wrapped_text

PIPED_WIDTH = 100
"""How wide a chart is where no terminal says so."""
LEAST_STRIP, LEAST_LABEL, MOST_LABEL = 12, 14, 44
Runs = list[tuple[str, str]]
"""Texts with their styles, one after the other."""
INDENT = "  "
DARK = 300
"""A colour whose parts come to less is lost on a black screen."""


class _Columns(NamedTuple):
    """How wide labels, figures and bars are; stacked where labels have a line of their own."""

    label: int
    figure: int
    strip: int
    stacked: bool = False


def chart_text(chart: Chart, width: int | None, encoding: str = "utf-8") -> Runs:
    """The legend and the bars of a chart.

    Args:
        width: the terminal's width, or None where the chart does not go to one.
        encoding: of where it is shown, which may have no block characters.
    """
    glyphs = BLOCKS if BLOCKS.can_be_shown(encoding) else PLAIN
    columns = _columns(chart, width or PIPED_WIDTH)
    runs: Runs = []
    if len(chart.series) > 1 and not chart.is_told_by_labels:
        _legend(runs, chart, glyphs, width or PIPED_WIDTH)
    strip = Strip(chart, columns.strip, glyphs)
    for at, group in enumerate(chart.groups):
        if group.label:
            runs.append(("\n" if at else "", ""))
            figure = f": {group.figure.text}" if group.figure else ""
            for line in wrapped_text(printable(f"{group.label}{figure}"), width or PIPED_WIDTH):
                runs.append((f"{line}\n", "bold"))
        indent = INDENT if group.label else ""
        for bar in group.bars:
            _bar(runs, bar, columns, indent, strip)
    return runs


def _columns(chart: Chart, width: int) -> _Columns:
    """The widest bars that fit beside whole figures and labels that may be broken."""
    indent = len(INDENT) if any(group.label for group in chart.groups) else 0
    labels = max((cell_len(printable(bar.label)) for bar in chart.bars), default=0)
    figure = max((len(bar.figure.text) for bar in chart.bars), default=0)
    notes = max((cell_len(printable(bar.note)) + 2 for bar in chart.bars if bar.note), default=0)
    room = width - figure - 4 - notes
    label = min(labels + indent, MOST_LABEL, max(room - LEAST_STRIP, 0))
    if label >= min(labels + indent, LEAST_LABEL):
        return _Columns(label, figure, max(room - label, LEAST_STRIP))
    return _Columns(width, figure, max(width - figure - 4 - indent, 4), stacked=True)


def _bar(runs: Runs, bar: ChartBar, columns: _Columns, indent: str, strip: Strip) -> None:
    room = max(columns.label - len(indent), 4 if columns.stacked else 1)
    *above, last = wrapped_text(printable(bar.label), room)
    for line in above:
        runs.append((f"{indent}{line}\n", ""))
    if columns.stacked:
        runs.append((f"{indent}{last}\n{indent}", ""))
    else:
        runs.append((f"{indent}{last}{' ' * (room - cell_len(last))}", ""))
    runs.append((f"  {bar.figure.text:>{columns.figure}}  ", ""))
    drawn = strip.drawn(bar)
    if not bar.note:
        drawn = drawn[: len("".join(glyph for glyph, _ in drawn).rstrip())]
    for glyph, series in drawn:
        runs.append((glyph, _style(series) if series else ""))
    if bar.note and columns.stacked:
        runs.append((f"\n{indent}  {printable(bar.note)}", ""))
    elif bar.note:
        runs.append((f"  {printable(bar.note)}", ""))
    runs.append(("\n", ""))


def _legend(runs: Runs, chart: Chart, glyphs: Glyphs, width: int) -> None:
    """What each kind of bar is, as many on a line as fit."""
    used = 0
    for series in chart.series:
        glyph, name = glyphs.of(series), printable(series.name)
        length = cell_len(name) + 6
        if used and used + length > width:
            runs.append(("\n", ""))
            used = 0
        runs.append((glyph * 2, _style(series)))
        runs.append((f" {name}   ", ""))
        used += length
    runs[-1] = (f"{runs[-1][0].rstrip()}\n", "")


def _style(series: ChartSeries) -> str:
    """The colour, lighter where it would be lost on a black screen."""
    fill = series.look.fill
    if series.drawn == "limit":
        return "bold"
    light = sum(int(fill[at : at + 2], 16) for at in (1, 3, 5))
    return mixed(fill, 65) if light < DARK else fill
