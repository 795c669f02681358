"""Many plans: found, named, and each done by itself, whatever runs them."""

import os
import shutil
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

import pyarrow.parquet
import pytest

from cfbudget.loaded import load_folder
from cfbudget.many.check_page import many_checked_page
from cfbudget.many.found_plans import found_plans
from cfbudget.many.local_pool import outcomes
from cfbudget.many.plan_check import CheckTask, checked_briefly, checked_plan
from cfbudget.many.plan_task import PlanOutcome, PlanTask
from cfbudget.many.plan_work import done
from cfbudget.render.page_text import page_text
from cfbudget.reports.check.records import check_records
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.support import CAPITAL, REVENUE, SHIPPED, small_texts
from tests.kit.warm_command import run_warm


def written(folder: Path, texts: Mapping[str, str] | None = None) -> Path:
    """A plan's folder, with those around it."""
    folder.mkdir(parents=True)
    for name, text in (texts or small_texts()).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def names(*folders: Path) -> list[str]:
    return [place.plan for place in found_plans(map(str, folders)).places]


def test_plans_are_found_at_any_depth_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for below in ("southtown", "northtown/2025-26", "northtown/2024-25", "northtown/2024-25/old"):
        written(tmp_path / below)
    written(tmp_path / ".git" / "plan")
    (tmp_path / "maps").mkdir()
    found = ["northtown/2024-25", "northtown/2024-25/old", "northtown/2025-26", "southtown"]
    assert names(tmp_path) == found
    assert names(tmp_path / "northtown" / "2024-25") == ["2024-25"]


def test_plans_of_one_name_get_their_longer_path(tmp_path: Path) -> None:
    for below in ("adults/2024-25", "places/2024-25", "places/2025-26"):
        written(tmp_path / below)
    assert names(tmp_path / "adults", tmp_path / "places") == [
        "adults/2024-25",
        "places/2024-25",
        "2025-26",
    ]


def test_a_plan_that_is_found_twice_counts_once(tmp_path: Path) -> None:
    plan = written(tmp_path / "northtown" / "2024-25")
    (tmp_path / "northtown" / "a-link").symlink_to(plan)
    (tmp_path / "northtown" / "round").symlink_to(tmp_path)
    found = found_plans([str(tmp_path), str(plan)])
    assert [place.plan for place in found.places] == ["northtown/2024-25"]
    assert found.repeated == (str(plan),)


@pytest.mark.parametrize("name", ["none", "file", "empty", "x" * 300])
def test_what_holds_no_plan_is_left_to_reading(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty" / "folder").mkdir(parents=True)
    (place,) = found_plans([str(tmp_path / name)]).places
    outcome = done(PlanTask(place.plan, place.address))
    assert [problem.rule for problem in outcome.problems] == ["CF101"]


@pytest.mark.parametrize("processes", [1, 2])
def test_one_bad_plan_does_not_stop_the_others(tmp_path: Path, processes: int) -> None:
    region, out = tmp_path / "region", tmp_path / f"out-{processes}"
    for number in range(5):
        services = REVENUE.replace("gross: 200", f"gross: {200 + number}")
        written(region / f"town-{number}", small_texts(revenue=services))
    written(region / "town-2-bad", small_texts(capital=CAPITAL.replace("1.500", "much")))
    made = {one.plan: one for one in _done(region, out, processes)}
    assert list(made) == sorted(made)
    assert [plan for plan, one in made.items() if one.problems] == ["town-2-bad"]
    assert sorted(made["town-2-bad"].texts) == ["capital_programme.yaml"]
    assert not (out / "town-2-bad.parquet").exists()
    for plan, one in made.items():
        if not one.problems:
            _is_of_its_plan(one, region / plan, out / f"{plan}.parquet")


def _done(region: Path, out: Path, processes: int) -> Iterator[PlanOutcome]:
    places = found_plans([str(region)]).places
    tasks = [PlanTask(*place, str(out / f"{place.plan}.parquet")) for place in places]
    return outcomes(tasks, done, processes)


def _is_of_its_plan(one: PlanOutcome, folder: Path, partition: Path) -> None:
    """What was written are the plan's own records, and the sums its own totals."""
    plan = load_folder(str(folder)).plan
    assert plan is not None
    tables = plan_tables(plan)
    records = [record for table in tables for record in table.records()]
    read = pyarrow.parquet.read_table(partition).to_pylist()
    assert [(r["row"], r["measure"], r["source"]) for r in read] == [
        (r.row, r.measure, r.source) for r in records
    ]
    assert one.records == len(records)
    totals = {
        (row.table, row.measure, row.year): row.amount for row in records if row.role == "total"
    }
    assert one.sums
    for kept in one.sums:
        assert (kept.table, kept.measure, kept.year) in totals


def test_the_pool_keeps_the_order_of_the_tasks() -> None:
    assert list(outcomes(range(40), _slow_first, 2)) == list(range(40))


def _slow_first(number: int) -> int:
    if number == 0:
        for _ in zip(range(100_000), count(), strict=False):
            pass
    return number


def test_a_process_that_is_ended_is_an_error() -> None:
    from concurrent.futures.process import BrokenProcessPool

    with pytest.raises(BrokenProcessPool):
        list(outcomes(range(4), _ends, 2))


def _ends(number: int) -> int:
    os._exit(number)


def test_many_plans_are_checked_with_a_line_each_and_a_bad_one_does_not_stop_them(
    tmp_path: Path,
) -> None:
    for number in range(9):
        texts = small_texts(revenue=REVENUE.replace("net: 130", f"net: {130 + number // 8}"))
        written(tmp_path / "region" / f"town-{number}", texts)
    written(tmp_path / "region" / "badtown", small_texts(capital="schemes: much\n"))
    seen = run_warm(["check", "region"], tmp_path, {"NO_COLOR": "1"})
    assert seen.returncode == 2
    assert "region/badtown/capital_programme.yaml:1:1: error CF110" in seen.stderr
    assert "region/town-8/revenue_2024_25.yaml:" in seen.stderr
    lines = seen.stdout.splitlines()
    assert lines[-2:] == ["Of 10 plans 8 agree, 1 differs, 1 could not be read.", "0 warnings."]
    assert sum(line.startswith("region/town-") and line.endswith("agrees") for line in lines) == 8
    (tmp_path / "region" / "badtown" / "capital_programme.yaml").unlink()
    assert run_warm(["check", "region"], tmp_path, {"NO_COLOR": "1"}).returncode == 1


@pytest.mark.parametrize("lines", [False, True])
def test_many_plans_checked_in_two_processes_are_as_one_after_the_other(
    tmp_path: Path, lines: bool
) -> None:
    for number in range(4):
        written(tmp_path / f"town-{number}")
    shutil.copytree(SHIPPED, tmp_path / "shipped")
    addresses = [place.address for place in found_plans([str(tmp_path)]).places]
    tasks = [CheckTask(address, accepted=False, lines=lines) for address in addresses]
    whole = [checked_plan(task).checked for task in tasks]
    sent = [found.checked for found in outcomes(tasks, checked_briefly, 2)]
    pages = [
        page_text(many_checked_page(checked, every=lines), "utf-8") for checked in (whole, sent)
    ]
    assert pages[0] == pages[1]
    if lines:
        assert list(check_records(sent).rows) == list(check_records(whole).rows)


def test_a_folder_with_one_plan_below_it_is_that_plan(tmp_path: Path) -> None:
    written(tmp_path / "council" / "2024-25")
    seen = [
        run_warm(["check", folder], tmp_path, {"NO_COLOR": "1"})
        for folder in ("council", "council/2024-25")
    ]
    assert seen[0] == seen[1]
    assert seen[0].returncode == 0
