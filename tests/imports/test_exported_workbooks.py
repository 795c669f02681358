"""An exported workbook imported without --as: the files that it holds are written."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from cfbudget.cli.app import command_line
from tests.kit.support import SHIPPED


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


def test_a_template_is_said_to_be_a_plan_as_it_stands(tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    assert ran("template", str(book), "--year", "2025-26").exit_code == 0
    for words in ([], ["--as", "options"]):
        done = ran("import", str(book), "--into", str(tmp_path / "plan"), *words)
        assert done.exit_code == 2
        assert "the workbook is a plan as it stands" in done.stderr
        assert "cfbudget check --data plan.xlsx" in done.stderr
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
