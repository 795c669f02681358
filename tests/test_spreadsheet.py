"""Workbooks read: every value as the file writes it; broken and hostile files refused in time."""

import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from cfbudget.problem import Refusal
from cfbudget.read import bounds
from cfbudget.read.spreadsheet import Limits, SheetCell, Spreadsheet, read_spreadsheet

LIMITS = Limits(bytes=20_000_000, cells=10_000)
MOST_MEMORY = 50_000_000

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORMAT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = "xl/worksheets/sheet1.xml"

Parts = dict[str, str | bytes]


def sheet_of(table: str, before: str = "", behind: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{table}</sheetData>{behind}</worksheet>'


def parts_of(*tables: str) -> Parts:
    """The smallest workbook's parts, with a sheet for each table: S1, S2 ..."""
    count = range(1, len(tables) + 1)
    overrides = f'<Override PartName="/xl/workbook.xml" ContentType="{FORMAT}.sheet.main+xml"/>'
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in count)
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in count
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{overrides}</Types>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        f"{relations}</Relationships>",
        **{f"xl/worksheets/sheet{n}.xml": sheet_of(t) for n, t in zip(count, tables, strict=True)},
    }


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def read(path: Path, limits: Limits = LIMITS) -> Spreadsheet:
    found = read_spreadsheet(path, limits)
    assert isinstance(found, Spreadsheet), found
    return found


def reason(path: Path, limits: Limits = LIMITS) -> str:
    """Why a file is refused; the refusal has a hint, and took little memory."""
    tracemalloc.start()
    try:
        found = read_spreadsheet(path, limits)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(found, Refusal), found
    assert found.hint
    assert peak < MOST_MEMORY
    return found.reason


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


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "the file is empty"),
        (b"Service,Gross\nCare,100\n", "it is a text file (perhaps CSV), not a workbook"),
        ("Café;1\n".encode("cp1252"), "it is a text file (perhaps CSV), not a workbook"),
        ("a\tb\n".encode("utf-16"), "it is a text file (perhaps CSV), not a workbook"),
        (b"<html><table>", "it is a web page, not a workbook"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "it is an XML spreadsheet of 2003, not a workbook",
        ),
        (b"\x1f\x8b\x08\x00\x00", "it is not an Excel workbook"),
        (OLE + bytes(5_000), "it is in Excel's old format (.xls)"),
        (
            OLE + bytes(2_000_000) + "EncryptedPackage".encode("utf-16-le") + bytes(10),
            "it is protected by a password",
        ),
        (
            OLE + bytes(2**20 + 4096 - 20) + "EncryptedPackage".encode("utf-16-le"),
            "it is protected by a password",
        ),
        (b"PK", "it is damaged or incomplete"),
        (b"PK\x03\x04" + bytes(500), "it is damaged or incomplete"),
        (b"PK\x05\x06" + bytes(18), "it is a zip archive without a workbook in it"),
    ],
)
def test_files_of_other_kinds(written: Path, content: bytes, expected: str) -> None:
    written.write_bytes(content)
    assert reason(written) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("xl/workbook.bin", "it is a binary workbook (.xlsb)"),
        ("content.xml", "it is an OpenDocument file (.ods)"),
        ("notes.txt", "it is a zip archive without a workbook in it"),
        ("[Content_Types].xml", "it is a zip archive without a workbook in it"),
    ],
)
def test_archives_of_other_kinds(written: Path, name: str, expected: str) -> None:
    assert reason(zipped(written, {name: f'<Types xmlns="{TYPES}"/>'})) == expected


def test_a_word_document(written: Path) -> None:
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}
    assert reason(zipped(written, parts)) == "it is a Word document, not a workbook"


def test_strict_open_xml_would_be_read_as_empty(written: Path) -> None:
    strict = parts_of("")[SHEET]
    assert isinstance(strict, str)
    strict = strict.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    expected = "it is saved as Strict Open XML, which cannot be read"
    assert reason(zipped(written, parts_of("") | {SHEET: strict})) == expected


# --- archives that are broken, or made to do harm


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_truncated_archive(written: Path, kept: float) -> None:
    content = zipped(written, parts_of("")).read_bytes()
    written.write_bytes(content[: int(len(content) * kept)])
    assert reason(written) == "it is damaged or incomplete"


def test_a_checksum_that_is_wrong(written: Path) -> None:
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts_of('<row r="1"><c r="A1"><v>4711</v></c></row>').items():
            archive.writestr(name, content)
    written.write_bytes(written.read_bytes().replace(b"4711", b"4712"))
    assert reason(written) == "it is damaged or incomplete"


def test_a_bomb_is_refused_before_it_is_unpacked(written: Path) -> None:
    zipped(written, parts_of("") | {"xl/media/a.png": bytes(LIMITS.bytes)})
    assert written.stat().st_size < 100_000
    assert reason(written) == "it unpacks to more than 20,000,000 bytes"


def test_a_file_larger_than_what_it_may_unpack_to(written: Path) -> None:
    zipped(written, parts_of(""))
    assert reason(written, Limits(100, 100)) == "the file has more than 100 bytes"


def patched(path: Path, part: str, header: bytes, offset: int, value: bytes) -> None:
    """Overwrite a field of a part's header in the directory (`PK\\1\\2`)."""
    content = bytearray(path.read_bytes())
    at, length = -1, {b"PK\x01\x02": 46}[header]
    while at < 0 or content[at + length : at + length + len(part)] != part.encode():
        at = content.index(header, at + 1)
    content[at + offset : at + offset + len(value)] = value
    path.write_bytes(content)


def test_a_part_larger_than_it_says(written: Path) -> None:
    table = "<row/>" * 1_000_000
    zipped(written, parts_of(table))
    patched(written, SHEET, b"PK\x01\x02", 24, struct.pack("<I", 500))
    assert reason(written) == "it is damaged or incomplete"


def test_parts_that_overlap(written: Path) -> None:
    parts = parts_of("") | {"a.xml": "<a/>", "b.xml": "<b/>"}
    zipped(written, parts)
    with zipfile.ZipFile(written) as archive:
        offset = archive.getinfo("a.xml").header_offset
    patched(written, "b.xml", b"PK\x01\x02", 42, struct.pack("<I", offset))
    assert reason(written) == "its parts overlap, as in a zip bomb"


def test_parts_that_need_another_method_or_a_password(written: Path) -> None:
    with zipfile.ZipFile(written, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in parts_of("").items():
            archive.writestr(name, content)
    assert reason(written) == "it is compressed in a way that no workbook is"
    zipped(written, parts_of(""))
    patched(written, SHEET, b"PK\x01\x02", 8, struct.pack("<H", 1))
    assert reason(written) == "it is a zip archive protected by a password"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", [SHEET, SHEET.upper()])
def test_a_part_that_stands_twice(written: Path, second: str) -> None:
    zipped(written, parts_of(""))
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr(second, sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert reason(written) == f"its part {second} stands twice"


def test_too_many_parts(written: Path) -> None:
    with zipfile.ZipFile(written, "w") as archive:
        for at in range(5_001):
            archive.writestr(f"{at}", b"")
    assert reason(written) == "it is divided into more than 5,000 parts"


def test_a_directory_that_is_too_long(written: Path) -> None:
    content = zipped(written, parts_of("")).read_bytes()
    end = content.rindex(b"PK\x05\x06")
    lying = content[end : end + 12] + struct.pack("<I", 2**31) + content[end + 16 :]
    written.write_bytes(content[:end] + bytes(1_000_000) + lying)
    assert reason(written) == "it is damaged or incomplete"
    start = struct.unpack_from("<I", content, end + 16)[0]
    padded = content[:end] + bytes(5_000_000)
    lying = content[end : end + 12] + struct.pack("<I", len(padded) - start) + content[end + 16 :]
    written.write_bytes(padded + lying)
    assert reason(written) == "it is divided into too many parts"


# --- XML that is broken, or made to do harm

BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/other.xml"])
@pytest.mark.parametrize("declared", [BOMB, OUTSIDE, "<!-- x --> <!DOCTYPE a>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig", "iso-8859-1"])
def test_document_types(written: Path, part: str, declared: str, encoding: str) -> None:
    parts = parts_of("")
    content = str(parts.get(part, "<a/>"))
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    parts[part] = (head + declared + content).encode(encoding)
    expected = f"its part {part} declares a document type, as no workbook does"
    assert reason(zipped(written, parts)) == expected


@pytest.mark.parametrize("encoding", ["utf-7", "windows-1252", "cp037", "none"])
def test_other_encodings(written: Path, encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>{sheet_of("")}'
    expected = f"its part {SHEET} is damaged: its encoding is {encoding}"
    assert reason(zipped(written, parts_of("") | {SHEET: content})) == expected


def test_a_document_type_in_a_sheet_of_another_name(written: Path) -> None:
    parts = parts_of("")
    relations = str(parts["xl/_rels/workbook.xml.rels"]).replace("sheet1.xml", "picture.png")
    parts |= {"xl/_rels/workbook.xml.rels": relations, "xl/worksheets/picture.png": BOMB + "<a/>"}
    assert "declares a document type" in reason(zipped(written, parts))


def with_row(row: str) -> Callable[[], Parts]:
    return lambda: parts_of(row)


def cell(content: str, attributes: str = "") -> Callable[[], Parts]:
    return with_row(f'<row r="1"><c r="A1" {attributes}>{content}</c></row>')


def sheet(**around: str) -> Callable[[], Parts]:
    return lambda: parts_of("") | {SHEET: sheet_of("", **around)}


IN_SHEET = f"its part {SHEET} is damaged: "
SHARED = '<f t="shared" si="0" ref="A1:A9">{}</f>'


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (with_row('<row r="1"><c r="A1">'), IN_SHEET + "mismatched tag"),
        (with_row("\x00"), IN_SHEET + "not well-formed (invalid token)"),
        (with_row("&lol;"), IN_SHEET + "undefined entity"),
        (with_row('<row r="0"/>'), IN_SHEET + "row 0 is out of place, behind row 0"),
        (with_row('<row r="1.5"/>'), IN_SHEET + "row 1.5 is out of place, behind row 0"),
        (with_row('<row r="1048577"/>'), IN_SHEET + "row 1048577 is out of place, behind row 0"),
        (with_row(f'<row r="{10**50}"/>'), IN_SHEET + "row 1000000000"),
        (with_row('<row r="3"/><row r="2"/>'), IN_SHEET + "row 2 is out of place, behind row 3"),
        (with_row('<row r="2"/><row r="2"/>'), IN_SHEET + "row 2 is out of place, behind row 2"),
        (with_row('<x><c r="A1"/></x>'), IN_SHEET + "something other than a row stands in"),
        (with_row('<row><c r="B1"/><c r="A1"/></row>'), IN_SHEET + "cell A1 is out of place"),
        (with_row('<row><c r="B1"/><c r="B1"/></row>'), IN_SHEET + "cell B1 is out of place"),
        (with_row('<row><c r="A2"/></row>'), IN_SHEET + "cell A2 is out of place, in row 1"),
        (with_row('<row><c r="XFE1"/></row>'), IN_SHEET + "cell XFE1 is out of place"),
        (with_row('<row><c r="ZZZZ1"/></row>'), IN_SHEET + "cell ZZZZ1 is out of place"),
        (with_row('<row><c r="1"/></row>'), IN_SHEET + "cell 1 is out of place"),
        (with_row('<row><c r="A"/></row>'), IN_SHEET + "cell A is out of place"),
        (with_row('<row><c r="A1:B2"/></row>'), IN_SHEET + "cell A1:B2 is out of place"),
        (with_row("<row>" + "<c/>" * 16_385 + "</row>"), IN_SHEET + "cell without a name is out"),
        (sheet(before="<row/>"), IN_SHEET + "a row stands outside the table"),
        (sheet(before="<a>" * 200), IN_SHEET + "elements are nested too deep"),
        (cell("<is>" + "<r>" * 200), IN_SHEET + "elements are nested too deep"),
        (sheet(before=f'<a b="{"x" * 1_000_000}"/>'), IN_SHEET + "it holds an overlong tag"),
        (cell(SHARED.format("1+" * 5_000 + "1")), IN_SHEET + "the formula in A1 is overlong"),
        (with_row(f"<row><c>{SHARED.format('A1')}</c></row>"), IN_SHEET + "a shared formula in"),
        (sheet(before='<dimension ref="A1:ZZZZZZ9"/>'), "it cannot be read as a workbook: "),
        (cell("<v>x</v>"), "its sheet 'S1' cannot be read: something in it"),
        (cell("<v>NaN</v>"), "its sheet 'S1' cannot be read: something in it"),
        (cell("<v>1E999</v>"), "a cell holds a number that is too large"),
        (cell(f"<v>1{'0' * 400}</v>"), "a cell holds a number that is too large"),
        (cell(f"<v>1{'0' * 5_000}</v>"), "its sheet 'S1' cannot be read: something in it"),
        (cell("<v>5</v>", 't="s"'), "its sheet 'S1' cannot be read: something in it"),
        (cell("<v>yes</v>", 't="b"'), "its sheet 'S1' cannot be read: something in it"),
        (cell("<v>soon</v>", 't="d"'), "its sheet 'S1' cannot be read: something in it"),
        (cell("<v>1</v>", 's="x"'), "its sheet 'S1' cannot be read: something in it"),
        (cell('<f t="dataTable"/>'), "its sheet 'S1' cannot be read: "),
        (cell(f"<v>{'x' * 40_000}</v>", 't="str"'), "a cell holds a text of 40,000 characters"),
    ],
)
def test_sheets_that_are_broken(written: Path, parts: Callable[[], Parts], expected: str) -> None:
    assert reason(zipped(written, parts())).startswith(expected)


def replaced(part: str, old: str, new: str) -> Callable[[], Parts]:
    def parts() -> Parts:
        found = parts_of("", "")
        assert old in str(found[part])
        return found | {part: str(found[part]).replace(old, new)}

    return parts


def without(part: str) -> Callable[[], Parts]:
    return lambda: {name: text for name, text in parts_of("", "").items() if name != part}


def added(part: str, content: str) -> Callable[[], Parts]:
    return lambda: parts_of("") | {part: content}


LIST, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (without(SHEET), "its sheet 'S1' is missing from the file"),
        (without(LINKS), "its sheet 'S1' is missing from the file"),
        (without(LIST), "it is a zip archive without a workbook in it"),
        (replaced(LIST, 'r:id="r2"', ""), "its sheet 'S2' is missing from the file"),
        (replaced(LIST, 'r:id="r2"', 'r:id="r1"'), "its sheet 'S2' stands twice"),
        (replaced(LIST, 'name="S2"', 'name="S1"'), "its sheet 'S1' stands twice"),
        (replaced(LINKS, "sheet2.xml", "sheet1.xml"), "its sheet 'S2' stands twice"),
        (replaced(LINKS, "worksheets/sheet2.xml", "workbook.xml"), "its part xl/workbook.xml is"),
        (replaced(LIST, "<sheet ", "<sheep "), "it holds no sheet"),
        (
            replaced("[Content_Types].xml", "main+xml", "x"),
            "it cannot be read as a workbook: something in it",
        ),
        (added("xl/workbook2.xml", f'<workbook xmlns="{MAIN}"/>'), "it holds two workbooks"),
        (added("xl/styles.xml", f"<a>{'<b/>' * 500_000}</a>"), "its part xl/styles.xml is damaged"),
        (added("docProps/core.xml", "<a/>"), "its part docProps/core.xml is damaged"),
        (added("xl/worksheets/_rels/sheet1.xml.rels", "<a/>"), "its part xl/worksheets/_rels/"),
        (
            replaced(
                "[Content_Types].xml",
                "<Override",
                f'<Override ContentType="{FORMAT}.shared'
                f'Strings+xml" PartName="/{SHEET}"/><Override',
            ),
            f"its part {SHEET} is damaged: it is not what its name or type says",
        ),
        (
            added(
                "xl/styles.xml",
                f'<styleSheet xmlns="{MAIN}"><fonts><font><sz val="x"/></font>'
                "</fonts></styleSheet>",
            ),
            "it cannot be read as a workbook: ",
        ),
    ],
)
def test_workbooks_that_are_broken(
    written: Path, parts: Callable[[], Parts], expected: str
) -> None:
    assert reason(zipped(written, parts())).startswith(expected)


# --- more than may be read


def test_cells_that_lie_too_far_apart(written: Path) -> None:
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    zipped(written, parts_of(far, far, far))
    assert reason(written) == "its cells lie too far apart"
    row = '<row><c/></row><row r="{0}"><c r="XFD{0}"><v>1</v></c></row>'
    zipped(written, parts_of("".join(row.format(at) for at in range(2, 400, 2))))
    assert reason(written) == "its cells lie too far apart"


def test_a_million_rows_and_cells_that_are_empty(written: Path) -> None:
    limits = Limits(LIMITS.bytes, 100)
    zipped(written, parts_of("<row/>" * 1_048_576))
    assert read(written, limits).sheets == {"S1": {}}
    zipped(written, parts_of("<row><c/><c/></row>" * 500_000))
    assert reason(written, limits) == "it has more than 400 cells, most of them empty"
    zipped(written, parts_of("<row><c><v>1</v></c></row>" * 500_000))
    assert reason(written, limits) == "it holds more than 100 cells"


def strings(content: str) -> Parts:
    kind = f'<Override PartName="/xl/strings.xml" ContentType="{FORMAT}.sharedStrings+xml"/>'
    parts = parts_of("")
    manifest = str(parts["[Content_Types].xml"]).replace("<Override", kind + "<Override", 1)
    return parts | {
        "[Content_Types].xml": manifest,
        "xl/strings.xml": f'<sst xmlns="{MAIN}">{content}</sst>',
    }


def test_too_many_texts(written: Path) -> None:
    expected = "it holds more than 21,000 texts"
    assert reason(zipped(written, strings("<si/>" * 1_000_000))) == expected
    assert reason(zipped(written, strings(f"<si>{'<t/>' * 1_000_000}</si>"))) == expected
    row = f"<row><c t='inlineStr'><is>{'<t/>' * 1_000_000}</is></c></row>"
    assert reason(zipped(written, parts_of(row))) == expected


def test_too_many_settings(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MARKUP", 1_000)
    expected = "it holds too many styles, names or other settings"
    names = '<definedName name="a">1</definedName>' * 2_000
    parts = replaced(LIST, "</sheets>", f"</sheets><definedNames>{names}</definedNames>")()
    assert reason(zipped(written, parts)) == expected
    rich = f"<si><r>{'<b/>' * 2_000}</r></si>"
    assert reason(zipped(written, strings(rich))) == expected


def test_a_formula_shared_by_too_many(written: Path) -> None:
    first = f'<row><c r="A1">{SHARED.format("A1+" * 2_000 + "A1")}</c></row>'
    others = (f'<row><c r="A{at}"><f t="shared" si="0"/></c></row>' for at in range(2, 1_000))
    zipped(written, parts_of(first + "".join(others)))
    assert reason(written) == "its formulas are too long"


def test_a_row_or_text_that_is_too_long(written: Path) -> None:
    limits = Limits(100_000_000, 100)
    long = "x" * 40_000_000
    zipped(written, parts_of(f'<row r="1"><c r="A1" t="str"><v>{long}</v></c></row>'))
    assert reason(written, limits) == IN_SHEET + "it holds an overlong row or text"


def test_running_out_of_memory_is_not_the_files_fault(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise MemoryError

    zipped(written, parts_of(""))
    monkeypatch.setattr(openpyxl, "load_workbook", exhausted)
    with pytest.raises(MemoryError):
        read_spreadsheet(written, LIMITS)
