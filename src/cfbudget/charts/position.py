"""The net budget of each service, year by year."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL
from cfbudget.charts.bars import (
    added,
    bar_of,
    figure_in,
    first_and_last,
    grid_row,
    lacking_note,
)
from cfbudget.charts.largest import largest_of, others_label
from cfbudget.layout.chart import Chart, ChartBar, ChartGroup, ChartSeries
from cfbudget.layout.grid import Grid, ShownFigure
from cfbudget.layout.palette import LEVEL_COLOUR, ChartLook, shades
from cfbudget.layout.table import Column, Row, Table

MOST = 12
"""How many services a chart shows; of more, the smallest stand together."""


class _Service(NamedTuple):
    """A service with its net budgets, by column."""

    id: str
    name: str
    figures: tuple[ShownFigure | None, ...]


def position_chart(table: Table, plan: str) -> Chart:
    """A group of bars for each service, with one for each year; of one year, a bar each.

    Args:
        table: the plan's position, with a net budget.
        plan: what the plan is called.
    """
    columns = net_budget_columns(table)
    services = list(_shown(table, columns))
    total = next(row for row in table.rows if row.id == TOTAL)
    totals = tuple(figure_in(table, total, column) for column in columns)
    looks = _darkening(len(columns))
    series = tuple(
        ChartSeries(str(column.year), column.heading, look)
        for column, look in zip(columns, looks, strict=True)
    )
    when = "and year" if len(columns) > 1 else f"in {columns[0].heading}"
    rows = [grid_row(service.name, service.figures) for service in services]
    every = [figure for one in services for figure in one.figures if figure]
    return Chart(
        name="position",
        title=f"{plan}: net budget by service {when}, {table.unit.name}",
        sign=f"{table.sign}; each year is a level",
        unit=table.unit,
        places=table.places,
        series=series,
        groups=tuple(_groups(services, columns)),
        description=tuple(_said(total.label, totals, services, columns)),
        grid=Grid(
            (table.unit.name, *(column.heading for column in columns)),
            [*rows, grid_row(total.label, totals, is_total=True)],
        ),
        notes=lacking_note([*every, *(figure for figure in totals if figure)]),
    )


def _darkening(years: int) -> list[ChartLook]:
    """A look for each year, never lighter than the one before: a bar stands by itself."""
    looks = shades(LEVEL_COLOUR, years)
    return [look._replace(texture=min(years - at, 3)) for at, look in enumerate(looks, start=1)]


def net_budget_columns(table: Table) -> list[Column]:
    return [column for column in table.columns if column.measure == "net_budget"]


def top_services(table: Table) -> list[Row]:
    """The rows that the total of the position adds up, whatever funds stand between."""
    rows = {row.id: row for row in table.rows}
    parts: list[str] = []
    for part in rows[TOTAL].sums:
        parts += rows[part].sums if part.startswith(f"{TOTAL}/") else (part,)
    return [row for row in table.rows if row.id in parts and row.role != "heading"]


def service_name(row: Row) -> str:
    """A service's name from the label of its total."""
    return row.label.removeprefix("Total ")


def _shown(table: Table, columns: Sequence[Column]) -> Iterator[_Service]:
    rows = top_services(table)

    def figures(row: Row) -> tuple[ShownFigure | None, ...]:
        return tuple(figure_in(table, row, column) for column in columns)

    def size(row: Row) -> int:
        return sum(abs(figure.pence) for figure in figures(row) if figure)

    shown = largest_of(rows, size, MOST)
    for row in shown:
        yield _Service(row.id, service_name(row), figures(row))
    if others := [figures(row) for row in rows if row not in shown]:
        together = tuple(added(table, of_year) for of_year in zip(*others, strict=True))
        yield _Service("others", others_label(len(others)), together)


def _groups(services: Sequence[_Service], columns: Sequence[Column]) -> Iterator[ChartGroup]:
    if len(columns) == 1:
        bars = (bar for one in services for bar in _bars(one, columns, [one.name]))
        yield ChartGroup("services", "", tuple(bars))
        return
    for one in services:
        headings = [column.heading for column in columns]
        yield ChartGroup(one.id, one.name, tuple(_bars(one, columns, headings)))


def _bars(
    service: _Service, columns: Sequence[Column], labels: Sequence[str]
) -> Iterator[ChartBar]:
    for column, label, figure in zip(columns, labels, service.figures, strict=True):
        if figure:
            year = str(column.year)
            yield bar_of(f"{service.id}/{year}", label, year, figure)


def _said(
    whole: str,
    totals: Sequence[ShownFigure | None],
    services: Sequence[_Service],
    columns: Sequence[Column],
) -> Iterator[str]:
    years = [column.heading for column in columns]
    for name, figures in ((whole, totals), *((one.name, one.figures) for one in services)):
        yield from first_and_last(name, list(zip(years, figures, strict=True)))
