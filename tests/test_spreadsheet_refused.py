"""Workbooks that are not read: broken and hostile files are refused in time."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.reader.excel import ExcelReader

from cfbudget.loaded import load_folder
from cfbudget.read import bounds
from cfbudget.read.spreadsheet import Limits, read_spreadsheet
from tests.kit.spreadsheets import (
    FORMAT,
    LIMITS,
    MAIN,
    SHEET,
    TYPES,
    Parts,
    cell,
    parts_of,
    read,
    reason,
    sheet,
    sheet_of,
    with_row,
    zipped,
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


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
        (b"\x1f\x8b\x08\x00\x00", "it is a gzip archive, not a workbook"),
        (b"%PDF-1.7\n\x00", "it is a PDF, not a workbook"),
        (b"\x89PNG\r\n", "it is a picture, not a workbook"),
        (b"\x00\x01\x02", "it is not an Excel workbook, nor of a kind that is known"),
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
        ("Index/Document.iwa", "it is a Numbers document, not a workbook"),
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
    monkeypatch.setattr(ExcelReader, "read", exhausted)
    with pytest.raises(MemoryError):
        read_spreadsheet(written, LIMITS)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("plan.ods", "this is an OpenDocument spreadsheet (.ods), and neither a folder nor"),
        ("plan.xls", "this is a workbook in Excel's old format (.xls), and neither"),
        ("plan.pdf", "this is a file, not a folder"),
    ],
)
def test_a_plan_is_told_what_stands_in_its_folders_place(
    tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / name).write_bytes(b"x")
    (problem,) = load_folder(str(tmp_path / name)).problems
    assert problem.message.startswith(said)
