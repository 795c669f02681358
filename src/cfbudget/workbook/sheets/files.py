"""The Files sheet: the plan's files, line by line, as they were when a workbook was exported.

A workbook so holds all that its plan says, and can be read again without the plan's folder.
"""

import re
from collections.abc import Iterator, Mapping

from cfbudget.workbook.book.book import Sheet, Style
from cfbudget.workbook.sheets.statements import LABEL, heading_style, say

FILES = "Files"
SOURCE, TEXT = "Source", "Text"
WIDTHS = {SOURCE: 34, TEXT: 120}
SMALL = Style("small")
LONGEST = 2_000
"""Characters in a cell: a longer line goes on in the next row, under the same source."""
LINE_END = re.compile(r"\r\n|\r|\n")
FACTS = (
    "The plan's files as they were exported, line by line: where another sheet names a source, "
    "this is the line that it names.",
    "Nothing is to be changed here: change an input in its own cell, on the sheet of its table.",
)


def put_files(sheet: Sheet, top: int, texts: Mapping[str, str]) -> None:
    """Put the texts of files on the sheet, from row `top` on."""
    row = say(sheet, top, FACTS) + 1
    for column, heading in enumerate((SOURCE, TEXT), start=LABEL):
        sheet.put(row, column, heading, heading_style(LABEL, is_figure=False))
        sheet.widen(column, WIDTHS[heading])
    for file, number, text in _lines(texts):
        for start in range(0, max(len(text), 1), LONGEST):
            row += 1
            sheet.put(row, LABEL, f"{file}:{number}", SMALL)
            if part := text[start : start + LONGEST]:
                sheet.put(row, LABEL + 1, part, SMALL)


def _lines(texts: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    for file, text in texts.items():
        for number, line in enumerate(LINE_END.split(text), start=1):
            yield file, number, line
