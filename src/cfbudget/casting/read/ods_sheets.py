"""The sheets of an OpenDocument spreadsheet, streamed from its content and held to bounds."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, NamedTuple
from xml.parsers import expat

from cfbudget.casting.read.ods_formula import formula_of
from cfbudget.casting.stored_cells import Span
from cfbudget.problem import clipped
from cfbudget.read.archive import checked_archive
from cfbudget.read.bounds import DEEPEST, SPLIT, Refused
from cfbudget.read.cell_values import LONGEST_TEXT
from cfbudget.read.markup import CHUNK, ENCODINGS, LONGEST_TAG
from cfbudget.read.spreadsheet import Limits

SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT = f"{SPACE}table:1.0 ", f"{SPACE}office:1.0 ", f"{SPACE}text:1.0 "
STYLE, DRAW = f"{SPACE}style:1.0 ", f"{SPACE}drawing:1.0 "
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
NUMBERS = ("float", "currency", "percentage")
FURTHEST = 1_048_576  # rows or columns

AGAIN = "open it in LibreOffice, and save it again"
NO_PASSWORD = "open it in LibreOffice, and save it without a password"
SHEET = "give a spreadsheet (.ods or .xlsx)"


class OdsCell(NamedTuple):
    """What a cell shows, and what it holds: a number exactly, a formula with its `=`."""

    text: str
    number: Decimal | None
    formula: str | None


class OdsSheet:
    """A sheet's cells by row and column from 0, those that hold something; its hidden rows and
    columns likewise."""

    def __init__(self, name: str, *, hidden: bool) -> None:
        self.name, self.hidden = name, hidden
        self.cells: dict[tuple[int, int], OdsCell] = {}
        self.spans: list[Span] = []
        self.rows = self.columns = 0
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()


def read_ods(path: Path, limits: Limits) -> list[OdsSheet]:
    """The sheets of a spreadsheet, in its order.

    Raises:
        Refused: it is none, is damaged, locked, made to do harm, or over a limit.
    """
    with checked_archive(path, limits.bytes) as archive:
        names = set(archive.namelist())
        if "META-INF/manifest.xml" in names:
            with archive.open("META-INF/manifest.xml") as manifest:
                if b"encryption-data" in manifest.read(10_000_000):
                    raise Refused("it is protected by a password", NO_PASSWORD)
        if "content.xml" not in names:
            raise Refused("it is no OpenDocument spreadsheet", SHEET)
        with archive.open("content.xml") as part:
            content = _Content(limits.cells)
            content.read(part)
    if not content.is_spreadsheet:
        raise Refused("it is an OpenDocument file, and no spreadsheet", SHEET)
    return content.sheets


class _Content:
    """Follows the elements of the content: styles, then sheets, rows, cells and their texts."""

    def __init__(self, most_cells: int) -> None:
        self.most_cells = most_cells
        self.sheets: list[OdsSheet] = []
        self.is_spreadsheet = False
        self.hidden: set[str] = set()
        self.style = ""
        self.depth = self.aside = self.held = 0
        self.row_times = self.column = 0
        self.row_hidden = False
        self.row: list[tuple[int, OdsCell, int, int]] = []
        self.cell: dict[str, str] | None = None
        self.covered = False
        self.texts: list[str] = []
        self.in_text = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self.declaration
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def read(self, part: IO[bytes]) -> None:
        fed = 0
        try:
            while chunk := part.read(CHUNK):
                self.parser.Parse(chunk)
                fed += len(chunk)
                if fed - self.parser.CurrentByteIndex > LONGEST_TAG:
                    raise Refused("it holds an overlong tag", AGAIN)
            self.parser.Parse(b"", True)  # noqa: FBT003 - expat names no parameter
        except expat.ExpatError as error:
            reason = f"its content is damaged: {expat.ErrorString(error.code)}"
            raise Refused(reason, AGAIN) from error

    def declaration(self, _: str, encoding: str | None, __: int) -> None:
        if encoding is not None and encoding.lower() not in ENCODINGS:
            raise Refused(f"its encoding is {clipped(encoding)}", AGAIN)

    def doctype(self, *_: object) -> None:
        # Entities, which can grow without bound or name other files, need a document type.
        reason = "its content declares a document type, as no spreadsheet does"
        raise Refused(reason, "ask where the file comes from, and for another copy")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused("its elements are nested too deep", AGAIN)
        if self.aside or tag == f"{OFFICE}annotation" or tag.startswith(DRAW):
            self.aside += 1
        elif self.cell is not None:
            self.start_in_cell(tag, attributes)
        elif tag in CELLS and self.row_times:
            self.cell, self.covered, self.texts = attributes, tag == CELLS[1], []
        elif tag == f"{TABLE}table-row" and self.sheets:
            self.row_times, self.column, self.row = _times(attributes, "rows"), 0, []
            self.row_hidden = _is_hidden(attributes)
        elif tag == f"{TABLE}table-column" and self.sheets:
            self.start_column(self.sheets[-1], attributes)
        elif tag == f"{TABLE}table":
            hidden = attributes.get(f"{TABLE}style-name", "") in self.hidden
            self.sheets.append(OdsSheet(attributes.get(f"{TABLE}name", ""), hidden=hidden))
        else:
            self.start_other(tag, attributes)

    def start_column(self, sheet: OdsSheet, attributes: dict[str, str]) -> None:
        first = sheet.columns
        sheet.columns += _times(attributes, "columns")
        if _is_hidden(attributes) and sheet.columns <= FURTHEST:
            sheet.hidden_columns.update(range(first, sheet.columns))

    def start_in_cell(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in (f"{TEXT}p", f"{TEXT}h"):
            self.in_text += 1
            self.texts.append("")
        elif tag == f"{TEXT}s":
            self.characters(" " * min(100, _number(attributes.get(f"{TEXT}c", "1"))))
        elif tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            self.characters(" ")

    def start_other(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{OFFICE}spreadsheet":
            self.is_spreadsheet = True
        elif tag == f"{STYLE}style":
            self.style = attributes.get(f"{STYLE}name", "")
        elif tag == f"{STYLE}table-properties" and attributes.get(f"{TABLE}display") == "false":
            self.hidden.add(self.style)

    def characters(self, text: str) -> None:
        if self.in_text and not self.aside and self.texts:
            self.texts[-1] += text
            if len(self.texts[-1]) > LONGEST_TEXT:
                raise Refused(f"a cell holds more than {LONGEST_TEXT:,} characters", SPLIT)

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.aside:
            self.aside -= 1
        elif tag in (f"{TEXT}p", f"{TEXT}h") and self.in_text:
            self.in_text -= 1
        elif tag in CELLS and self.cell is not None:
            self.end_cell(self.cell)
            self.cell = None
        elif tag == f"{TABLE}table-row" and self.row_times:
            self.end_row(self.sheets[-1])
            self.row_times = 0

    def end_cell(self, attributes: dict[str, str]) -> None:
        times = _times(attributes, "columns")
        cell = _cell(" ".join(filter(None, self.texts)), attributes)
        if not self.covered and cell is not None:
            for column in range(self.column, self.column + times):
                wide, high = (_number(attributes.get(f"{TABLE}number-{what}-spanned", "1"))
                              for what in ("columns", "rows"))  # fmt: skip
                self.row.append((column, cell, wide, high))
                self.count(1)
        self.column += times

    def end_row(self, sheet: OdsSheet) -> None:
        first, sheet.rows = sheet.rows, sheet.rows + self.row_times
        if sheet.rows > FURTHEST * 2 or self.column > FURTHEST * 2:
            raise Refused("its cells lie too far apart", AGAIN)
        if not self.row:
            return
        if self.row_hidden:
            sheet.hidden_rows.update(range(first, sheet.rows))
        self.count(len(self.row) * (self.row_times - 1))
        for number in range(first, sheet.rows):
            for column, cell, wide, high in self.row:
                sheet.cells[number, column] = cell
                if wide > 1:
                    last = (number + high - 1, column + wide - 1)
                    sheet.spans.append(Span(number, column, *last))

    def count(self, cells: int) -> None:
        self.held += cells
        if self.held > self.most_cells:
            raise Refused(f"it holds more than {self.most_cells:,} cells", SPLIT)


def _cell(text: str, attributes: dict[str, str]) -> OdsCell | None:
    number = None
    if attributes.get(f"{OFFICE}value-type") in NUMBERS:
        number = _decimal(attributes.get(f"{OFFICE}value", ""))
    formula = formula_of(attributes.get(f"{TABLE}formula", ""))
    return OdsCell(text, number, formula) if text or number is not None or formula else None


def _decimal(written: str) -> Decimal | None:
    """A number as it is written; None where it is none, or too large for any sheet."""
    try:
        found = Decimal(written) if len(written) < 400 else None
    except InvalidOperation:
        return None
    sound = found is not None and found.is_finite() and abs(found.adjusted()) < 400
    return found if sound else None


def _is_hidden(attributes: dict[str, str]) -> bool:
    """Whether a row or a column is hidden by hand, or left out by a filter."""
    return attributes.get(f"{TABLE}visibility", "visible") != "visible"


def _times(attributes: dict[str, str], what: str) -> int:
    return _number(attributes.get(f"{TABLE}number-{what}-repeated", "1"))


def _number(written: str) -> int:
    plain = written.isascii() and written.isdecimal() and len(written) < 9
    number = int(written) if plain else 0
    if not 0 < number <= FURTHEST:
        raise Refused(f"its content is damaged: a count is {clipped(written)}", AGAIN)
    return number
