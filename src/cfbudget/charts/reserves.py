"""Balances of reserves, year by year, against the least that they may fall to."""

from collections.abc import Iterator, Mapping

from cfbudget.calculate.amounts import TOTAL
from cfbudget.calculate.reserves import OverFloor
from cfbudget.charts.bars import bar_of, figure_in, grid_row, said_figure
from cfbudget.layout.chart import Chart, ChartBar, ChartGroup, ChartSeries
from cfbudget.layout.grid import Grid, GridRow, ShownFigure
from cfbudget.layout.palette import LIMIT, RESERVE
from cfbudget.layout.table import Column, Row, Table
from cfbudget.money import nearest
from cfbudget.years import FinancialYear

BALANCE, FLOOR = "balance", "floor"
Floors = Mapping[tuple[str, FinancialYear | None], OverFloor]


def reserves_chart(table: Table, over: Iterator[OverFloor], plan: str) -> Chart:
    """A group of bars for each reserve: what it opens with, and closes each year with.

    Args:
        table: the plan's reserves.
        over: what reserves with a floor close each year with, and that floor.
        plan: what the plan is called.
    """
    floors: Floors = {(one.reserve.id, one.year): one for one in over}
    opening = [c for c in table.columns if c.measure == "opening"][:1]
    columns = [*opening, *(c for c in table.columns if c.measure == "closing")]
    rows = [row for row in table.rows if row.role == "line"]
    groups = tuple(
        ChartGroup(row.id, row.label, tuple(_bars(table, row, columns, floors))) for row in rows
    )
    balance = ChartSeries(BALANCE, "Balance", RESERVE)
    floor = ChartSeries(FLOOR, "Floor: the least it may fall to", LIMIT, "limit")
    return Chart(
        name="reserves",
        title=f"{plan}: balances of reserves{' against their floors' if floors else ''}, "
        f"{table.unit.name}",
        sign=f"money kept is plus{'; the broken line is the floor' if floors else ''}",
        unit=table.unit,
        places=table.places,
        series=(balance, floor) if floors else (balance,),
        groups=groups,
        description=tuple(_said(groups)),
        grid=Grid(
            (table.unit.name, *map(_heading, columns)),
            list(_rows(table, groups, columns)),
        ),
    )


def _heading(column: Column) -> str:
    start = column.measure == "opening"
    return f"Start of {column.year}" if start else f"End of {column.year}"


def _bars(table: Table, row: Row, columns: list[Column], floors: Floors) -> Iterator[ChartBar]:
    for column in columns:
        figure = figure_in(table, row, column)
        if figure is None:
            continue
        bar = bar_of(f"{row.id}/{_heading(column)}", _heading(column), BALANCE, figure)
        floor = floors.get((row.id, column.year)) if column.measure == "closing" else None
        if floor:
            least = nearest(floor.floor.numerator, floor.floor.denominator)
            limit = ShownFigure(least, table.unit, table.places)
            note = "below its floor" if floor.is_below else ""
            bar = bar._replace(limit=limit, note=note)
        yield bar


def _rows(table: Table, groups: tuple[ChartGroup, ...], columns: list[Column]) -> Iterator[GridRow]:
    """Each reserve, its floor below it where it has one, and all of them."""
    for group in groups:
        yield grid_row(group.label, [bar.figure for bar in group.bars])
        if any(bar.limit for bar in group.bars):
            floors = grid_row("Floor", [bar.limit for bar in group.bars])
            yield floors._replace(depth=1)
    total = next(row for row in table.rows if row.id == TOTAL)
    figures = [figure_in(table, total, column) for column in columns]
    yield grid_row(total.label, figures, is_total=True)


def _said(groups: tuple[ChartGroup, ...]) -> Iterator[str]:
    for group in groups:
        first, *rest = group.bars
        closing = "; ".join(_closing(bar) for bar in rest)
        yield f"{group.label}: {said_figure(first.figure)} at the start; {closing}."


def _closing(bar: ChartBar) -> str:
    floor = ""
    if bar.limit:
        against = bar.note or "at or above its floor"
        floor = f", {against} of {said_figure(bar.limit)}"
    return f"{said_figure(bar.figure)} at the {bar.label[:1].lower()}{bar.label[1:]}{floor}"
