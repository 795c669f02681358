"""The rules of the Checks sheet, and what they found when the workbook was written."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from cfbudget import rules
from cfbudget.checks.report import Report
from cfbudget.problem import Problem
from cfbudget.workbook.book.book import Formula, Sheet, SheetBlock, Style
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import NIL, Expression, Is, Sum, When, Where, WordValue
from cfbudget.workbook.sheets.checks_layout import (
    COUNT,
    DRAWS,
    OUTCOME,
    SMALL,
    TEXT,
    Columns,
    area_of,
    begin,
    number_in,
)
from cfbudget.workbook.sheets.outcome_counts import SPEND, OutcomeCounts
from cfbudget.workbook.sheets.statements import LABEL

DIFFERENCES = {
    rules.DIFFERS.code: None,
    rules.NOT_FINANCED.code: SPEND,
    rules.DRAWN_OTHERWISE.code: DRAWS,
}
"""The rules whose findings are comparisons, which stand above, with what these are counted under;
None: under the tables of stated figures."""


def rule_rows(sheet: Sheet, row: int, report: Report, counts: OutcomeCounts) -> None:
    """A row for each rule, then one for each warning and notice."""
    headings = {
        "Rule, applied when the workbook was written": LABEL,
        "Severity": Columns.table,
        "open": Columns.stated,
        "accepted": Columns.computed,
        "Outcome": Columns.outcome,
        "Id": Columns.id,
    }
    block = begin(sheet, row + 1, "Rules that the plan was held to", headings)
    first = row + 2
    problems = [problem for problem in report.problems if problem.severity != "error"]
    counted = Counter((problem.rule, _state(problem)) for problem in problems)
    found = _problems(sheet, first + len(report.rules) + 1, problems)
    rule_area, state_area = (area_of(sheet, found, c) for c in (Columns.stated, Columns.computed))
    titles = {rule.code: rule for rule in rules.ALL}
    for at, code in enumerate(report.rules, start=first):
        block.rows[code] = at
        rule = titles[code]
        sheet.put(at, LABEL, rule.title, Style("label"))
        sheet.put(at, Columns.table, rule.severity, TEXT)
        here = sheet.put(at, Columns.id, code, SMALL)
        cells: list[At] = []
        for column, state in ((Columns.stated, "open"), (Columns.computed, "accepted")):
            wanted = At(sheet.name, first - 1, column)
            count = counted[code, state]
            expression: Expression = NIL
            if code in DIFFERENCES and state == "open":
                differing = counts.differing(DIFFERENCES[code])
                expression = Sum(differing)
                count = sum(int(number_in(sheet, each)) for each in differing)
            elif rule_area and state_area:
                expression = Where(None, ((rule_area, here), (state_area, wanted)))
            cells.append(sheet.put(at, column, Formula(expression, Decimal(count)), COUNT))
        sheet.put(at, Columns.outcome, _rule_outcome(sheet, cells), OUTCOME)


def _rule_outcome(sheet: Sheet, counts: list[At]) -> Formula:
    opened, accepted = counts
    expression = When(
        Is(opened, "=", NIL),
        When(Is(accepted, "=", NIL), WordValue("holds"), WordValue("accepted")),
        WordValue("see below"),
    )
    results = [number_in(sheet, at) for at in counts]
    result = "see below" if results[0] else "accepted" if results[1] else "holds"
    return Formula(expression, result)


def _problems(sheet: Sheet, row: int, problems: Sequence[Problem]) -> SheetBlock:
    headings = {
        "Warning or notice": LABEL,
        "Severity": Columns.table,
        "Rule": Columns.stated,
        "State": Columns.computed,
        "What to do, or why it is accepted": Columns.document,
        "Source": Columns.source,
        "Id": Columns.id,
    }
    caption = "Warnings and notices: figures that differ stand above, among the comparisons"
    block = begin(sheet, row + 1, caption, headings, frozenset())
    numbers: Counter[str] = Counter()
    ordered = sorted(problems, key=lambda problem: problem.accepted is not None)
    for at, problem in enumerate(ordered, start=row + 2):
        source = problem.place.source
        # No line in the id: a comment put into the file would make every row another.
        numbers[problem.rule] += 1
        identity = f"{problem.rule}/{numbers[problem.rule]}"
        block.rows[identity] = at
        sheet.put(at, LABEL, problem.message, Style("label"))
        sheet.put(at, Columns.table, problem.severity, TEXT)
        sheet.put(at, Columns.stated, problem.rule, TEXT)
        sheet.put(at, Columns.computed, _state(problem), TEXT)
        advice = f"accepted: {problem.accepted}" if problem.accepted else problem.hint
        if advice:
            sheet.put(at, Columns.document, advice, SMALL)
        sheet.put(at, Columns.source, source, SMALL)
        sheet.put(at, Columns.id, identity, SMALL)
    return block


def _state(problem: Problem) -> str:
    return "open" if problem.accepted is None else "accepted"
