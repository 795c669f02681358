"""What checking found, as a page: counts, differences, and what that comes to."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cfbudget.checks.comparison import Comparison, Outcome
from cfbudget.checks.report import Report
from cfbudget.grammar import agreed, counted
from cfbudget.layout.grid import CellContent, Grid, GridRow, ShownFigure
from cfbudget.layout.page import Block, Page, Sentences, Title, page
from cfbudget.money import exactly, signed
from cfbudget.plan.values import measure_words
from cfbudget.problem import Problem

OUTCOMES: tuple[Outcome, ...] = ("agrees", "rounding", "differs", "not stated", "not checkable")


class Checked(NamedTuple):
    """One folder checked. Without a report it holds no plan that could be computed."""

    folder: str
    name: str
    report: Report | None
    problems: tuple[Problem, ...]
    """The problems to show: those of the report, accepted ones only if they were asked for."""
    notes: tuple[str, ...]
    """What to say of the plan besides, in sentences."""


def check_page(checked: Iterable[Checked], *, every: bool) -> Page:
    """What checking each plan found.

    Args:
        every: whether to list every comparison, not only those that do not agree.
    """
    return page(block for one in checked for block in _blocks(one, every=every))


def _blocks(checked: Checked, *, every: bool) -> Iterator[Block]:
    report = checked.report
    if report is not None:
        yield Title(f"{checked.name}: stated figures against computed ones")
        yield from shown_grids(report, every=every)
        yield Sentences(verdict(checked, report))


def summary_grid(report: Report) -> Grid:
    """How many comparisons of each table came out how."""
    found = [(compared.table, compared.outcome) for compared in report.comparisons]
    above = [table for table, _ in found if table in ("revenue", "capital", "financing")]
    found[len(above) : len(above)] = [("options", "agrees")] * report.condensed
    tables = dict.fromkeys(table for table, _ in found)
    rows = [
        GridRow(table.capitalize(), _counts(outcome for of, outcome in found if of == table))
        for table in tables
    ]
    rows.append(GridRow("All", _counts(outcome for _, outcome in found), "bold", apart=True))
    return Grid(("Stated figures", "Printed", *(o.capitalize() for o in OUTCOMES)), rows)


def _counts(found: Iterable[Outcome]) -> list[str]:
    outcomes = list(found)
    counts = [len(outcomes), *(outcomes.count(outcome) for outcome in OUTCOMES)]
    return [str(count) if count else "-" for count in counts]


def comparison_grids(comparisons: Sequence[Comparison]) -> list[Grid]:
    """Comparisons line by line, a grid for each table."""
    headings = ("Stated", "Computed", "Difference", "Allowance", "Outcome", "Source")
    tables = dict.fromkeys((compared.table, compared.unit) for compared in comparisons)
    return [
        Grid(
            (f"{table.capitalize()}, {unit.name}", *headings),
            [_row(c) for c in comparisons if (c.table, c.unit) == (table, unit)],
            left=frozenset({4, 5}),
        )
        for table, unit in tables
    ]


def _row(compared: Comparison) -> GridRow:
    what = measure_words(compared.key.measure)
    when = f" {compared.key.year}" if compared.key.year else ""
    figures: list[CellContent] = [
        "" if pence is None else ShownFigure(pence, compared.unit, compared.places)
        for pence in (compared.stated.pence, compared.computed)
    ]
    difference = compared.difference
    figures.append("" if difference is None else signed(difference, compared.unit, compared.places))
    figures.append(exactly(compared.allowance, compared.unit))
    source = compared.stated.place.source
    outcome = compared.outcome
    mark = f"{outcome}, worth a look" if compared.is_large_rounding else outcome
    if compared.lacks and outcome != "agrees":
        count = len({one.row for one in compared.lacks})
        mark += f": {counted(count, 'line')} not yet known"
    if compared.causes:
        first, *others = (cause.label for cause in compared.causes)
        mark = f"follows from {first}" + (f" and {len(others)} more" if others else "")
    return GridRow(f"{compared.label}: {what}{when}", (*figures, mark, source))


def verdict(checked: Checked, report: Report) -> list[str]:
    """What was compared and applied, and what came of it, in sentences."""
    counts = report.outcomes
    compared = sum(counts[outcome] for outcome in ("agrees", "rounding", "differs"))
    if compared:
        parts = [f"{counts['agrees']} {agreed(counts['agrees'], 'agrees')}"]
        parts += [f"{counts['rounding']} within rounding"] if counts["rounding"] else []
        parts += _differing(report)
        first = f"{counted(compared, 'stated figure')} compared: {', '.join(parts)}."
    else:
        first = "Nothing is stated, so no figure was compared."
    warnings = len(report.open_warnings)
    second = f"{len(report.rules)} rules applied: {counted(warnings, 'warning')}"
    second += f", {report.accepted} accepted (--accepted shows them)" if report.accepted else ""
    return [first, f"{second}.", *checked.notes]


def _differing(report: Report) -> list[str]:
    """How many differ: those that stand on their own, then those that follow from them."""
    count = report.outcomes["differs"]
    own = sum(1 for c in report.comparisons if c.outcome == "differs" and not c.causes)
    if own == count:
        return [f"{count} {agreed(count, 'differs')}"] if count else []
    others = count - own
    follow = f"{others} {agreed(others, 'follows')} from {'it' if own == 1 else 'these'}"
    return [f"{own} {agreed(own, 'differs')} and {follow}"]


def shown_grids(report: Report, *, every: bool) -> list[Grid]:
    """The counts, then the comparisons that do not agree, or all of them."""
    counts = [summary_grid(report)] if report.comparisons or report.condensed else []
    return [*counts, *comparison_grids(listed_comparisons(report, every=every))]


def listed_comparisons(report: Report, *, every: bool) -> list[Comparison]:
    """The comparisons that do not agree or are worth a look, or all of them."""
    return [
        c
        for c in report.comparisons
        if every or c.outcome in ("differs", "not checkable") or c.is_large_rounding
    ]
