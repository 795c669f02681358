"""The capital programme by scheme and year, with what is under development apart."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from cfbudget.calculate.amounts import TOTAL
from cfbudget.charts.bars import added, bar_of, figure_in, grid_row, lacking_note, said_figure
from cfbudget.charts.largest import largest_of, others_label
from cfbudget.grammar import listed
from cfbudget.layout.chart import Chart, ChartBar, ChartGroup, ChartPiece, ChartSeries
from cfbudget.layout.grid import Grid, ShownFigure
from cfbudget.layout.palette import CAPITAL, NOT_YET, shades
from cfbudget.layout.table import Column, Row, Table

MOST = 24
"""How many schemes a chart shows; of more, the smallest stand together."""
APART = "under_development"
SchemeFigures = Callable[[Column], ShownFigure | None]


def programme_chart(table: Table, plan: str) -> Chart:
    """A bar for each scheme, with a piece for each year; under development has bars of its own.

    Args:
        table: the plan's capital programme.
        plan: what the plan is called.
    """
    columns = [c for c in table.columns if c.measure in ("allocation", "later")]
    apart = next(c for c in table.columns if c.measure == APART)
    programme = next(c for c in table.columns if c.measure == "programme")
    schemes = _schemes(table, (programme, apart))
    looks = shades(CAPITAL.edge, len(columns))
    series = [
        ChartSeries(_id(column), column.heading, look)
        for column, look in zip(columns, looks, strict=True)
    ]
    total = next(row for row in table.rows if row.id == TOTAL)
    groups = [
        ChartGroup(
            "programme",
            "In the programme",
            tuple(_programme_bars(schemes, columns, programme, apart)),
            figure_in(table, total, programme),
        )
    ]
    if bars := tuple(_apart_bars(schemes, apart)):
        series.append(ChartSeries(APART, "Under development", NOT_YET))
        label = "Under development, not yet in the programme"
        groups.append(ChartGroup(APART, label, bars, figure_in(table, total, apart)))
    shown = (*columns, programme, apart)
    made = Chart(
        name="programme",
        title=f"{plan}: capital programme by scheme and year, {table.unit.name}",
        sign=table.sign,
        unit=table.unit,
        places=table.places,
        series=tuple(series),
        groups=tuple(group for group in groups if group.bars),
        description=tuple(_said(groups)),
        grid=Grid(
            (table.unit.name, *(column.heading for column in shown)),
            [
                *(grid_row(name, [of(c) for c in shown]) for _, name, of in schemes),
                grid_row(total.label, [figure_in(table, total, c) for c in shown], is_total=True),
            ],
        ),
    )
    return replace(made, notes=lacking_note(made.figures))


def _id(column: Column) -> str:
    return str(column.year or column.measure)


def _schemes(table: Table, sized_by: Sequence[Column]) -> list[tuple[str, str, SchemeFigures]]:
    """The schemes that are shown, each with its figures by column; all others together."""
    rows = [row for row in table.rows if row.role == "line"]

    def size(row: Row) -> int:
        figures = (figure_in(table, row, column) for column in sized_by)
        return sum(abs(figure.pence) for figure in figures if figure)

    shown = largest_of(rows, size, MOST)
    made: list[tuple[str, str, SchemeFigures]] = [
        (r.id, r.label, _figures_of(table, r)) for r in shown
    ]
    others = [row for row in rows if row not in shown]
    if others:
        made.append(("others", others_label(len(others)), _figures_together(table, others)))
    return made


def _figures_of(table: Table, row: Row) -> SchemeFigures:
    return lambda column: figure_in(table, row, column)


def _figures_together(table: Table, rows: Sequence[Row]) -> SchemeFigures:
    return lambda column: added(table, (figure_in(table, row, column) for row in rows))


def _programme_bars(
    schemes: Sequence[tuple[str, str, SchemeFigures]],
    columns: Sequence[Column],
    programme: Column,
    apart: Column,
) -> Iterator[ChartBar]:
    """The schemes that are in the programme; one that is nowhere stands there as nil."""
    for id_, name, of in schemes:
        whole, besides = of(programme), of(apart)
        pieces = tuple(_stacked((_id(c), figure) for c in columns if (figure := of(c))))
        unknown = [c.heading for c in columns if (figure := of(c)) and figure.is_unknown]
        is_elsewhere = besides and (besides.pence or besides.is_unknown)
        if whole and (pieces or unknown or not is_elsewhere):
            note = f"{listed(unknown)}: tbc" if unknown else ""
            yield ChartBar(id_, name, pieces, whole, note)


def _stacked(figures: Iterator[tuple[str, ShownFigure]]) -> Iterator[ChartPiece]:
    """One after the other from nil: what is plus to the one side, what is minus to the other."""
    plus = minus = 0
    for series, figure in figures:
        if figure.pence > 0:
            yield ChartPiece(series, plus, plus + figure.pence, figure)
            plus += figure.pence
        elif figure.pence < 0:
            yield ChartPiece(series, minus, minus + figure.pence, figure)
            minus += figure.pence


def _apart_bars(
    schemes: Sequence[tuple[str, str, SchemeFigures]], apart: Column
) -> Iterator[ChartBar]:
    for id_, name, of in schemes:
        figure = of(apart)
        if figure and (figure.pence or figure.is_unknown):
            yield bar_of(f"{id_}/{APART}", name, APART, figure)


def _said(groups: Sequence[ChartGroup]) -> Iterator[str]:
    for group in groups:
        bars = [f"{bar.label} {said_figure(bar.figure)}" for bar in group.bars]
        if group.figure and bars:
            yield f"{group.label}: {said_figure(group.figure)}: {'; '.join(bars)}."
