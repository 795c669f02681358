"""Charts of several scenarios: the net budget, and the gap, of the baseline and of each by year."""

from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.layout.chart_axis import axis_of
from cfbudget.layout.palette import GREY, PALETTE
from cfbudget.layout.side_by_side import SideBySide
from cfbudget.layout.table import Column
from cfbudget.plan.values import measure_words
from cfbudget.tables.alternatives import Alternatives
from cfbudget.workbook.book.book import Sheet, SheetChart, SheetSeries, Style
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.sheets.beside_columns import ColumnPlaces, column_names
from cfbudget.workbook.sheets.chart_data import ChartFigure, ChartLine, put_figures
from cfbudget.workbook.sheets.statements import LABEL

HEIGHT = 21
"""How many rows of the sheet a chart covers."""
DRAWN = frozenset({"position", "gap"})
COLOURS = tuple(colour for colour in PALETTE if colour != GREY)
"""Those of the scenarios in their order; the baseline is grey."""
MOST = len(COLOURS)
"""More scenarios than colours are not told apart: then there is no picture."""


class YearsChart(NamedTuple):
    """A chart that is still to be drawn, and its figures: a row for each scenario."""

    caption: str
    header: At
    names: list[str]
    headings: list[str]
    amounts: list[int]
    level: SideBySide


def by_year(
    sheet: Sheet, row: int, shown: Alternatives, placed: ColumnPlaces
) -> tuple[int, list[YearsChart]]:
    """What the whole plan comes to by year; the next free row, and the charts of it."""
    charts: list[YearsChart] = []
    for level in shown.levels:
        columns = [column for column in level.baseline.columns if column.year]
        if level.baseline.name in DRAWN and columns:
            charts.append(_figures(sheet, row, (level, columns), shown, placed))
            row = charts[-1].header.row + len(charts[-1].names) + 2
    return row, charts


def _figures(
    sheet: Sheet,
    row: int,
    what: tuple[SideBySide, list[Column]],
    shown: Alternatives,
    placed: ColumnPlaces,
) -> YearsChart:
    level, columns = what
    names = column_names(shown)
    lines = []
    of_all = zip(names, (level.baseline, *level.scenarios), placed.ledgers, strict=True)
    for at, (name, table, ledger) in enumerate(of_all):
        keys = [Key(TOTAL, column.measure, column.year) for column in columns]
        figures = [
            ChartFigure(ledger.places[table.name, key], table.cells[key].pence)
            if key in table.cells
            else None
            for key in keys
        ]
        lines.append(ChartLine(f"scenario-{at}" if at else "baseline", name, figures))
    words = measure_words(columns[0].measure)
    caption = f"{words[0].upper()}{words[1:]} by year: the baseline and each scenario"
    headings = [
        f"Budget, forecast {column.year}" if column.is_forecast else str(column.year)
        for column in columns
    ]
    header = put_figures(sheet, row, caption, level.baseline, headings, lines)
    amounts = [figure.pence for line in lines for figure in line.figures if figure]
    return YearsChart(caption, At(sheet.name, header, LABEL), names, headings, amounts, level)


def beside_charts(sheet: Sheet, row: int, charts: list[YearsChart]) -> int:
    """The charts, drawn over figures that stand on another sheet; the next free row."""
    for chart in charts:
        if len(chart.names) <= MOST + 1:
            sheet.put(row, LABEL, chart.caption, Style("caption"))
            if sheet.charts:
                sheet.breaks.append(row)
            sheet.charts.append(_chart(At(sheet.name, row + 1, LABEL), chart))
            row += HEIGHT + 1
    return row


def _chart(at: At, chart: YearsChart) -> SheetChart:
    unit = chart.level.baseline.unit
    axis = axis_of(chart.amounts, unit)
    data, header, label = chart.header
    last = label + len(chart.headings)
    return SheetChart(
        title=f"{chart.caption}, {unit.name}{axis.words}",
        description=f"A column for each of {', '.join(chart.names)} in each of "
        f"{', '.join(chart.headings)}. The figures stand on the sheet {data}.",
        kind="grouped",
        categories=(At(data, header, label + 1), At(data, header, last)),
        series=tuple(
            SheetSeries(
                At(data, at_row, label), At(data, at_row, label + 1), At(data, at_row, last), colour
            )
            for at_row, colour in enumerate((GREY, *COLOURS)[: len(chart.names)], start=header + 1)
        ),
        axis=unit.name,
        at=at,
        minimum=axis.minimum,
    )
