"""Workbooks read: every value as the file writes it."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from cfbudget.read.spreadsheet import Limits, SheetCell
from tests.kit.spreadsheets import SHEET, Parts, parts_of, read, reason, sheet_of, zipped


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


# --- what is read


def test_values_as_the_file_writes_them(written: Path) -> None:
    book = xlsxwriter.Workbook(written)
    sheet = book.add_worksheet("Revenue 2024-25")
    dates = [book.add_format({"num_format": f}) for f in ("d mmm yyyy", "hh:mm", "[h]:mm")]
    sheet.write_row(0, 0, [77523, -3380.5, 0.1, 23.837, 1e21, True, False])
    sheet.write_row(1, 0, ["Care", "£1", "(3,380)", "-", " a\nb ", "N/A"])
    sheet.write_string(2, 0, "=SUM(A1:A2)")
    sheet.write_rich_string(2, 1, "Total ", book.add_format({"bold": True}), "net")
    sheet.write_number(3, 0, 45383, dates[0])
    sheet.write_number(3, 1, 45383.5, dates[0])
    sheet.write_number(3, 2, 0.75, dates[1])
    sheet.write_number(3, 3, 1.5, dates[2])
    sheet.write_number(3, 4, 750, book.add_format({"num_format": '£0.000,,\\m;[Red](0.0 "days")'}))
    sheet.write_blank(4, 0, None, dates[0])
    book.close()
    cells = read(written).sheets["Revenue 2024-25"]
    numbers = ["77523", "-3380.5", "0.1", "23.837", "1E+21"]
    values = {at: cell.value for at, cell in cells.items()}
    assert [values.pop((1, column)) for column in range(1, 6)] == [Decimal(n) for n in numbers]
    assert all(cell.formula is None for cell in cells.values())
    assert values == {
        (1, 6): True,
        (1, 7): False,
        (2, 1): "Care",
        (2, 2): "£1",
        (2, 3): "(3,380)",
        (2, 4): "-",
        (2, 5): " a\nb ",
        (2, 6): "N/A",
        (3, 1): "=SUM(A1:A2)",
        (3, 2): "Total net",
        (4, 1): "2024-04-01",
        (4, 2): "2024-04-01T12:00:00",
        (4, 3): "18:00:00",
        (4, 4): "PT129600S",
        (4, 5): Decimal(750),
    }
    assert type(values[1, 6]) is bool


def test_formulas_with_their_stored_results(written: Path) -> None:
    book = xlsxwriter.Workbook(written)
    sheet = book.add_worksheet("A")
    sheet.write_formula("A1", "=SUM(B1:B3)", None, 101.25)
    sheet.write_formula("A2", '=IF(A1>0,"over","")', None, "over")
    sheet.write_formula("A3", "=A1=A2", None, True)
    sheet.write_formula("A4", "=1/0", None, "#DIV/0!")
    sheet.write_formula("A5", '=""', None, "")
    sheet.write_array_formula("A6:A7", "{=B1:B2*2}", None, 8)
    sheet.write("A8", 5)
    book.add_worksheet("Plain").write("A1", "no formula")
    book.close()
    found = read(written).sheets
    assert found["A"] == {
        (1, 1): SheetCell("=SUM(B1:B3)", Decimal("101.25")),
        (2, 1): SheetCell('=IF(A1>0,"over","")', "over"),
        (3, 1): SheetCell("=A1=A2", True),
        (4, 1): SheetCell("=1/0", "#DIV/0!"),
        (5, 1): SheetCell('=""', None),
        (6, 1): SheetCell("=B1:B2*2", Decimal(8)),
        (7, 1): SheetCell(None, Decimal(0)),
        (8, 1): SheetCell(None, Decimal(5)),
    }
    assert found["Plain"] == {(1, 1): SheetCell(None, "no formula")}


def test_formulas_that_were_never_calculated(written: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B2"] = "=A1*2"
    book.save(written)
    assert read(written).sheets == {"Sheet": {(2, 2): SheetCell("=A1*2", None)}}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><f/><v>7</v></c>', SheetCell(None, Decimal(7))),
        ('<c r="A1"><f></f></c>', None),
        ('<c r="A1" t="e"><v>#REF!</v></c>', SheetCell(None, "#REF!")),
        ('<c r="A1" t="d"><v>2024-04-01</v></c>', SheetCell(None, "2024-04-01")),
        ('<c r="A1" t="str"><v></v></c>', None),
        ('<c r="A1" t="inlineStr"><is><t>=x</t></is></c>', SheetCell(None, "=x")),
        ("<c><v>1.10</v></c>", SheetCell(None, Decimal("1.1"))),
        (
            '<c r="A1"><f t="dataTable" ref="A1:A2" dt2D="1" dtr="1" r1="B1" r2="B2"/><v>1</v></c>',
            SheetCell("=TABLE(B1,B2)", Decimal(1)),
        ),
        (
            '<c r="A1"><f t="dataTable" ref="A1:A2" dt2D="0" dtr="0" r1="B1"/><v>1</v></c>',
            SheetCell("=TABLE(,B1)", Decimal(1)),
        ),
    ],
)
def test_cells_of_other_programs(written: Path, cell: str, expected: SheetCell | None) -> None:
    zipped(written, parts_of(f'<row r="1">{cell}</row>'))
    assert read(written).sheets["S1"] == ({(1, 1): expected} if expected else {})


def test_shared_formulas_are_translated(written: Path) -> None:
    table = """
        <row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="0">A1*$B$1+Data!A:A</f><v>1</v></c></row>
        <row r="2"><c r="C2"><f t="shared" si="0"/><v>2</v></c></row>
        <row r="3"><c r="D3"><f t="shared" si="0"/><v>3</v></c></row>"""
    zipped(written, parts_of(table))
    assert read(written).sheets["S1"] == {
        (1, 3): SheetCell("=A1*$B$1+Data!A:A", Decimal(1)),
        (2, 3): SheetCell("=A2*$B$1+Data!A:A", Decimal(2)),
        (3, 4): SheetCell("=B3*$B$1+Data!B:B", Decimal(3)),
    }


def test_sheets_names_and_hidden_sheets(written: Path) -> None:
    book = xlsxwriter.Workbook(written)
    sheets = [book.add_worksheet(name) for name in ("Zoo", "Notes", "Ant & Bee", "Empty")]
    sheets[1].hide()
    sheets[2].very_hidden()
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Zoo!$A$1"})
    book.add_chartsheet("Chart").set_chart(chart)
    book.define_name("Total", "=Zoo!$A$1")
    book.define_name("Zoo!Local", "=Zoo!$A$2")
    sheets[0].write("XFD1", 1)
    sheets[2].write("A5", 1)
    book.close()
    found = read(written)
    assert list(found.sheets) == ["Zoo", "Notes", "Ant & Bee", "Empty"]
    assert [list(cells) for cells in found.sheets.values()] == [[(1, 16_384)], [], [(5, 1)], []]
    assert found.names == {"Total": "Zoo!$A$1"}
    assert found.hidden == ("Notes", "Ant & Bee")
    assert found.oddities == ()


def test_macros_and_links_are_told(written: Path) -> None:
    odd: Parts = {"xl/vbaProject.bin": b"\xd0\xcf", "xl/externalLinks/x.xml": "<a/>"}
    found = read(zipped(written, parts_of("") | odd))
    assert found.oddities == ("it holds macros", "it links to other workbooks")


@pytest.mark.parametrize("size", ["A1:XFD1048576", "A1", "B2:ZZZ99999999"])
def test_a_size_that_lies_costs_nothing(written: Path, size: str) -> None:
    table = '<row r="3"><c r="C3"><v>1</v></c></row>'
    parts = parts_of(table) | {SHEET: sheet_of(table, f'<dimension ref="{size}"/>')}
    assert list(read(zipped(written, parts)).sheets["S1"]) == [(3, 3)]


def test_the_furthest_cell(written: Path) -> None:
    zipped(written, parts_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    assert list(read(written).sheets["S1"]) == [(1_048_576, 16_384)]


def test_rules_behind_the_table_are_not_looked_at(written: Path) -> None:
    rule = '<autoFilter ref="?"><filterColumn colId="x"/></autoFilter>'
    table = '<row r="1"><c r="A1"><f>1</f><v>1</v></c></row><row r="2"><c r="A2" s="0"/></row>'
    zipped(written, parts_of(table) | {SHEET: sheet_of(table, behind=rule)})
    assert read(written).sheets["S1"] == {(1, 1): SheetCell("=1", Decimal(1))}


def test_what_openpyxl_does_not_read_may_be_anything(written: Path) -> None:
    odd: Parts = {
        "xl/media/a.png": b"\x89PNG",
        "xl/drawings/v.vml": "<a><br></a>",
        "xl/b.xml": "<b><c>",
    }
    assert read(zipped(written, parts_of("") | odd)).sheets == {"S1": {}}


def test_as_many_cells_as_allowed(written: Path) -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1" s="0"/></row>'
    zipped(written, parts_of(row, row))
    assert read(written, Limits(1_000_000, 4)).sheets.keys() == {"S1", "S2"}
    assert reason(written, Limits(1_000_000, 3)) == "it holds more than 3 cells"


# --- what is no workbook


def test_what_is_no_file(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.xlsx") == "the file does not exist"
    assert reason(tmp_path) == "it is a folder, not a workbook"
    assert reason(tmp_path / "a\0.xlsx") == "no file can have this name"
    assert reason(tmp_path / ("a" * 300)).startswith("the file cannot be read: ")
    assert reason(Path("/dev/zero")) == "it is not a file"


def test_a_file_that_may_not_be_read(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    zipped(written, parts_of(""))
    monkeypatch.setattr(Path, "open", refuse)
    assert reason(written) == "the file may not be read"
