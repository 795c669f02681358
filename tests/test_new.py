"""`cfbudget new` as it is typed: what it writes, whole or not at all, and never over anything."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cfbudget.cli.app import command_line
from cfbudget.loaded import load_folder
from cfbudget.written_files import write_folder
from tests.kit.models import Done
from tests.kit.support import ROOT, SHIPPED, small_texts


def new(*words: object) -> Done:
    done = CliRunner().invoke(command_line(), ["new", *map(str, words)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def test_a_starter_is_of_the_year_that_begins_next_april(tmp_path: Path) -> None:
    assert new(tmp_path / "plan").status == 0
    today = date.today()
    start = today.year if today.month < 4 else today.year + 1
    assert [path.name for path in (tmp_path / "plan").glob("revenue_*")] == [
        f"revenue_{start}_{(start + 1) % 100:02d}.yaml"
    ]


def test_a_plan_is_rolled_from_its_folder_and_from_its_workbook_alike(tmp_path: Path) -> None:
    book = tmp_path / "sent.xlsx"
    exported = CliRunner().invoke(command_line(), ["export", str(book), "--data", str(SHIPPED)])
    assert exported.exit_code == 0
    assert new(tmp_path / "a", "--from", SHIPPED).status == 0
    assert new(tmp_path / "b", "--from", book).status == 0
    texts = [{p.name: p.read_text("utf-8") for p in (tmp_path / x).iterdir()} for x in "ab"]
    assert texts[0] == texts[1]
    assert sorted(texts[0]) == [
        "capital_programme.yaml",
        "policy_options.yaml",
        "revenue_2025_26.yaml",
    ]


def test_a_folder_may_be_there_if_it_holds_no_plan(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("ours", encoding="utf-8")
    assert new(tmp_path, "--whole-council", "--year", "2025-26").status == 0
    assert load_folder(str(tmp_path)).plan is not None
    assert (tmp_path / "README.md").read_text("utf-8") == "ours"
    again = new(tmp_path)
    assert (again.status, again.out) == (2, "")
    assert "nothing is overwritten" in again.err


def test_a_near_miss_of_a_plan_file_is_not_put_beside_another(tmp_path: Path) -> None:
    (tmp_path / "policy_option.yaml").write_text("", encoding="utf-8")
    assert new(tmp_path).status == 2


@pytest.mark.parametrize("place", ["file", "no/where", "", "bad\0name", "x" * 300])
def test_what_is_no_place_for_a_plan_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    done = new(tmp_path / place if place else "")
    assert (done.status, done.out) == (2, "")
    assert done.err.strip()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    "words",
    [
        ("--carry-forward", "roof=1"),
        ("--from", ""),
        ("--from", SHIPPED, "--whole-council"),
        ("--from", SHIPPED, "--year", "2025-26"),
        ("--from", SHIPPED, "--name", "X"),
        ("--from", SHIPPED, "--carry-forward", "=1"),
        ("--from", SHIPPED, "--carry-forward", "a=x"),
        ("--from", SHIPPED, "--carry-forward", "school-play-provision=0"),
        ("--from", SHIPPED, "--carry-forward", "no-such=1"),
        ("--from", ROOT / "README.md"),
        ("--year", "2025"),
        ("--name", " "),
        ("-f", "xlsx"),
    ],
)
def test_what_cannot_be_done_writes_nothing(tmp_path: Path, words: tuple[object, ...]) -> None:
    done = new(tmp_path / "plan", *words)
    assert (done.status, done.out) == (2, "")
    assert done.err.strip()
    assert list(tmp_path.iterdir()) == []


def test_what_became_of_each_line_is_data_too(tmp_path: Path) -> None:
    done = new(tmp_path / "a", "--from", SHIPPED, "-f", "json")
    records = json.loads(done.out)
    assert records[0] | {"source": ""} == {
        "what": "base",
        "row": "total",
        "label": "Children & Families",
        "year": "2025-26",
        "unit": "£000",
        "amount": "102224",
        "source": "",
    }
    dropped = [record for record in records if record["what"] == "dropped"]
    assert len(dropped) == 13
    assert sum(int(record["amount"]) for record in dropped) == -448
    started = new(tmp_path / "b", "--year", "2025-26", "-f", "csv")
    assert started.out.splitlines()[0] == "file"


# -- all files or none ----------------------------------------------------------------------


def test_files_are_written_into_a_folder_all_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = small_texts()
    write_folder(tmp_path / "new", texts)
    assert {p.name: p.read_text("utf-8") for p in (tmp_path / "new").iterdir()} == texts
    there = tmp_path / "there"
    there.mkdir()
    (there / "policy_options.yaml").write_text("ours", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_folder(there, texts)
    assert [path.name for path in there.iterdir()] == ["policy_options.yaml"]
    assert (there / "policy_options.yaml").read_text("utf-8") == "ours"
    (there / "policy_options.yaml").unlink()
    moves = iter([None, OSError("no space"), None, OSError("no space")])

    def replace(self: Path, target: Path) -> Path:
        if error := next(moves):
            raise error
        return original(self, target)

    original = Path.replace
    monkeypatch.setattr(Path, "replace", replace)
    for folder in (there, tmp_path / "other"):
        with pytest.raises(OSError, match="no space"):
            write_folder(folder, texts)
    monkeypatch.undo()
    assert list(there.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "there"]
