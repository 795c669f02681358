"""OpenDocument spreadsheets as rows: what cells show and hold, and what is refused."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from cfbudget.casting.read.printed_file import read_printed
from cfbudget.casting.stored_cells import Span
from cfbudget.problem import Refusal
from tests.casting.kit.files import pasted, refused, saved
from tests.kit.libreoffice import needs_libreoffice, stored_as
from tests.kit.small_ods import content, number, ods, row, sheet, text

HEADS = row(text("Service"), text("Spend", 'table:number-columns-spanned="2"'),
            text("hidden", kind="covered-table-cell"))  # fmt: skip
BODY = (
    row(text("Care &amp; <text:span>homes</text:span>"),
        number("1234.4", "1,234"), number("-0.5", "(1)")),
    row(text(""), times=3),
    row(text("All<text:s text:c='2'/>of<text:tab/>it"),
        number("1234.4", "1,234", 'table:formula="of:=SUM([.B2:.B2];[$Other.A$1])"'),
        text("12.5%", 'office:value-type="percentage" office:value="0.125"')),
)  # fmt: skip


def test_what_cells_show_and_hold() -> None:
    (table,) = pasted(ods(content(sheet(HEADS + "".join(BODY)))))
    assert table.name == "One"
    assert table.rows == (
        ("Service", "Spend"),
        ("Care & homes", "1,234", "(1)"),
        (),
        (),
        (),
        ("All of it", "1,234", "12.5%"),
    )
    assert table.stored.numbers == {
        (1, 1): Decimal("1234.4"),
        (1, 2): Decimal("-0.5"),
        (5, 1): Decimal("1234.4"),
        (5, 2): Decimal("0.125"),
    }
    assert table.stored.formulas == {(5, 1): "=SUM(B2:B2,Other!A$1)"}
    assert table.stored.spans == (Span(0, 1, 0, 2),)


def test_notes_beside_a_cell_are_not_its_text() -> None:
    note = "<office:annotation><text:p>look</text:p></office:annotation>"
    cell = f"<table:table-cell>{note}<text:p>Care</text:p></table:table-cell>"
    (table,) = pasted(ods(content(sheet(row(cell, number("1", "1"))))))
    assert table.rows == (("Care", "1"),)


def test_repeated_cells_and_rows_stand_in_each_place() -> None:
    twice = number("5", "5", 'table:number-columns-repeated="2"')
    far = text("", 'table:number-columns-repeated="16000"')
    rows = row(text("a"), twice, far, times=2) + row(far, times=1_048_000)
    (table,) = pasted(ods(content(sheet(rows))))
    assert table.rows == (("a", "5", "5"), ("a", "5", "5"))


def test_sheets_are_chosen_and_hidden_ones_said(tmp_path: Path) -> None:
    looks = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="ta2" style:family="table">{looks}</style:style>'
    cells = row(text("a"), number("5", "5"))
    sheets = sheet(cells, "One") + sheet("", "Empty") + sheet(cells, "Two", "ta2")
    path = tmp_path / "a.ods"
    one, two = saved(path, ods(content(sheets, style)))
    assert (one.name, one.notes, two.name, two.notes) == (
        "One",
        (),
        "Two",
        ("the sheet is hidden",),
    )
    found = read_printed(path, sheet="two")
    assert not isinstance(found, Refusal)
    assert [table.name for table in found] == ["Two"]
    assert read_printed(path, sheet="Three") == Refusal(
        "it has no sheet 'Three'", "its sheets are 'One', 'Two'"
    )


ENTITY = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
FULL = number("5", "5", 'table:number-columns-repeated="400"')


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ods(content("", head=ENTITY)),
         "its content declares a document type, as no spreadsheet does"),
        (ods(content(sheet(row(FULL, times=1_000_000)))), "it holds more than 1,000,000 cells"),
        (ods(content(sheet(row(FULL, times=2_000)))),
         "the table 'One' has more than 400,000 cells"),
        (ods(content(sheet(row(text("a"), times=20_001)))),
         "the table 'One' has more than 20,000 rows"),
        (ods(content(sheet(row(number("5", "5", 'table:number-columns-repeated="99999999999"'))))),
         "its content is damaged: a count is 99999999999"),
        (ods(content(sheet(row(text("a"), times=1_048_576)))),
         "it holds more than 1,000,000 cells"),
        (ods(content(sheet(row(times=1_048_576) * 3))), "its cells lie too far apart"),
        (ods(content(sheet(row(text("x" * 40_000))))), "a cell holds more than 32,767 characters"),
        (ods(content("<table:table>" * 200)), "its elements are nested too deep"),
        (ods(content("")[:-9]), "its content is damaged: unclosed token"),
        (ods(content("", body="text")), "it is an OpenDocument file, and no spreadsheet"),
        (ods(content(""), **{"META-INF__manifest.xml": "<manifest:encryption-data/>"}),
         "it is protected by a password"),
        (ods(content(sheet(""))), "its sheets hold nothing"),
        (b"PK\x03\x04", "it is damaged or incomplete"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    start = time.monotonic()
    assert refused(tmp_path / "a.ods", data).reason == reason
    assert time.monotonic() - start < 20


@needs_libreoffice
def test_what_libreoffice_stores_is_read_as_the_workbook_that_it_had(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Accounts")
    money = book.add_format({"num_format": '#,##0_);\\(#,##0\\);"-"_)'})
    share = book.add_format({"num_format": "0.0%"})
    page.merge_range(0, 1, 0, 2, "2024/25")
    for at, (label, amount) in enumerate((("Care", 1234.6), ("Roads", -310), ("Parks", 0)), 1):
        page.write_row(at, 0, [label, amount], money)
        page.write_number(at, 2, amount / 924.6, share)
    page.write_formula(4, 1, "=SUM(B2:B4)", money, 924.6)
    page.write_string(4, 0, "Total")
    book.close()
    found = [read_printed(one) for one in (path, stored_as("ods", path, tmp_path))]
    (first,), (again,) = (one for one in found if not isinstance(one, Refusal))
    assert again.rows == first.rows
    assert again.stored.formulas == first.stored.formulas == {(4, 1): "=SUM(B2:B4)"}
    assert again.stored.spans == first.stored.spans
    assert again.stored.numbers[1, 1] == first.stored.numbers[1, 1] == Decimal("1234.6")
