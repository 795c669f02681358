"""Verifying: edits that do no harm are passed over, and any harm is found among them."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.read.spreadsheet import SheetCell, Spreadsheet
from cfbudget.workbook.book.values import Value
from tests.kit.altered import (
    ADDED_ROW,
    MISSING_ROW,
    MISSING_SHEET,
    TEXT,
    WAYS,
    Case,
    altered,
    beside,
    blocks,
    case_of,
    cell_in,
    cells_of,
    headings,
    ids,
    lines_sorted,
    put_in,
    row_of,
    shipped_texts,
    swapped,
)
from tests.kit.returned import (
    COLUMN,
    ROW,
    deleted,
    inserted,
    reordered,
    typed,
    with_cells,
    without_sheet,
)
from tests.kit.support import small_texts


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case_of(shipped_texts(), tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case_of(small_texts(), tmp_path_factory.mktemp("small"))


# -- what does no harm ----------------------------------------------------------------------


def sheets_turned(found: Spreadsheet) -> Spreadsheet:
    return found._replace(sheets=dict(reversed([*found.sheets.items()])))


def with_notes(found: Spreadsheet) -> Spreadsheet:
    """Notes and workings to the right of every table, with a column between."""
    for sheet in found.sheets:
        column = beside(found, sheet) + 1
        found = typed(found, sheet, (1, column), "see mail of 3 March")
        found = typed(found, sheet, (9, column), Decimal(12))
        found = with_cells(found, sheet, {(10, column): SheetCell("=B2", Decimal(12))})
    return found


def with_sheet(found: Spreadsheet) -> Spreadsheet:
    cells = {(1, 1): SheetCell(None, "Id"), (2, 1): SheetCell("=Revenue!B9*2", Decimal(5))}
    return found._replace(sheets={"Workings": cells, **found.sheets})


def test_what_does_no_harm_is_not_reported(shipped: Case) -> None:
    book, found = shipped
    revenue = row_of(book, "Revenue", "education")
    harmless = {
        "a row within a sum": inserted(found, "Revenue", ROW, revenue),
        "a row above a table": inserted(found, "Revenue", ROW, 1),
        "rows in every sheet": put_in(found, ROW, 6),
        "a column of notes": typed(inserted(found, "Options", COLUMN, 3), "Options", (9, 3), "ok"),
        "columns in every sheet": put_in(found, COLUMN, 3),
        "columns before the first": put_in(found, COLUMN, 1),
        "sheets in another order": sheets_turned(found),
        "a sheet more": with_sheet(found),
        "notes beside the tables": with_notes(found),
        "lines sorted": lines_sorted(found, lambda rows: rows[::-1]),
        "a row in another place": reordered(found, "Revenue", swapped(revenue, revenue - 1)),
        "a copy of a sheet": found._replace(
            sheets={**found.sheets, "Revenue (2)": found.sheets["Revenue"]}
        ),
    }
    for name, edited in harmless.items():
        assert edited is not None, name
        assert (edited, [*edited.sheets]) != (found, [*found.sheets]), name
        assert shipped.held(edited).errors == (), name


def test_three_columns_put_in(small: Case) -> None:
    found = small.found
    for _ in range(3):
        found = inserted(found, "Revenue", COLUMN, 2)
    assert small.held(found).findings == ()


def test_a_note_between_a_label_and_its_cell(small: Case) -> None:
    found = typed(inserted(small.found, "Revenue", COLUMN, 2), "Revenue", (2, 2), "checked, JS")
    assert small.held(found).findings == ()


def test_what_is_free_of_harm_moves_the_cell_that_is_named(shipped: Case) -> None:
    """A finding names the cell where it stands now."""
    row = row_of(shipped.book, "Revenue", "education")
    found = inserted(inserted(shipped.found, "Revenue", ROW, 1), "Revenue", COLUMN, 1)
    (only,) = shipped.held(typed(found, "Revenue", (row + 1, 2), "Schooling")).findings
    assert (only.rule.code, only.place) == (TEXT, f"Revenue!B{row + 1}")


# -- any harm, among anything that does none ------------------------------------------------

Harm = Callable[[st.DataObject, Case], Spreadsheet]


def of_kind(rule: str) -> Harm:
    def harm(data: st.DataObject, case: Case) -> Spreadsheet:
        at = data.draw(st.sampled_from(cells_of(case.book, rule)))
        way = data.draw(st.sampled_from([*WAYS[rule].values()]))
        return altered(case.found, {at: way(cell_in(case.found, at))})

    return harm


def altered_text(data: st.DataObject, case: Case) -> Spreadsheet:
    name, block = data.draw(st.sampled_from([*blocks(case.book)]))
    row = data.draw(st.sampled_from([*block.rows.values()] or [block.header]))
    return typed(case.found, name, (row, 1), "altered")


def altered_id(data: st.DataObject, case: Case) -> Spreadsheet:
    at = data.draw(st.sampled_from([*ids(case.book)]))
    return typed(case.found, at.sheet, (at.row, at.column), data.draw(st.sampled_from(["x", None])))


def altered_heading(data: st.DataObject, case: Case) -> Spreadsheet:
    at = data.draw(st.sampled_from([*headings(case.book)]))
    return typed(case.found, at.sheet, (at.row, at.column), "x")


def deleted_row(data: st.DataObject, case: Case) -> Spreadsheet:
    rows = [(name, row) for name, block in blocks(case.book) for row in block.rows.values()]
    name, row = data.draw(st.sampled_from(rows))
    return deleted(case.found, name, ROW, row)


def deleted_sheet(data: st.DataObject, case: Case) -> Spreadsheet:
    return without_sheet(case.found, data.draw(st.sampled_from([*case.book.sheets])))


def added_figure(data: st.DataObject, case: Case) -> Spreadsheet:
    tables = [(name, block) for name, block in blocks(case.book) if block.rows]
    name, block = data.draw(st.sampled_from(tables))
    row = data.draw(st.sampled_from([*block.rows.values()]))
    column = data.draw(
        st.sampled_from([c for c in block.columns.values() if c not in block.id_columns])
    )
    return typed(inserted(case.found, name, ROW, row), name, (row, column), Decimal(1))


HARMS: dict[str, Harm] = {
    **{rule: of_kind(rule) for rule in WAYS},
    TEXT: altered_text,
    f"{MISSING_ROW}, by its id": altered_id,
    MISSING_ROW: deleted_row,
    MISSING_SHEET: altered_heading,
    f"{MISSING_SHEET}, deleted": deleted_sheet,
    ADDED_ROW: added_figure,
}


class Edits(NamedTuple):
    """Edits that do no harm, drawn one after the other."""

    data: st.DataObject
    case: Case

    def made(self, found: Spreadsheet) -> Spreadsheet:
        """Up to four of them made to a workbook."""
        for _ in range(self.data.draw(st.integers(1, 4))):
            found = self.data.draw(st.sampled_from(HARMLESS))(self, found)
        return found

    def sheet(self, found: Spreadsheet) -> str:
        return self.data.draw(st.sampled_from([*found.sheets]))

    def row_put_in(self, found: Spreadsheet) -> Spreadsheet:
        """An empty row, or one with a note in it."""
        sheet = self.sheet(found)
        last = max((row for row, _ in found.sheets[sheet]), default=0)
        row = self.data.draw(st.integers(1, last + 1))
        found = inserted(found, sheet, ROW, row)
        note = self.data.draw(st.sampled_from([None, "note"]))
        column = min((column for _, column in found.sheets[sheet]), default=1)
        return typed(found, sheet, (row, column), note)

    def column_put_in(self, found: Spreadsheet) -> Spreadsheet:
        """Two at most on a sheet: so far from its label, a single cell is still found."""
        sheet = self.sheet(found)
        if beside(found, sheet) >= beside(self.case.found, sheet) + 2:
            return found
        column = self.data.draw(st.integers(1, beside(found, sheet)))
        return inserted(found, sheet, COLUMN, column)

    def note_beside(self, found: Spreadsheet) -> Spreadsheet:
        sheet = self.sheet(found)
        row = self.data.draw(st.integers(1, max(row for row, _ in found.sheets[sheet])))
        notes: list[Value] = ["note", Decimal(1), True]
        note = self.data.draw(st.sampled_from(notes))
        return typed(found, sheet, (row, 40), note)

    def sheets_reordered(self, found: Spreadsheet) -> Spreadsheet:
        order = self.data.draw(st.permutations([*found.sheets]))
        return found._replace(sheets={name: found.sheets[name] for name in order})

    def sorted(self, found: Spreadsheet) -> Spreadsheet:
        if "Lines" not in found.sheets:
            return found
        return lines_sorted(found, lambda rows: self.data.draw(st.permutations(rows)))

    def rows_swapped(self, found: Spreadsheet) -> Spreadsheet:
        """Two rows of a table, and what refers to them follows; not where a sum would be torn."""
        sheet = self.data.draw(st.sampled_from(["Revenue", "Capital"]))
        known = {
            row for name, block in blocks(self.case.book) if name == sheet for row in block.rows
        }
        rows = [at[0] for at, cell in found.sheets.get(sheet, {}).items() if cell.value in known]
        if len(rows) < 2:
            return found
        one, other = self.data.draw(st.permutations(rows))[:2]
        return reordered(found, sheet, swapped(one, other)) or found


HARMLESS = [
    Edits.row_put_in,
    Edits.column_put_in,
    Edits.note_beside,
    Edits.sheets_reordered,
    Edits.sorted,
    Edits.rows_swapped,
]
often = settings(max_examples=100, deadline=None)


@often
@given(data=st.data())
def test_edits_that_do_no_harm_are_not_reported(small: Case, data: st.DataObject) -> None:
    assert small.held(Edits(data, small).made(small.found)).errors == ()


@often
@given(data=st.data())
def test_harm_is_found_among_edits_that_do_none(small: Case, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*HARMS]))
    harmed = HARMS[name](data, small)
    alone = small.held(harmed)
    among = small.held(Edits(data, small).made(harmed))
    assert alone.errors
    assert among.errors
    if name in WAYS:
        assert {f[:2] + f[3:4] for f in among.errors} == {f[:2] + f[3:4] for f in alone.errors}
