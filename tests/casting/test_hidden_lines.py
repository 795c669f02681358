"""Rows and columns of a sheet that are hidden: cast, and said to be."""

from pathlib import Path

import openpyxl
import pytest

from cfbudget.casting.read.hidden_notes import hidden_notes
from cfbudget.casting.read.printed_file import read_printed
from cfbudget.casting.report.cast_table import cast_tables
from cfbudget.problem import Refusal
from cfbudget.read.hidden_lines import HiddenLines, columns_of
from tests.casting.kit.files import pasted
from tests.kit.small_ods import content, number, ods, row, sheet, text

ROWS = [
    ("Line", 2023, 2024, 2025),
    ("Staff", 12345, 13456, 14567),
    ("Agency", 1204, 1310, 1411),
    ("Premises", 3311, 3402, 3512),
    ("Total", 16860, 18168, 19490),
]


def test_what_a_workbook_hides_is_cast_and_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    drawn = book.active
    assert drawn is not None
    for line in ROWS:
        drawn.append(line)
    drawn.row_dimensions[3].hidden = True
    drawn.row_dimensions[9].hidden = True  # where nothing stands
    drawn.column_dimensions.group("C", "D", hidden=True)
    book.save(tmp_path / "book.xlsx")
    tables = read_printed(tmp_path / "book.xlsx")
    assert not isinstance(tables, Refusal)
    (found,) = cast_tables(tables)
    assert found.notes == (
        "1 row is hidden and was cast: 3",
        "2 columns are hidden and were cast: C and D",
    )
    assert found.is_well


def test_what_an_opendocument_sheet_hides_is_said() -> None:
    shut = 'table:visibility="collapse"'
    columns = f"<table:table-column/><table:table-column {shut}/>"
    lines = "".join(row(text(label), number(str(one), f"{one:,}")) for label, one, *_ in ROWS[1:])
    hidden = lines.replace("<table:table-row", '<table:table-row table:visibility="filter"', 1)
    (table,) = pasted(ods(content(sheet(columns + row(text("Line"), text("£")) + hidden))))
    assert table.notes == (
        "1 row is hidden and was cast: 2",
        "1 column is hidden and was cast: B",
    )


def test_of_many_some_are_named() -> None:
    cells = [(at, 1) for at in range(1, 20)]
    hidden = HiddenLines(frozenset(range(3, 13)), frozenset())
    assert list(hidden_notes(cells, hidden)) == [
        "10 rows are hidden and were cast: 3, 4, 5, 6, 7, 8 and 4 more"
    ]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2", "4", [2, 3, 4]),
        ("2", "", []),
        ("", "4", []),
        ("x", "4", []),
        ("-1", "3", []),
        ("16384", "99999", [16384]),
        ("4", "2", []),
        ("123456", "123457", []),
    ],
)
def test_columns_by_the_first_and_the_last(first: str, last: str, found: list[int]) -> None:
    assert list(columns_of(first, last)) == found
