"""What a spreadsheet takes, and the refusal of what is more.

The limits are those of Excel's specification; LibreOffice takes as much or more. What XlsxWriter
warns of besides is refused too: it leaves out what it warns of.
"""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from cfbudget.addresses import letters
from cfbudget.workbook.book.book import Book, Sheet

ROWS, COLUMNS = 1_048_576, 16_384
TEXT = 32_767
"""Characters in a cell, or in a note."""
FORMULA = 8_192
NUMBER_FORMATS = 200
"""Different ones in a workbook; with more, some languages' Excel repairs the file."""
NUMBER_FORMAT = 255
SERIES = 255
"""In a chart."""
HEADER = 255
"""Characters of what every printed page bears, and of a title among a file's properties."""
HEIGHT, WIDTH = 409, 255
"""Of a row in points, of a column in characters: what is more is out of sight, but there."""
# What XML cannot hold. Other controls XlsxWriter escapes in a way of Excel's own.
NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


class DoesNotFit(Exception):
    """A plan is larger than what a spreadsheet holds, or holds what none can."""


def check_size(book: Book) -> None:
    """Hold a workbook's sheets, charts and number formats to what a spreadsheet takes.

    Raises:
        DoesNotFit: it says which limit.
    """
    formats: set[str] = set()
    for sheet in book.sheets.values():
        _check_sheet(sheet)
        looks = {cell.style.number_format for cell in sheet.cells.values()}
        formats |= {look for look in looks if look is not None}
    for look in formats:
        if units(look) > NUMBER_FORMAT:
            what = f"the number format {look[:40]}... has {units(look):,} characters"
            raise DoesNotFit(f"{what}; a spreadsheet takes {NUMBER_FORMAT}")
    if len(formats) > NUMBER_FORMATS:
        what = f"its figures are printed in {len(formats):,} ways"
        raise DoesNotFit(f"{what}; a spreadsheet takes {NUMBER_FORMATS} number formats")


def _check_sheet(sheet: Sheet) -> None:
    if sheet.last_row > ROWS:
        raise DoesNotFit(f"{sheet.name} has {sheet.last_row:,} rows; a sheet takes {ROWS:,}")
    columns = sheet.cells.last_column
    if columns > COLUMNS:
        raise DoesNotFit(f"{sheet.name} has {columns:,} columns; a sheet takes {COLUMNS:,}")
    for chart in sheet.charts:
        if len(chart.series) > SERIES:
            what = f"the chart {chart.title!r} has {len(chart.series):,} series"
            raise DoesNotFit(f"{what}; a spreadsheet takes {SERIES}")
    for at, text in sheet.notes.items():
        check_text(text, sheet.name, at)


def check_text(text: str, sheet: str, at: tuple[int, int]) -> None:
    """Hold a text to what a cell, or a note on it, takes.

    Raises:
        DoesNotFit: it says which limit.
    """
    if text.isascii() and len(text) <= TEXT:
        return
    where = f"{sheet}!{letters(at[1])}{at[0]}"
    if units(text) > TEXT:
        what = f"the text of {where} has {units(text):,} characters"
        raise DoesNotFit(f"{what}; a cell takes {TEXT:,}")
    if found := NOT_IN_XML.search(text):
        raise DoesNotFit(f"the text of {where} holds {found[0]!a}, which no workbook can")


def units(text: str) -> int:
    """How long a spreadsheet takes a text to be: in UTF-16."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def shortened(text: str, most: int = HEADER) -> str:
    """A text that stands whole elsewhere, cut to what fits."""
    while units(text) > most:
        text = f"{text[:-2]}…"
    return text


@contextmanager
def warnings_refused() -> Iterator[None]:
    """What XlsxWriter warns of and leaves out, as a refusal.

    Raises:
        DoesNotFit: it says what XlsxWriter says.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        try:
            yield
        except UserWarning as warned:
            raise DoesNotFit(str(warned)) from None
