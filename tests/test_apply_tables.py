"""A scenario written into a plan kept as CSV: only the cells concerned, and rows of new lines."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from cfbudget.calculate.position import position_amounts
from cfbudget.cli.app import command_line
from cfbudget.edited.edited_plan import NotEdited, edited_plan
from cfbudget.edited.not_in_files import not_in_files
from cfbudget.loaded import load_texts
from cfbudget.nodes import MappingNode
from cfbudget.read.written_table import written_rows
from cfbudget.scenario.changes.applied import Applied
from cfbudget.scenario.changes.operators import Add
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.scenarios import scenarios, tried
from tests.kit.tables import csv_text, store_sheet, table_rows
from tests.test_apply_properties import levels


def as_csv(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        file.replace(".yaml", ".csv"): csv_text(table_rows(text, file))
        for file, text in texts.items()
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sketches(), st.data())
def test_the_edited_tables_are_the_plan_that_the_scenario_makes(
    sketch: Sketch, data: st.DataObject
) -> None:
    texts = as_csv(sketch.texts())
    loaded = load_texts(texts)
    plan = loaded.plan
    assert plan is not None, loaded.problems
    trial = tried(plan, data.draw(scenarios(sketch, least=1)), allow_conflicts=True)
    assert isinstance(trial, Applied)
    assume(not not_in_files(trial))
    given_ = {
        change.operation.option.id: node
        for change in trial.changes
        if isinstance(change.operation, Add) and isinstance(node := change.node["add"], MappingNode)
    }
    edited = edited_plan(loaded, plan, trial.plan, given_)
    if isinstance(edited, NotEdited):
        assert {problem.rule for problem in edited.problems} <= {"CF211", "CF215"}
        assert edited.problems, edited.refusal
        return
    again = load_texts(edited.loaded.texts).plan
    assert again is not None
    was, now = (levels(position_amounts(one).amounts) for one in (trial.plan, again))
    assert was == now
    for file, edits in edited.edits.items():
        left = [edit for edit in edits if edit.start < edit.end]
        kept = [row for row in texts[file].splitlines() if row in edited.loaded.texts[file]]
        assert len(texts[file].splitlines()) - len(kept) <= len(edits), left


@given(st.lists(st.lists(st.text('ab,"\r\n', max_size=4), min_size=1, max_size=4), max_size=4))
def test_a_written_table_has_the_cells_that_a_reader_finds(rows: list[list[str]]) -> None:
    text = csv_text(rows)
    assert text == "".join(csv_text([row]) for row in rows)
    found = written_rows(text)
    assert [[cell.text for cell in row] for row in found] == list(
        csv.reader(io.StringIO(text, newline=""))
    )
    for row in found:
        for cell in row:
            span = text[cell.start : cell.end]
            assert next(csv.reader(io.StringIO(span, newline="")), [""])[:1] == [cell.text]


OPTIONS = """\
name,Northtown
unit,£000
basis,change
financial_years,2024-25,2025-26

# what the officers say,,,,,,
service,id,name,kind,status,2024-25,2025-26
home-care,reablement,"Reablement, more",saving,new,"(1,020)",-30
home-care,fees,Fees,saving,new,,"(1,110)"
schools,meals,Meals,pressure,new,15,
"""
OPTIONS = OPTIONS.replace("# what the officers say,,,,,,\n", "")
REVENUE = """\
name,Northtown
financial_year,2024-25
unit,£000
contains_options_of,none

id,name,net
home-care,Home Care,4000
schools,Schools,9000
"""
SCENARIO = """\
name: Less
changes:
  - {set: reablement, to: {2024-25: -1200, 2025-26: -40}}
  - {set: meals, to: {2025-26: 20}}
  - add: {id: new-fees, name: "Fees, again", service: home-care, kind: saving, status: new,
          changes: {2025-26: -12}, owner: Director}
"""


def ran(*words: str) -> Result:
    done = CliRunner().invoke(command_line(words[0]), list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "policy_options.csv").write_bytes(b"\xef\xbb\xbf" + OPTIONS.encode())
    (folder / "revenue_2024_25.csv").write_text(REVENUE, "utf-8")
    (tmp_path / "less.yaml").write_text(SCENARIO, "utf-8")
    return folder


def test_only_the_cells_concerned_are_others(plan: Path) -> None:
    done = ran("apply", str(plan.parent / "less.yaml"), "--data", str(plan), "--yes")
    assert done.exit_code == 0, done.stderr
    written = (plan / "policy_options.csv").read_bytes()
    assert written == b"\xef\xbb\xbf" + (
        OPTIONS.replace('"(1,020)",-30', '"(1,200)",-40')
        .replace("15,\n", "15,20\n")
        .replace("2024-25,2025-26\nhome", "2024-25,2025-26,owner\nhome")
        .replace(
            '"(1,110)"\n',
            '"(1,110)"\nhome-care,new-fees,"Fees, again",saving,new,,(12),Director\n',
        )
        .encode()
    )
    assert (plan / "revenue_2024_25.csv").read_text("utf-8") == REVENUE


def test_a_sheet_is_refused_with_what_to_type(plan: Path) -> None:
    store_sheet(list(csv.reader(io.StringIO(OPTIONS))), plan / "policy_options.xlsx")
    (plan / "policy_options.csv").unlink()
    before = (plan / "policy_options.xlsx").read_bytes()
    done = ran("apply", str(plan.parent / "less.yaml"), "--data", str(plan), "--yes")
    assert done.exit_code == 2
    assert "no workbook is edited in its places" in done.stderr
    assert "type into it: F7 (1,200); G7 -40; G9 20; the new options as rows" in " ".join(
        done.stderr.split()
    )
    assert (plan / "policy_options.xlsx").read_bytes() == before
