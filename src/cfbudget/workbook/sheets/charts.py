"""The Charts sheet: pictures of the plan, each beside the figures that it shows."""

from collections.abc import Iterator, Sequence

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.charts.largest import largest_of, others_label
from cfbudget.layout.palette import PALETTE
from cfbudget.layout.table import Column, Row, Table
from cfbudget.plan.plan import Plan
from cfbudget.workbook.book.book import Sheet, SheetChart, SheetSeries
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Between, Sum
from cfbudget.workbook.sheets.chart_data import ChartFigure, ChartLine, put_figures
from cfbudget.workbook.sheets.rates import Rates
from cfbudget.workbook.sheets.statements import LABEL, Ledger
from cfbudget.workbook.sheets.waterfall import draw_bridge
from cfbudget.workbook.sheets.year_bridge import YearBridge

MOST = 11
"""How many services a chart tells apart by colour; the rest stand together."""
MOST_SCHEMES = 24
HEIGHT = 21
"""How many rows of the sheet a chart covers."""


def charts(
    sheet: Sheet, top: int, plan: Plan, tables: Sequence[Table], ledger: Ledger, rates: Rates
) -> None:
    """Put the charts that the plan has figures for on the sheet, from row `top` on."""
    named = {table.name: table for table in tables}
    row = top
    if position := named.get("position"):
        row = _net_budget(sheet, row, position, ledger)
    if capital := named.get("capital"):
        row = _capital(sheet, row, capital, ledger)
    if position:
        draw_bridge(sheet, row, YearBridge(plan, position, named.get("options"), ledger, rates))


def _linked(table: Table, row: str, column: Column, ledger: Ledger) -> ChartFigure | None:
    key = Key(row, column.measure, column.year)
    cell = table.cells.get(key)
    if cell is None:
        return None
    at = ledger.places[table.name, key]
    # A picture has no place for a word: what is not known yet is no bar.
    return ChartFigure(Sum((at,)) if cell.is_unknown else at, cell.pence)


def _largest(
    table: Table, rows: Sequence[Row], columns: Sequence[Column], ledger: Ledger, most: int
) -> Iterator[ChartLine]:
    """A line for each row or, of very many, for the largest and one for all others."""
    shown = largest_of(rows, lambda row: _size(table, row, columns), most)
    lines = [
        ChartLine(
            row.id,
            row.label.removeprefix("Total "),
            [_linked(table, row.id, c, ledger) for c in columns],
        )
        for row in shown
    ]
    yield from lines
    if len(shown) == len(rows):
        return
    others: list[ChartFigure | None] = []
    for at, column in enumerate(columns):
        whole = _linked(table, TOTAL, column, ledger)
        parts = [figure for line in lines if (figure := line.figures[at])]
        assert whole is not None  # a total has every column that its rows have
        own = tuple(part.expression for part in parts if isinstance(part.expression, At))
        rest = whole.pence - sum(part.pence for part in parts)
        others.append(ChartFigure(Between(whole.expression, "-", Sum(own)), rest))
    yield ChartLine("others", others_label(len(rows) - len(shown)), others)


def _size(table: Table, row: Row, columns: Sequence[Column]) -> int:
    """How much a row weighs in a picture, whatever its signs."""
    cells = (table.cell(row, column) for column in columns)
    return sum(abs(cell.pence) for cell in cells if cell)


# -- net budget by service and year ---------------------------------------------------------


def _net_budget(sheet: Sheet, row: int, table: Table, ledger: Ledger) -> int:
    columns = [column for column in table.columns if column.measure == "net_budget"]
    sums = {row_.id: row_.sums for row_ in table.rows}
    of_funds = {row_.id for row_ in table.rows if row_.id.startswith(f"{TOTAL}/")}
    parts = {at for row_ in sums[TOTAL] for at in (sums[row_] if row_ in of_funds else (row_,))}
    services = [row_ for row_ in table.rows if row_.id in parts]
    if not columns or not services:
        return row
    lines = list(_largest(table, services, columns, ledger, MOST))
    headings = [str(column.year) for column in columns]
    header = put_figures(sheet, row, "Net budget by service and year", table, headings, lines)
    last = LABEL + len(headings)
    series = [
        SheetSeries(
            At(sheet.name, at, LABEL),
            At(sheet.name, at, LABEL + 1),
            At(sheet.name, at, last),
            PALETTE[number % len(PALETTE)],
        )
        for number, at in enumerate(range(header + 1, header + 1 + len(lines)))
    ]
    top = header + len(lines) + 2
    sheet.charts.append(
        SheetChart(
            title=f"Net budget by service and year, {table.unit.name}",
            description=f"Columns for {', '.join(headings)}: the net budget, with a part for each "
            f"of {', '.join(line.label for line in lines)}. The figures stand above.",
            kind="stacked",
            categories=(At(sheet.name, header, LABEL + 1), At(sheet.name, header, last)),
            series=tuple(series),
            axis=table.unit.name,
            at=At(sheet.name, top, LABEL),
        )
    )
    return top + HEIGHT


# -- the capital programme by scheme --------------------------------------------------------


def _capital(sheet: Sheet, row: int, table: Table, ledger: Ledger) -> int:
    columns = [c for c in table.columns if c.measure in ("allocation", "under_development")]
    schemes = [row_ for row_ in table.rows if row_.role == "line"]
    if not schemes:
        return row
    lines = list(_largest(table, schemes, columns, ledger, MOST_SCHEMES))
    headings = [column.heading for column in columns]
    caption = "Capital programme by scheme, and what is under development"
    header = put_figures(sheet, row, caption, table, headings, lines)
    last = header + len(lines)
    series = [
        SheetSeries(
            At(sheet.name, header, column),
            At(sheet.name, header + 1, column),
            At(sheet.name, last, column),
            PALETTE[number % len(PALETTE)],
        )
        for number, column in enumerate(range(LABEL + 1, LABEL + 1 + len(headings)))
    ]
    sheet.charts.append(
        SheetChart(
            title=f"Capital programme by scheme, {table.unit.name}",
            description=f"A bar for each scheme, with a part for each of {', '.join(headings)}. "
            "The figures stand above.",
            kind="bars",
            categories=(At(sheet.name, header + 1, LABEL), At(sheet.name, last, LABEL)),
            series=tuple(series),
            axis=table.unit.name,
            at=At(sheet.name, last + 2, LABEL),
        )
    )
    return last + 2 + HEIGHT
