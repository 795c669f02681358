"""A page as a workbook: a sheet for each of its parts, with totals as live formulas.

It is for reading and for working on; the reconciliation workbook, which can be verified when it
comes back, is what `cfbudget export` writes.
"""

import re
from collections.abc import Iterator, Sequence

from cfbudget.layout.chart import Chart
from cfbudget.layout.grid import Grid, GridRow, ShownFigure, cell_text
from cfbudget.layout.page import Block, Caption, Facts, Heading, Page, Sentences, Title
from cfbudget.problem import printable
from cfbudget.workbook.book.book import Book, Formula, Sheet, Style, StyleRole
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.xlsx_styles import number_format
from cfbudget.workbook.sheets.placed_figures import PlacedFigures, is_input, value_of
from cfbudget.workbook.sheets.statements import LABEL, figure_style, heading_style, say

TITLE = Style("title")
AS_WRITTEN = (
    "Formulas follow what is typed over inputs, which are coloured. Sentences, and figures that "
    "are neither, stay as they were written."
)
EXPORT = "In the workbook that cfbudget export writes every figure follows."
TEXTS = {Heading: Style("caption"), Caption: Style("caption")}
LONGEST_NAME = 31
"""What a spreadsheet takes as the name of a sheet."""
NARROWEST, WIDEST = 13.0, 60.0


def page_book(page: Page) -> Book:
    """Lay the page out, each part on a sheet of its own."""
    sheets: dict[str, Sheet] = {}
    placed = PlacedFigures()
    for title, blocks in _parts(page):
        sheet = Sheet(_name(title, blocks, sheets))
        sheets[sheet.name] = sheet
        _PagePart(sheet, placed).put(title, blocks)
    for at, expression, result in placed.formulas():
        cells = sheets[at.sheet].cells
        cells[at.row, at.column] = cells[at.row, at.column]._replace(
            content=Formula(expression, result)
        )
    return Book(sheets, {}, (), (), {})


def _parts(page: Page) -> Iterator[tuple[str, list[Block]]]:
    """The blocks under each title."""
    title, blocks = "", list[Block]()
    for block in page.blocks:
        if isinstance(block, Title | Chart):
            if blocks:
                yield title, blocks
            title, blocks = (block.text, []) if isinstance(block, Title) else (block.title, [block])
        else:
            blocks.append(block)
    yield title, blocks


def _name(title: str, blocks: Sequence[Block], taken: dict[str, Sheet]) -> str:
    """A name that says what the sheet shows, and that no other bears."""
    of = next((block.name for block in blocks if isinstance(block, Grid | Chart)), "")
    words = of.capitalize() or printable(title).rpartition(": ")[2]
    name = re.sub(r"[\[\]:*?/\\]", " ", words).strip(" '")[:LONGEST_NAME] or "Page"
    number = 1
    found = name
    while found.lower() in {other.lower() for other in taken}:
        number += 1
        found = f"{name[: LONGEST_NAME - 4]} {number}"
    return found


class _PagePart:
    """One sheet, put together from the top."""

    def __init__(self, sheet: Sheet, placed: PlacedFigures) -> None:
        self.sheet, self.row, self.placed = sheet, 1, placed

    def put(self, title: str, blocks: Sequence[Block]) -> None:
        self.sheet.put(1, LABEL, printable(title), TITLE)
        whole = f" {EXPORT}" if any(_is_position(block) for block in blocks) else ""
        self.row = say(self.sheet, 2, [AS_WRITTEN + whole]) + 1
        self.sheet.frozen = (2, LABEL + 1)
        for block in blocks:
            self._put(block)

    def _put(self, block: Block) -> None:
        if isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Chart):
            for part in (Facts(block.facts), block.grid, Sentences(block.description)):
                self._put(part)
        elif isinstance(block, Title | Heading | Caption):
            self.sheet.put(self.row, LABEL, printable(block.text), TEXTS[type(block)])
            self.row += 1
        else:
            self.row = say(self.sheet, self.row, map(printable, block.lines)) + 1

    def _grid(self, grid: Grid) -> None:
        for along, heading in enumerate(grid.headings, start=LABEL):
            is_figure = along > LABEL and along - LABEL - 1 not in grid.left
            self.sheet.put(self.row, along, printable(heading), heading_style(along, is_figure))
            self.sheet.widen(along, max(NARROWEST, *(len(w) + 2.0 for w in heading.split())))
        self.row += 1
        for row in grid.rows:
            self._row(grid, row)
        self.row += 1

    def _row(self, grid: Grid, row: GridRow) -> None:
        label = Style("total label" if row.apart else "group" if row.style else "label")
        self.sheet.put(self.row, LABEL, printable(row.label), label._replace(indent=row.depth))
        self.sheet.widen(LABEL, min(len(row.label) + 2 * row.depth + 4.0, WIDEST))
        for along, cell in enumerate(row.cells, start=LABEL + 1):
            if isinstance(cell, ShownFigure):
                self.placed.note(cell, self._figure(along, cell, is_total=bool(row.style)))
            elif cell:
                self.sheet.put(self.row, along, printable(cell), Style("text"))
            self.sheet.widen(along, min(len(cell_text(cell)) + 4.0, WIDEST))
        self.row += 1

    def _figure(self, along: int, figure: ShownFigure, *, is_total: bool) -> At:
        """A figure as a number, and what is no number as its words."""
        content = value_of(figure)
        if isinstance(content, str) and not figure.is_unknown:
            return self.sheet.put(self.row, along, content, Style("text"))
        return self.sheet.put(self.row, along, content, _look(figure, is_total=is_total))


def _is_position(block: Block) -> bool:
    """Whether a block shows the position, which comes from other sheets."""
    return isinstance(block, Grid) and block.name == "position"


def _look(figure: ShownFigure, *, is_total: bool) -> Style:
    role: StyleRole = "input" if is_input(figure) else "total" if is_total else "figure"
    style = figure_style(role, figure.unit, figure.places)
    if not figure.signed or style.number_format:
        return style
    plus, _, rest = number_format(figure.places).partition(";")
    return style._replace(number_format=f"+{plus};{rest}")
