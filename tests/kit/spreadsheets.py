"""Workbooks as archives of XML, written part by part."""

import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from cfbudget.problem import Refusal
from cfbudget.read.spreadsheet import Limits, Spreadsheet, read_spreadsheet

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


def with_row(row: str) -> Callable[[], Parts]:
    return lambda: parts_of(row)


def cell(content: str, attributes: str = "") -> Callable[[], Parts]:
    return with_row(f'<row r="1"><c r="A1" {attributes}>{content}</c></row>')


def sheet(**around: str) -> Callable[[], Parts]:
    return lambda: parts_of("") | {SHEET: sheet_of("", **around)}
