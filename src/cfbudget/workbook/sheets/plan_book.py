"""A plan's workbook: its sheets in their order, proved before anybody sees it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.checks.report import Report
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.tables.options_list import options_list
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.book import Book, Formula, Sheet, Style
from cfbudget.workbook.book.cells import Area, At
from cfbudget.workbook.book.expressions import Fixed
from cfbudget.workbook.sheets.about import ALWAYS, CONTENTS, YEARS, Listed, Origin, about
from cfbudget.workbook.sheets.approved_years import approved, approved_inputs
from cfbudget.workbook.sheets.charts import charts
from cfbudget.workbook.sheets.checks import checks, verdict
from cfbudget.workbook.sheets.files import FILES, put_files
from cfbudget.workbook.sheets.lines import lines
from cfbudget.workbook.sheets.members_list import LIST, members_list
from cfbudget.workbook.sheets.plan_sheets import APART, in_full, on_sheets
from cfbudget.workbook.sheets.plan_statements import plan_statements
from cfbudget.workbook.sheets.statements import LABEL, MASTER, Ledger, head

if TYPE_CHECKING:
    from cfbudget.tables.alternatives import Alternatives
    from cfbudget.workbook.sheets.beside_sheets import BesideSheets
    from cfbudget.workbook.sheets.trial_sheets import TrialSheets, Tried

SHEETS = (
    "About",
    "Checks",
    "Revenue",
    "Capital",
    "Financing",
    "Options",
    *APART.values(),
    LIST,
    "Assumptions",
    "Position",
    "Gap",
    "Funding",
    "Reserves",
    "Lines",
    "Charts",
    FILES,
)
LONGEST_LIST = 255
"""Characters of a list within a rule of what may be typed; a longer one stands in cells."""


def build(
    plan: Plan, report: Report, origin: Origin, tried: "Tried | Alternatives | None" = None
) -> Book:
    """The workbook of a plan, every formula with the result that calculation gives.

    Args:
        tried: a trial of the plan, for sheets of what it comes to and of the difference; or
            several, for sheets that have them side by side.
    """
    plain = plan_tables(plan)
    tables = [in_full(plan, table) for table in plain]
    parts = {name: part for table in tables for name, part in on_sheets(table).items()}
    there = {"About", *ALWAYS, *parts, *((LIST,) if plan.options else ())}
    sheets = {name: Sheet(name) for name in SHEETS if name in there}
    ledger = Ledger({}, [])
    rates = plan_statements(sheets, plan, tables, ledger)
    if plan.options:
        options = next(table for table in plain if table.name == "options")
        members_list(sheets[LIST], options_list(plan, plan.options, options), ledger)
    top = head(sheets["Lines"], f"{plan.name}: input lines")
    listed = lines(sheets["Lines"], ledger, top)
    top = head(sheets["Charts"], f"{plan.name}: charts")
    made = None
    if tried:
        made, top = _of_scenarios(tried, (tables, ledger), sheets["Charts"], top)
    charts(sheets["Charts"], top, plan, tables, ledger, rates)
    top = head(sheets["Checks"], f"{plan.name}: checks")
    checked = checks(sheets["Checks"], top, plan, report, tables, (ledger, listed))
    head(sheets["About"], f"{plan.name}: reconciliation workbook")
    years = sorted({str(column.year) for t in tables for column in t.columns if column.year})
    are_many = len(",".join(years)) > LONGEST_LIST
    sheets = _with_scenarios(sheets, made)
    said = {**CONTENTS, **(made.contents if made else {})}
    contents = {name: said[name] for name in sheets if name in said}
    listing = Listed(years if are_many else (), contents)
    about(sheets["About"], plan, tables, origin, listing)
    put_files(sheets[FILES], head(sheets[FILES], f"{plan.name}: the plan's files"), origin.texts)
    _repeat_master(sheets, checked.master, report)
    for sheet in sheets.values():
        _hold_headings(sheet)
    names = {MASTER.replace(" ", "_"): checked.master, **_headlines(tables, ledger)}
    names |= checked.controls
    contained = approved(plan)
    return Book(
        sheets,
        names,
        tuple(years),
        tuple(tables),
        ledger.places,
        _years_at(sheets["About"], len(years)) if are_many else None,
        contained,
        approved_inputs(contained, ledger.inputs),
        frozenset(plan.projected_years),
    )


def _of_scenarios(
    tried: "Tried | Alternatives", figures: tuple[Sequence[Table], Ledger], charts: Sheet, top: int
) -> "tuple[TrialSheets | BesideSheets, int]":
    """The sheets of scenarios, and the next free row of the charts, with theirs."""
    # An export without them is spared the import.
    from cfbudget.workbook.sheets.beside_charts import beside_charts
    from cfbudget.workbook.sheets.beside_sheets import beside_sheets
    from cfbudget.workbook.sheets.both_charts import both_charts
    from cfbudget.workbook.sheets.trial_sheets import Tried, trial_sheets

    tables, ledger = figures
    if isinstance(tried, Tried):
        trial = trial_sheets(tried, tables, ledger)
        return trial, both_charts(charts, top, tables, ledger, trial)
    beside = beside_sheets(tried, tables, ledger)
    return beside, beside_charts(charts, top, beside.charts)


def _with_scenarios(
    sheets: dict[str, Sheet], made: "TrialSheets | BesideSheets | None"
) -> dict[str, Sheet]:
    """What stands side by side comes first behind the cover, the sheets of each scenario last."""
    if made is None:
        return sheets
    first = (*made.first, sheets["Charts"]) if made.first else ()
    named = {sheet.name: sheet for sheet in (sheets["About"], *first)}
    return {**named, **sheets, **{sheet.name: sheet for sheet in made.sheets}}


def _years_at(sheet: Sheet, count: int) -> Area:
    """Where the years are listed, one below the other."""
    row, column = sheet.labelled[YEARS]
    return Area(At(sheet.name, row, column), At(sheet.name, row + count - 1, column))


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
        "financing": ("programme",),
        "options": ("change",),
        "assumptions": (),
        "position": ("opening", "net_budget"),
        "gap": ("gap", "over_cash_limit"),
        "funding": ("amount",),
        "reserves": ("closing",),
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
