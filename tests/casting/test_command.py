"""`cfbudget cast` as a process: what it reads, what it says, where that goes, how it ends."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.kit.support import ROOT

COMMAND = str(Path(sys.executable).parent / "cfbudget")
GOOD = "Service,Gross,Income,Net\nCare,1204,-200,1004\nParks,2318,-117,2201\nTotal,3522,-317,3205\n"
WRONG = GOOD.replace("1004", "1040")
UNREADABLE = GOOD.replace("2318", "£2.31.8")
PAIR = "Name,Figure\nOne,17\nTwo,230\n"


def cast(*words: str, pasted: str = "", folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, "cast", *words],
        cwd=folder,
        input=pasted,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def found_in(pasted: str, *words: str) -> Any:
    return json.loads(cast("-f", "json", *words, pasted=pasted).stdout)


# -- how it ends ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
@pytest.mark.parametrize(
    ("text", "status"),
    [(GOOD, 0), (WRONG, 1), (UNREADABLE, 1), (PAIR, 1), ("Service,Who\nCare,Ann\n", 1)],
    ids=["good", "wrong", "unreadable", "no relation", "words"],
)
def test_the_exit_status_tells_whether_all_is_well(text: str, status: int, form: str) -> None:
    done = cast("-f", form, pasted=text)
    assert (done.returncode, done.stderr) == (status, "")
    assert done.stdout


@pytest.mark.parametrize("words", [("missing.csv",), ("",), (".",), ("-", "--sheet", "One")])
def test_what_cannot_be_done_leaves_nothing_on_stdout(words: tuple[str, ...]) -> None:
    done = cast(*words, pasted=GOOD)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_nothing_on_standard_input() -> None:
    done = cast()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("standard input: error CF620 there is nothing in it\n   hint: ")


# -- records --------------------------------------------------------------------------------


def test_the_json_of_one_table() -> None:
    found = found_in(WRONG)
    assert list(found) == [
        "relations",
        "suspects",
        "unproved",
        "odd_sums",
        "uncovered",
        "exact",
        "bounds",
        "notes",
        "pages",
    ]
    (relation,) = [r for r in found["relations"] if r["total"] == "D2"]
    assert relation == {
        "total": "D2",
        "terms": ["+B2", "+C2"],
        "formula": "Net = Gross + Income",
        "stated": "1040",
        "computed": "1004",
        "difference": "-36",
        "outcome": "differs",
        "confidence": relation["confidence"],
        "kind": "sum",
        "follows_from": "D2",
        "page": None,
    }
    assert 0.5 <= relation["confidence"] <= 1
    (suspect,) = found["suspects"]
    assert list(suspect) == ["cell", "stated", "suggested", "reason"]
    assert (suspect["cell"], suspect["stated"], suspect["suggested"]) == ("D2", "1040", "1004")


def test_amounts_are_plain_decimals() -> None:
    text = "Service,Gross,Income,Net\nCare,1.20,(0.20),1.00\nParks,2.25,(0.25),2\n"
    text += 'All,3.45,(0.45),3\nMore,"1,000.50",(0.5),"1,000"\n'
    found = {r["total"]: r["stated"] for r in found_in(text)["relations"]}
    assert (found["D2"], found["D5"]) == ("1", "1000")


def test_several_tables_each_under_its_name() -> None:
    page = "".join(
        f"<table><caption>{name}</caption><tr><td>{rows}</td></tr></table>"
        for name, rows in (
            ("First", _cells(GOOD)),
            ("Second", _cells(WRONG)),
        )
    )
    found = found_in(f"<html>{page}</html>")
    assert [table["name"] for table in found["tables"]] == ["First", "Second"]
    assert list(found["tables"][0]) == [
        "name",
        "relations",
        "suspects",
        "unproved",
        "odd_sums",
        "uncovered",
        "exact",
        "bounds",
        "notes",
        "pages",
    ]
    records = list(csv.DictReader(io.StringIO(cast("-f", "csv", pasted=page).stdout)))
    assert {record["table"] for record in records} == {"First", "Second"}


def _cells(text: str) -> str:
    return text.strip().replace(",", "</td><td>").replace("\n", "</td></tr><tr><td>")


def test_a_record_for_each_relation() -> None:
    done = cast("-f", "csv", pasted=WRONG)
    records = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(records) == len(found_in(WRONG)["relations"])
    (record,) = [record for record in records if record["total"] == "D2"]
    assert (record["terms"], record["difference"]) == ("'+B2 +C2", "-36")


def test_rounding_as_it_is_told() -> None:
    text = GOOD.replace("1004", "1005")
    assert cast("--no-exact", pasted=text).returncode == 0
    assert found_in(text, "--no-exact")["exact"] is False
    assert cast("--exact", pasted=text).returncode == 1
    assert found_in(text, "--exact")["exact"] is True


# -- files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["table.csv", "./table.csv", "link.csv"])
def test_the_table_itself_is_never_written_over(tmp_path: Path, name: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(GOOD, encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(table)
    done = cast("table.csv", "-o", name, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is the table itself" in done.stderr
    assert table.read_text(encoding="utf-8") == GOOD


def test_a_result_goes_to_a_file(tmp_path: Path) -> None:
    done = cast("-o", "out.json", pasted=WRONG, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "cfbudget: wrote out.json\n"
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == found_in(WRONG)
