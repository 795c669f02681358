"""The gap before and after the planned use of reserves, year by year."""

from collections.abc import Iterator

from cfbudget.charts.bars import bar_of, figure_in, lacking_note, said_figure
from cfbudget.layout.chart import Chart, ChartBar, ChartGroup, ChartSeries
from cfbudget.layout.grid import Grid, GridRow
from cfbudget.layout.palette import LEVEL, LEVEL_BEFORE
from cfbudget.layout.table import Column, Row, Table
from cfbudget.plan.values import Measure

BEFORE, AFTER, OVER = "gap_before_reserves", "gap", "over_cash_limit"
NAMES: dict[Measure, str] = {
    "gap_before_reserves": "Gap before reserves",
    "gap": "Gap after reserves",
    "over_cash_limit": "Over (or under) the cash limit",
}


def gap_chart(table: Table, plan: str) -> Chart:
    """Two columns a year, before and after reserves; one where no reserve is used, or for a limit.

    Args:
        table: the plan's gap.
        plan: what the plan is called.
    """
    rows = list(_rows(table))
    names = {row.measure: NAMES[row.measure] for row in rows if row.measure}
    if list(names) == [AFTER]:
        names["gap"] = "Gap"
    series = tuple(
        ChartSeries(m, name, LEVEL_BEFORE if m == BEFORE else LEVEL) for m, name in names.items()
    )
    groups = tuple(
        ChartGroup(str(column.year), column.heading, tuple(_bars(table, rows, column, names)))
        for column in table.columns
    )
    cells = [
        [bar.figure for group in groups for bar in group.bars if bar.id.startswith(f"{m}/")]
        for m in names
    ]
    headings = (table.unit.name, *(group.label for group in groups))
    is_limit = OVER in names
    what = "net budget over or under the cash limit" if is_limit else "budget gap"
    if len(names) > 1:
        what += " before and after reserves"
    return Chart(
        name="gap",
        title=f"{plan}: {what}, {table.unit.name}",
        sign=f"plus is {'over the limit' if is_limit else 'a shortfall'}; each year is a level, "
        "not to be added up over years",
        unit=table.unit,
        places=table.places,
        series=series,
        groups=groups,
        description=tuple(_said(groups, is_limit=is_limit)),
        grid=Grid(headings, [GridRow(n, c) for n, c in zip(names.values(), cells, strict=True)]),
        notes=lacking_note(bar.figure for group in groups for bar in group.bars),
        is_upright=True,
    )


def _rows(table: Table) -> Iterator[Row]:
    """The gaps; that before reserves only where a reserve is used."""
    uses = any(row.measure == "reserves_used" for row in table.rows)
    for row in table.rows:
        if row.measure in (AFTER, OVER) or (row.measure == BEFORE and uses):
            yield row


def _bars(
    table: Table, rows: list[Row], column: Column, names: dict[Measure, str]
) -> Iterator[ChartBar]:
    for row in rows:
        figure = figure_in(table, row, column)
        if figure and row.measure:
            label, id_ = names[row.measure], f"{row.measure}/{column.year}"
            yield bar_of(id_, label, row.measure, figure)


def _said(groups: tuple[ChartGroup, ...], *, is_limit: bool) -> Iterator[str]:
    for group in groups:
        first, *rest = (said_figure(bar.figure) for bar in group.bars)
        if is_limit:
            yield f"{group.label}: {first} against the cash limit."
        elif not rest:
            yield f"{group.label}: the gap is {first}."
        elif rest[0] == first:
            yield f"{group.label}: the gap is {first} before and after reserves."
        else:
            yield f"{group.label}: the gap is {first} before reserves, and {rest[0]} after them."
