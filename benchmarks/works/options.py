"""Totals and a check of 20,000 options over two years, in every form, and of 500,000."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.contender import Contender
from benchmarks.made.plan import MadePlan
from benchmarks.made_totals import Marks, Totals, made_in
from benchmarks.marks import Mark
from benchmarks.work import Size, Work

SMALL, LARGE = 20_000, 500_000
YAML: Marks = (Mark("cpu", 1.0), Mark("megabytes", 120), Mark("cpu", 1.0, "hledger"))
CSV: Marks = (Mark("cpu", 1.0, "ledger"), Mark("megabytes", 1.0, "ledger"))
IN_BULK: Marks = (Mark("cpu", 3.0), Mark("megabytes", 550), Mark("cpu", 0.25, "ledger"))


def small(folder: Path, size: Size) -> Sequence[Contender]:
    plan = MadePlan(size.of(SMALL))
    forms = (
        "yaml",
        "csv",
        "parquet",
        "options.journal",
        "changes.journal",
        "options.beancount",
        "bare.csv",
        "bare.xlsx",
    )
    work = Totals(plan, made_in(folder, plan, forms))
    return (
        work.ledger(),
        work.ledger_by_change(),
        work.hledger(),
        work.bean_query(),
        work.pandas("csv"),
        work.pandas("xlsx"),
        work.duckdb("csv"),
        *_cfbudget(work, {"YAML": YAML, "CSV": CSV, "Parquet": ()}),
    )


def large(folder: Path, size: Size) -> Sequence[Contender]:
    plan = MadePlan(size.of(LARGE))
    forms = ("csv", "parquet", "options.journal", "changes.journal", "bare.csv", "bare.parquet")
    work = Totals(plan, made_in(folder, plan, forms))
    return (
        work.ledger(),
        work.ledger_by_change(most_rounds=1),
        work.hledger(most_rounds=1),
        work.pandas("csv"),
        work.pandas("parquet"),
        work.duckdb("csv"),
        work.duckdb("parquet"),
        *_cfbudget(work, {"CSV": IN_BULK, "Parquet": IN_BULK}),
    )


def _cfbudget(work: Totals, marks: dict[str, Marks]) -> list[Contender]:
    return [
        contender
        for form, reached in marks.items()
        for contender in (
            work.totals(form, reached),
            work.check(form, reached),
            work.what_if(form),
        )
    ]


OPTIONS = Work("options", "20,000 options over two years, by service and year", "ledger", 3, small)
BULK = Work("bulk", "500,000 options over two years", "ledger", 2, large)
