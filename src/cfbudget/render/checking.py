"""What checking found: counts and differences as grids, comparisons and problems as records."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cfbudget.checks.comparison import Comparison, Outcome
from cfbudget.checks.report import Report
from cfbudget.money import exactly, plain, printed, signed
from cfbudget.problem import Problem
from cfbudget.render.data import csv_text, json_text
from cfbudget.render.grid import Grid, GridRow

OUTCOMES: tuple[Outcome, ...] = ("agrees", "rounding", "differs", "not stated", "not checkable")
COMPARISON_FIELDS = (
    "plan",
    "table",
    "row",
    "label",
    "measure",
    "year",
    "unit",
    "stated",
    "computed",
    "difference",
    "allowance",
    "outcome",
    "source",
)


class Checked(NamedTuple):
    """One folder checked. Without a report it holds no plan that could be computed."""

    folder: str
    name: str
    report: Report | None
    problems: tuple[Problem, ...]
    """The problems to show: those of the report, accepted ones only if they were asked for."""
    notes: tuple[str, ...]
    """What to say of the plan besides, in sentences."""


def summary_grid(report: Report) -> Grid:
    """How many comparisons of each table came out how."""
    tables = dict.fromkeys(compared.table for compared in report.comparisons)
    rows = [
        GridRow(table.capitalize(), _counts(c for c in report.comparisons if c.table == table))
        for table in tables
    ]
    rows.append(GridRow("All", _counts(report.comparisons), "bold", apart=True))
    return Grid(("Stated figures", "Printed", *(o.capitalize() for o in OUTCOMES)), rows)


def _counts(comparisons: Iterable[Comparison]) -> list[str]:
    outcomes = [compared.outcome for compared in comparisons]
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
    what = compared.key.measure.replace("_", " ")
    when = f" {compared.key.year}" if compared.key.year else ""
    figures = [
        "" if pence is None else printed(pence, compared.unit, compared.places)
        for pence in (compared.stated.pence, compared.computed)
    ]
    difference = compared.difference
    figures.append("" if difference is None else signed(difference, compared.unit, compared.places))
    figures.append(exactly(compared.allowance, compared.unit))
    source = compared.stated.place.source
    outcome = compared.outcome
    mark = f"{outcome}, worth a look" if compared.is_large_rounding else outcome
    if compared.causes:
        first, *others = (cause.label for cause in compared.causes)
        mark = f"follows from {first}" + (f" and {len(others)} more" if others else "")
    return GridRow(f"{compared.label}: {what}{when}", (*figures, mark, source))


def _record(compared: Comparison, folder: str) -> dict[str, str | None]:
    def amount(pence: int | None) -> str | None:
        return None if pence is None else plain(pence, compared.unit)

    key = compared.key
    values = (
        folder,
        compared.table,
        key.row,
        compared.label,
        key.measure,
        str(key.year) if key.year else "",
        compared.unit.name,
        amount(compared.stated.pence),
        amount(compared.computed),
        amount(compared.difference),
        amount(compared.allowance),
        compared.outcome,
        compared.stated.place.source,
    )
    return dict(zip(COMPARISON_FIELDS, values, strict=True))


def _compared(checked: Iterable[Checked]) -> Iterator[tuple[str, Comparison]]:
    """Every comparison with the folder that it is of."""
    for one in checked:
        for compared in one.report.comparisons if one.report else ():
            yield one.folder, compared


def _follows_from(compared: Comparison) -> str:
    """What a difference follows from, by the fields of its record: care net 2024-25."""
    keys = (cause.key for cause in compared.causes)
    return "; ".join(f"{key.row} {key.measure} {key.year or ''}".rstrip() for key in keys)


def checks_csv(checked: Iterable[Checked]) -> str:
    records = (_record(compared, folder) for folder, compared in _compared(checked))
    return csv_text(COMPARISON_FIELDS, records)


def checks_json(checked: Sequence[Checked]) -> str:
    """Problems and comparisons as records, and how many of each."""
    problems = [_problem_record(p, one.folder) for one in checked for p in one.problems]
    reports = [one.report for one in checked if one.report]
    summary = {
        "plans": len(checked),
        "compared": sum(len(report.comparisons) for report in reports),
        **{o.replace(" ", "_"): sum(r.outcomes[o] for r in reports) for o in OUTCOMES},
        "follow": sum(1 for r in reports for c in r.comparisons if c.causes),
        "rules": sum(len(report.rules) for report in reports),
        "accepted": sum(report.accepted for report in reports),
    }
    found = {
        "summary": summary,
        "problems": problems,
        "comparisons": [
            {**_record(compared, folder), "follows_from": _follows_from(compared)}
            for folder, compared in _compared(checked)
        ],
    }
    return json_text(found, 1) + "\n"


def _problem_record(problem: Problem, folder: str) -> dict[str, str | int | None]:
    place = problem.place
    record: dict[str, str | int | None] = {
        "file": place.path(folder),
        "line": place.line or None,
        "column": place.column or None,
        "severity": problem.severity,
        "rule": problem.rule,
        "message": problem.message,
        "hint": problem.hint,
    }
    if problem.accepted:
        record["accepted"] = problem.accepted
    return record


def verdict(checked: Checked, report: Report) -> list[str]:
    """What was compared and applied, and what came of it, in sentences."""
    counts = report.outcomes
    compared = sum(counts[outcome] for outcome in ("agrees", "rounding", "differs"))
    if compared:
        parts = [_of(counts["agrees"], "agree")]
        parts += [f"{counts['rounding']} within rounding"] if counts["rounding"] else []
        parts += _differing(report)
        noun = "figure" if compared == 1 else "figures"
        first = f"{compared} stated {noun} compared: {', '.join(parts)}."
    else:
        first = "Nothing is stated, so no figure was compared."
    warnings = len(report.open_warnings)
    second = f"{len(report.rules)} rules applied: {warnings} warning{'s' if warnings != 1 else ''}"
    second += f", {report.accepted} accepted (--accepted shows them)" if report.accepted else ""
    return [first, f"{second}.", *checked.notes]


def _differing(report: Report) -> list[str]:
    """How many differ: those that stand on their own, then those that follow from them."""
    count = report.outcomes["differs"]
    own = sum(1 for c in report.comparisons if c.outcome == "differs" and not c.causes)
    if own == count:
        return [_of(count, "differ")] if count else []
    follow = _of(count - own, "follow")
    return [f"{_of(own, 'differ')} and {follow} from {'it' if own == 1 else 'these'}"]


def _of(count: int, verb: str) -> str:
    return f"{count} {verb}s" if count == 1 else f"{count} {verb}"


def shown_grids(report: Report, *, every: bool) -> list[Grid]:
    """The counts, then the comparisons that do not agree, or all of them."""
    listed = [
        c
        for c in report.comparisons
        if every or c.outcome in ("differs", "not checkable") or c.is_large_rounding
    ]
    counts = [summary_grid(report)] if report.comparisons else []
    return [*counts, *comparison_grids(listed)]
