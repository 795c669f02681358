"""A plan whose files are tables, CSV or sheets: the same plan, the same rules, problems by cell."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from pydantic import BaseModel

from cfbudget.loaded import Loaded, load_folder, load_texts
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.processes import cfbudget
from tests.kit.support import REVENUE, ROOT, SHIPPED, small_texts
from tests.kit.tables import csv_text, store_sheet, table_rows

EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())


def said(value: object) -> object:
    """All that a plan says, without where it says it."""
    if isinstance(value, Plan):
        return [said(file) for file in value.files]
    if isinstance(value, BaseModel):
        return {
            name: said(getattr(value, name)) for name in type(value).model_fields if name != "place"
        }
    if isinstance(value, Mapping):
        return {key: said(one) for key, one in value.items()}
    if isinstance(value, Place):
        return None
    if isinstance(value, tuple):
        return tuple(said(one) for one in value)
    return value


def plan_in(loaded: Loaded) -> Plan:
    assert loaded.plan is not None, loaded.problems
    return loaded.plan


def as_csv(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        file.replace(".yaml", ".csv"): csv_text(table_rows(text, file))
        for file, text in texts.items()
    }


def filled(texts: Mapping[str, str], folder: Path) -> Path:
    """The same plan in a folder, with sheets."""
    for file, text in texts.items():
        store_sheet(table_rows(text, file), folder / file.replace(".yaml", ".xlsx"))
    return folder


@settings(max_examples=150, deadline=None)
@given(sketches())
def test_a_plan_of_csv_files_is_the_plan_of_its_yaml(sketch: Sketch) -> None:
    texts = sketch.texts()
    assert said(plan_in(load_texts(as_csv(texts)))) == said(plan_in(load_texts(texts)))


@pytest.mark.parametrize("folder", [SHIPPED, *EXAMPLES], ids=lambda folder: folder.name)
def test_the_shipped_plan_and_the_examples_in_every_form(folder: Path, tmp_path: Path) -> None:
    texts = load_folder(str(folder)).texts
    expected = said(plan_in(load_texts(texts)))
    assert said(plan_in(load_texts(as_csv(texts)))) == expected
    assert said(plan_in(load_folder(str(filled(texts, tmp_path))))) == expected


def test_forms_may_stand_side_by_side_and_one_table_in_one_only(tmp_path: Path) -> None:
    texts = small_texts()
    made = as_csv(texts)
    mixed = {**texts, "policy_options.csv": made["policy_options.csv"]}
    for file, text in mixed.items():
        (tmp_path / file).write_text(text, encoding="utf-8", newline="")
    (problem,) = load_folder(str(tmp_path)).problems
    assert (problem.rule, problem.place.file) == ("CF119", "policy_options.yaml")
    (tmp_path / "policy_options.yaml").unlink()
    assert said(plan_in(load_folder(str(tmp_path)))) == said(plan_in(load_texts(texts)))


# -- what is wrong with a table -------------------------------------------------------------

HEAD = """\
name,Small Council
unit,£m
financial_years,2024-25,2025-26

"""
GOOD = "id,name,2024-25,2025-26,stated.total\nroof,Roof,1.5,0.25,1.75\n"


def problems_of(text: str, file: str = "capital_programme.csv") -> list[tuple[str, int, int, str]]:
    found = load_texts({file: text}).problems
    return [(p.rule, p.place.line, p.place.column, p.message) for p in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + GOOD, []),
        (HEAD + GOOD.replace("1.5,", "1.5x,"), [("CF112", 6, 3, "'1.5x' is not an amount")]),
        (
            HEAD + GOOD.replace("2025-26", "2029-30"),
            [("CF204", 5, 4, "2029-30 is outside the plan")],
        ),
        (
            HEAD + GOOD.replace("name", "nam"),
            [
                ("CF109", 5, 2, "unknown key 'nam'"),
            ],
        ),
        (
            HEAD + GOOD.replace("roof,", "roof,").replace("2025-26", "2024-25"),
            [
                ("CF107", 5, 4, "'2024-25' stands twice: first in column 3"),
                ("CF111", 6, 4, "'0.25' stands under no heading"),
            ],
        ),
        (HEAD + GOOD.replace("stated.total", "stated.total,stated"), []),
        (
            HEAD + GOOD.replace("stated.total", "stated,stated.total").replace(",1.75", ",1.75,2"),
            [
                ("CF111", 6, 6, "'stated' has a value of its own besides"),
            ],
        ),
        (
            HEAD + "row,id,name\nsum,roof,Roof\n",
            [
                ("CF114", 6, 1, "'sum' is none of the rows that may stand here"),
            ],
        ),
        (
            "name,A,B\n" + HEAD + GOOD,
            [
                ("CF111", 1, 3, "a second value of 'name'"),
            ],
        ),
        (",A\n" + HEAD + GOOD, [("CF111", 1, 1, "a value without its key")]),
        (HEAD, [("CF111", 1, 1, "no line stands below a blank row")]),
        ('name,"A', [("CF111", 0, 0, "not CSV: unexpected end of data")]),
        ("name,\x07\n", [("CF117", 0, 0, "control character U+0007 in the file")]),
        ("\n\n", [("CF111", 0, 0, "the file is empty")]),
        (
            HEAD + GOOD.replace("Roof", "R" * 20_001),
            [
                ("CF105", 6, 2, "a text of 20,001 characters"),
            ],
        ),
    ],
)
def test_each_problem_has_its_row_and_column(
    text: str, expected: list[tuple[str, int, int, str]]
) -> None:
    assert sorted(problems_of(text)) == sorted(expected)


def test_services_stand_within_those_above() -> None:
    keys = "name,A\nunit,£m\nfinancial_year,2024-25\ncontains_options_of,none\n\n"
    head = f"{keys}id,name,within,net\n"
    good = head + "adults,Adults,,\nhome,Home Care,adults,12\n"
    assert problems_of(good, "revenue_2024_25.csv") == []
    (found,) = problems_of(good.replace("adults,12", "adult,12"), "revenue_2024_25.csv")[:1]
    assert found[:2] == ("CF203", 8) or found[0] == "CF209"
    deep = head + "".join(
        f"s{at},S,{f's{at - 1}' if at else ''},{1 if at == 120 else ''}\n" for at in range(121)
    )
    assert "CF105" in {rule for rule, *_ in problems_of(deep, "revenue_2024_25.csv")}


def test_a_text_that_a_spreadsheet_would_take_for_a_formula() -> None:
    plan = plan_in(load_texts({"capital_programme.csv": HEAD + GOOD.replace("Roof", "'=Roof")}))
    assert plan.capital is not None
    assert plan.capital.schemes[0].name == "=Roof"


# -- sheets ---------------------------------------------------------------------------------


def test_a_number_is_what_the_sheet_shows(tmp_path: Path) -> None:
    """A share as a share, a double without its error, a text as it is."""
    book = xlsxwriter.Workbook(tmp_path / "reserves.xlsx")
    sheet = book.add_worksheet()
    share, money = (book.add_format({"num_format": one}) for one in ("0.0%", "#,##0.00;(#,##0.00)"))
    for at, row in enumerate(
        (
            ("name", "A"),
            ("unit", "£m"),
            ("financial_years", "2024-25"),
            (),
            ("id", "name", "opening", "draws.2024-25", "floor"),
        )
    ):
        sheet.write_row(at, 0, row)
    sheet.write_row(5, 0, ("general", "General"))
    sheet.write_formula(5, 2, "=1.1+2.2", money, 3.3000000000000003)
    sheet.write_number(5, 3, 1)
    sheet.write_number(5, 4, 0.05, share)
    book.close()
    loaded = load_folder(str(tmp_path))
    assert loaded.texts["reserves.xlsx"].splitlines()[-1] == "general,General,3.30,1,5%"
    reserves = plan_in(loaded).reserves
    assert reserves is not None
    (reserve,) = reserves.reserves
    assert reserve.opening.pence == 330_000_000
    assert reserve.floor is not None
    assert reserve.floor.share is not None


def test_which_sheet_is_the_table(tmp_path: Path) -> None:
    rows = table_rows(REVENUE, "revenue_2024_25.yaml")

    def stored(*names: str, hidden: str = "") -> list[str]:
        book = xlsxwriter.Workbook(tmp_path / "revenue_2024_25.xlsx")
        for name in names:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            if name == hidden:
                sheet.hide()
        book.close()
        return [problem.message for problem in load_folder(str(tmp_path)).problems]

    assert stored("A") == []
    assert stored("A", "B") == ["2 sheets hold something: which is the table?"]
    assert stored("A", "revenue_2024_25") == []
    assert stored("A", "B", hidden="B") == []
    (tmp_path / "revenue_2024_25.xlsx").write_bytes(b"none")
    (problem,) = load_folder(str(tmp_path)).problems
    assert (problem.rule, problem.place) == ("CF102", Place("revenue_2024_25.xlsx"))


# -- the commands ---------------------------------------------------------------------------


def test_the_commands_take_it(tmp_path: Path) -> None:
    """Figures name their row, the workbook is that of the same plan, apply says what it edits."""
    texts = small_texts()
    plan = tmp_path / "plan"
    plan.mkdir()
    for file, text in as_csv(texts).items():
        (plan / file).write_text(text, encoding="utf-8", newline="")
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    filled(texts, sheets)
    for folder, form in (("plan", "csv"), ("sheets", "xlsx")):
        done = cfbudget("totals", "options", "--data", folder, "-f", "csv", folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert f"policy_options.{form}:8" in done.stdout
        book = f"{folder}.xlsx"
        for words in (
            ("export", book, "--data", folder),
            ("verify", book, "--data", folder),
            ("compare", folder, book),
        ):
            assert cfbudget(*words, folder=tmp_path).returncode == 0, words
        (tmp_path / "a.yaml").write_text("name: A\nchanges:\n  - {set: fees, to: {2025-26: -8}}\n")
        done = cfbudget("apply", "a.yaml", "--data", folder, folder=tmp_path)
        if form == "csv":  # shown, and not written, as nobody said so
            assert done.returncode == 1
            assert "-8" in done.stdout
        else:
            assert (done.returncode, done.stdout) == (2, "")
            assert "policy_options.xlsx is a sheet, and no workbook is edited" in done.stderr
