"""Word documents as tests look at them: their tables, and how LibreOffice reads them."""

import zipfile
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cfbudget.layout.grid import Grid
from cfbudget.layout.page import Page
from cfbudget.problem import printable
from tests.kit.pages import grids

Cells = list[list[str]]
"""A table's rows of cells, its headings first."""


def tables_of(content: bytes) -> list[Cells]:
    """The tables of a stored document, as they are read."""
    body = Document(BytesIO(content)).element.body
    return [
        [
            ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in _in(row, "w:tc")]
            for row in _in(table, "w:tr")
        ]
        for table in _in(body, "w:tbl")
    ]


def _in(element: BaseOxmlElement, name: str) -> list[BaseOxmlElement]:
    found: list[BaseOxmlElement] = element.findall(qn(name))
    return found


def cells_of(grid: Grid) -> Cells:
    """What a table of a grid holds: a heading's cells are empty."""
    width = len(grid.headings) - 1
    rows = [[row.label, *(row.texts or [""] * width)] for row in grid.rows]
    return [[printable(text) for text in row] for row in ([*grid.headings], *rows)]


def all_cells(page: Page) -> list[Cells]:
    return [cells_of(grid) for grid in grids(page)]


class _Tables(HTMLParser):
    """The tables of a page of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Cells] = []
        self.is_in_cell = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.is_in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.is_in_cell = False

    def handle_data(self, data: str) -> None:
        if self.is_in_cell:
            self.tables[-1][-1][-1] += data


def html_tables(path: Path) -> list[Cells]:
    """The tables of a page of HTML, their blanks as one."""
    reader = _Tables()
    reader.feed(path.read_text(encoding="utf-8"))
    return [[[" ".join(cell.split()) for cell in row] for row in table] for table in reader.tables]


def part(content: bytes, name: str) -> str:
    """A file within a document."""
    with zipfile.ZipFile(BytesIO(content)) as stored:
        return stored.read(name).decode()
