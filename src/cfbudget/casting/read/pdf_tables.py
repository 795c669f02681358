"""The tables of a PDF, those that go on over several pages in one."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from cfbudget.casting.read.page_furniture import furniture
from cfbudget.casting.read.page_lines import LineGroups, PageLines
from cfbudget.casting.read.pdf_lines import PLACES, lines_of
from cfbudget.casting.read.pdf_pages import CHOOSE, PdfPage, read_pages
from cfbudget.casting.read.pdf_rows import groups_of, joined_rows
from cfbudget.casting.read.printed_table import PrintedTable, TextRow, cell_text
from cfbudget.casting.read.text_blocks import AlignedTable, tables_of
from cfbudget.casting.read.text_words import is_figure
from cfbudget.grammar import counted
from cfbudget.problem import clipped
from cfbudget.read.bounds import Refused

SLACK = round(0.75 * PLACES)  # how exactly the right edges of figures stand under each other
AMOUNT = re.compile(r"\d[,.]\d|\d{3}|[£€$]|\d\)", re.ASCII)
"""What is hardly the number of a page."""
SCANNED = "have its text recognised first (OCR), and give the PDF with that text"


def read_pdf(path: Path, pages: str) -> list[PrintedTable]:
    """Every table of a PDF.

    Args:
        pages: those to read, `12-14` or `3,7`; empty for all.

    Raises:
        Refused: it cannot be read, or there is no text on it.
    """
    read: list[PdfPage] = []
    groups: list[LineGroups] = []
    for page in read_pages(path, pages):
        groups.append(groups_of(lines_of(page)))
        read.append(page._replace(letters=page.letters[:1]))
    _check_text(read)
    lines = PageLines()
    for page, found, out in zip(read, groups, _apart(groups), strict=True):
        lines.add(page.number, found, out)
    turned = {page.number: page.turned for page in read if page.turned}
    every = _tables(lines)
    tables = [_table(table, lines, turned) for table in every if _is_table(table)]
    if tables and (alone := _lines_alone([one for one in every if not _is_table(one)], lines)):
        tables[0] = tables[0]._replace(notes=(*tables[0].notes, alone))
    if tables and (note := _unread([page.number for page in read if _is_scanned(page)])):
        tables[0] = tables[0]._replace(notes=(*tables[0].notes, note))
    if not tables:
        raise Refused("no table was found in it", CHOOSE if len(read) > 1 else "give its figures")
    return tables


def _is_scanned(page: PdfPage) -> bool:
    return bool(page.pictures) and not page.letters


def _unread(scanned: Sequence[int]) -> str:
    """A note on the pages of a file that are pictures."""
    if not scanned:
        return ""
    if len(scanned) == 1:
        return f"page {scanned[0]} of the file is a picture without text, and was not read"
    which = f"{', '.join(map(str, scanned[:5]))}{' and others' if len(scanned) > 5 else ''}"
    return f"pages {which} of the file are pictures without text, and were not read"


def _tables(lines: PageLines) -> list[AlignedTable]:
    try:
        return tables_of(lines.lines, SLACK, lines.breaks, firsts=lines.firsts)
    except Refused as refused:  # there is too much for one casting
        raise Refused(refused.refusal.reason, CHOOSE) from refused


def _check_text(pages: Sequence[PdfPage]) -> None:
    """Refuse what a scanner made."""
    if any(page.letters for page in pages):
        return
    if not any(page.pictures for page in pages):
        raise Refused("there is nothing in it that could be read", "give a PDF with text in it")
    what = f"{len(pages):,} pages hold pictures" if len(pages) > 1 else "page holds a picture"
    raise Refused(f"its {what} and no text, as a scanner makes", SCANNED)


def _apart(groups: Sequence[LineGroups]) -> list[set[int]]:
    return furniture([[line.words for group in page for line in group] for page in groups])


def _is_table(table: AlignedTable) -> bool:
    """Whether there are rows of figures, not the number of a page or a paragraph alone."""
    return sum(any(cell for cell in row[1:]) for row in table.rows.rows) > 1


def _lines_alone(tables: Sequence[AlignedTable], lines: PageLines) -> str:
    """A note on the lines with a label and an amount that stand in no table's columns."""
    alone = [
        (table.start + at, " ".join(filter(None, row)))
        for table in tables
        for at, row in enumerate(table.rows.rows)
        if row[:1] != ("",) and any(is_figure(cell) and AMOUNT.search(cell) for cell in row[1:])
    ]
    if not alone:
        return ""
    at, text = alone[0]
    first = f"{clipped(text)!r} on page {lines.pages[at]}"
    if len(alone) == 1:
        return f"1 line with figures stands in no table's columns, and was not read: {first}"
    what = f"{len(alone):,} lines with figures stand in no table's columns, and were not read"
    return f"{what}; the first is {first}"


def _table(table: AlignedTable, lines: PageLines, turned: Mapping[int, int]) -> PrintedTable:
    rows = table.rows.rows
    firsts = [first - table.start for first in lines.firsts[table.start :][: len(rows)]]
    found = [(at + table.start, row) for at, row in joined_rows(rows, firsts) if any(row)]
    while found and _is_note(found[-1][1]):
        found.pop()
    pages = tuple(lines.pages[at] for at, _ in found)
    notes = [*table.rows.notes, *_left_out(pages, turned)]
    return PrintedTable(
        cell_text(table.name), tuple(row for _, row in found), tuple(notes), pages=pages
    )


def _is_note(row: TextRow) -> bool:
    """Whether a row is a text alone: below the last figures a note, or the next table's title."""
    return sum(map(bool, row)) == 1 and not any(map(is_figure, filter(None, row)))


def _left_out(pages: Sequence[int], turned: Mapping[int, int]) -> list[str]:
    """Notes on the letters of a table's pages that are not read."""
    return [
        f"{counted(turned[page], 'letter')} on page {page} stand another way than the rest, and "
        "were not read"
        for page in sorted(set(pages))
        if page in turned
    ]
