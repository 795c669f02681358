"""Bars of charts: from a figure of a table, with nothing drawn where there is nothing."""

from collections.abc import Iterable, Iterator, Sequence

from cfbudget.layout.chart import ChartBar, ChartPiece
from cfbudget.layout.grid import LACKS, GridRow, ShownFigure
from cfbudget.layout.panel_grid import shown_figure
from cfbudget.layout.table import Column, Row, Table
from cfbudget.money import rounded

LACKING = f"{LACKS} excludes what is not yet known."


def bar_of(id_: str, label: str, series: str, figure: ShownFigure, note: str = "") -> ChartBar:
    """A bar from nil to a figure."""
    return ChartBar(id_, label, pieces_of(series, 0, figure.pence, figure), figure, note)


def pieces_of(series: str, begins: int, ends: int, figure: ShownFigure) -> tuple[ChartPiece, ...]:
    """The one piece from here to there, or none of no length."""
    return (ChartPiece(series, begins, ends, figure),) if begins != ends else ()


def figure_in(table: Table, row: Row, column: Column) -> ShownFigure | None:
    """A figure of the table, if it can be computed."""
    return shown_figure(table, row, column) if table.cell(row, column) else None


def added(table: Table, figures: Iterable[ShownFigure | None]) -> ShownFigure:
    """Figures of a table together, in its unit and places."""
    there = [figure for figure in figures if figure]
    lacks = any(figure.lacks or figure.is_unknown for figure in there)
    pence = sum(figure.pence for figure in there)
    return ShownFigure(pence, table.unit, table.places, lacks=lacks)


def said_figure(figure: ShownFigure) -> str:
    """A figure in a sentence, where a dash for nil would be lost."""
    return figure.text if figure.pence or figure.is_unknown else "nil"


def lacking_note(figures: Iterable[ShownFigure]) -> tuple[str, ...]:
    """What the mark after a figure means, where there is one."""
    return (LACKING,) if any(figure.lacks for figure in figures) else ()


def grid_row(
    label: str, figures: Sequence[ShownFigure | None], *, is_total: bool = False
) -> GridRow:
    """A row of a chart's table; a figure that cannot be computed is left blank."""
    cells = [figure or "" for figure in figures]
    return GridRow(label, cells, "bold" if is_total else "", apart=is_total)


def first_and_last(name: str, named: Sequence[tuple[str, ShownFigure | None]]) -> Iterator[str]:
    """What something is in its first year and its last: one sentence, or none without figures."""
    there = [(when, figure) for when, figure in named if figure]
    if not there:
        return
    first, last = there[0], there[-1]
    said = f"{name}: {said_figure(first[1])} in {first[0]}"
    if first is last:
        yield f"{said}."
    else:
        yield f"{said}, {said_figure(last[1])} in {last[0]}{_way(first[1], last[1])}."


def _way(first: ShownFigure, last: ShownFigure) -> str:
    """Which way a figure went, as shown."""
    then, now = (rounded(figure.pence, figure.unit, figure.places) for figure in (first, last))
    return ", a rise" if now > then else ", a fall" if now < then else ", the same"
