"""A plan's workbook: its sheets in their order, proved before anybody sees it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.options import printed_amounts
from cfbudget.checks.report import Report
from cfbudget.plan.plan import Plan
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.tables.table import Cell, Column, Panel, Table
from cfbudget.workbook.about import Origin, about
from cfbudget.workbook.book import Book, Formula, Sheet, Style
from cfbudget.workbook.cells import At
from cfbudget.workbook.charts import charts
from cfbudget.workbook.checking import checks, verdict
from cfbudget.workbook.expressions import Fixed
from cfbudget.workbook.lines import lines
from cfbudget.workbook.links import Rates, position_formulas, steps
from cfbudget.workbook.statements import (
    LABEL,
    MASTER,
    Formulas,
    Ledger,
    Linking,
    head,
    say,
    statement,
)

SHEETS = ("About", "Checks", "Revenue", "Capital", "Options", "Position", "Lines", "Charts")


def build(plan: Plan, report: Report, origin: Origin) -> Book:
    """The workbook of a plan, every formula with the result that calculation gives."""
    tables = [_with_levels(plan, table) for table in plan_tables(plan)]
    sheets = {name: Sheet(name) for name in SHEETS}
    ledger = Ledger({}, [])
    rates = Rates({})
    for name in ("revenue", "capital", "options", "position"):
        shown = [table for table in tables if table.name == name]
        _statements(sheets[name.capitalize()], plan, shown, ledger, rates)
    top = head(sheets["Lines"], f"{plan.name}: input lines")
    listed = lines(sheets["Lines"], ledger, top)
    top = head(sheets["Charts"], f"{plan.name}: charts")
    charts(sheets["Charts"], top, plan, tables, ledger, rates)
    top = head(sheets["Checks"], f"{plan.name}: checks")
    checked = checks(sheets["Checks"], top, plan, report, tables, (ledger, listed))
    head(sheets["About"], f"{plan.name}: reconciliation workbook")
    about(sheets["About"], plan, tables, origin)
    _repeat_master(sheets, checked.master, report)
    for sheet in sheets.values():
        _hold_headings(sheet)
    names = {MASTER.replace(" ", "_"): checked.master, **_headlines(tables, ledger)}
    years = sorted({str(column.year) for t in tables for column in t.columns if column.year})
    return Book(sheets, names | checked.controls, tuple(years), tuple(tables), ledger.places)


def _with_levels(plan: Plan, table: Table) -> Table:
    """The options of a plan that prints levels, with the levels as they are given."""
    options = plan.options
    if table.name != "options" or options is None or options.basis == "change":
        return table
    amounts = printed_amounts(plan)
    columns = tuple(Column("cumulative_change", year, str(year)) for year in plan.years)
    given = {
        Key(option.id, "cumulative_change", year): figure.place
        for block in options.services
        for option in block.options
        for year, figure in option.changes.items()
    }
    levels = {
        key: Cell(pence, given.get(key))
        for key, pence in amounts.items()
        if key.measure == "cumulative_change"
    }
    panel = Panel("Levels as given: the cumulative change, against the opening", columns)
    changes = Panel("Changes: each level less the one before it", table.columns)
    # A total stands in both panels: of levels in one, of changes in the other.
    rows = tuple(
        row._replace(label=row.label.replace("Total change, ", "Total, ")) for row in table.rows
    )
    cells = MappingProxyType({**table.cells, **levels})
    return replace(table, rows=rows, panels=(panel, changes), cells=cells)


def _statements(
    sheet: Sheet, plan: Plan, tables: Sequence[Table], ledger: Ledger, rates: Rates
) -> None:
    """A sheet of one kind of table: one for each year's revenue budget, one of any other."""
    if not tables:
        row = head(sheet, f"{plan.name}: {sheet.name.lower()}")
        say(
            sheet,
            row,
            [f"No figures for this sheet: the plan has no {' and no '.join(plan.lacks)}."],
        )
        return
    first = tables[0]
    row = head(sheet, first.title if len(tables) == 1 else f"{plan.name}: revenue budgets")
    if first.name == "position":
        row = _rates(sheet, row, plan, first, rates)
    for table in tables:
        if len(tables) > 1:
            sheet.put(row, LABEL, table.title, Style("caption"))
            row += 1
        row = say(sheet, row, table.subtitle) + 1
        row = statement(sheet, table, row, _linking(plan, table, rates), ledger)


def _linking(plan: Plan, table: Table, rates: Rates) -> Linking:
    """What a table's figures are that it does not say are sums."""

    def linking(ledger: Ledger) -> Formulas:
        if table.name == "position":
            return position_formulas(plan, table, ledger, rates)
        if table.name == "options" and plan.options is not None:
            return steps(plan, plan.options, table, ledger)
        return {}

    return linking


def _rates(sheet: Sheet, row: int, plan: Plan, position: Table, rates: Rates) -> int:
    """A cell for each unit that the position is made from and not shown in."""
    files = [*plan.revenue, *([plan.options] if plan.options else [])]
    for unit in dict.fromkeys(file.unit for file in files):
        if unit != position.unit:
            label = f"{position.unit.name} in 1 {unit.name}"
            sheet.put(row, LABEL, label, Style("label"))
            sheet.labelled[label] = (row, LABEL + 1)
            rate = Decimal(unit.pence) / position.unit.pence
            rates.cells[unit.name] = sheet.put(row, LABEL + 1, rate, Style("figure"))
            row += 1
    return row + 1


def _repeat_master(sheets: dict[str, Sheet], master: At, report: Report) -> None:
    """The master check at the head of every sheet."""
    result = verdict(report)
    for sheet in sheets.values():
        if sheet.name != master.sheet:
            formula = Formula(Fixed(master), result)
            sheet.put(*sheet.labelled[MASTER], formula, Style("outcome"))


def _hold_headings(sheet: Sheet) -> None:
    """What stays in sight: the headings of a sheet with one table, else its title; the labels."""
    if len(sheet.blocks) == 1:
        header = sheet.blocks[0].header
        sheet.frozen, sheet.repeated = (header + 1, LABEL + 1), (header, header)
    else:
        sheet.frozen = (3, LABEL + 1 if sheet.blocks else 1)
        sheet.repeated = (1, 2)


def _headlines(tables: Sequence[Table], ledger: Ledger) -> dict[str, At]:
    """Names for the grand totals that people quote."""
    measures = {
        "revenue": ("net",),
        "capital": ("programme", "total"),
        "options": ("change",),
        "position": ("opening", "net_budget"),
    }
    names = {}
    for table in tables:
        for column in table.columns:
            if column.measure in measures[table.name]:
                key = Key(TOTAL, column.measure, column.year)
                year = f"_{column.year}".replace("-", "_") if column.year else ""
                name = f"{table.name.capitalize()}_{column.measure}{year}"
                if at := ledger.places.get((table.name, key)):
                    names[name] = at
    return names
