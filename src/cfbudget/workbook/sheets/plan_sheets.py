"""The sheets that show a plan's tables: revenue, capital, options, position and the others."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.options import printed_amounts
from cfbudget.layout.made_of import BandDOf, TaxOf
from cfbudget.layout.table import Cell, Column, Panel, Table
from cfbudget.money import FTE, POUNDS
from cfbudget.plan.files import TableFile
from cfbudget.plan.plan import Plan
from cfbudget.tables.options_by import with_groupings
from cfbudget.workbook.book.book import Sheet, Style
from cfbudget.workbook.sheets.approved_years import approved, approved_words
from cfbudget.workbook.sheets.assumption_links import assumed_changes, assumption_formulas
from cfbudget.workbook.sheets.baseline_cells import Before
from cfbudget.workbook.sheets.links import (
    gap_formulas,
    position_formulas,
    spend_formulas,
    steps,
    tax_formulas,
)
from cfbudget.workbook.sheets.rates import Rates
from cfbudget.workbook.sheets.statements import (
    LABEL,
    Formulas,
    Ledger,
    Linking,
    head,
    say,
    statement,
)

APART: dict[str, str] = {"change": "Changes", "fte": "FTE", "before": "Before"}
"""The sheets of what else the options have besides the first table, by what that measures."""
WORDS = {"Changes": "changes", "FTE": "full-time equivalents", "Before": "before the plan"}
CHANGES = frozenset({"change", "cumulative_change"})
"""What the options' inputs measure that a budget contains."""
MORE_POSTS = "more posts are plus; fewer are minus, in brackets"


def in_full(plan: Plan, table: Table) -> Table:
    """A table with what its sheet shows besides: levels as given, and totals by what is said."""
    if table.name != "options" or plan.options is None:
        return table
    return with_groupings(_with_levels(plan, table), plan.options)


def on_sheets(table: Table) -> dict[str, Table]:
    """A table by the sheets that it stands on: one, but each view of the options has its own.

    A printed page repeats the headings of a sheet, so that there may be only one kind of them.
    """
    name = table.name.capitalize()
    if table.name != "options":
        return {name: table}
    first, *others = table.panels
    found = {name: replace(table, panels=(first,))}
    for panel in others:
        sheet = APART[panel.columns[0].measure]
        title = f"{table.title}: {WORDS[sheet]}"
        part = replace(table, title=title, facts=(), notes=(), panels=(panel,))
        is_of_posts = panel.columns[0].unit is FTE
        found[sheet] = replace(part, unit=FTE, step=1, sign=MORE_POSTS) if is_of_posts else part
    return found


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
        if not option.is_assumption
        for year, figure in option.changes.items()
    }
    levels = {
        key: Cell(pence, given.get(key), key in given)
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


def statements(
    sheet: Sheet,
    plan: Plan,
    tables: Sequence[Table],
    ledger: Ledger,
    rates: Rates,
    before: Before | None = None,
) -> None:
    """A sheet of one kind of table: one for each year's revenue budget, one of any other.

    Args:
        before: the baseline's figures, where the plan is a trial of it.
    """
    first = tables[0]
    row = head(sheet, first.title if len(tables) == 1 else f"{plan.name}: revenue budgets")
    if first.name == "position":
        files = (*plan.revenue, *([plan.options] if plan.options else []))
        row = _rates(sheet, row, files, first, rates)
    elif first.name == "assumptions":
        rates = Rates({})
        row = _rates(sheet, row, plan.revenue, first, rates)
    elif first.name == "gap" and plan.funding:
        rates = Rates({})
        row = _rates(sheet, row, (plan.funding,), first, rates)
    elif first.name == "funding":
        rates = Rates({})
        row = _pounds(sheet, row, first, rates)
    for table in tables:
        if len(tables) > 1:
            sheet.put(row, LABEL, table.title, Style("caption"))
            row += 1
        row = (
            say(sheet, row, (*table.subtitle, *(_approved(plan, table) if before is None else ())))
            + 1
        )
        row = statement(sheet, table, row, _linking(plan, table, rates, before), ledger)


def _approved(plan: Plan, table: Table) -> tuple[str, ...]:
    """What it means to type over an option that an approved budget contains."""
    contained = approved(plan)
    is_of_changes = not {column.measure for column in table.columns}.isdisjoint(CHANGES)
    if table.name != "options" or not contained or not is_of_changes:
        return ()
    return (approved_words(contained, plan.projected_years),)


def _linking(plan: Plan, table: Table, rates: Rates, before: Before | None) -> Linking:
    """What a table's figures are that it does not say are sums."""

    def linking(ledger: Ledger) -> Formulas:
        if table.name == "position":
            return position_formulas(plan, table, ledger, rates, before)
        if table.name == "financing" and plan.capital is not None:
            kept = before.unchanged(table) if before else {}
            return {**kept, **spend_formulas(plan.capital, ledger)}
        if table.name == "funding":
            kept = before.unchanged(table) if before else {}
            return {**kept, **tax_formulas(table, ledger, rates)}
        if table.name == "gap" and plan.funding is not None:
            return gap_formulas(plan, table, ledger, rates, plan.funding)
        if table.name == "assumptions":
            return assumption_formulas(plan, table, ledger, rates, before)
        if table.name == "options" and plan.options is not None:
            assumed = assumed_changes(plan, plan.options, ledger)
            if before is not None:
                return {**assumed, **before.unchanged(table)}
            return {**assumed, **steps(plan, plan.options, table, ledger)}
        return before.unchanged(table) if before else {}

    return linking


def _pounds(sheet: Sheet, row: int, funding: Table, rates: Rates) -> int:
    """A cell for what the unit of the funding is worth, where a council tax is worked out."""
    if funding.unit == POUNDS or not any(
        isinstance(m, TaxOf | BandDOf) for m in funding.made_of.values()
    ):
        return row
    label = f"{POUNDS.name} in 1 {funding.unit.name}"
    sheet.put(row, LABEL, label, Style("label"))
    sheet.labelled[label] = (row, LABEL + 1)
    worth = Decimal(funding.unit.pence) / POUNDS.pence
    rates.cells[funding.unit.name] = sheet.put(row, LABEL + 1, worth, Style("figure"))
    return row + 2


def _rates(sheet: Sheet, row: int, files: Sequence[TableFile], table: Table, rates: Rates) -> int:
    """A cell for each unit of the files that a table is made from and not shown in."""
    for unit in dict.fromkeys(file.unit for file in files):
        if unit != table.unit:
            label = f"{table.unit.name} in 1 {unit.name}"
            sheet.put(row, LABEL, label, Style("label"))
            sheet.labelled[label] = (row, LABEL + 1)
            rate = Decimal(unit.pence) / table.unit.pence
            rates.cells[unit.name] = sheet.put(row, LABEL + 1, rate, Style("figure"))
            row += 1
    return row + 1
