"""What checking found, as records: comparisons and problems."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cfbudget.checks.comparison import Comparison
from cfbudget.layout.page import Records
from cfbudget.layout.table import tidy_name
from cfbudget.money import plain
from cfbudget.problem import Problem
from cfbudget.reports.check.page import OUTCOMES, Checked

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


def _record(compared: Comparison, folder: str) -> dict[str, str | None]:
    def amount(pence: int | None) -> str | None:
        return None if pence is None else plain(pence, compared.unit)

    key = compared.key
    values = (
        folder,
        tidy_name(compared.table),
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


def check_records(checked: Sequence[Checked]) -> Records:
    """Every comparison; in JSON the problems too, and how many of each."""
    rows = [_record(compared, folder) for folder, compared in _compared(checked)]
    return Records(COMPARISON_FIELDS, rows, _whole(checked))


def _whole(checked: Sequence[Checked]) -> Mapping[str, object]:
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
    return {
        "summary": summary,
        "problems": problems,
        "comparisons": [
            {**_record(compared, folder), "follows_from": _follows_from(compared)}
            for folder, compared in _compared(checked)
        ],
    }


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
