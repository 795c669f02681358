"""The approved budgets that a trial does not keep to, beside its forecasts: live formulas."""

from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.forecasts import forecast_years, forecasts
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.tables.position import position_table
from cfbudget.workbook.book.book import Formula, Sheet, SheetBlock, Style, amount
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Between, Expression
from cfbudget.workbook.sheets.rates import Rates
from cfbudget.workbook.sheets.statements import LABEL, Ledger, heading_style, say

CAPTION = "An approved budget does not move: forecast against budget"
WORDS = "More than the budget is plus (overspend), less is minus (underspend), in brackets."
COLUMNS = ("Approved budget", "Forecast", "Forecast less budget")


class Budgets(NamedTuple):
    """Where the figures of the scenario stand, and the rates between units on its sheets."""

    scenario: Ledger
    rates: Rates


def forecast_block(sheet: Sheet, row: int, plan: Plan, budgets: Budgets) -> int:
    """A line for each such year of the whole plan; the next free row."""
    years = forecast_years(plan)
    if not years:
        return row
    table = position_table(plan)
    sheet.put(row, LABEL, CAPTION, Style("caption"))
    header = say(sheet, row + 1, [WORDS])
    id_column = LABEL + len(COLUMNS) + 1
    named: dict[str, int] = {table.unit.name: LABEL}
    named |= {text: at for at, text in enumerate(COLUMNS, start=LABEL + 1)} | {"Id": id_column}
    for text, along in named.items():
        sheet.put(header, along, text, heading_style(along, LABEL < along < id_column))
        sheet.widen(along, 60 if along == LABEL else 14)
    rows: dict[str, int] = {}
    found = {one.year: one for one in forecasts(plan)}
    for at, year in enumerate(years, start=header + 1):
        one = found[year]
        rows[f"forecast/{year}"] = at
        sheet.put(at, LABEL, f"{year}, the whole plan", Style("label"))
        unit = next(b.unit for b in plan.revenue if b.financial_year.year == year)
        budget = budgets.scenario.places["revenue", Key(TOTAL, "net", year)]
        forecast = budgets.scenario.places["position", Key(TOTAL, "net_budget", year)]
        _figure(sheet, at, 1, table, (budgets.rates.converted(budget, unit), one.budget))
        _figure(sheet, at, 2, table, (forecast, one.budget + one.over))
        cells = At(sheet.name, at, LABEL + 2), At(sheet.name, at, LABEL + 1)
        _figure(sheet, at, 3, table, (Between(cells[0], "-", cells[1]), one.over))
        sheet.put(at, id_column, f"forecast/{year}", Style("small"))
    sheet.blocks.append(SheetBlock(header, (id_column,), named, rows))
    return max(rows.values()) + 2


def _figure(
    sheet: Sheet, row: int, along: int, table: Table, figure: tuple[Expression, int]
) -> None:
    expression, pence = figure
    formula = Formula(expression, amount(pence, table.unit))
    sheet.put(row, LABEL + along, formula, Style("figure", table.places))
