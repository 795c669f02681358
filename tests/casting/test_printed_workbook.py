"""Workbooks as their sheets are printed: number formats, formulas without results, bounds."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from cfbudget.casting.read.number_format import printed_value
from cfbudget.casting.read.printed_file import read_printed, read_printed_stream
from cfbudget.casting.read.printed_table import PrintedTable
from cfbudget.casting.stored_cells import Span, StoredCells
from cfbudget.problem import Refusal
from cfbudget.read.merged_cells import merged_areas
from tests.casting.kit.files import refused

ACCOUNTS = '_-[$£-809]* #,##0.00_-;\\-[$£-809]* #,##0.00_-;_-[$£-809]* "-"??_-;_-@_-'
BRACKETS = "#,##0_);[Red]\\(#,##0\\);\\-"


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", "0.30000000000000004", "0.3"),
        ("General", "101238", "101238"),
        ("General", "-0.5", "-0.5"),
        ("General", "1E+22", "1E+22"),
        ("General", "123456789012345678", "123456789012346000"),
        ("0", "2.5", "3"),
        ("0", "-0.4", "0"),
        ("0.00", "1.005", "1.01"),
        ("0.0", "-1.25", "-1.3"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0", "0", "0"),
        ("#,###", "0", ""),
        ("#,##0,", "1234567", "1,235"),
        ("0.0,,\\m", "1250000", "1.3m"),
        ('£0.000,,"m"', "750000", "£0.750m"),
        ("0%", "0.975", "98%"),
        ("0.00%", "0.0026", "0.26%"),
        ('0.0"%"', "97.5", "97.5%"),
        (BRACKETS, "3380", "3,380"),
        (BRACKETS, "-3380", "(3,380)"),
        (BRACKETS, "0", "-"),
        (ACCOUNTS, "1234.5", "£1,234.50"),
        (ACCOUNTS, "-1234.5", "-£1,234.50"),
        (ACCOUNTS, "0", "-"),
        ("#,##0;(#,##0)", "-0.4", "(0)"),
        ("0.0#", "1.5", "1.5"),
        ("0.0#", "1.25", "1.25"),
        ("#.##", "0.5", ".5"),
        ("000", "7", "007"),
        ('"n/a"', "5", "n/a"),
        (";;;", "5", ""),
        ('[>=1000000]0.0,,"m";[>=1000]0,"k";0', "2500000", "2.5m"),
        ('[>=1000000]0.0,,"m";[>=1000]0,"k";0', "2500", "3k"),
        ('[>=1000000]0.0,,"m";[>=1000]0,"k";0', "25", "25"),
        ("0.00E+00", "1234", "1234"),
        ("# ?/?", "0.5", "0.5"),
        ("00-00", "1234", "1234"),
        ("@", "12", "12"),
        ("[$-F400]h:mm:ss AM/PM", "0.5", "0.5"),
        ('General" units"', "5", "5 units"),
        ('"', "5", ""),
        ("0." + "0" * 50, "5", "5"),
        ("", "5", ""),
    ],
)
def test_numbers_in_their_format(code: str, value: str, text: str) -> None:
    assert printed_value(Decimal(value), code) == text


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("mm-dd-yy", "2024-03-31", "2024-03-31"),
        ("d mmmm yyyy", "2024-03-01", "1 March 2024"),
        ("mmm\\-yy", "2024-04-01", "Apr-24"),
        ("dd/mm/yyyy hh:mm", "2024-04-01T09:05:00", "01/04/2024 09:05"),
        ("h:mm AM/PM", "2024-04-01T15:05:00", "3:05 PM"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2024-04-01", "Monday, April 01, 2024"),
        ("[h]:mm", "PT129600S", "PT129600S"),
        ("yyyy", "Total", "Total"),
        ('0;0;0;"about "@', "five", "about five"),
        ("0", "=1+1", "=1+1"),
        (";;;", "hidden", ""),
    ],
)
def test_texts_and_dates_in_their_format(code: str, value: str, text: str) -> None:
    assert printed_value(value, code) == text


def tables(path: Path, sheet: str | None = None) -> tuple[PrintedTable, ...]:
    found = read_printed(path, sheet=sheet)
    assert not isinstance(found, Refusal), found
    return found


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets that hold something, the second hidden, and one that does not."""
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as written:
        money = written.add_format({"num_format": "#,##0.0_);(#,##0.0)"})
        sheet = written.add_worksheet("Revenue")
        sheet.merge_range("A1:C1", "Budget")
        sheet.write_row(2, 1, ["Care", True])
        sheet.write_number(3, 2, -1234.56, money)
        sheet.write_formula("C5", "=SUM(C4)", money, -1234.56)
        sheet.write_formula("D5", '=IF(C5,"","")', None, "")
        written.add_worksheet("Empty")
        hidden = written.add_worksheet("Working notes")
        hidden.write("A1", 5)
        hidden.hide()
    return with_an_empty_text(path)


def with_an_empty_text(path: Path) -> Path:
    """The workbook with the type that Excel gives to an empty result."""
    copy = path.with_name("typed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'<c r="D5"', b'<c r="D5" t="str"'))
    return copy


def test_sheets_as_printed(book: Path) -> None:
    first, second = tables(book)
    assert first == PrintedTable(
        "Revenue",
        (("Budget",), (), ("", "Care", "TRUE"), ("", "", "(1,234.6)"), ("", "", "(1,234.6)")),
        stored=StoredCells(
            {(3, 2): Decimal("-1234.56"), (4, 2): Decimal("-1234.56")},
            {(4, 2): "=SUM(C4)", (4, 3): '=IF(C5,"","")'},
            (Span(0, 0, 0, 2),),
        ),
    )
    assert second == PrintedTable(
        "Working notes", (("5",),), ("the sheet is hidden",), StoredCells({(0, 0): Decimal(5)})
    )
    assert tables(book, "revenue ") == (first,)
    with book.open("rb") as stream:
        assert read_printed_stream(stream) == (first, second)


def test_a_sheet_that_is_not_there(book: Path) -> None:
    found = read_printed(book, sheet="Capital")
    assert found == Refusal(
        "it has no sheet 'Capital'", "its sheets are 'Revenue', 'Working notes'"
    )
    found = read_printed(book, sheet="Empty")
    assert isinstance(found, Refusal)
    assert found.reason == "its sheet 'Empty' holds nothing"


def test_formulas_without_a_result_are_no_blanks(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    written = openpyxl.Workbook()
    sheet = written.worksheets[0]
    for row in (["Care", 5], ["Roads", 6], ["Total", "=SUM(B1:B2)"], ["", "=B3"]):
        sheet.append(row)
    written.save(path)
    (table,) = tables(path)
    assert table.rows == (("Care", "5"), ("Roads", "6"), ("Total", "=SUM(B1:B2)"), ("", "=B3"))
    assert table.notes == (
        "2 formulas have no stored result: open the workbook in Excel or LibreOffice and save it",
    )


@pytest.mark.parametrize("place", ["A20001", "SH1"])
def test_sheets_over_a_bound(tmp_path: Path, place: str) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as written:
        written.add_worksheet("Small").write("A1", 1)
        written.add_worksheet("Large").write(place, 1)
    found = read_printed(path)
    assert isinstance(found, Refusal)
    assert "'Large'" in found.reason
    assert "--sheet" in found.hint
    assert len(tables(path, "Small")) == 1


def test_workbooks_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert "text file" in refused(path, "Care,1").reason
    assert "damaged" in refused(path, b"PK\x03\x04" + bytes(100)).reason
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    password = ole + "EncryptedPackage".encode("utf-16-le")
    assert "password" in refused(path, password).reason
    assert "password" in refused(tmp_path / "a.dat", password).reason
    assert "old format" in refused(tmp_path / "a.xls", ole).reason
    found = read_printed_stream(io.BytesIO(b"PK\x03\x04" + bytes(100)))
    assert isinstance(found, Refusal)


@pytest.mark.parametrize(
    ("written", "areas"),
    [
        ("A1:C1", [(1, 1, 1, 3)]),
        ("b2", [(2, 2, 2, 2)]),
        ("C1:A1", []),
        ("A0:B1", []),
        ("A1048577", []),
        ("A1:XFE1", []),
        (":", []),
        ("", []),
    ],
)
def test_merged_areas(written: str, areas: list[tuple[int, ...]]) -> None:
    assert list(merged_areas([written])) == areas


def with_format(path: Path, code: str) -> Path:
    """A workbook of one figure whose number format is this, which no library would write."""
    written = openpyxl.Workbook()
    written.worksheets[0]["A1"] = 5
    written.worksheets[0]["A1"].number_format = "0QQ"
    written.save(path)
    copy = path.with_name("formatted.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"0QQ", code.encode()))
    return copy


@pytest.mark.parametrize("sign", ["[", "_", "*", "\\", "0", ";", "[h"])
def test_a_number_format_is_bounded_by_its_length(tmp_path: Path, sign: str) -> None:
    found = read_printed(with_format(tmp_path / "book.xlsx", sign * 80_000))
    assert isinstance(found, Refusal)
    assert "overlong number format" in found.reason
    within = with_format(tmp_path / "book.xlsx", f"{sign * (499 // len(sign))}0")
    assert isinstance(read_printed(within), tuple)
    assert printed_value(Decimal(5), sign * 80_000) == "5"
