"""What checking the plan found: every comparison with its outcome, and every warning."""

from collections.abc import Iterable, Iterator

from cfbudget import rules
from cfbudget.layout.grid import Grid, GridRow
from cfbudget.layout.page import Block, Caption, Heading, Sentences, Title
from cfbudget.problem import Problem, Rule
from cfbudget.reports.check.page import Checked, comparison_grids, summary_grid, verdict
from cfbudget.reports.plan_report.subject import ReportSubject

NO_WARNING = "No rule has a warning."
SLIPS = "What may be a slip, and what to do about it"
TITLES = {rule.code: rule.title for rule in vars(rules).values() if isinstance(rule, Rule)}


def findings(subject: ReportSubject) -> Iterator[Block]:
    """The comparisons, then the warnings."""
    report, plan = subject.checked, subject.plan
    yield Title("Checks")
    checked = Checked(plan.folder, plan.name, report, report.problems, ())
    yield Sentences(verdict(checked, report))
    if report.comparisons:
        yield Caption("Printed figures against computed ones: how many came out how")
        yield summary_grid(report)
        yield Heading("Every printed figure")
        for grid in comparison_grids(report.comparisons):
            yield Caption(f"Printed figures against computed ones: {grid.headings[0]}")
            yield grid
    yield from _warnings(subject)


def _warnings(subject: ReportSubject) -> Iterator[Block]:
    yield Title("Warnings")
    problems, of_trial = subject.checked.problems, subject.trial_problems
    if not problems:
        yield Sentences((f"{NO_WARNING[:-1]} of the plan." if of_trial else NO_WARNING,))
    else:
        yield from _listed(f"{SLIPS}; none of it changes a figure", problems)
    if of_trial:
        which = "the scenarios" if subject.beside else "the scenario"
        yield from _listed(f"{SLIPS}, in {which}", of_trial)


def _listed(caption: str, problems: Iterable[Problem]) -> Iterator[Block]:
    yield Caption(caption)
    headings = ("What", "Rule", "Where", "What to do, or why it is all right")
    yield Grid(headings, [_row(problem) for problem in problems], frozenset(range(3)))


def _row(problem: Problem) -> GridRow:
    answer = f"Accepted: {problem.accepted}" if problem.accepted else problem.hint or ""
    rule = f"{problem.rule}: {TITLES[problem.rule]}"
    return GridRow(problem.message, [rule, problem.place.source, answer])
