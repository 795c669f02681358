"""The tables of a PDF, those that go on over several pages in one."""

from collections.abc import Sequence
from pathlib import Path

from cfbudget.casting.read.aligned_text import Fields
from cfbudget.casting.read.page_furniture import furniture
from cfbudget.casting.read.pdf_lines import PLACES, PdfLine, lines_of
from cfbudget.casting.read.pdf_pages import CHOOSE, PdfPage, read_pages
from cfbudget.casting.read.pdf_rows import groups_of, joined_rows
from cfbudget.casting.read.printed_table import PrintedTable, cell_text
from cfbudget.casting.read.text_blocks import AlignedTable, tables_of
from cfbudget.grammar import counted
from cfbudget.read.bounds import Refused

SLACK = round(0.75 * PLACES)  # how exactly the right edges of figures stand under each other
GAP = 2.2  # sizes of letters from one line to the next; more is an empty line
SCANNED = "have its text recognised first (OCR), and give the PDF with that text"


def read_pdf(path: Path, pages: str) -> list[PrintedTable]:
    """Every table of a PDF.

    Args:
        pages: those to read, `12-14` or `3,7`; empty for all.

    Raises:
        Refused: it cannot be read, or there is no text on it.
    """
    read: list[PdfPage] = []
    groups: list[list[list[PdfLine]]] = []
    for page in read_pages(path, pages):
        groups.append(groups_of(lines_of(page)))
        read.append(page._replace(letters=page.letters[:1]))
    _check_text(read)
    places = _Places()
    for page, found, out in zip(read, groups, _apart(groups), strict=True):
        places.add(page, found, out)
    tables = [_table(table, places) for table in tables_of(places.lines, SLACK) if _is_table(table)]
    if not tables:
        raise Refused("no table was found in it", CHOOSE if len(read) > 1 else "give its figures")
    return tables


def _check_text(pages: Sequence[PdfPage]) -> None:
    """Refuse what a scanner made."""
    if any(page.letters for page in pages):
        return
    pictures = [page for page in pages if page.pictures]
    if not pictures:
        raise Refused("there is nothing in it that could be read", "give a PDF with text in it")
    what = f"{len(pages):,} pages hold pictures" if len(pages) > 1 else "page holds a picture"
    raise Refused(f"its {what} and no text, as a scanner makes", SCANNED)


def _apart(groups: Sequence[Sequence[Sequence[PdfLine]]]) -> list[set[int]]:
    return furniture([[line.words for group in page for line in group] for page in groups])


class _Places:
    """The lines of all pages one after the other, None where there is a gap, with the page of
    each, and the first line of its group; and how many letters of a page stand another way."""

    def __init__(self) -> None:
        self.turned: dict[int, int] = {}
        self.lines: list[Fields | None] = []
        self.pages: list[int] = []
        self.firsts: list[int] = []

    def add(self, page: PdfPage, groups: Sequence[Sequence[PdfLine]], apart: set[int]) -> None:
        """Add a page, without the lines that are to be left apart."""
        at, above = 0, None
        self.turned[page.number] = page.turned
        for group in groups:
            first = None
            for line in group:
                at += 1
                if at - 1 in apart:
                    continue
                if above and above.base - line.base > GAP * max(line.size, above.size):
                    self._put(None, page.number, None)
                first = self._put(line.words, page.number, first)
                above = line
        self._put(None, page.number, None)

    def _put(self, line: Fields | None, page: int, first: int | None) -> int:
        at = len(self.lines) if first is None else first
        self.lines.append(line)
        self.pages.append(page)
        self.firsts.append(at)
        return at


def _is_table(table: AlignedTable) -> bool:
    """Whether there are rows of figures, not the number of a page or a paragraph alone."""
    return sum(any(cell for cell in row[1:]) for row in table.rows.rows) > 1


def _table(table: AlignedTable, places: _Places) -> PrintedTable:
    rows = table.rows.rows
    firsts = [first - table.start for first in places.firsts[table.start :][: len(rows)]]
    found = [(at + table.start, row) for at, row in joined_rows(rows, firsts) if any(row)]
    pages = tuple(places.pages[at] for at, _ in found)
    notes = [*table.rows.notes, *_turned(pages, places)]
    return PrintedTable(
        cell_text(table.name), tuple(row for _, row in found), tuple(notes), pages=pages
    )


def _turned(pages: Sequence[int], places: _Places) -> list[str]:
    """Notes on the letters of a table's pages that are not read."""
    return [
        f"{counted(places.turned[page], 'letter')} on page {page} stand another way than the rest, "
        "and were not read"
        for page in sorted(set(pages))
        if places.turned[page]
    ]
