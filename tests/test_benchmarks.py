"""What the benchmarks stand on: the same plan in every form, answers held together, fair marks."""

import csv
import math
import re
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.answers import Answer, WrongAnswer, all_agree, by_service
from benchmarks.cfbudget_answers import (
    of_check,
    of_consolidate,
    of_consolidated_page,
    of_position,
)
from benchmarks.contender import Contender
from benchmarks.contest import Result, contest
from benchmarks.growth import exponent
from benchmarks.made.__main__ import FORMS
from benchmarks.made.plan import CHANGED_TO, MadePlan
from benchmarks.made.plan_files import headings, option_rows
from benchmarks.markdown import with_block
from benchmarks.marks import Mark, judge
from benchmarks.other_answers import of_beancount, of_csv, of_hledger, of_ledger
from benchmarks.process import Run
from benchmarks.works import WORKS

from tests.kit.processes import cfbudget
from tests.kit.support import ROOT

PLAN = MadePlan(options=90, years=3, services=4, seed=2)
POSTED = re.compile(r"^ +(\S.*?)  (-?\d+)(?:  ; \[(\d+)-04-01\]| GBP)?$", re.MULTILINE)


def made(form: str, folder: Path) -> Path:
    FORMS[form](PLAN, folder / form)
    return folder / form


@pytest.mark.parametrize("form", ["yaml", "csv", "parquet"])
def test_a_made_plan_is_valid_without_a_warning_and_comes_to_its_totals(
    form: str, tmp_path: Path
) -> None:
    folder = str(made(form, tmp_path))
    assert of_check(cfbudget("check", "--data", folder).stdout) == all_agree(PLAN)
    shown = cfbudget("totals", "position", "--data", folder).stdout
    assert of_position(shown) == by_service(PLAN.totals())
    option = PLAN.changed()
    change = f"{option.id}@2026-27={option.group.sign * CHANGED_TO}"
    tried = cfbudget("model", "--data", folder, "--set", change).stdout
    assert of_position(tried) == by_service(PLAN.totals_changed()) != by_service(PLAN.totals())


def test_parquet_has_the_rows_of_csv(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(made("parquet", tmp_path) / "policy_options.parquet")
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    assert table.column_names == list(headings(PLAN))
    assert [tuple("" if c is None else c for c in row) for row in rows] == list(option_rows(PLAN))
    assert table.schema.metadata[b"financial_years"] == b"2024-25,2025-26,2026-27"


def test_journals_and_bare_tables_come_to_the_same(tmp_path: Path) -> None:
    journal = POSTED.findall(made("options.journal", tmp_path).read_text("utf-8"))
    rows = "".join(f"{account}|{year}|{amount}\n" for account, amount, year in journal if year)
    assert of_ledger(rows) == by_service(PLAN.totals())
    assert sum(int(amount) for _, amount, _ in journal) == 0
    beans = POSTED.findall(made("options.beancount", tmp_path).read_text("utf-8"))
    rows = "account,sum\n" + "".join(f"{account},{amount}\n" for account, amount, _ in beans)
    assert of_beancount(rows) == by_service(PLAN.totals())
    with made("bare.csv", tmp_path).open(encoding="utf-8", newline="") as file:
        bare = list(csv.DictReader(file))
    amounts = [(row["service"], year, row[year]) for row in bare for year in PLAN.named_years]
    assert of_csv("".join(f"{','.join(one)}\n" for one in amounts)) == by_service(PLAN.totals())
    assert all(sum(int(row[y]) for y in PLAN.named_years) == int(row["stated"]) for row in bare)


def test_plans_are_consolidated_to_their_totals(tmp_path: Path) -> None:
    small, large = MadePlan(12, services=3), MadePlan(20, services=3, seed=1)
    for name, plan in (("small", small), ("large", large)):
        FORMS["csv"](plan, tmp_path / name)
    expected = Counter[str]()
    for name, plan in (("small", small), ("large", large)):
        for (_, year), amount in plan.totals().items():
            expected[f"{name} {year}"] += amount
            expected[f"total {year}"] += amount
    by_plan = cfbudget("consolidate", str(tmp_path), "--by", "plan", "-f", "csv").stdout
    assert of_consolidate(by_plan) == expected
    together = {key: amount for key, amount in expected.items() if key.startswith("total ")}
    assert of_consolidated_page(cfbudget("consolidate", str(tmp_path)).stdout) == together


def test_what_hledger_prints_is_read() -> None:
    printed = '"account","2024","2025"\n"care:saving","-2","3"\n"stated","2","-3"\n"total","0","0"'
    expected = {"care 2024-25": -2, "care 2025-26": 3, "total 2024-25": -2, "total 2025-26": 3}
    assert of_hledger(printed) == expected


def said(name: str, printed: str, expected: Answer, missing: str = "") -> Contender:
    return Contender(name, ("echo", printed), expected, of_csv, missing=missing)


def test_a_wrong_answer_ends_the_contest_and_is_named() -> None:
    expected = Counter({"care 2024-25": 5, "total 2024-25": 5})
    right = said("right", "Care,2024-25,5", expected)
    assert len(contest([right], 2)["right"].runs) == 2
    with pytest.raises(WrongAnswer, match=r"^wrong answers otherwise in 2 of 2: care 2024-25: 6, "):
        contest([right, said("wrong", "Care,2024-25,6", expected)], 1)


def test_who_does_not_do_the_work_says_why_and_has_no_time() -> None:
    refusing = Contender("no", ("sh", "-c", "echo 'a/b.yaml:1:1: error CF1' >&2; exit 2"))
    found = contest([refusing, said("gone", "", {}, missing="it is missing")], 2)
    assert [one.refused for one in found.values()] == [
        "exit status 2: b.yaml:1:1: error CF1",
        "it is missing",
    ]
    assert [one.runs for one in found.values()] == [[], []]


def test_marks_are_judged_by_the_medians_of_the_rounds() -> None:
    def measured(name: str, *cpu: float, megabytes: float = 10) -> Result:
        runs = [Run(0, one, one, megabytes, "", "") for one in cpu]
        return Result(Contender(name, ()), runs)

    base, slow = measured("base", 1, 1, 4), measured("slow", 2, 2, 4, megabytes=31)
    refused = Result(Contender("refused", ()), refused="exit status 2")
    gone = Result(Contender("gone", (), missing="gone"), refused="gone")
    results = {one.contender.name: one for one in (base, slow, refused, gone)}
    cases = {
        Mark("cpu", 2.0, "base"): True,
        Mark("cpu", 1.99, "base"): False,
        Mark("cpu", 2.0): True,
        Mark("cpu", 1.9): False,
        Mark("megabytes", 30): False,
        Mark("megabytes", 3.1, "base"): True,
        Mark("cpu", 1.0, "gone"): None,
    }
    assert {mark: judge(mark, slow, results).reached for mark in cases} == cases
    assert judge(Mark("cpu", 9), refused, results).reached is False
    assert judge(Mark("cpu", 9), gone, results).reached is None
    assert judge(Mark("cpu", 1.99, "base"), slow, results).words == "≤ 1.99 of base: 2.00"


def test_growth_is_the_power_of_the_size() -> None:
    sizes = (10, 100, 1_000)
    power = exponent(sizes, [3.0 * size**1.5 for size in sizes])
    assert power is not None
    assert math.isclose(power, 1.5)
    assert exponent((10,), (1.0,)) is None


def test_the_page_of_performance_has_a_place_for_every_table() -> None:
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    for name in (*WORKS, "machine"):
        assert f"<!-- begin {name} -->\n" in page, name
        assert f"<!-- end {name} -->\n" in page, name


def test_a_page_keeps_what_stands_around_its_tables() -> None:
    page = with_block(with_block("# Head\n", "one", "| 1 |\n"), "two", "| 2 |\n")
    again = with_block(page, "one", "| 3 |\n")
    assert again == page.replace("| 1 |", "| 3 |")
    assert with_block(again, "one", "| 3 |\n") == again
