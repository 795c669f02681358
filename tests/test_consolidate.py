"""Many plans in one tidy table: its records are the plans' own, and its totals too."""

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb
import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.loaded import load_folder
from cfbudget.many.addable import ADDABLE
from cfbudget.many.consolidated import BY_FIELDS, Consolidated, consolidated, kept_apart_by
from cfbudget.many.found_plans import found_plans
from cfbudget.many.heading_map import MapLine
from cfbudget.many.local_pool import outcomes
from cfbudget.many.plan_task import Kept, PlanTask
from cfbudget.many.plan_work import done
from cfbudget.money import UNITS
from cfbudget.problem import Place
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.plans_sketch import Sketch, walk
from tests.kit.plans_strategy import sketches
from tests.kit.support import CAPITAL, OPTIONS, REVENUE, ROOT, SHIPPED, small_texts
from tests.kit.warm_command import run_warm
from tests.test_many_plans import written
from tests.test_properties import quick


class Printed(NamedTuple):
    records: list[dict[str, str]]
    said: str
    status: int


def cfbudget(*words: str | Path, folder: Path) -> Printed:
    """What a command prints as CSV."""
    seen = run_warm([*map(str, words), "-f", "csv"], folder, {"NO_COLOR": "1"})
    return Printed(list(csv.DictReader(io.StringIO(seen.stdout))), seen.stderr, seen.returncode)


def region(folder: Path, plans: Mapping[str, Mapping[str, str]]) -> Path:
    for name, texts in plans.items():
        written(folder / name, texts)
    return folder


def towns(folder: Path) -> Path:
    """Three plans in several units, one of another body's services, one of the next year."""
    next_year = REVENUE.replace("2024-25", "2025-26").replace("gross: 100", "gross: 120")
    pounds = OPTIONS.replace("£000", "£").replace("kind: saving", "kind: pressure")
    return region(
        folder,
        {
            "northtown/2024-25": small_texts(),
            "northtown/2025-26": {"revenue_2025_26.yaml": next_year},
            "southtown": small_texts(options=pounds, capital=CAPITAL.replace("1.500", "2.500")),
        },
    )


@settings(max_examples=12, deadline=None)
@given(st.lists(sketches(), min_size=1, max_size=3))
def test_the_records_are_those_of_each_plan_with_its_name(drawn: Sequence[Sketch]) -> None:
    with TemporaryDirectory() as folder:
        plans = {f"plan-{number}": sketch.texts() for number, sketch in enumerate(drawn)}
        home = region(Path(folder), plans)
        together = cfbudget("consolidate", home, folder=home)
        each = [
            {"plan": name, **record}
            for name in plans
            for record in cfbudget("totals", "--data", home / name, folder=home).records
        ]
        assert together.records == each


@quick
@given(st.lists(sketches(), min_size=1, max_size=3), st.sets(st.sampled_from(BY_FIELDS)))
def test_totals_by_any_fields_are_the_plans_own_totals(
    drawn: Sequence[Sketch], by: set[str]
) -> None:
    with TemporaryDirectory() as folder:
        home = region(Path(folder), {f"plan-{n}": one.texts() for n, one in enumerate(drawn)})
        found = together(home, *sorted(by))
        own = Counter[Kept]()
        for one in found.plans:
            own.update(own_totals(home / one.plan))
        lines = Counter[Kept]()
        for kept, pence in found.sums.items():
            lines[kept.whole] += pence
        assert lines == own


def together(home: Path, *by: str) -> Consolidated:
    fields = kept_apart_by(by)
    tasks = [PlanTask(*place, by=fields) for place in found_plans([str(home)]).places]
    return consolidated(fields, map(done, tasks))


def own_totals(folder: Path) -> dict[Kept, int]:
    """The grand totals of a plan's own tables that may be added to others', in pence."""
    plan = load_folder(str(folder)).plan
    assert plan is not None
    return {
        Kept(table.name, record.measure, record.year): pence_of(record.amount, record.unit)
        for table in plan_tables(plan)
        for record in table.records()
        if record.row == "total"
        and record.role == "total"
        and record.measure in ADDABLE.get(table.name, ())
        and record.unit in UNITS
    }


def pence_of(amount: str, unit: str) -> int:
    pence = Decimal(amount) * UNITS[unit].pence
    assert pence == int(pence)
    return int(pence)


def test_each_pound_counts_once_by_every_field(tmp_path: Path) -> None:
    home = towns(tmp_path)
    for field in BY_FIELDS[:-1]:  # the last is that of a map
        found = cfbudget("consolidate", home, "--by", field, "--unit", "£", folder=home)
        assert found.status == 0
        for role in ("line", "total"):
            nets = [
                (r["year"], Decimal(r["amount"]))
                for r in found.records
                if (r["table"], r["role"], r["measure"]) == ("revenue", role, "net")
            ]
            totals = Counter[str]()
            for year, amount in nets:
                totals[year] += int(amount)
            assert totals == {"2024-25": 260_000, "2025-26": 150_000}, (field, role)


def test_a_total_says_how_many_plans_are_in_it(tmp_path: Path) -> None:
    home = towns(tmp_path)
    records = cfbudget("consolidate", home, "--by", "kind", folder=home).records
    changes = {
        (r["kind"], r["year"]): (r["amount"], r["plans"])
        for r in records
        if r["table"] == "options"
    }
    assert changes["saving", "2024-25"] == ("-10", "1")
    assert changes["pressure", "2024-25"] == ("-0.01", "1")
    assert changes["investment", "2025-26"] == ("30.03", "2")
    assert changes["", "2025-26"] == ("25.025", "2")


def test_what_may_be_one_body_twice_is_said(tmp_path: Path) -> None:
    home = towns(tmp_path)
    found = cfbudget("consolidate", home, "--by", "plan", folder=home)
    assert "northtown/2024-25, northtown/2025-26 and southtown call themselves" in found.said
    alone = cfbudget("consolidate", home / "northtown" / "2024-25", "--by", "plan", folder=home)
    assert alone.said == ""


def test_folders_by_year_above_those_of_bodies_and_a_plan_within_another_are_said(
    tmp_path: Path,
) -> None:
    plans = ("2024-25/north", "2025-26/north", "2025-26/south", "west", "west/draft")
    for number, plan in enumerate(plans):
        own_name = REVENUE.replace("name: Small", f"name: Small {number}")
        assert own_name != REVENUE
        written(tmp_path / plan, {"revenue_2024_25.yaml": own_name})
    said = cfbudget("consolidate", tmp_path, "--by", "plan", folder=tmp_path).said.splitlines()
    assert len(said) == 2
    assert "2024-25/north and 2025-26/north stand in folders that differ by the year" in said[0]
    assert "west and west/draft stand in and below west, and have figures" in said[1]


def test_the_bytes_are_the_same_whatever_the_number_of_processes(tmp_path: Path) -> None:
    names = [f"town-{number}" for number in range(9)]
    home = region(tmp_path / "region", dict.fromkeys(names, small_texts()))
    places = found_plans([str(home)]).places
    seen = []
    for processes in (1, 2):
        out = tmp_path / str(processes)
        tasks = [
            PlanTask(*place, str(out / f"{place.plan}{ending}"))
            for place in places
            for ending in (".parquet", ".csv", ".json")
        ]
        assert len(list(outcomes(tasks, done, processes))) == 27
        seen.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert seen[0] == seen[1]
    assert len(seen[0]) == 27


def test_duckdb_reads_the_partitions_and_comes_to_the_same_penny(tmp_path: Path) -> None:
    home, out = towns(tmp_path / "region"), tmp_path / "all.parquet"
    seen = run_warm(["consolidate", str(home), "-o", str(out)], tmp_path, {"NO_COLOR": "1"})
    assert (seen.returncode, seen.stderr) == (0, f"cfbudget: wrote {out}: {RECORDS}\n")
    sums = duckdb.execute(
        f"""
        select plan, measure, year, sum(amount * case unit when '£m' then 100000000
                                                 when '£000' then 100000 else 100 end)
        from read_parquet('{out}/*/*.parquet', hive_partitioning = true)
        where "table" = 'revenue' and role = 'line'
        group by all
        """
    ).fetchall()
    ours = together(home, "plan").sums
    assert {Kept("revenue", m, y, (plan,)): int(p) for plan, m, y, p in sums} == {
        kept: pence for kept, pence in ours.items() if kept.table == "revenue"
    }
    table = pyarrow.parquet.read_table(out)
    assert set(table.column("plan").to_pylist()) == {
        "northtown/2024-25",
        "northtown/2025-26",
        "southtown",
    }


RECORDS = "162 records of 3 of 3 plans"


def test_a_folder_of_other_things_is_not_replaced(tmp_path: Path) -> None:
    home, out = towns(tmp_path / "region"), tmp_path / "all.parquet"
    for _ in range(2):
        assert run_warm(["consolidate", str(home), "-o", str(out)], tmp_path, {}).returncode == 0
    partitions = sorted(path.name for path in out.iterdir())
    (out / "notes.txt").touch()
    refused = run_warm(["consolidate", str(home), "-o", str(out)], tmp_path, {})
    assert refused.returncode == 2
    assert "holds other files than partitions" in refused.stderr
    assert sorted(path.name for path in out.iterdir()) == ["notes.txt", *partitions]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.parquet", "region"]


@pytest.mark.parametrize("form", ["parquet", "csv", "json", "md"])
def test_the_good_plans_are_written_and_the_bad_one_is_named(tmp_path: Path, form: str) -> None:
    home = towns(tmp_path / "region")
    written(home / "badtown", small_texts(revenue=REVENUE.replace("gross: 100", "gross: much")))
    out = tmp_path / f"all.{form}"
    seen = run_warm(["consolidate", str(home), "-o", str(out)], tmp_path, {"NO_COLOR": "1"})
    assert seen.returncode == 2
    assert "badtown/revenue_2024_25.yaml:7:35: error CF112" in seen.stderr
    if form == "json":
        read = {record["plan"] for record in json.loads(out.read_text("utf-8"))}
        assert read == {"northtown/2024-25", "northtown/2025-26", "southtown"}
    if form == "md":
        assert "Not in any figure, as it cannot be read: badtown." in out.read_text("utf-8")


def test_each_table_says_its_own_signs_and_what_is_missing_in_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "ring-fenced", tmp_path / "good")
    for name in ("bad", "worse"):
        written(tmp_path / name, small_texts(revenue="gross: much\n"))
    page = run_warm(["consolidate", "."], tmp_path, {"NO_COLOR": "1"}).stdout
    assert "Funding together\n£000; funding is minus, as income, in brackets." in page
    assert "Reserves together\n£000; balances, contributions and draws are plus." in page
    assert "Not in any figure, as they cannot be read: bad and worse." in page
    assert "Each total is of the one plan." in page


def test_a_field_that_no_figure_has_is_said(tmp_path: Path) -> None:
    home = towns(tmp_path)
    words = ("consolidate", home / "southtown", "--by", "kind", "--by", "owner")
    *_, last = cfbudget(*words, folder=home).said.splitlines()
    assert last == "cfbudget: No figure has any owner: totals are not kept apart by it."
    assert "any kind" not in cfbudget(*words, folder=home).said


def test_where_no_plan_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for form in ("parquet", "csv", "xlsx"):
        out = tmp_path / f"all.{form}"
        seen = run_warm(["consolidate", "empty", "none", "-o", str(out)], tmp_path, {})
        assert (seen.returncode, seen.stdout) == (2, "")
        assert "no plan could be read" in seen.stderr
        assert not out.exists()


MAP = """\
plan,service,heading
*,care,Adult social care
northtown,care,Adults of the north
southtown,schools,Education services
*,parks,Parks
"""


def test_what_a_map_leaves_out_is_a_line_of_its_own_and_named(tmp_path: Path) -> None:
    home = towns(tmp_path / "region")
    (tmp_path / "map.csv").write_text(MAP, encoding="utf-8")
    found = cfbudget("consolidate", home, "--map", "map.csv", folder=tmp_path)
    nets = {
        (r["heading"], r["role"], r["year"]): (r["amount"], r["plans"])
        for r in found.records
        if (r["table"], r["measure"]) == ("revenue", "net")
    }
    assert nets == {
        ("Adult social care", "line", "2024-25"): ("80", "1"),
        ("Adults of the north", "line", "2024-25"): ("80", "1"),
        ("Education services", "line", "2024-25"): ("50", "1"),
        ("", "line", "2024-25"): ("50", "1"),
        ("", "total", "2024-25"): ("260", "2"),
        ("Adults of the north", "line", "2025-26"): ("100", "1"),
        ("", "line", "2025-26"): ("50", "1"),
        ("", "total", "2025-26"): ("150", "1"),
    }
    assert "Not mapped in northtown/2025-26: schools." in found.said
    assert "map.csv:5 (*, parks)" in found.said


def test_a_plan_that_no_line_of_the_map_is_of_has_its_services_listed(tmp_path: Path) -> None:
    home = towns(tmp_path / "region")
    written(home / "badtown", small_texts(revenue=REVENUE.replace("gross: 100", "gross: much")))
    text = "plan,service,heading\nnorthtown,care,Adults\nbadtown,care,Adults\n"
    (tmp_path / "map.csv").write_text(text, encoding="utf-8")
    found = cfbudget("consolidate", home, "--map", "map.csv", folder=tmp_path)
    assert "Not mapped in southtown: care and schools." in found.said
    assert "No plan that could be read has what the map names at map.csv:3" in found.said


@pytest.mark.parametrize("folder", ["S\u00fcd", "Su\u0308d"])
@pytest.mark.parametrize("typed", ["S\u00fcd", "Su\u0308d"])
def test_an_accent_in_a_map_is_that_of_the_folder(tmp_path: Path, folder: str, typed: str) -> None:
    written(tmp_path / "region" / folder, small_texts())
    (tmp_path / "map.csv").write_text(f"plan,service,heading\n{typed},care,Adults\n", "utf-8")
    found = cfbudget("consolidate", "region", "--map", "map.csv", folder=tmp_path)
    assert "Adults" in {record["heading"] for record in found.records}


@quick
@given(st.lists(sketches(), min_size=1, max_size=2), st.data())
def test_mapped_and_unmapped_come_to_the_plans_own_totals(
    drawn: Sequence[Sketch], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        home = region(Path(folder), {f"plan-{n}": one.texts() for n, one in enumerate(drawn)})
        services = [one.id for sketch in drawn for b in sketch.budgets for one in walk(b.services)]
        chosen = data.draw(st.sets(st.sampled_from(services))) if services else set[str]()
        lines = tuple(
            MapLine("*", service, data.draw(st.sampled_from("ABC")), Place("map.csv", number))
            for number, service in enumerate(sorted(chosen), start=2)
        )
        tasks = [
            PlanTask(*place, by=("heading",), mapping=lines)
            for place in found_plans([str(home)]).places
        ]
        found = consolidated(("heading",), map(done, tasks), lines)
        own, headed = Counter[Kept](), Counter[Kept]()
        for one in found.plans:
            own.update(own_totals(home / one.plan))
        for kept, pence in found.sums.items():
            headed[kept.whole] += pence
            assert kept.by[0] in ("", "A", "B", "C")
        assert headed == own


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("map.yaml", "services: []\nheading: ro\n", "map.yaml:2:1: error CF109"),
        ("map.yaml", "headings: ro\n", "map.yaml:1:1: error CF110"),
        ("map.yaml", "headings: own\nservices: []\n", "map.yaml:1:11: error CF114"),
        (
            "map.yaml",
            "headings: ro\nservices: [{plan: '*', service: care, heading: Education}]\n",
            "did you mean 'Education services'?",
        ),
        ("map.csv", "plan,service\n", "map.csv:1:1: error CF110"),
        ("map.csv", "plan,service,heading\n*,care,\n", "map.csv:2:1: error CF110"),
        ("map.csv", "plan,service,heading\n*,care,A\n*,care,B\n", "map.csv:3:1: error CF201"),
        ("map.csv", "plan,service,heading\n*,care,Not Mapped\n", "map.csv:2:1: error CF114"),
        ("map.csv", "plan,service,heading\nsouthtown,cares,A\n", "did you mean 'care'?"),
    ],
)
def test_a_map_that_cannot_be_right_is_refused(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    towns(tmp_path / "region")
    (tmp_path / name).write_text(text, encoding="utf-8")
    out = tmp_path / "all.parquet"
    words = ["consolidate", "region", "--map", name, "-o", str(out)]
    seen = run_warm(words, tmp_path, {"NO_COLOR": "1"})
    assert (seen.returncode, seen.stdout) == (2, "")
    assert said in seen.stderr
    assert not out.exists()


def test_the_queries_of_the_docs_come_to_what_they_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / "many-plans.md").read_text("utf-8")
    by_plan, by_kind = re.findall(r"^```sql\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(SHIPPED, tmp_path / "data")
    words = ["consolidate", "examples", "data", "-o", "all.parquet"]
    assert run_warm(words, tmp_path, {"NO_COLOR": "1"}).returncode == 0
    monkeypatch.chdir(tmp_path)
    for cells in duckdb.execute(by_plan).fetchall():
        assert re.search(r" +│ +".join(map(str, cells)), text), cells
    ours = cfbudget("consolidate", "examples", "data", "--by", "kind", folder=tmp_path).records
    assert {
        kind: (amount, str(plans)) for kind, amount, plans in duckdb.execute(by_kind).fetchall()
    } == {
        r["kind"]: (Decimal(r["amount"]), r["plans"])
        for r in ours
        if (r["table"], r["role"], r["year"]) == ("options", "line", "2024-25")
    }


def test_a_workbook_has_the_records_too_and_totals_that_follow(tmp_path: Path) -> None:
    home, out = towns(tmp_path / "region"), tmp_path / "all.xlsx"
    words = ["consolidate", str(home), "--by", "plan", "-o", str(out)]
    assert run_warm(words, tmp_path, {"NO_COLOR": "1"}).returncode == 0
    book = openpyxl.load_workbook(out)
    cells = [[cell.value for cell in row] for row in book["Records"].iter_rows()]
    (head,) = (at for at, row in enumerate(cells) if "measure" in row)
    names = [name for name in cells[head] if name]
    start = cells[head].index("plan")
    found = [
        dict(zip(map(str, names), row[start:], strict=False))
        for row in cells[head + 1 :]
        if row[start]
    ]
    ours = cfbudget("consolidate", home, folder=tmp_path).records
    assert len(found) == len(ours) == 162
    for theirs, own in zip(found, ours, strict=True):
        assert Decimal(str(theirs.pop("amount"))) == Decimal(own["amount"])
        assert theirs == {name: own[name] or None for name in theirs}
    formulas = [
        cell.value
        for row in book["Revenue"].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert len(formulas) >= 6
