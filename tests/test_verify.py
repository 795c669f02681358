"""The command `cfbudget verify`: files, formats and how it ends."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings

from cfbudget.read.spreadsheet import SheetCell, Spreadsheet
from tests.kit.altered import case_of, input_at
from tests.kit.plans_awkward import AWKWARD, Printed, printed_plans
from tests.kit.returned import (
    Ended,
    book_of,
    came_back,
    cfbudget,
    plan_in,
    recalculated,
    stored,
    typed,
    with_cells,
)
from tests.kit.support import CAPITAL, REVENUE, SHIPPED, small_texts

# -- as it was exported ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exported") / "plan.xlsx"
    assert cfbudget("export", path, "--data", SHIPPED).status == 0
    return path


def test_the_workbook_of_the_shipped_plan_is_the_plan(exported: Path) -> None:
    status, stdout, stderr = cfbudget("verify", exported, "--data", SHIPPED)
    assert (status, stderr) == (0, "")
    assert " error " not in stdout
    assert " notice " not in stdout
    assert "Compared: 166 inputs, 79 stated figures, 1,317 formulas, 1,317 results" in stdout
    assert stdout.endswith("\nThe workbook is the plan: Children & Families.\n")


def test_saved_without_its_results_it_still_is_the_plan(exported: Path, tmp_path: Path) -> None:
    path = tmp_path / "saved.xlsx"
    openpyxl.load_workbook(exported).save(path)
    status, stdout, _ = cfbudget("verify", path, "--data", SHIPPED)
    assert status == 0
    assert "notice CF614 " in stdout
    assert " error " not in stdout
    assert " 0 results " in stdout


def test_a_scenario_that_is_not_named_is_one_notice(tmp_path: Path) -> None:
    """Its own figures on Charts are none of the plan's, and nothing that somebody added."""
    path, scenario = tmp_path / "trial.xlsx", tmp_path / "less.yaml"
    to = "personal-travel-budgets, to: {2024-25: -400}"
    scenario.write_text(f"name: Less\nchanges:\n  - {{set: {to}}}\n")
    assert cfbudget("export", path, "--scenario", scenario, "--data", SHIPPED).status == 0
    status, stdout, _ = cfbudget("verify", path, "--data", SHIPPED)
    assert status == 0
    assert stdout.count(" notice ") == 1
    assert "CF619" in stdout
    assert "Not compared" not in stdout
    named = cfbudget("verify", path, "--scenario", scenario, "--data", SHIPPED)
    assert named.status == 0
    assert " notice " not in named.stdout


def test_who_prepared_it_and_when_is_free(exported: Path, tmp_path: Path) -> None:
    found = came_back(exported)
    for (row, column), cell in found.sheets["About"].items():
        if cell.value in ("Prepared by", "Reviewed by", "Date", "cfbudget"):
            found = typed(found, "About", (row, column + 1), "J. Smith, 3 March")
    stored(found, tmp_path / "signed.xlsx")
    assert cfbudget("verify", tmp_path / "signed.xlsx", "--data", SHIPPED).status == 0


@pytest.mark.parametrize("name", AWKWARD)
def test_every_awkward_plan_is_found_to_be_itself(name: str, tmp_path: Path) -> None:
    case = case_of(AWKWARD[name], tmp_path)
    assert case.held(case.found).findings == ()


@settings(max_examples=25, deadline=None)
@given(plan=printed_plans())
def test_every_plan_is_found_to_be_itself(
    plan: Printed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = case_of(plan.texts, tmp_path_factory.mktemp("drawn"))
    assert case.held(case.found).findings == ()


# -- what is no workbook, or none of the plan -------------------------------------------------


def verified(path: Path, plan: Path, *words: str) -> Ended:
    return cfbudget("verify", path, "--data", plan, *words)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small plan, with its workbook beside it."""
    folder = plan_in(tmp_path / "plan", small_texts())
    assert cfbudget("export", tmp_path / "sent.xlsx", "--data", folder).status == 0
    return folder


def returned(plan: Path, edit: Callable[[Spreadsheet], Spreadsheet]) -> Path:
    """The workbook beside a plan, edited."""
    found = came_back(plan.parent / "sent.xlsx")
    return stored(edit(found), plan.parent / "returned.xlsx")


def as_nothing(path: Path) -> None:
    path.unlink()


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def cut_short(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


NO_WORKBOOK: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (as_nothing, "the file does not exist"),
    "a text": (lambda path: path.write_text("Service,Net\n"), "it is a text file"),
    "empty": (lambda path: path.write_bytes(b""), ""),
    "cut short": (cut_short, ""),
    "old": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "(.xls)"),
    "a folder": (as_folder, ""),
    "an empty archive": (lambda path: zipfile.ZipFile(path, "w").close(), ""),
}


@pytest.mark.parametrize("made", NO_WORKBOOK)
def test_what_is_no_workbook(plan: Path, made: str) -> None:
    path = plan.parent / "sent.xlsx"
    make, reason = NO_WORKBOOK[made]
    make(path)
    status, stdout, stderr = verified(path, plan)
    assert (status, stdout) == (2, "")
    assert stderr.startswith(f"{path}: error CF601 ")
    assert reason in stderr
    assert "   hint: " in stderr


def test_a_workbook_that_is_no_plan(plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    other = openpyxl.Workbook()
    assert other.active is not None
    other.active.append(["Id", "Net", "Source"])
    other.save(path)
    status, stdout, stderr = verified(path, plan)
    assert (status, stdout) == (2, "")
    assert stderr.startswith(f"{path}: error CF602 ")


def test_the_workbook_of_another_plan(plan: Path) -> None:
    status, stdout, stderr = verified(plan.parent / "sent.xlsx", SHIPPED)
    assert (status, stderr) == (1, "")
    assert " error CF616 " in stdout
    assert "The workbook is the plan" not in stdout


def test_the_plan_changed_since_the_workbook_was_written(plan: Path) -> None:
    text = REVENUE.replace(
        "gross: 200, income: -150, stated: {net: 50}", "gross: 210, income: -150"
    )
    (plan / "revenue_2024_25.yaml").write_text(text, encoding="utf-8")
    status, stdout, _ = verified(plan.parent / "sent.xlsx", plan)
    assert status == 1
    assert "error CF603 " in stdout
    assert "expected 210, found 200; revenue_2024_25.yaml:8" in stdout
    assert stdout.count("notice CF613 ") == 1


def test_the_plan_changed_in_its_words_alone(plan: Path) -> None:
    file = plan / "capital_programme.yaml"
    file.write_text(f"{CAPITAL}# looked through\n", encoding="utf-8")
    status, stdout, _ = verified(plan.parent / "sent.xlsx", plan)
    assert status == 0
    assert stdout.count("notice CF613 ") == 1
    assert " error " not in stdout


def doubled(found: Spreadsheet) -> Spreadsheet:
    """Another amount, and all that follows from it."""
    book = book_of(small_texts())
    at = input_at(book, "options", "demand", "change", "2025-26")
    changed = typed(found, at.sheet, (at.row, at.column), Decimal(60))
    return recalculated(book, changed, {at: Decimal(60)})


def test_data_has_a_record_for_each_finding_and_effect(plan: Path) -> None:
    path = returned(plan, doubled)
    status, stdout, stderr = verified(path, plan, "-f", "json")
    assert (status, stderr) == (1, "")
    found = json.loads(stdout)
    at = input_at(book_of(small_texts()), "options", "demand", "change", "2025-26")
    (record,) = found["findings"]
    assert list(record) == FIELDS
    assert {**record, "message": ""} == {
        "file": str(path),
        "sheet": "Options",
        "cell": at.text("Options"),
        "severity": "error",
        "rule": "CF603",
        "message": "",
        "expected": "30",
        "found": "60",
        "source": "policy_options.yaml:12",
    }
    assert record["message"].startswith("an input is not the plan's: Demand: ")
    assert found["summary"]["is_the_plan"] is False
    assert found["summary"]["differences"] == 1
    assert found["summary"]["inputs"] == 14
    effect = found["effects"][-1]
    assert effect == {
        "table": "position",
        "row": "total",
        "label": "Total Small Council",
        "measure": "net_budget",
        "year": "2025-26",
        "unit": "£000",
        "plan": "155",
        "workbook": "185",
        "difference": "30",
    }


FIELDS = ["file", "sheet", "cell", "severity", "rule", "message", "expected", "found", "source"]


def test_data_of_a_workbook_that_is_the_plan(plan: Path) -> None:
    status, stdout, stderr = verified(plan.parent / "sent.xlsx", plan, "-f", "json")
    found = json.loads(stdout)
    assert (status, stderr) == (0, "")
    assert (found["findings"], found["effects"]) == ([], [])
    assert found["summary"]["is_the_plan"] is True
    assert verified(plan.parent / "sent.xlsx", plan, "-f", "csv").stdout == ",".join(FIELDS) + "\n"


def test_a_notice_is_a_record_too(plan: Path) -> None:
    path = returned(plan, lambda found: found._replace(hidden=("Charts",)))
    status, stdout, _ = verified(path, plan, "-f", "json")
    (record,) = json.loads(stdout)["findings"]
    assert (status, record["severity"], record["rule"]) == (0, "notice", "CF615")
    assert (record["cell"], record["expected"], record["found"]) == (None, None, None)


def test_csv_has_the_same_records(plan: Path) -> None:
    path = returned(plan, doubled)
    status, stdout, _ = verified(path, plan, "-f", "csv")
    assert status == 1
    (record,) = csv.DictReader(io.StringIO(stdout))
    assert list(record) == FIELDS
    assert (record["rule"], record["expected"], record["found"]) == ("CF603", "30", "60")


def test_what_a_cell_holds_does_nothing_in_csv(plan: Path) -> None:
    at = input_at(book_of(small_texts()), "options", "demand", "change", "2025-26")
    cell = {(at.row, at.column): SheetCell("=HYPERLINK(B1)", Decimal(30))}
    path = returned(plan, lambda found: with_cells(found, at.sheet, cell))
    (record,) = csv.DictReader(io.StringIO(verified(path, plan, "-f", "csv").stdout))
    assert (record["expected"], record["found"]) == ("30", "'=HYPERLINK(B1)")


def test_a_page_of_markdown_and_one_in_a_file(plan: Path) -> None:
    path = returned(plan, doubled)
    status, stdout, _ = verified(path, plan, "-f", "md")
    assert status == 1
    assert stdout.startswith("## Small Council: ")
    assert "\n- Options!" in stdout
    assert "| Total Small Council: net budget 2025-26" in stdout.replace("**", "")
    for name in ("found.md", "found.json", "found.csv", "found.txt"):
        kind = name.removeprefix("found.").replace("txt", "table")
        target = plan.parent / name
        done = verified(path, plan, "-o", str(target))
        assert (done.status, done.stdout) == (1, "")
        assert target.read_text(encoding="utf-8") == verified(path, plan, "-f", kind).stdout


def test_the_workbook_itself_is_not_written_over(plan: Path) -> None:
    path = plan.parent / "sent.xlsx"
    before = path.read_bytes()
    done = verified(path, plan, "-f", "json", "-o", str(path))
    assert (done.status, done.stdout) == (2, "")
    assert path.read_bytes() == before
