"""A page as a workbook: a sheet for each of its parts, with totals as live formulas.

It is for reading and for working on; the reconciliation workbook, which can be verified when it
comes back, is what `cfbudget export` writes.
"""

import re
from collections.abc import Iterator, Sequence

from cfbudget.calculate.amounts import Key
from cfbudget.layout.grid import Grid, GridRow, ShownFigure, cell_text
from cfbudget.layout.page import Block, Caption, Heading, Page, Title, View
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.table import Table
from cfbudget.problem import printable
from cfbudget.workbook.book.book import Book, BookCell, Formula, Sheet, Style, StyleRole, amount
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Sum
from cfbudget.workbook.book.xlsx_styles import number_format
from cfbudget.workbook.sheets.statements import LABEL, heading_style, say

TITLE = Style("title")
TEXTS = {Heading: Style("caption"), Caption: Style("caption")}
LONGEST_NAME = 31
"""What a spreadsheet takes as the name of a sheet."""
NARROWEST, WIDEST = 13.0, 60.0


def page_book(page: Page) -> Book:
    """Lay the page out, each part on a sheet of its own."""
    sheets: dict[str, Sheet] = {}
    for title, blocks in _parts(page):
        sheet = Sheet(_name(title, blocks, sheets))
        sheets[sheet.name] = sheet
        _PagePart(sheet).put(title, blocks)
    return Book(sheets, {}, (), (), {})


def _parts(page: Page) -> Iterator[tuple[str, list[Block]]]:
    """The blocks under each title."""
    title, blocks = "", list[Block]()
    for block in page.blocks:
        if isinstance(block, Title):
            if blocks:
                yield title, blocks
            title, blocks = block.text, []
        else:
            blocks.append(block)
    yield title, blocks


def _name(title: str, blocks: Sequence[Block], taken: dict[str, Sheet]) -> str:
    """A name that says what the sheet shows, and that no other bears."""
    shown = next((block.table.name for block in blocks if isinstance(block, View)), "")
    words = shown.capitalize() or printable(title).rpartition(": ")[2]
    name = re.sub(r"[\[\]:*?/\\]", " ", words).strip(" '")[:LONGEST_NAME] or "Page"
    number = 1
    found = name
    while found.lower() in {other.lower() for other in taken}:
        number += 1
        found = f"{name[: LONGEST_NAME - 4]} {number}"
    return found


class _PagePart:
    """One sheet, put together from the top."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.row = sheet, 1
        self.places: dict[tuple[str, Key], At] = {}
        """Where the figures of tables stand, by the table's title and their key."""
        self.tables: dict[str, Table] = {}

    def put(self, title: str, blocks: Sequence[Block]) -> None:
        self.sheet.put(1, LABEL, printable(title), TITLE)
        self.sheet.frozen = (2, LABEL + 1)
        self.row = 3
        for block in blocks:
            self._put(block)
        self._add_up()

    def _put(self, block: Block) -> None:
        if isinstance(block, View):
            self._view(block)
        elif isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Title | Heading | Caption):
            self.sheet.put(self.row, LABEL, printable(block.text), TEXTS[type(block)])
            self.row += 1
        else:
            self.row = say(self.sheet, self.row, map(printable, block.lines)) + 1

    def _view(self, view: View) -> None:
        """A panel's figures, each noted, so that totals can be added up once all stand."""
        table, top = view.table, self.row + 1
        self.tables[table.title] = table
        for down, row in enumerate(table.rows, start=top):
            for along, column in enumerate(view.panel.columns, start=LABEL + 1):
                key = Key(row.id, column.measure, column.year)
                if key in table.cells:
                    self.places[table.title, key] = At(self.sheet.name, down, along)
        self._grid(panel_grid(table, view.panel))

    def _add_up(self) -> None:
        """What a table says is a sum becomes a sum over cells, where they are all on the sheet."""
        for title, table in self.tables.items():
            for total, parts in table.relations():
                at = self.places.get((title, total))
                cells = [self.places.get((title, part)) for part in parts]
                there = tuple(cell for cell in cells if cell is not None)
                if at is None or len(there) < len(cells):
                    continue
                found = self.sheet.cells[at.row, at.column]
                if not isinstance(found.content, Formula):
                    result = amount(table.cells[total].pence, table.unit)
                    formula = Formula(Sum(there), result)
                    self.sheet.cells[at.row, at.column] = BookCell(formula, found.style)

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
                look = _look(cell, is_total=bool(row.style))
                self.sheet.put(self.row, along, amount(cell.pence, cell.unit), look)
            elif cell:
                self.sheet.put(self.row, along, printable(cell), Style("text"))
            self.sheet.widen(along, min(len(cell_text(cell)) + 4.0, WIDEST))
        self.row += 1


def _look(figure: ShownFigure, *, is_total: bool) -> Style:
    role: StyleRole = "total" if is_total else "figure"
    if not figure.signed:
        return Style(role, figure.places)
    plus, _, rest = number_format(figure.places).partition(";")
    return Style(role, figure.places, number_format=f"+{plus};{rest}")
