"""Bars of charts: from a figure of a table, with nothing drawn where there is nothing."""

from cfbudget.layout.chart import ChartBar, ChartPiece
from cfbudget.layout.grid import ShownFigure
from cfbudget.layout.panel_grid import shown_figure
from cfbudget.layout.table import Column, Row, Table


def bar_of(id_: str, label: str, series: str, figure: ShownFigure, note: str = "") -> ChartBar:
    """A bar from nil to a figure."""
    return ChartBar(id_, label, pieces_of(series, 0, figure.pence, figure), figure, note)


def pieces_of(series: str, begins: int, ends: int, figure: ShownFigure) -> tuple[ChartPiece, ...]:
    """The one piece from here to there, or none of no length."""
    return (ChartPiece(series, begins, ends, figure),) if begins != ends else ()


def figure_in(table: Table, row: Row, column: Column) -> ShownFigure | None:
    """A figure of the table, if it can be computed."""
    return shown_figure(table, row, column) if table.cell(row, column) else None


def said_figure(figure: ShownFigure) -> str:
    """A figure in a sentence, where a dash for nil would be lost."""
    return figure.text if figure.pence or figure.is_unknown else "nil"
