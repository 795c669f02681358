"""What is not imported: one clear problem, and nothing left behind."""

from pathlib import Path

import pytest
import typer

from cfbudget.cli.import_files import put_texts
from tests.imports.test_layouts import NESTED, NONE, written
from tests.kit.imported import imports, run_import

YEAR = ("--year", "2024-25")


def test_files_that_exist_are_kept_without_force(tmp_path: Path) -> None:
    source = written(tmp_path, NESTED)
    imports(source, "revenue", tmp_path / "plan", *NONE, *YEAR)
    there = tmp_path / "plan" / "revenue_2024_25.yaml"
    there.write_text("# mine\n", "utf-8")
    ran = run_import(source, "revenue", tmp_path / "plan", *NONE, *YEAR)
    assert ran.status == 2
    assert "exists: give --force to replace" in ran.err
    assert there.read_text("utf-8") == "# mine\n"
    imports(source, "revenue", tmp_path / "plan", *NONE, *YEAR, "--force")
    assert "Home care" in there.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is nothing in it"),
        ("Service,Net\nAdults,none\n", "no table with figures"),
        ("\0\0\0\0", "error CF620"),
        ("Service,Net 2024-25 £000\nAdults,1,23\nChildren,1200\nPlace,1300\n", ""),
        (
            "Service,Net 2024-25 £000\nAdults,12O0\nChildren,1200\nPlace,1300\n",
            "B2: '12O0' stands above the first figures, and is none",
        ),
        (
            "Service,Net 2024-25 £000\nPlace,1300\nAdults,12O0\nChildren,1200\n",
            "B3: '12O0' cannot be read: the letter O among the digits",
        ),
        (
            "Service,Net 2024-25 £\nAdults,1200.001\nChildren,900\n",
            "B2: '1200.001' in £ is finer than a penny",
        ),
        (
            "Scheme,2024-25 £m,2026-27 £m\nDepot,1.250,0.500\nRoad,2.500,0.750\n",
            "its years do not follow one another: 2024-25, 2026-27",
        ),
    ],
)
def test_broken_tables(text: str, said: str, tmp_path: Path) -> None:
    kind = "capital" if "Scheme" in text else "revenue"
    ran = run_import(written(tmp_path, text), kind, tmp_path / "plan", *NONE)
    assert ran.status == 2
    assert ran.out == ""
    assert said in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--as", "budget"), "'budget' is none of revenue, capital, options, funding, reserves"),
        (("--as", "revenue", "--unit", "k"), "'k' is none"),
        (("--as", "revenue", "--year", "2024"), "write 2024-25 or 2023-24"),
        (("--as", "revenue", "--rows", "9"), "write the first and the last: 4-19"),
        (("--as", "revenue", "--kind", "saving"), "write WORD=ANSWER"),
        (("--as", "revenue", "--kind", "Cuts=savings"), "did you mean 'saving'?"),
        (("--as", "revenue", "--map", "A=Adult Care"), "write the id of a service, or none"),
        (("--as", "revenue", "--table", "7"), "--table 7 is no table"),
        (("--as", "revenue", "--into", "no/such/plan"), "there is no folder no/such"),
        (("--as", "revenue", "--into", "table.csv/x"), "there is no folder"),
    ],
)
def test_bad_usage(
    options: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from cfbudget.cli.app import command_line

    source = written(tmp_path, NESTED)
    monkeypatch.chdir(tmp_path)
    into = () if "--into" in options else ("--into", "plan")
    words = ["import", str(source), *NONE, *into, *options]
    done = CliRunner().invoke(command_line("import"), words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_what_keeps_files_from_being_a_plan_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    text = f"Service,Net 2024-25 £000\n{'x' * 600},1200\nChildren,900\n"
    ran = run_import(written(tmp_path, text), "revenue", tmp_path / "plan", *NONE)
    assert ran.status == 2
    assert "error CF" in ran.err
    assert not (tmp_path / "plan").exists()


def test_rows_that_are_not_meant_are_left_out(tmp_path: Path) -> None:
    source = written(tmp_path, NESTED)
    proof = imports(source, "revenue", tmp_path / "plan", *NONE, *YEAR, "--rows", "2-4")
    assert "not among the rows 2-4." in proof
    text = (tmp_path / "plan" / "revenue_2024_25.yaml").read_text("utf-8")
    assert "Fostering" not in text


def test_a_file_that_cannot_take_its_place_leaves_all_as_they_were(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text("as it was", encoding="utf-8")
    (second / "within").mkdir(parents=True)
    with pytest.raises(typer.Exit):
        put_texts(tmp_path, {first: "new", second: "new"})
    assert first.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yaml"]


TWO = """\
Services,Gross,Income,Net
Adults,"1,200",(300),900
Place,800,(100),700
Total,"2,000",(400),"1,600"

Services,Gross,Income,Net £m
Adults,"1,300",(300),"1,000"
Roads,800,(200),600
Total,"2,100",(500),"1,600"
"""


def test_questions_that_follow_from_others_are_listed_with_them(tmp_path: Path) -> None:
    source = tmp_path / "two.csv"
    source.write_text(TWO, "utf-8")
    ran = run_import(source, "revenue", tmp_path / "plan")
    assert ran.status == 2
    assert "does not tell 3 things" in ran.err
    first, following = ran.err.split("If these are the answers, then also:")
    assert "--table 1" in first
    assert all(one in following for one in ("--unit", "--year"))
    given = ("--table", "1", "--unit", "£000", "--year", "2024-25")
    done = run_import(source, "revenue", tmp_path / "plan", *given, "--contains-options-of", "none")
    assert done.status == 0, done.err


STRAY = "Service,Net 2024-25 £000\nPlace,1300\nAdults,{}\nChildren,1200\nRoads,700\n"
"""A table without totals, so that only reading can tell that a figure was lost."""


@pytest.mark.parametrize(
    "text",
    [
        *("1,000x", "12 approx", "c.500", "~9", "£4500 est", "5)", "3/4", "01/04/2024"),
        *("4,518,600,000,000,000,000,000", "#N/A", "#REF!", "####", "=B3+1"),
    ],
)
def test_what_was_meant_as_a_lines_figure_is_refused_and_never_nil(
    text: str, tmp_path: Path
) -> None:
    ran = run_import(written(tmp_path, STRAY.format(f'"{text}"')), "revenue", tmp_path / "p", *NONE)
    assert ran.status == 2
    assert f"B3: '{text}' cannot be read: " in ran.err
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("text", ["tbc1", "n/a", "n/a (note 3)", "see note 3", "in line 12", "?"])
def test_words_in_place_of_a_lines_figure_are_named_with_their_cell(
    text: str, tmp_path: Path
) -> None:
    proof = imports(written(tmp_path, STRAY.format(text)), "revenue", tmp_path / "p", *NONE)
    assert f"Not stated: B3 prints '{text}'." in proof


def test_a_percentage_among_amounts_is_no_amount(tmp_path: Path) -> None:
    proof = imports(written(tmp_path, STRAY.format("12%")), "revenue", tmp_path / "p", *NONE)
    assert "Left out: B3: a percentage." in proof
    assert "Adults" not in (tmp_path / "p" / "revenue_2024_25.yaml").read_text("utf-8")


def test_an_amount_with_letters_in_the_first_line_is_no_heading(tmp_path: Path) -> None:
    text = 'Service,Net 2024-25 £000\nAdults,"1,000x"\nPlace,1300\nChildren,1200\n'
    ran = run_import(written(tmp_path, text), "revenue", tmp_path / "p", *NONE)
    assert "B2: '1,000x' stands above the first figures, and is none" in ran.err


def test_lines_that_only_a_carriage_return_ends_are_read(tmp_path: Path) -> None:
    source = tmp_path / "old.csv"
    source.write_bytes(STRAY.format("900").replace("\n", "\r").encode())
    assert "4 figures" in imports(source, "revenue", tmp_path / "p", *NONE)


def test_a_workbook_that_is_called_csv_ends_in_words(tmp_path: Path) -> None:
    source = tmp_path / "book.csv"
    source.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 8)
    ran = run_import(source, "revenue", tmp_path / "p", *NONE)
    assert (ran.status, ran.err.count("error CF620")) == (2, 1)
