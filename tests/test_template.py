"""An empty workbook: what it asks for, what lights up, and that it is a plan once filled."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from cfbudget.loaded import load_folder, load_texts
from cfbudget.template.columns import empty_tables
from cfbudget.years import FinancialYear
from tests.kit.processes import cfbudget
from tests.kit.tables import csv_text

YEARS = [FinancialYear(2025), FinancialYear(2026)]
Typed = Mapping[str, Mapping[str, str | int]]
"""What is typed, by sheet and cell."""
SMALL: Typed = {
    "revenue_2025_26": {
        "B1": "Northtown",
        "B3": "£000",
        "B4": "none",
        "B8": "care",
        "C8": "Care",
        "B9": "home-care",
        "C9": "Home Care",
        "D9": "care",
        "E9": 1200,
        "F9": -300,
        "H9": 900,
        "B10": "schools",
        "C10": "Schools",
        "G10": 400,
        "A11": "total",
        "G11": 1300,
    },
    "policy_options": {
        "B1": "Northtown",
        "B2": "£000",
        "A8": "home-care",
        "C8": "reablement",
        "D8": "Reablement",
        "E8": "saving",
        "F8": "new",
        "G8": -20,
        "H8": "(30)",
        "I8": -50,
    },
}


def filled(path: Path, typed: Typed) -> Path:
    book = openpyxl.load_workbook(path)
    for sheet, cells in typed.items():
        for cell, value in cells.items():
            book[sheet][cell] = value
    book.save(path)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    done = cfbudget("template", "plan.xlsx", "--year", "2025-26", "--years", "2", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return tmp_path / "plan.xlsx"


def test_a_filled_workbook_is_a_plan(empty: Path) -> None:
    """What has no line is a table that the plan lacks; figures name the sheet and the row."""
    filled(empty, SMALL)
    loaded = load_folder(str(empty))
    plan = loaded.plan
    assert plan is not None, loaded.problems
    assert (plan.capital, plan.funding) == (None, None)
    assert plan.options is not None
    (option,) = plan.options.services[0].options
    assert [figure.pence for figure in option.changes.values()] == [-2_000_000, -3_000_000]
    (care, _) = plan.revenue[0].services
    assert care.services is not None
    assert care.services[0].id == "home-care"
    done = cfbudget("check", "--data", "plan.xlsx", folder=empty.parent)
    assert done.returncode == 0, done.stderr
    assert "3 stated figures compared: 3 agree." in done.stdout
    done = cfbudget("totals", "--data", "plan.xlsx", "-f", "csv", folder=empty.parent)
    assert "policy_options:8" in done.stdout


def test_a_problem_names_the_sheet_and_the_cell(empty: Path) -> None:
    filled(empty, SMALL)
    filled(empty, {"policy_options": {"A8": "home", "G8": "much"}})
    done = cfbudget("check", "--data", "plan.xlsx", folder=empty.parent)
    assert done.returncode == 2
    shown = "plan.xlsx/policy_options:8:7: error CF112 'much' is not an amount\n   G8 | much"
    assert shown in done.stderr


def test_an_empty_one_is_no_plan_yet(empty: Path) -> None:
    done = cfbudget("check", "--data", "plan.xlsx", folder=empty.parent)
    assert done.returncode == 2
    assert "CF101" in done.stderr
    assert "no sheet of the workbook is a table of a plan that has a line" in done.stderr


def test_another_sheet_is_said_not_to_be_read(empty: Path) -> None:
    filled(empty, SMALL)
    book = openpyxl.load_workbook(empty)
    book.create_sheet("Workings")["A1"] = 12
    book.save(empty)
    done = cfbudget("check", "--data", "plan.xlsx", folder=empty.parent)
    assert "plan.xlsx/Workings: notice CF120" in done.stderr
    assert "Notes" not in done.stderr


def test_a_plan_is_not_written_over(empty: Path) -> None:
    filled(empty, SMALL)
    done = cfbudget("export", "plan.xlsx", "--data", "plan.xlsx", "--force", folder=empty.parent)
    assert done.returncode == 2
    assert "is the plan itself" in done.stderr
    again = cfbudget("template", "plan.xlsx", "--year", "2025-26", folder=empty.parent)
    assert again.returncode == 2
    assert "give --force" in again.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan.csv", "--year", "2025-26"), "end 'plan.csv' in .xlsx"),
        (("plan.xlsx", "--year", "2025"), "Invalid value for '--year'"),
        (("no/plan.xlsx", "--year", "2025-26"), "there is no folder no"),
    ],
)
def test_bad_usage_writes_nothing(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = cfbudget("template", *words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert list(tmp_path.iterdir()) == []


def test_the_same_template_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        words = ("template", name, "--year", "2025-26", "--whole-council")
        assert cfbudget(*words, folder=tmp_path).returncode == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    sheets = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert sheets[:4] == ["Notes", "revenue_2025_26", "policy_options", "capital_programme"]
    assert sheets[4:] == ["funding", "reserves"]


def test_lists_notes_and_checks(empty: Path) -> None:
    sheet = openpyxl.load_workbook(empty)["policy_options"]
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists["E8:E307"].startswith('"saving,income-generation,investment,')
    assert lists["A8:A307"] == "revenue_2025_26!$B$8:$B$307"
    assert sheet["G7"].comment is not None
    areas = sheet.conditional_formatting
    checks = [rule.formula[0] for area in areas for rule in area.rules if rule.formula]
    assert 'AND($C8<>"",COUNTIF($C$8:$C$307,$C8)>1)' in checks


@pytest.mark.parametrize("whole_council", [False, True])
def test_every_heading_is_a_key_of_its_table(whole_council: bool) -> None:
    """A line that fills every column has values that may be wrong, and no key that is unknown."""
    for table in empty_tables(YEARS, whole_council=whole_council):
        head = [[one.key, *(one.values or ("x",))] for one in table.keys]
        lines = [one.heading for one in table.columns if one.heading not in ("row", "within")]
        if table.name == "policy_options":
            lines.remove("stated.total")  # of a total row, where a line has stated
        rows = [*head, [], lines, ["x"] * len(lines)]
        found = load_texts({f"{table.name}.csv": csv_text(rows)}).problems
        assert found
        assert [p.message for p in found if p.rule in ("CF109", "CF108", "CF111")] == []
