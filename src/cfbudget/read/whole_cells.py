"""A sheet's cells, each formula together with the result stored with it, in one pass.

openpyxl gives formulas or results, and would read a workbook twice for both. Its own parser is told
here to give both of each cell; plain cells, which are nearly all, are spared its detours.
"""

from collections.abc import Iterator
from typing import IO, Any, NamedTuple
from xml.etree.ElementTree import Element, iterparse

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from cfbudget.read.sheet_rows import columns_by_letters

ITEM, TEXT = f"{{{SHEET_MAIN_NS}}}si", f"{{{SHEET_MAIN_NS}}}t"
DIGITS = "0123456789"


class WholeCell(NamedTuple):
    """What openpyxl makes of a cell: each part None where there is none."""

    column: int
    formula: Any
    value: Any
    """The plain value, or the result stored with the formula."""
    style: int
    is_unstored: bool
    """Whether no result is stored, not even an empty text."""


def opened_book(file: IO[bytes]) -> Workbook:
    """A workbook of which the sheets are still to be read."""
    reader = _BookReader(file, read_only=True, keep_links=False)
    reader.read()
    return reader.wb


def rows_of(sheet: Any, last_row: int) -> Iterator[tuple[int, list[WholeCell]]]:
    """The rows of an opened sheet that have cells, by number from 1.

    None is taken behind `last_row`, which keeps openpyxl from what stands behind the table: rules
    and filters, on some of which it fails.
    """
    book = sheet.parent
    if not last_row:
        return
    with sheet._get_source() as source:
        parser = _CellParser(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            if number <= last_row:
                yield number, cells
            if number >= last_row:
                return


def format_of(sheet: Any, style: int) -> str:
    """The number format that a style of an opened workbook has."""
    try:
        return str(ReadOnlyCell(sheet, 1, 1, None, style_id=style).number_format)
    except IndexError:  # the list of formats lacks it; a spreadsheet shows such a number plainly
        return "General"


class _BookReader(ExcelReader):
    """Reads the list of texts without making objects of what is no rich text."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = list(_texts(source))


def _texts(source: IO[bytes]) -> Iterator[str]:
    """As openpyxl's `read_string_table`."""
    nodes = iterparse(source, ("start", "end"))
    _, whole = next(nodes)
    for event, node in nodes:
        if node.tag == ITEM and event == "end":
            is_plain = len(node) == 1 and node[0].tag == TEXT
            text = node[0].text or "" if is_plain else _rich_text(node)
            yield text.replace("x005F_", "")
            whole.clear()


def _rich_text(node: Any) -> str:
    text = Text.from_tree(node)
    return "" if text is None else text.content


class _CellParser(WorkSheetParser):
    """Gives rows of whole cells in place of openpyxl's."""

    def parse_row(self, row: Any) -> Any:
        number = row.get("r")
        self.row_counter = self.row_counter + 1 if number is None else int(number)
        self.col_counter = 0
        return self.row_counter, [self.whole_cell(cell) for cell in row]

    def whole_cell(self, element: Element) -> WholeCell:
        """A cell, by openpyxl where it is anything but a number or a text, plain or as a result."""
        reference, style = element.get("r"), int(element.get("s", 0))
        formula = element.find(FORMULA_TAG)
        kind = element.get("t", "n")
        if reference is None or (formula is not None and formula.get("t") is not None):
            return self._by_openpyxl(element)
        text = element.findtext(VALUE_TAG) or None
        value: Any = text
        if kind == "n":
            if text is not None:
                if style in self.date_formats:
                    return self._by_openpyxl(element)
                is_whole = "." not in text and "E" not in text and "e" not in text
                value = int(text) if is_whole else float(text)
        elif kind == "s":
            value = None if text is None else self.shared_strings[int(text)]
        elif kind != "str":
            return self._by_openpyxl(element)
        self.col_counter = columns_by_letters()[reference.rstrip(DIGITS)]
        written = None if formula is None else f"={formula.text or ''}"
        return WholeCell(self.col_counter, written, value, style, text is None and kind == "n")

    def _by_openpyxl(self, element: Element) -> WholeCell:
        before = self.col_counter
        found: dict[str, Any] = self.parse_cell(element)
        formula = None
        if found["data_type"] == "f":
            formula, self.col_counter, self.data_only = found["value"], before, True
            found = self.parse_cell(element)
            self.data_only = False
        value, kind = found["value"], found["data_type"]
        is_unstored = value is None and kind == "n"
        return WholeCell(found["column"], formula, value, found["style_id"], is_unstored)
