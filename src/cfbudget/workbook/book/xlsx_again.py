"""A workbook that was just stored, opened again before it is put in place.

Every part is decompressed to its end, where its checksum is tested, and has to be well formed to
its end; the rows and cells of each sheet are counted. Our own reader has to take the other parts,
and openpyxl to open the workbook, as they do when it comes back. What the cells hold is not read:
that takes as long as writing them.
"""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple
from xml.parsers import expat

from openpyxl.reader.excel import ExcelReader

from cfbudget.read.archive import checked_archive
from cfbudget.read.book_contents import contents_of
from cfbudget.read.bounds import SAVE_AGAIN, BookSize, Refused, damaged
from cfbudget.read.markup import PartFacts, scan_part
from cfbudget.read.spreadsheet import Limits

CHUNK = 1 << 18
LARGE = ("xl/worksheets/sheet", "xl/sharedStrings")
"""How the names of the parts begin that grow with the plan."""
ROW, CELL = b'<row r="', b'<c r="'
"""How each begins in a sheet; no text can hold it, as its < is written as &lt;."""


class SheetSize(NamedTuple):
    """How many rows and cells a sheet has."""

    rows: int
    cells: int


def written_sheets(path: Path, limits: Limits) -> Mapping[str, SheetSize]:
    """What each sheet of a workbook holds, in their order, once all of it has been read.

    Raises:
        Refused: it cannot be opened, and why.
        OSError: the file cannot be read.
    """
    facts: dict[str, PartFacts] = {}
    written: dict[str, SheetSize] = {}
    size = BookSize(limits.cells)
    with checked_archive(path, limits.bytes) as archive:
        for entry in archive.infolist():
            name = entry.filename
            with archive.open(entry) as part:
                if name.startswith(LARGE):
                    facts[name], written[name] = _read_through(part, name)
                else:
                    facts[name] = scan_part(part, name, size)
    listed = _listed(path)
    if list(listed) != list(contents_of(facts).sheets):
        raise Refused("its list of sheets cannot be read", SAVE_AGAIN)
    return {name: written[part] for name, part in listed.items()}


def _read_through(part: IO[bytes], name: str) -> tuple[PartFacts, SheetSize]:
    """Read a part to its end: its root, and what stands in it."""
    parser = expat.ParserCreate()
    root = ""

    def first(tag: str, _: object) -> None:
        nonlocal root
        root, parser.StartElementHandler = tag, None

    parser.StartElementHandler = first
    rows = cells = 0
    before = b""
    try:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk)
            # What is divided between two chunks is counted with the second one.
            rows += (before[-len(ROW) + 1 :] + chunk).count(ROW)
            cells += (before[-len(CELL) + 1 :] + chunk).count(CELL)
            before = chunk
        parser.Parse(b"", True)  # noqa: FBT003 - expat names no parameter
    except expat.ExpatError as error:
        raise damaged(name, expat.ErrorString(error.code)) from error
    return PartFacts(root, (), rows), SheetSize(rows, cells)


def _listed(path: Path) -> Mapping[str, str]:
    """The parts of the sheets by their names, as openpyxl finds them."""
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            reader = _WithoutTexts(file, read_only=True, keep_links=False)
            reader.read()
            sheets: list[Any] = reader.wb.worksheets
            return {sheet.title: sheet._worksheet_path for sheet in sheets}
        except Exception as error:
            reason = "it cannot be read as a workbook: something in it is not as workbooks have it"
            raise Refused(reason, SAVE_AGAIN) from error


class _WithoutTexts(ExcelReader):
    """Makes no list of the texts, which have been read through."""

    def read_strings(self) -> None:
        """They are left where they are."""
