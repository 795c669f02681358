"""A workbook as data: sheets of cells, each a text, a number or a formula with its result.

Nothing here knows how a workbook is stored. Rows and columns count from 1.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.layout.table import Table
from cfbudget.money import Unit, plain
from cfbudget.workbook.book.cell_rows import CellRows
from cfbudget.workbook.book.cells import Area, At
from cfbudget.workbook.book.expressions import Expression
from cfbudget.workbook.book.values import Value
from cfbudget.years import FinancialYear

StyleRole = Literal[
    "title",
    "fact",
    "caption",
    "heading",
    "figure heading",
    "label",
    "group",
    "total label",
    "text",
    "small",
    "input",
    "stated",
    "figure",
    "total",
    "outcome",
    "link",
    "blank",
    "printed",
    "suspect",
]


class Style(NamedTuple):
    """How a cell looks: what it is, how many places it shows, how far its text stands in."""

    role: StyleRole
    places: int | None = None
    indent: int = 0
    number_format: str | None = None
    """As a spreadsheet writes it, in place of that of the places."""


@cache
def style_of(role: StyleRole, places: int | None = None) -> Style:
    """One value for all cells that look alike, of which a large workbook has a million."""
    return Style(role, places)


class Formula(NamedTuple):
    """An expression over cells, and what it must come to."""

    expression: Expression
    result: Value
    """What calculation or checking says that it is: never worked out from the expression."""


class Link(NamedTuple):
    """A text that leads to a cell of the workbook."""

    text: str
    to: At


Content = str | Decimal | Formula | Link


class BookCell(NamedTuple):
    """What a cell holds, and how it looks."""

    content: Content
    style: Style


class SheetBlock(NamedTuple):
    """A table on a sheet: a row of headings, and rows that are found by their visible ids."""

    header: int
    id_columns: tuple[int, ...]
    """Where the parts of a row's id stand."""
    columns: dict[str, int]
    """By heading, each unique in its block."""
    rows: dict[str, int]
    """By id, each unique in its block: its parts with a / between them."""


class SheetSeries(NamedTuple):
    """A row of figures in a chart: the cells of its name and its values, and its colour."""

    name: At
    first: At
    last: At
    colour: str | None
    """None for a part that only lifts what stands on it."""
    is_named: bool = True
    """Whether the legend names it."""


class SheetChart(NamedTuple):
    """A stacked or grouped bar chart over cells."""

    title: str
    description: str
    """What the picture shows, in words, for who cannot see it."""
    kind: Literal["grouped", "stacked", "bars"]
    categories: tuple[At, At]
    series: tuple[SheetSeries, ...]
    axis: str
    at: At
    minimum: Decimal | None = None
    """Where the axis of amounts begins, where that is not nil."""


@dataclass(slots=True)
class Sheet:
    """One sheet, as it is put together."""

    name: str
    cells: CellRows[BookCell] = field(default_factory=CellRows)
    blocks: list[SheetBlock] = field(default_factory=list)
    labelled: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Single cells that are found by the text of the cell to their left."""
    widths: dict[int, float] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    """How deep in the outline a row stands, where it does."""
    frozen: tuple[int, int] = (1, 1)
    """The first row and column that scroll."""
    repeated: tuple[int, int] | None = None
    """The rows that every printed page repeats."""
    breaks: list[int] = field(default_factory=list)
    """The rows before which a printed page ends."""
    charts: list[SheetChart] = field(default_factory=list)
    landings: list[tuple[At, At]] = field(default_factory=list)
    """Where the steps of a bridge arrive, with the level that they lead to: the same amount."""
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    """What is said of a cell, shown beside it when it is pointed at."""
    data_table: bool = False
    """Whether its block is a table in the spreadsheet's own sense, for filters and pivots."""

    def put(self, row: int, column: int, content: Content, style: Style) -> At:
        self.cells[row, column] = BookCell(content, style)
        return At(self.name, row, column)

    def widen(self, column: int, characters: float) -> None:
        self.widths[column] = max(self.widths.get(column, 8.0), characters)

    @property
    def last_row(self) -> int:
        return self.cells.last_row

    @property
    def last_filled(self) -> int:
        """The last row that holds more than a format."""
        filled = (
            row
            for row, cells in reversed(tuple(self.cells.rows()))
            if any(cell is not None and cell.content != "" for cell in cells)
        )
        return next(filled, 0)


@dataclass(slots=True)
class Book:
    """All the sheets in their order, and the few names that lead to cells."""

    sheets: dict[str, Sheet]
    names: dict[str, At]
    years: tuple[str, ...]
    """The words that may stand where a line's year stands."""
    tables: tuple[Table, ...]
    """What the sheets show."""
    places: dict[tuple[TableName, Key], At]
    """Where the tables' figures stand."""
    years_at: Area | None = None
    """Where the years stand, if they are too many for a rule of a spreadsheet to hold."""
    contained: Mapping[FinancialYear, FinancialYear] = field(default_factory=dict)
    """By year: the year of the approved budget that contains its options."""
    approved: Mapping[At, FinancialYear] = field(default_factory=dict)
    """The inputs that an approved budget contains, and of which year they are."""
    projected: frozenset[FinancialYear] = frozenset()
    """The years whose budget is projected, and not approved yet."""

    def cell(self, at: At) -> BookCell | None:
        return self.sheets[at.sheet].cells.get((at.row, at.column))

    def formulas(self) -> Iterator[tuple[At, Formula]]:
        for sheet in self.sheets.values():
            for (row, column), cell in sheet.cells.items():
                if isinstance(cell.content, Formula):
                    yield At(sheet.name, row, column), cell.content


@lru_cache(maxsize=1 << 16)  # most amounts of a plan stand on several sheets
def amount(pence: int, unit: Unit) -> Decimal:
    """An exact amount as its cell shows it, in `unit`; a percentage as the share that it is."""
    whole, part = divmod(pence, unit.pence)
    value = Decimal(plain(pence, unit)) if part else Decimal(whole)  # what most amounts are
    return value.scaleb(-2) if unit.name == "%" else value
