"""The sheets of a trial beside its baseline: what it comes to, the difference, and each change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.layout.beside_baseline import Beside
from cfbudget.layout.table import Table, key_of
from cfbudget.plan.plan import Plan
from cfbudget.scenario.changes.applied import Applied
from cfbudget.tables.trial import TrialTables
from cfbudget.workbook.book.book import Sheet, Style
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Between, Expression, Minus, Sum
from cfbudget.workbook.sheets.attribution import BEYOND_AS_TRIED, apart_block, attribution_block
from cfbudget.workbook.sheets.baseline_cells import Before, not_known_keys
from cfbudget.workbook.sheets.forecast_block import Budgets, forecast_block
from cfbudget.workbook.sheets.plan_statements import FILLED
from cfbudget.workbook.sheets.scenario_sheets import OF_DIFFERENCE, OF_SCENARIO, SCENARIO
from cfbudget.workbook.sheets.scenario_tables import scenario_tables
from cfbudget.workbook.sheets.statements import (
    LABEL,
    Formulas,
    Ledger,
    Linking,
    head,
    say,
    statement,
)

LINKED = (
    "A figure that the scenario leaves as it is refers to the baseline's; one that it changes "
    "is a value. Formulas are live in the baseline, the scenario and the difference."
)


class Tried(NamedTuple):
    """A scenario that was applied, what it is called, and how it is laid out."""

    applied: Applied
    name: str
    laid_out: TrialTables
    whys: tuple[str, ...] = ()


class TrialSheets(NamedTuple):
    """The sheets of a trial, and where the scenario's own figures stand."""

    sheets: tuple[Sheet, ...]
    ledger: Ledger
    tables: tuple[Table, ...]
    first: tuple[Sheet, ...] = ()
    """None of them stands before the plan's."""

    @property
    def contents(self) -> Mapping[str, str]:
        """What stands on each, for the list of sheets."""
        return {sheet.name: _content(sheet.name) for sheet in self.sheets}


def _content(name: str) -> str:
    of, _, table = name.partition("_")
    if not table:
        return (
            "what was tried and comes of it, and what is beyond the plan; Charts begins with both"
        )
    if f"{of}_" == OF_SCENARIO:
        return f"{table} with the scenario: what it leaves as it is refers to the baseline"
    return f"{table}: the scenario less the baseline, each figure a formula over both"


def trial_sheets(tried: Tried, tables: Sequence[Table], ledger: Ledger) -> TrialSheets:
    """The sheets of a trial.

    Args:
        tables: the baseline's, as they stand on its sheets.
        ledger: where their figures stand.
    """
    plan = tried.applied.plan
    before = Before(tables, ledger)
    made = scenario_tables(plan, OF_SCENARIO, tried.name, before)
    sheets, here, laid_out = list(made.sheets), made.ledger, made.tables
    away = Ledger({}, [])
    words = before.unknown | not_known_keys(laid_out)
    for table in FILLED:
        beside = [one for one in tried.laid_out.tables if one.difference.name == table]
        if beside:
            sheets.append(
                _difference(
                    f"{OF_DIFFERENCE}{table.capitalize()}", beside, before, (here, words), away
                )
            )
    summary = _summary(tried, plan, away, Budgets(here, made.rates))
    return TrialSheets((summary, *sheets), here, laid_out)


def _difference(
    name: str,
    shown: Sequence[Beside],
    before: Before,
    scenario: tuple[Ledger, frozenset[tuple[TableName, Key]]],
    ledger: Ledger,
) -> Sheet:
    """A sheet of differences, each the scenario's figure less the baseline's.

    Args:
        scenario: where its figures stand, and those that are words here or in the baseline.
    """
    sheet = Sheet(name)
    row = head(sheet, f"{shown[0].difference.title}: the difference")
    row = say(sheet, row, ["Scenario less baseline: more spending is plus, less is minus."]) + 1
    for one in shown:
        if len(shown) > 1:
            sheet.put(row, LABEL, one.difference.title, Style("caption"))
            row += 1
        table = _headed(one.difference)
        row = statement(sheet, table, row, _less(table, before, *scenario), ledger)
    return sheet


def _headed(table: Table) -> Table:
    """A forecast's difference is from the approved budget, which does not move."""
    panels = tuple(
        panel._replace(
            columns=tuple(
                column._replace(heading=f"Forecast less budget {column.year}")
                if column.is_forecast
                else column
                for column in panel.columns
            )
        )
        for panel in table.panels
    )
    return replace(table, panels=panels)


def _less(
    table: Table, before: Before, here: Ledger, words: frozenset[tuple[TableName, Key]]
) -> Linking:
    """What each line's difference is; totals are sums, as in the table itself.

    So is what is neither, such as a gap.
    """

    def figure(at: At, key: Key) -> Expression:
        """A figure to reckon with: a sum passes over a word."""
        return Sum((at,)) if (table.name, key) in words else at

    def linking(_: Ledger) -> Formulas:
        made: dict[Key, Expression] = {}
        for row in table.rows:
            for column in table.columns if row.role == "line" or not row.sums else ():
                key = key_of(row, column)
                now = here.places.get((table.name, key))
                then = before.place(table.name, key, row)
                if now is not None:
                    one = figure(now, key)
                    made[key] = Between(one, "-", figure(then, key)) if then else one
                elif then is not None:
                    made[key] = Minus(Sum((then,)))
        return made

    return linking


def _summary(tried: Tried, plan: Plan, differences: Ledger, budgets: Budgets) -> Sheet:
    """What was tried, in words, forecasts, what each change contributes, and what is beyond."""
    sheet = Sheet(SCENARIO)
    row = head(sheet, f"{plan.name}: {tried.name}")
    listed = (f"{at}. {change.words}" for at, change in enumerate(tried.applied.changes, start=1))
    row = say(sheet, row, [*listed, *tried.whys]) + 1
    row = say(sheet, row, [f"As tried: {said}" for said in tried.laid_out.sentences]) + 1
    row = say(sheet, row, [LINKED]) + 1
    row = forecast_block(sheet, row, plan, budgets)
    for table in tried.laid_out.attributions:
        row = attribution_block(sheet, row, table, differences)
    if beyond := tried.laid_out.beyond:
        apart_block(sheet, row, beyond, BEYOND_AS_TRIED)
    return sheet
