"""A workbook stored as .xlsx, every formula with its result."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError

from cfbudget.addresses import letters
from cfbudget.workbook.book.book import Book, Sheet
from cfbudget.workbook.book.xlsx_cells import Corners, Formats, Progress, Writer
from cfbudget.workbook.book.xlsx_charts import insert
from cfbudget.workbook.book.xlsx_limits import (
    HEADER,
    WIDTH,
    check_size,
    shortened,
    units,
    warnings_refused,
)
from cfbudget.workbook.book.xlsx_pages import Pages, chart_breaks, printed_pages
from cfbudget.workbook.book.xlsx_rows import RowsWorksheet
from cfbudget.workbook.book.xlsx_styles import FONT, OUTCOME_COLOURS
from cfbudget.written_files import name_beside, removed_after

NO_CLOCK = datetime(1980, 1, 1, tzinfo=UTC)
"""What stands where a file wants a time: the earliest that a zip archive can hold."""
LARGEST_INPUT = 10**13
ONE_PAGE = 56
"""How many rows are still legible on one printed page."""


class NotWritten(OSError):
    """The file could not be stored."""


def write_workbook(
    book: Book, target: Path, created: datetime = NO_CLOCK, progress: Progress | None = None
) -> None:
    """Store a workbook. The same workbook gives the same bytes.

    Raises:
        OSError: the file could not be written.
        DoesNotFit: it is more than a spreadsheet takes.
    """
    check_size(book)
    # The parts are kept beside the target while they are made, and the archive in memory: what
    # a full disk leaves half-written is then gone with its folder.
    with removed_after(name_beside(target)) as parts:
        parts.mkdir(0o700)
        archive = _Archive()
        with warnings_refused():
            _store(book, archive, parts, created, progress)
        target.write_bytes(archive.getbuffer())


def _store(
    book: Book, archive: io.BytesIO, parts: Path, created: datetime, progress: Progress | None
) -> None:
    # XlsxWriter alters the font that it is given.
    options = {
        "default_format_properties": dict(FONT),
        "strings_to_urls": False,
        "tmpdir": str(parts),
    }
    stored = xlsxwriter.Workbook(archive, options)
    title = shortened(_title(book))
    stored.set_properties({"title": title, "author": "cfbudget", "created": created})
    stored.set_calc_mode("auto")
    formats = Formats(stored)
    sheets = {name: stored.add_worksheet(name, RowsWorksheet) for name in book.sheets}
    for number, (name, sheet) in enumerate(book.sheets.items()):
        writer = Writer(sheet, sheets[name], formats)
        writer.write(parts / f"rows{number}", progress)
        breaks = (*sheet.breaks, *chart_breaks(sheet, writer.heights))
        _set_up(book, sheet, sheets[name], printed_pages(sheet, writer.heights), breaks)
        _validate(book, sheet, sheets[name], list(writer.areas("input", "stated")))
        _colour(stored, sheets[name], list(writer.areas("outcome")))
        if sheet.data_table:
            _as_table(sheet, sheets[name], formats)
    for name, at in book.names.items():
        stored.define_name(name, f"={at.sheet}!${letters(at.column)}${at.row}")
    for name, sheet in book.sheets.items():
        for chart in sheet.charts:
            insert(stored, sheets[name], chart)
    try:
        stored.close()
    except XlsxFileError as error:
        cause = error.args[0] if error.args else error
        raise (cause if isinstance(cause, OSError) else NotWritten(str(error))) from None


class _Archive(io.BytesIO):
    """Stays open as long as it lives: an archive that was left half-written is ended, in vain and
    aloud, when Python drops it."""

    def close(self) -> None:
        """Its memory is given back all the same."""


def _title(book: Book) -> str:
    first, *_ = book.sheets.values()
    cell = first.cells[1, 1]
    return str(cell.content)


def _headed(title: str) -> str:
    """A title as a header has it, with room for the codes around it."""
    room = most = HEADER - len("&L&R&A")
    while units(header := shortened(title, room).replace("&", "&&")) > most:
        room -= 1
    return header


def _set_up(
    book: Book, sheet: Sheet, written: Any, pages: Pages | None, breaks: tuple[int, ...]
) -> None:
    """How a sheet is seen and printed.

    Args:
        breaks: the rows that begin a page, but for those of `pages`.
    """
    for column, width in sheet.widths.items():
        written.set_column(column - 1, column - 1, min(width, WIDTH))
    written.hide_gridlines(2)
    written.freeze_panes(sheet.frozen[0] - 1, sheet.frozen[1] - 1)
    written.set_landscape()
    written.set_paper(9)
    if pages and pages.breaks:
        written.set_print_scale(pages.scale)
    else:
        written.fit_to_pages(1, 1 if not sheet.charts and sheet.last_row <= ONE_PAGE else 0)
    written.set_h_pagebreaks([row - 1 for row in (*breaks, *(pages.breaks if pages else ()))])
    written.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    written.set_header(f"&L{_headed(_title(book))}&R&A")
    written.set_footer("&Lcfbudget&RPage &P of &N")
    if sheet.repeated:
        written.repeat_rows(sheet.repeated[0] - 1, sheet.repeated[1] - 1)


def _validate(book: Book, sheet: Sheet, written: Any, areas: list[Corners]) -> None:
    """Inputs take numbers only; a line's year is one of the plan's."""
    if areas:
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -LARGEST_INPUT,
            "maximum": LARGEST_INPUT,
            "error_title": "Not an amount",
            "error_message": "Type a number, in the unit of this table.",
        }
        _apply(written.data_validation, areas, rule)
    block = sheet.blocks[0] if sheet.data_table else None
    if block and block.rows and book.years:
        column = block.columns["Year"] - 1
        rows = block.rows.values()
        at = book.years_at
        rule = {
            "validate": "list",
            "source": f"={at.text('')}" if at else list(book.years),
            "error_title": "Not a year of the plan",
            "error_message": "Choose a financial year from the list.",
        }
        _apply(written.data_validation, [(min(rows) - 1, column, max(rows) - 1, column)], rule)


def _colour(stored: Any, written: Any, areas: list[Corners]) -> None:
    """Colours for the outcomes."""
    if not areas:
        return
    for words, colours in OUTCOME_COLOURS:
        looks = stored.add_format(colours)
        for word in words:
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": looks}
            _apply(written.conditional_format, areas, rule)


def _apply(
    method: Callable[..., Any], areas: list[tuple[int, int, int, int]], rule: dict[str, Any]
) -> None:
    """One rule over many areas, in the way that a file holds it: as one list of ranges."""
    ranges = " ".join(
        f"{letters(first_column + 1)}{first + 1}:{letters(last_column + 1)}{last + 1}"
        for first, first_column, last, last_column in areas
    )
    result = method(*areas[0], {**rule, "multi_range": ranges} if len(areas) > 1 else rule)
    assert not result, f"XlsxWriter refused {rule}"


def _as_table(sheet: Sheet, written: Any, formats: Formats) -> None:
    """The lines as a table in the spreadsheet's own sense."""
    block = sheet.blocks[0]
    if not block.rows:
        return
    first, last = min(block.columns.values()), max(block.columns.values())
    headings = sorted(block.columns, key=lambda heading: block.columns[heading])
    looks = {h: sheet.cells[block.header, column].style for h, column in block.columns.items()}
    options = {
        "name": "Input_lines",
        "style": "Table Style Light 1",
        "columns": [
            {"header": heading, "header_format": formats(looks[heading])} for heading in headings
        ],
    }
    result = written.add_table(
        block.header - 1, first - 1, max(block.rows.values()) - 1, last - 1, options
    )
    assert not result, "XlsxWriter refused the table of lines"
