"""400 plans of 500 options, added up by plan and year: on as many processors as there are."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.answers import Answer
from benchmarks.cfbudget_answers import of_consolidate, of_consolidated_page
from benchmarks.contender import Contender
from benchmarks.made.plan import MadePlan
from benchmarks.made_totals import made_in
from benchmarks.marks import Mark
from benchmarks.other_answers import LEDGER_REPORT, of_csv, of_ledger
from benchmarks.programs import CFBUDGET, HERE, PYTHON, missing, program
from benchmarks.work import Size, Work

PLANS, OPTIONS, YEARS, SERVICES = 400, 500, 2, 20
MARKS = (Mark("wall", 20),)


def plans(folder: Path, size: Size) -> Sequence[Contender]:
    count = size.of(PLANS)
    forms = ("yaml", "csv", "options.journal", "bare.csv")
    more = ("--plans", str(count), "--services", str(SERVICES))
    made_in(folder, MadePlan(OPTIONS, YEARS), forms, *more)
    expected = _by_plan(count)
    years = {key: amount for key, amount in expected.items() if key.startswith("total ")}
    script = str(HERE / "others" / "pandas_plans.py")
    return (
        _ledger(folder, count, expected),
        Contender("pandas", (PYTHON, script, str(folder / "bare.csv")), expected, of_csv),
        *(
            contender
            for form in ("YAML", "CSV")
            for contender in (
                _consolidate(f"{form}, totals by plan", folder / form.lower(), expected),
                _to_parquet(f"{form}, all records to Parquet", folder / form.lower(), years),
            )
        ),
    )


def _consolidate(name: str, data: Path, expected: Answer) -> Contender:
    command = (CFBUDGET, "consolidate", str(data), "--by", "plan", "--format", "csv")
    return Contender(f"cfbudget consolidate, {name}", command, expected, of_consolidate, MARKS)


def _to_parquet(name: str, data: Path, years: Answer) -> Contender:
    """Into a new folder each time."""
    stored = data.with_name(f"{data.name}.parquet")
    command = f"rm -rf '{stored}' && '{CFBUDGET}' consolidate '{data}' -o '{stored}'"
    name = f"cfbudget consolidate, {name}"
    return Contender(name, ("sh", "-c", command), years, of_consolidated_page, MARKS)


def _ledger(folder: Path, count: int, expected: Answer) -> Contender:
    """One journal that includes those of all plans, each below an account of its own."""
    journal = folder / "all.journal"
    with journal.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(f"apply account plan-{number}\n")
            file.write(f"include options.journal/plan-{number}\nend apply account\n")
    command = (program("ledger") or "", "-f", str(journal), *LEDGER_REPORT)
    return Contender("ledger", command, expected, of_ledger, missing=missing("ledger"))


def _by_plan(count: int) -> Answer:
    """The changes of each plan in each year, and of all together."""
    found = Counter[str]()
    for seed in range(count):
        for (_, year), amount in MadePlan(OPTIONS, YEARS, SERVICES, seed).totals().items():
            found[f"plan-{seed} {year}"] += amount
            found[f"total {year}"] += amount
    return found


CONSOLIDATED = Work("plans", "400 plans of 500 options", "ledger", 1, plans)
