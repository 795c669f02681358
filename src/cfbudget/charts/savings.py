"""Savings, investment and every other kind of option, by year and status, and what they come to."""

from collections.abc import Iterator, Sequence

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.charts.bars import bar_of, figure_in, grid_row, lacking_note, said_figure
from cfbudget.grammar import listed
from cfbudget.layout.chart import SAVINGS, Chart, ChartBar, ChartGroup, ChartSeries
from cfbudget.layout.grid import Grid, ShownFigure
from cfbudget.layout.palette import LEVEL, look_of_kind
from cfbudget.layout.table import Column, Row, Table
from cfbudget.plan.kinds import KINDS

CUMULATIVE = "cumulative-change"
LINE_NAME = "Cumulative change, against the opening"
MOST_COLUMNS = 40
"""How many columns stand beside one another; where there are more, bars lie."""


def savings_chart(options: Table, position: Table, plan: str) -> Chart:
    """A column for each kind and status of each year's changes, and the cumulative change.

    Args:
        options: the plan's policy options.
        position: its position, for the cumulative change, where that is known.
        plan: what the plan is called.
    """
    rows = [row for row in options.rows if row.id.startswith(f"{TOTAL}/") and row.kind]
    columns = [column for column in options.columns if column.measure == "change"]
    names = {row.id: _name(row) for row in rows}
    groups = tuple(
        ChartGroup(str(column.year), column.heading, tuple(_bars(options, position, rows, column)))
        for column in columns
    )
    has_line = any(bar.line for group in groups for bar in group.bars)
    series = tuple(
        ChartSeries(row.id, names[row.id], look_of_kind(row.kind, row.status or "new"))
        for row in rows
    )
    line = ChartSeries(CUMULATIVE, LINE_NAME, LEVEL, "line")
    kinds = [KINDS[kind].together for kind in dict.fromkeys(row.kind for row in rows)]
    what = listed(kinds) if kinds else "policy options"
    ending = ", with the cumulative change" if has_line else ""
    figures = [bar.figure for group in groups for bar in group.bars]
    return Chart(
        name=SAVINGS,
        title=f"{plan}: {what} by year and status{ending}, {options.unit.name}",
        sign=f"{options.sign}; a bar is the change in its year, the cumulative change is a level",
        unit=options.unit,
        places=max(options.places, position.places),
        series=(*series, *((line,) if has_line else ())),
        groups=groups,
        description=tuple(_said(groups)),
        grid=_grid(options, groups),
        notes=lacking_note(figures),
        is_upright=len(columns) * max(len(rows), 1) <= MOST_COLUMNS,
    )


def _name(row: Row) -> str:
    """What a group's row is called: New savings."""
    words = row.label.removeprefix("All ")
    return words[:1].upper() + words[1:]


def _bars(
    options: Table, position: Table, rows: Sequence[Row], column: Column
) -> Iterator[ChartBar]:
    for row in rows:
        if figure := figure_in(options, row, column):
            yield bar_of(f"{row.id}/{column.year}", _name(row), row.id, figure)
    key = Key(TOTAL, "cumulative_change", column.year)
    if key in position.cells:
        level = next(c for c in position.columns if (c.measure, c.year) == (key.measure, key.year))
        total = next(row for row in position.rows if row.id == TOTAL)
        if reached := figure_in(position, total, level):
            shown = reached._replace(unit=options.unit, places=_places(options, position))
            bar = bar_of(f"{CUMULATIVE}/{column.year}", LINE_NAME, CUMULATIVE, shown)
            yield bar._replace(line=CUMULATIVE)


def _places(options: Table, position: Table) -> int:
    """As many places as both tables need, in the unit of the options."""
    return max(options.places, position.in_unit(options.unit).places)


def _grid(options: Table, groups: Sequence[ChartGroup]) -> Grid:
    """A row for each kind and status, and one for the cumulative change; a column a year."""
    labels = dict.fromkeys(bar.label for group in groups for bar in group.bars)
    found: dict[str, list[ShownFigure | None]] = {
        label: [_figure(group, label) for group in groups] for label in labels
    }
    rows = [grid_row(label, f, is_total=label == LINE_NAME) for label, f in found.items()]
    return Grid((options.unit.name, *(group.label for group in groups)), rows)


def _figure(group: ChartGroup, label: str) -> ShownFigure | None:
    return next((bar.figure for bar in group.bars if bar.label == label), None)


def _said(groups: Sequence[ChartGroup]) -> Iterator[str]:
    for group in groups:
        moved = [f"{bar.label.lower()} {said_figure(bar.figure)}" for bar in group.bars]
        reached = [bar for bar in group.bars if bar.line]
        changes = moved[: len(moved) - len(reached)]
        so_far = f"the cumulative change is {said_figure(reached[0].figure)}" if reached else ""
        said = "; ".join(part for part in (", ".join(changes), so_far) if part)
        if said:
            yield f"{group.label}: {said}."
