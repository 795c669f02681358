"""The Checks sheet: every comparison, cast and control total as formulas, and every rule.

A comparison's outcome follows from the cells, so that it changes with an input. What the rules
found is what they found when the workbook was written.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.checks.report import Report
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.workbook.book.book import Formula, Sheet
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import When, WordValue
from cfbudget.workbook.sheets.checks_layout import OUTCOME, WIDTHS
from cfbudget.workbook.sheets.comparisons import compare
from cfbudget.workbook.sheets.controls import control
from cfbudget.workbook.sheets.draw_controls import draw_controls, drawn_on_both
from cfbudget.workbook.sheets.lines import Lines
from cfbudget.workbook.sheets.outcome_counts import OutcomeCounts
from cfbudget.workbook.sheets.rules_applied import rule_rows
from cfbudget.workbook.sheets.statements import MASTER, Ledger

ALL_AGREE, NOT_ALL = "all agree", "does not agree"
NOTHING_STATED = "casts agree, nothing stated"
"""Where no stated figure could be compared, so that nobody takes it for proof."""


class ChecksCells(NamedTuple):
    """Cells of the sheet that others refer to."""

    master: At
    controls: dict[str, At]
    """The control totals by name."""


def checks(
    sheet: Sheet,
    top: int,
    plan: Plan,
    report: Report,
    tables: Sequence[Table],
    figures: tuple[Ledger, Lines],
) -> ChecksCells:
    """Put every check on the sheet, from row `top` on.

    Args:
        figures: where the plan's figures stand, and the list of its input lines.
    """
    ledger, lines = figures
    for column, width in WIDTHS.items():
        sheet.widen(column, width)
    drawn = drawn_on_both(tables)
    counts = OutcomeCounts(sheet, top, report, has_draws=bool(drawn))
    row, compared = compare(sheet, counts.below, plan, report.comparisons, ledger)
    row, cast, controls = control(sheet, row, tables, ledger, lines)
    draws = draw_controls(sheet, row, drawn, tables, ledger)
    all_well = counts.fill(report, compared, cast, draws)
    rule_rows(sheet, draws.below, report, counts)
    well = ALL_AGREE if _is_tested(report) else NOTHING_STATED
    expression = When(all_well, WordValue(well), WordValue(NOT_ALL))
    at = sheet.put(*sheet.labelled[MASTER], Formula(expression, verdict(report)), OUTCOME)
    return ChecksCells(at, controls)


def verdict(report: Report) -> str:
    """What the master check of a plan says."""
    if not report.agrees:
        return NOT_ALL
    return ALL_AGREE if _is_tested(report) else NOTHING_STATED


def _is_tested(report: Report) -> bool:
    return any(found.outcome in ("agrees", "rounding", "differs") for found in report.comparisons)
