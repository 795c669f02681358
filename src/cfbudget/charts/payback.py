"""What each invest to save has cost or saved to date, year by year, and when it pays back."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.payback import Payback
from cfbudget.charts.bars import bar_of, figure_in, grid_row, said_figure
from cfbudget.layout.chart import Chart, ChartBar, ChartGroup, ChartSeries
from cfbudget.layout.grid import Grid, ShownFigure
from cfbudget.layout.palette import LOWERS, RAISES
from cfbudget.layout.table import Column, Row, Table
from cfbudget.layout.units import YEAR, shown
from cfbudget.tables.not_known_words import outcome_excludes
from cfbudget.tables.payback import PaybackShown, outcome_row, payback_table

MOST = 24
"""How many pairs a chart shows; what there is besides is named, and in `cfbudget payback`."""
COST, SAVED = "cost", "saved"
SERIES = (
    ChartSeries(COST, "Net cost to date", RAISES),
    ChartSeries(SAVED, "Net saving to date", LOWERS),
)
PAID_BACK = "pays back"
INCOMPLETE = (
    "Incomplete: it may have begun before the plan, and what was spent or saved then is not in its "
    "figures."
)


def payback_chart(found: PaybackShown, plan: str) -> Chart:
    """A group of bars for each invest to save: its total to date, by year.

    Args:
        found: the pairs and orphans, one at least.
        plan: what the plan is called.
    """
    table = payback_table(found)
    shown_pairs = found.costed[:MOST]
    columns = [
        Column("total_to_date", column.year, column.heading) for column in table.panels[0].columns
    ]
    groups = tuple(_group(table, pair, columns) for pair in shown_pairs)
    used = {piece.series for group in groups for bar in group.bars for piece in bar.pieces}
    rows = [
        grid_row(pair.name, [_figure(table, pair, column) for column in columns])
        for pair in shown_pairs
    ]
    when = Grid(
        (table.unit.name, *(column.heading for column in columns), "Pays back"),
        [
            row._replace(cells=[*row.cells, _outcome(table, pair)])
            for row, pair in zip(rows, shown_pairs, strict=True)
        ],
        left=frozenset({len(columns)}),
    )
    left_out = len(found.costed) - len(shown_pairs)
    return Chart(
        name="payback",
        title=f"{plan}: invest to save, total to date and payback year, {table.unit.name}",
        sign="plus is a net cost so far; minus, in brackets, is a net saving so far; money over "
        "the years, against the opening, and never a budget level",
        unit=table.unit,
        places=table.places,
        series=tuple(series for series in SERIES if series.id in used),
        groups=groups,
        description=tuple(_said(groups)),
        grid=when,
        notes=(
            *((INCOMPLETE,) if any(pair.may_have_begun_before for pair in shown_pairs) else ()),
            *outcome_excludes(line for pair in shown_pairs for line in pair.lines),
            *((f"{left_out} more are in cfbudget payback.",) if left_out else ()),
        ),
    )


def _figure(table: Table, pair: Payback, column: Column) -> ShownFigure | None:
    return figure_in(table, _to_date(pair), column)


def _to_date(pair: Payback) -> Row:
    return outcome_row(pair)._replace(measure="total_to_date")


def _group(table: Table, pair: Payback, columns: list[Column]) -> ChartGroup:
    incomplete = ", incomplete" if pair.may_have_begun_before else ""
    label = f"{pair.name}: {_outcome(table, pair)}{incomplete}"
    return ChartGroup(pair.id, label, tuple(_bars(table, pair, columns)))


def _bars(table: Table, pair: Payback, columns: list[Column]) -> Iterator[ChartBar]:
    for column in columns:
        figure = _figure(table, pair, column)
        if figure:
            series = COST if figure.pence > 0 else SAVED
            is_then = column.year == pair.pays_back and not pair.is_ahead_from_the_first_year
            note = PAID_BACK if is_then and column.year else ""
            yield bar_of(f"{pair.id}/{column.year}", column.heading, series, figure, note)


def _outcome(table: Table, pair: Payback) -> str:
    """When it pays back, in words."""
    year = table.cells.get(Key(pair.id, "pays_back"))
    if year is None:
        return "changes nothing" if pair.changes_nothing else "what came before is not known"
    if not pair.savings:
        return "names no saving that it funds"
    if pair.is_ahead_from_the_first_year:
        return "ahead from the first year"
    return (
        f"{PAID_BACK} in {shown(year.pence, YEAR, 0)}"
        if year.pence
        else ("does not pay back within the plan")
    )


def _said(groups: tuple[ChartGroup, ...]) -> Iterator[str]:
    for group in groups:
        years = "; ".join(f"{said_figure(bar.figure)} to {bar.label}" for bar in group.bars)
        yield f"{group.label}: {years}."
