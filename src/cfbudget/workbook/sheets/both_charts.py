"""Charts of the baseline beside the scenario: the net budget of each year, and capital."""

from collections.abc import Sequence
from decimal import Decimal

from cfbudget.calculate.amounts import TOTAL, Key, TableName
from cfbudget.layout.chart_axis import axis_of
from cfbudget.layout.palette import GREY, LEVEL_COLOUR
from cfbudget.layout.table import Column, Table
from cfbudget.plan.values import Measure
from cfbudget.workbook.book.book import Sheet, SheetChart, SheetSeries
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.sheets.chart_data import ChartFigure, ChartLine, put_figures
from cfbudget.workbook.sheets.statements import LABEL, Ledger
from cfbudget.workbook.sheets.trial_sheets import TrialSheets

HEIGHT = 21
"""How many rows of the sheet a chart covers."""
COLOURS = (GREY, LEVEL_COLOUR)


def both_charts(
    sheet: Sheet, top: int, tables: Sequence[Table], ledger: Ledger, trial: TrialSheets
) -> int:
    """The net budget of both and, where it differs, the capital programme; the next free row."""
    row = _both(sheet, top, ("position", "net_budget", "Net budget"), (tables, ledger), trial)
    return _both(
        sheet, row, ("capital", "allocation", "Capital programme"), (tables, ledger), trial
    )


def _both(
    sheet: Sheet,
    row: int,
    what: tuple[TableName, Measure, str],
    baseline: tuple[Sequence[Table], Ledger],
    trial: TrialSheets,
) -> int:
    name, measure, words = what
    before = next((table for table in baseline[0] if table.name == name), None)
    after = next((table for table in trial.tables if table.name == name), None)
    if before is None or after is None:
        return row
    columns = [column for column in after.columns if column.measure == measure]
    ends = ((before, baseline[1]), (after, trial.ledger))
    lines = [
        ChartLine(end, end.capitalize(), [_figure(table, column, ledger) for column in columns])
        for end, (table, ledger) in zip(("baseline", "scenario"), ends, strict=True)
    ]
    shown = [[figure.pence for figure in line.figures if figure] for line in lines]
    if not shown[1] or (name == "capital" and shown[0] == shown[1]):
        return row
    headings = [
        f"Budget, forecast {column.year}" if column.is_forecast else column.heading
        for column in columns
    ]
    caption = f"{words} by year: the baseline and the scenario"
    header = put_figures(sheet, row, caption, before, headings, lines)
    axis = axis_of([pence for amounts in shown for pence in amounts], before.unit)
    unit = before.unit.name
    chart = _chart(sheet, header, headings, f"{caption}, {unit}{axis.words}", unit, axis.minimum)
    sheet.charts.append(chart)
    return chart.at.row + HEIGHT


def _chart(
    sheet: Sheet, header: int, headings: list[str], title: str, unit: str, minimum: Decimal | None
) -> SheetChart:
    """Two columns for each heading, over the two lines below it."""
    last = LABEL + len(headings)
    return SheetChart(
        title=title,
        description=f"Two columns for each of {', '.join(headings)}: the baseline and the "
        "scenario. The figures stand above.",
        kind="grouped",
        categories=(At(sheet.name, header, LABEL + 1), At(sheet.name, header, last)),
        series=tuple(
            SheetSeries(
                At(sheet.name, at, LABEL),
                At(sheet.name, at, LABEL + 1),
                At(sheet.name, at, last),
                colour,
            )
            for at, colour in enumerate(COLOURS, start=header + 1)
        ),
        axis=unit,
        at=At(sheet.name, header + len(COLOURS) + 2, LABEL),
        minimum=minimum,
    )


def _figure(table: Table, column: Column, ledger: Ledger) -> ChartFigure | None:
    key = Key(TOTAL, column.measure, column.year)
    cell = table.cells.get(key)
    return ChartFigure(ledger.places[table.name, key], cell.pence) if cell else None
