"""The sheets of several scenarios side by side: the columns, what each does, and its tables."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cfbudget.grammar import counted
from cfbudget.layout.table import Table
from cfbudget.tables.alternatives import Alternative, Alternatives
from cfbudget.tables.lowest import lowest_words
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.book import Sheet, Style
from cfbudget.workbook.sheets.attribution import BEYOND_AS_TRIED, apart_block, attribution_block
from cfbudget.workbook.sheets.baseline_cells import Before
from cfbudget.workbook.sheets.beside_charts import YearsChart, by_year
from cfbudget.workbook.sheets.beside_columns import (
    ColumnPlaces,
    beside_columns,
    column_names,
)
from cfbudget.workbook.sheets.beside_controls import controls
from cfbudget.workbook.sheets.scenario_sheets import BESIDE, SCENARIOS, of_one_of_several
from cfbudget.workbook.sheets.scenario_tables import same_tables, scenario_tables
from cfbudget.workbook.sheets.statements import LABEL, Ledger, head, say

LINKED = (
    "Every figure refers to the sheet that it stands on: the baseline's, or that of the scenario, "
    "whose number begins the sheet's name. A table that a scenario leaves as it is has no sheet of "
    "its own. Differences are formulas: the scenario less the baseline.",
    "On a scenario's sheet a figure that it leaves as it is refers to the baseline's; one that it "
    "changes is a value, and may be typed over.",
)


class BesideSheets(NamedTuple):
    """The sheets of several scenarios, those that stand first and those of each."""

    first: tuple[Sheet, ...]
    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]
    """What each scenario is called, by what the names of its sheets begin with."""
    charts: list[YearsChart]
    """Those to draw."""

    @property
    def contents(self) -> Mapping[str, str]:
        """What stands on each, for the list of sheets."""
        said = {
            BESIDE: "the baseline and each scenario in columns, differences and controls",
            SCENARIOS: "what each scenario changes, and what each change contributes",
        }
        return said | {sheet.name: self._content(sheet.name) for sheet in self.sheets}

    def _content(self, sheet: str) -> str:
        of, _, table = sheet.partition("_")
        name = self.names[f"{of}_"]
        return f"{table.lower()} with {name}: what it leaves as it is refers to the baseline"


def beside_sheets(shown: Alternatives, tables: Sequence[Table], ledger: Ledger) -> BesideSheets:
    """The sheets of several scenarios.

    Args:
        tables: the baseline's, as they stand on its sheets.
        ledger: where their figures stand.
    """
    before, own = Before(tables, ledger), plan_tables(shown.plan)
    ledgers, sheets, names = [ledger], list[Sheet](), dict[str, str]()
    for at, one in enumerate(shown.each, start=1):
        prefix = of_one_of_several(at)
        same = same_tables(own, plan_tables(one.applied.plan))
        made = scenario_tables(one.applied.plan, prefix, one.name, before, same)
        ledgers.append(made.ledger)
        sheets += made.sheets
        names[prefix] = one.name
    beside = Sheet(BESIDE)
    placed = ColumnPlaces(tuple(ledgers), [{} for _ in shown.each])
    row = head(beside, f"{shown.plan.name}: {counted(len(shown.each), 'scenario')} side by side")
    row = say(beside, row, [*_listing(shown), *LINKED]) + 1
    row = say(beside, row, [f"As tried: {said}" for said in lowest_words(shown)]) + 1
    row, charts = by_year(beside, row, shown, placed)
    beside.breaks.clear()  # no chart stands on this sheet: its pages end where its tables do
    row = beside_columns(beside, row, shown, placed)
    controls(beside, row, shown, placed)
    return BesideSheets((beside, _summary(shown, placed)), tuple(sheets), names, charts)


def _listing(shown: Alternatives) -> list[str]:
    own = [len(one.applied.changes) - len(shown.first) for one in shown.each]
    first = [f"In every scenario, before its own changes: {'; '.join(shown.first)}."]
    each = zip(column_names(shown)[1:], shown.each, own, strict=True)
    listed = [f"{name}: {one.file}, {counted(count, 'change')}." for name, one, count in each]
    return [*(first if shown.first else ()), *listed]


def _summary(shown: Alternatives, placed: ColumnPlaces) -> Sheet:
    """What each scenario changes, what each change contributes, and what is beyond the plan."""
    sheet = Sheet(SCENARIOS)
    row = head(sheet, f"{shown.plan.name}: what each scenario does")
    for name, one, differences in zip(
        column_names(shown)[1:], shown.each, placed.differences, strict=True
    ):
        sheet.put(row, LABEL, name, Style("caption"))
        row = _of_one(sheet, row + 1, one, Ledger(dict(differences), [])) + 1
    return sheet


def _of_one(sheet: Sheet, row: int, one: Alternative, differences: Ledger) -> int:
    listed = (f"{at}. {change.words}" for at, change in enumerate(one.applied.changes, start=1))
    row = say(sheet, row, [*listed, *one.applied.whys]) + 1
    row = say(sheet, row, [f"As tried: {said}" for said in one.laid_out.sentences]) + 1
    for table in one.laid_out.attributions:
        row = attribution_block(sheet, row, table, differences)
    if beyond := one.laid_out.beyond:
        row = apart_block(sheet, row, beyond, BEYOND_AS_TRIED)
    return row
