"""All of a plan's tables on their sheets, each figure an input or a formula over the others."""

from collections.abc import Mapping, Sequence

from cfbudget.calculate.amounts import TableName
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.workbook.book.book import Sheet
from cfbudget.workbook.sheets.plan_sheets import on_sheets, statements
from cfbudget.workbook.sheets.rates import Rates
from cfbudget.workbook.sheets.statements import Ledger

FILLED: tuple[TableName, ...] = (
    *("revenue", "capital", "financing", "assumptions", "options", "position"),
    *("funding", "reserves", "gap"),
)
"""The tables in an order in which each refers to those before it."""


def plan_statements(
    sheets: Mapping[str, Sheet], plan: Plan, tables: Sequence[Table], ledger: Ledger
) -> Rates:
    """Put a plan's tables, each in full, on the sheets of their names; the rates between units.

    Args:
        ledger: takes where the figures stand, and the inputs.
    """
    rates = Rates({})
    for name in FILLED:
        shown = [table for table in tables if table.name == name]
        if name == "options" and shown:
            for of, part in on_sheets(*shown).items():
                statements(sheets[of], plan, (part,), ledger, rates)
        elif shown:
            statements(sheets[name.capitalize()], plan, shown, ledger, rates)
    return rates
