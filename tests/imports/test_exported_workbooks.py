"""An exported workbook imported without --as: the files that it holds are written."""

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from typer.testing import CliRunner, Result

from cfbudget.cli.app import command_line
from cfbudget.imports.typed_tables import typed_tables
from cfbudget.loaded import load_folder, load_texts
from tests.kit.imported import figures
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.support import SHIPPED
from tests.kit.tables import csv_text, table_rows
from tests.test_template import SMALL, filled


def ran(*words: str) -> Result:
    done = CliRunner().invoke(command_line(words[0]), list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = tmp_path_factory.mktemp("exported") / "plan.xlsx"
    assert ran("export", str(book), "--data", str(SHIPPED)).exit_code == 0
    return book


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_an_exported_workbook_gives_back_its_files_to_the_byte(
    exported: Path, tmp_path: Path
) -> None:
    done = ran("import", str(exported), "--into", str(tmp_path / "plan"))
    assert done.exit_code == 0
    assert "  policy_options.yaml: 253 lines\n" in done.stdout
    assert "apply" not in done.stderr
    assert files_of(tmp_path / "plan") == files_of(SHIPPED)
    again = ran("import", str(exported), "--into", str(tmp_path / "plan"))
    assert again.exit_code == 2
    assert "exist: give --force to replace" in again.stderr
    assert ran("import", str(exported), "--into", str(tmp_path / "plan"), "--force").exit_code == 0


def test_what_was_typed_over_is_told_and_can_be_applied(exported: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(exported)
    book["Options"]["C58"] = -400
    book.save(tmp_path / "returned.xlsx")
    plan = tmp_path / "plan"
    done = ran("import", str(tmp_path / "returned.xlsx"), "--into", str(plan))
    assert done.exit_code == 0
    assert files_of(plan) == files_of(SHIPPED)
    assert "what was typed into the workbook since is not in them: cfbudget apply" in done.stderr
    applied = ran("apply", str(tmp_path / "returned.xlsx"), "--data", str(plan), "--yes")
    assert applied.exit_code == 0
    assert "2025-26: -400" in (plan / "policy_options.yaml").read_text("utf-8")


def test_a_workbook_that_is_not_whole_leaves_nothing_behind(exported: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(exported)
    book["Options"]["B56"] = 5
    book.save(tmp_path / "broken.xlsx")
    done = ran("import", str(tmp_path / "broken.xlsx"), "--into", str(tmp_path / "plan"))
    assert done.exit_code == 2
    assert "broken.xlsx is not imported: it is not whole as a plan" in done.stderr
    assert not (tmp_path / "plan").exists()


def test_two_plans_are_not_mixed_in_a_folder(exported: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    plan.mkdir()
    (plan / "funding.yaml").write_text("name: Another\n", "utf-8")
    done = ran("import", str(exported), "--into", str(plan), "--force")
    assert done.exit_code == 2
    assert "holds funding.yaml, which is no file of this plan" in done.stderr
    assert [path.name for path in plan.iterdir()] == ["funding.yaml"]


def test_a_filled_in_template_gives_the_files_that_say_the_same(tmp_path: Path) -> None:
    book, into = tmp_path / "plan.xlsx", tmp_path / "plan"
    assert ran("template", str(book), "--year", "2025-26", "--years", "2").exit_code == 0
    filled(book, SMALL)
    done = ran("import", str(book), "--into", str(into))
    assert done.exit_code == 0, done.stderr
    assert "Proved: revenue_2025_26.yaml and policy_options.yaml say what the" in done.stdout
    assert sorted(files_of(into)) == ["policy_options.yaml", "revenue_2025_26.yaml"]
    typed, written = (load_folder(str(one)).plan for one in (book, into))
    assert typed is not None
    assert written is not None
    assert figures(written) == figures(typed)


@settings(max_examples=20, deadline=None)
@given(sketches())
def test_a_typed_table_and_its_file_say_the_same(sketch: Sketch) -> None:
    texts = sketch.texts()
    sheets = {
        file.removesuffix(".yaml"): csv_text(table_rows(text, file)) for file, text in texts.items()
    }
    tables = typed_tables(sheets, "plan.xlsx")
    assert all(table.is_same for table in tables)
    ours, theirs = (
        load_texts(one).plan for one in ({table.file: table.text for table in tables}, texts)
    )
    assert ours is not None
    assert theirs is not None
    assert figures(ours) == figures(theirs)


def test_a_template_is_of_no_one_kind_and_may_be_wrong(tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    assert ran("template", str(book), "--year", "2025-26").exit_code == 0
    done = ran("import", str(book), "--as", "options", "--into", str(tmp_path / "plan"))
    assert done.exit_code == 2
    assert "leave --as away to write its files" in done.stderr
    done = ran("import", str(book), "--into", str(tmp_path / "plan"))
    assert done.exit_code == 2
    assert "no sheet of the workbook is a table of a plan that has a line" in done.stderr
    filled(book, SMALL)
    filled(book, {"policy_options": {"G8": "much"}})
    done = ran("import", str(book), "--into", str(tmp_path / "plan"))
    assert done.exit_code == 2
    assert "'much' is not an amount" in done.stderr
    assert not (tmp_path / "plan").exists()


def test_formulas_without_results_are_told_where_they_are_all_there_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Service", "Net 2024/25 £000"], ["Adults", "=1+1"], ["Place", "=2+2"]):
        sheet.append(row)
    book.save(tmp_path / "formulas.xlsx")
    done = ran(
        "import", str(tmp_path / "formulas.xlsx"), "--as", "revenue", "--into", str(tmp_path / "p")
    )
    assert done.exit_code == 2
    assert "2 formulas have no stored result: open the workbook in Excel" in done.stderr
