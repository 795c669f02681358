"""The rows that we write say what XlsxWriter would say of the same cells."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

import cfbudget.workbook.book.xlsx
from cfbudget.workbook.book.cell_rows import CellRows
from cfbudget.workbook.book.xlsx import write_workbook
from tests.kit.by_xlsxwriter import PlainWriter
from tests.kit.plans_awkward import AWKWARD
from tests.kit.workbooks import book_of, shipped_texts, stored

PLANS = {"shipped": shipped_texts(), **AWKWARD}


@pytest.mark.parametrize("name", PLANS)
def test_a_workbook_is_as_xlsxwriter_would_write_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = book_of(PLANS[name])
    ours = stored(book, tmp_path / "ours.xlsx")
    monkeypatch.setattr(cfbudget.workbook.book.xlsx, "RowsWorksheet", Worksheet)
    monkeypatch.setattr(cfbudget.workbook.book.xlsx, "Writer", PlainWriter)
    theirs = tmp_path / "theirs.xlsx"
    write_workbook(book, theirs)
    with ZipFile(ours) as one, ZipFile(theirs) as other:
        assert one.namelist() == other.namelist()
        for part in one.namelist():
            assert one.read(part) == other.read(part), part


places = st.tuples(st.integers(1, 5), st.integers(1, 5))


@given(st.dictionaries(places, st.integers()), st.lists(places))
def test_cells_by_rows_are_a_mapping_in_order(
    cells: dict[tuple[int, int], int], dropped: list[tuple[int, int]]
) -> None:
    kept = CellRows(cells)
    for at in dropped:
        assert kept.pop(at, None) == cells.pop(at, None)
    assert list(kept.items()) == sorted(cells.items())
    assert list(kept) == sorted(cells)
    assert (len(kept), kept == cells) == (len(cells), True)
    assert all((at in kept) == (at in cells) for at in dropped)
    assert kept.get((0, 0)) is kept.get((1, 0)) is None
    assert kept.last_row == max((row for row, _ in cells), default=0)
    assert kept.last_column == max((column for _, column in cells), default=0)
    assert [row for row, _ in kept.rows()] == sorted({row for row, _ in cells})
