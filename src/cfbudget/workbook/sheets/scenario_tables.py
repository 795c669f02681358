"""The tables of a plan with a scenario, each on a sheet that refers to the baseline's."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cfbudget.calculate.amounts import TableName
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.book import Sheet
from cfbudget.workbook.sheets.baseline_cells import Before
from cfbudget.workbook.sheets.plan_sheets import statements
from cfbudget.workbook.sheets.plan_statements import FILLED
from cfbudget.workbook.sheets.rates import Rates
from cfbudget.workbook.sheets.statements import Ledger

REFERS_TO: Mapping[TableName, frozenset[TableName]] = {
    "financing": frozenset({"capital"}),
    "assumptions": frozenset({"revenue"}),
    "options": frozenset({"assumptions"}),
    "position": frozenset({"revenue", "options", "assumptions"}),
    "gap": frozenset({"position", "funding"}),
}


class ScenarioTables(NamedTuple):
    """The sheets of a plan with a scenario, where its figures stand, and its tables."""

    sheets: tuple[Sheet, ...]
    ledger: Ledger
    rates: Rates
    tables: tuple[Table, ...]


def scenario_tables(
    plan: Plan, prefix: str, name: str, before: Before, same: Collection[TableName] = ()
) -> ScenarioTables:
    """Put the tables of a plan with a scenario on sheets of their own.

    Args:
        prefix: what the names of its sheets begin with.
        name: what the scenario is called.
        before: where the baseline's figures stand.
        same: the tables that are the baseline's: they have no sheet, and their figures stand on
            the baseline's.
    """
    kept = {at: place for at, place in before.ledger.places.items() if at[0] in same}
    here, rates = Ledger(kept, []), Rates({})
    sheets: list[Sheet] = []
    laid_out = plan_tables(plan)
    for table in FILLED:
        shown = [one for one in laid_out if one.name == table]
        if shown and table not in same:
            sheet = Sheet(f"{prefix}{table.capitalize()}")
            titled = [replace(one, title=f"{one.title}, with {name}") for one in shown]
            statements(sheet, plan, titled, here, rates, before)
            sheets.append(sheet)
    return ScenarioTables(tuple(sheets), here, rates, laid_out)


def same_tables(baseline: Sequence[Table], scenario: Sequence[Table]) -> frozenset[TableName]:
    """The tables of which no figure is another with a scenario, nor any that they refer to."""
    same: set[TableName] = set()
    for name in FILLED:
        parts = [[t for t in tables if t.name == name] for tables in (baseline, scenario)]
        if [*map(_held, parts[0])] == [*map(_held, parts[1])]:
            moved = REFERS_TO.get(name, frozenset()) - same
            there = {table.name for table in scenario}
            if moved.isdisjoint(there):
                same.add(name)
    return frozenset(same)


def _held(table: Table) -> object:
    """What a table says: its rows, and what stands in its cells."""
    cells = {key: (cell.pence, cell.is_unknown) for key, cell in table.cells.items()}
    return [row.id for row in table.rows], cells, dict(table.made_of)
