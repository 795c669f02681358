"""Sheets beside the one that is cast: hidden ones, lists and look-ups are said, and no finding."""

from pathlib import Path

import pytest
import xlsxwriter

from cfbudget.casting.report.cast_table import all_well, cast_tables
from cfbudget.casting.report.words import closing
from tests.casting.kit.files import saved

Rows = list[list[str | int]]
GOOD: Rows = [["Service", 2024, 2025], ["Care", 41207, 42310], ["Roads", 9364, 9105]]
GOOD += [["Parks", 2718, 2690], ["Total", 53289, 54105]]
LIST: Rows = [["Code", "Authority", "Band"], [3831, "Adur", 3], [3132, "Arun", 5], [5541, "Ash", 4]]
WRONG: Rows = [*GOOD[:-1], ["Total", 53289, 54605]]


def book(path: Path, *sheets: tuple[Rows, bool]) -> Path:
    """A workbook of these sheets, each hidden or not."""
    file = path / "book.xlsx"
    with xlsxwriter.Workbook(file) as written:
        for rows, hidden in sheets:
            sheet = written.add_worksheet()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            if hidden:
                sheet.hide()
    return file


@pytest.mark.parametrize("hidden", [True, False])
def test_a_list_beside_a_table_is_no_finding(tmp_path: Path, hidden: bool) -> None:
    file = book(tmp_path, (GOOD, False), (LIST, hidden))
    tables = cast_tables(saved(file, file.read_bytes()))
    assert all_well(tables)
    assert closing(tables) == ["2 tables: 1 with nothing to test, 1 well, 0 not."]
    assert tables[1].notes == (("the sheet is hidden",) if hidden else ())


@pytest.mark.parametrize("rows", [WRONG, [*LIST, ["#REF!", "Barnet", 1]]])
def test_what_is_wrong_beside_a_table_is_one(tmp_path: Path, rows: Rows) -> None:
    file = book(tmp_path, (GOOD, False), (rows, False))
    assert not all_well(cast_tables(saved(file, file.read_bytes())))


def test_lists_alone_are_not_well(tmp_path: Path) -> None:
    file = book(tmp_path, (LIST, False), (LIST, True))
    tables = cast_tables(saved(file, file.read_bytes()))
    assert not all_well(tables)
