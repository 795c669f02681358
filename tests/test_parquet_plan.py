"""A plan's table as a Parquet file: the same plan as its CSV, or a problem."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from cfbudget.loaded import load_folder
from cfbudget.rules import UNREADABLE
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.support import small_texts

HEAD = {
    "name": "Northtown",
    "unit": "£000",
    "basis": "change",
    "financial_years": "2024-25,2025-26",
}
LINES = (
    ("care", "", "reablement", 'Reablement, "new"', "saving", "new", "-20", "-30.5", "-50.5", ""),
    ("care", "", "marked", "''=1", "saving", "new", "-1", "", "", ""),
    ("care", "", "grant", "A grant\nin two lines", "grant", "new", "15", "", "", "a note"),
    ("care", "total", "", "", "", "", "-6", "-30.5", "", ""),
)
FIELDS = ("service", "row", "id", "name", "kind", "status", "2024-25", "2025-26", "stated", "note")
REVENUE = """\
name: Northtown
unit: £000
financial_year: 2024-25
contains_options_of: []
services:
  - {id: care, name: Care, gross: 900, income: -10}
"""


def as_csv(folder: Path) -> Path:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerows([*HEAD.items(), (), FIELDS, *LINES])
    return stored(folder, "policy_options.csv", text.getvalue().encode())


def as_parquet(folder: Path, amounts: str) -> Path:
    """The same with its amounts as decimals, doubles or text."""
    kinds = {
        "decimal": (pyarrow.decimal128(12, 1), Decimal),
        "double": (pyarrow.float64(), float),
        "text": (pyarrow.string(), str),
    }
    kind, made = kinds[amounts]
    columns = {}
    for at, field in enumerate(FIELDS):
        texts = [line[at].replace("''=", "'=") or None for line in LINES]
        is_amount = field[0].isdigit() or field == "stated"
        values = [made(text) if text and is_amount else text for text in texts]
        columns[field] = pyarrow.array(values, kind if is_amount else pyarrow.string())
    table = pyarrow.table(columns).replace_schema_metadata(HEAD)
    content = io.BytesIO()
    pyarrow.parquet.write_table(table, content)
    return stored(folder, "policy_options.parquet", content.getvalue())


def stored(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir()
    (folder / name).write_bytes(content)
    (folder / "revenue_2024_25.yaml").write_text(REVENUE, encoding="utf-8")
    return folder


@pytest.mark.parametrize("amounts", ["decimal", "double", "text"])
def test_it_is_the_plan_of_its_csv(amounts: str, tmp_path: Path) -> None:
    plans = [
        load_folder(str(folder))
        for folder in (as_csv(tmp_path / "csv"), as_parquet(tmp_path / "parquet", amounts))
    ]
    assert [one.problems for one in plans] == [(), ()]
    tables = [plan_tables(one.plan) for one in plans if one.plan]
    for expected, found in zip(*tables, strict=True):
        assert [row.label for row in found.rows] == [row.label for row in expected.rows]
        assert {k: c.pence for k, c in found.cells.items()} == {
            k: c.pence for k, c in expected.cells.items()
        }
        sources = [
            {k: c.place and c.place.line for k, c in t.cells.items()} for t in (found, expected)
        ]
        if found.name == "options":
            # The CSV has its keys in another order, and a row for each of them too.
            assert sources[0] == sources[1]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1 no Parquet PAR1", b"id,name\n"])
def test_what_is_no_parquet_is_told(content: bytes, tmp_path: Path) -> None:
    folder = stored(tmp_path / "plan", "policy_options.parquet", content)
    (problem,) = load_folder(str(folder)).problems
    assert (problem.rule, problem.place.file) == (UNREADABLE.code, "policy_options.parquet")
    assert problem.hint


def test_two_forms_of_one_table_are_told(tmp_path: Path) -> None:
    folder = as_parquet(tmp_path / "plan", "text")
    (folder / "policy_options.yaml").write_text(
        small_texts()["policy_options.yaml"], encoding="utf-8"
    )
    assert "CF119" in {problem.rule for problem in load_folder(str(folder)).problems}
