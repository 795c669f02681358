"""What each change of a scenario contributes, as tables that add up to the whole difference."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, ColumnKey, Key
from cfbudget.calculate.forecasts import forecast_years
from cfbudget.calculate.position import base_of, position_years
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.money import Unit
from cfbudget.plan.files import AnyTable
from cfbudget.plan.values import Measure, Period
from cfbudget.scenario.changes.applied import Applied
from cfbudget.scenario.changes.contributions import Contribution
from cfbudget.tables.capital import later_column
from cfbudget.tables.gap import gap_table
from cfbudget.tables.standing_sentences import CHANGE_SIGN, forecast_heading
from cfbudget.years import FinancialYear

By = Mapping[tuple[Measure, FinancialYear | None], int]
"""Pence by measure and year."""


def attributions(applied: Applied, scenario: str) -> tuple[Table, ...]:
    """The attribution of revenue, and that of capital where a change is of capital."""
    made = []
    each = applied.contributions
    moves_gap = any(any(one.gap.values()) for one in each)
    of_gap = moves_gap and any(one.is_apart_from_gap for one in each)
    moved = any(any(one.net_budget.values()) for one in applied.contributions)
    if applied.plan.years and (moved or not of_gap):
        made.append(_revenue(applied, scenario))
    if of_gap:
        made += _gap(applied, scenario)
    if any(any(one.capital.values()) for one in applied.contributions):
        made.append(_capital(applied, scenario))
    return tuple(made)


def _revenue(applied: Applied, scenario: str) -> Table:
    plan = applied.baseline
    is_net = any(base_of(plan, year) for year in position_years(plan))
    measure: Measure = "net_budget" if is_net else "cumulative_change"
    of_trial = (applied.plan.options,) if applied.plan.options else ()
    # What is replaced may have been printed finer than what replaces it.
    files: list[AnyTable] = [*applied.plan.revenue, *of_trial, *plan.revenue]
    files += (plan.options,) if plan.options else ()
    rows: dict[str, By] = {
        _row(at): {(measure, year): pence for year, pence in one.net_budget.items()}
        for at, one in enumerate(applied.contributions, start=1)
        if any(one.net_budget.values()) or not _is_elsewhere(one)
    }
    forecast = forecast_years(applied.plan)
    columns = tuple(
        Column(
            measure,
            year,
            forecast_heading(year) if year in forecast else str(year),
            is_forecast=year in forecast,
        )
        for year in position_years(plan)
    )
    of = measure.replace("_", " ")
    return _table(
        f"{plan.name}, {scenario}: what each change contributes to the difference in the {of}",
        "Each year is a level, against the baseline: years are not to be added up.",
        (files[0].unit, min(printed_step(file) for file in files)),
        columns,
        _labelled(applied.contributions, rows),
    )


def _is_elsewhere(one: Contribution) -> bool:
    """Whether a change does something, and nothing to the net budget."""
    return any((*one.capital.values(), *one.financing.values(), *one.funding.values()))


def _gap(applied: Applied, scenario: str) -> tuple[Table, ...]:
    """What each change does to the gap, by the net budget or by what pays for it."""
    plan, funding = applied.plan, applied.plan.funding
    shown = gap_table(plan, funding) if funding else None
    if shown is None:
        return ()
    held = applied.baseline.funding
    before = gap_table(applied.baseline, held) if held else None
    columns = shown.columns
    rows: dict[str, By] = {
        _row(at): {(c.measure, c.year): one.gap.get(c.year, 0) for c in columns if c.year}
        for at, one in enumerate(applied.contributions, start=1)
        if any(one.gap.values())
    }
    made = _table(
        f"{applied.baseline.name}, {scenario}: what each change contributes to the gap",
        "Each year is a level, against the baseline: years are not to be added up. Plus is a "
        "larger gap.",
        (shown.unit, min(shown.step, before.step) if before else shown.step),
        columns,
        _labelled(applied.contributions, rows),
    )
    return (made,)


def _capital(applied: Applied, scenario: str) -> Table:
    programme = applied.plan.capital
    assert programme is not None  # a change of capital was made
    both = (programme, applied.baseline.capital)
    rows: dict[str, By] = {}
    for at, one in enumerate(applied.contributions, start=1):
        if any(one.capital.values()):
            rows[_row(at)] = {_column_of(period): pence for period, pence in one.capital.items()}
    columns = (
        *(Column("allocation", year, str(year)) for year in applied.baseline.capital_years),
        *later_column(programme),
        Column("under_development", None, "Under development"),
    )
    return _table(
        f"{applied.baseline.name}, {scenario}: what each change contributes to capital",
        "Allocations by year, and what is under development. Never added to revenue.",
        (programme.unit, min(printed_step(one) for one in both if one)),
        columns,
        _labelled(applied.contributions, rows),
    )


def _column_of(period: Period | None) -> ColumnKey:
    """The column of what a change does to a period, or to what is under development."""
    if isinstance(period, FinancialYear):
        return ("allocation", period)
    return ("later", None) if period else ("under_development", None)


def _row(at: int) -> str:
    return f"change-{at}"


def _labelled(contributions: Iterable[Contribution], rows: Mapping[str, By]) -> Mapping[Row, By]:
    """The rows as the table has them, in the order in which the changes are made."""
    labels = {_row(at): one.change for at, one in enumerate(contributions, start=1)}
    return {
        Row(row, labels[row].words, "line", place=labels[row].place): amounts
        for row, amounts in rows.items()
    }


def _table(
    title: str,
    fact: str,
    shown_in: tuple[Unit, int],
    columns: tuple[Column, ...],
    rows: Mapping[Row, By],
) -> Table:
    shown = {(column.measure, column.year) for column in columns}
    cells = {
        Key(row.id, *cell): Cell(pence)
        for row, amounts in rows.items()
        for cell, pence in amounts.items()
        if cell in shown
    }
    for column in columns:
        total = sum(amounts.get((column.measure, column.year), 0) for amounts in rows.values())
        cells[Key(TOTAL, column.measure, column.year)] = Cell(total)
    parts = tuple(row.id for row in rows)
    return Table(
        name="attribution",
        title=title,
        sign=CHANGE_SIGN,
        facts=(fact,),
        unit=shown_in[0],
        step=shown_in[1],
        rows=(*rows, Row(TOTAL, "The difference", "total", sums=parts)),
        panels=(Panel("", columns),),
        cells=MappingProxyType(cells),
    )
