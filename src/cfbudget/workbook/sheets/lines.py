"""Every input line and nothing else, one figure to a row: ready for a filter or a pivot."""

from collections.abc import Mapping
from typing import NamedTuple

from cfbudget.calculate.amounts import TableName
from cfbudget.layout.table import Row
from cfbudget.money import FTE
from cfbudget.plan.values import TBC, Description, Measure
from cfbudget.workbook.book.book import (
    BookCell,
    Formula,
    Sheet,
    SheetBlock,
    Style,
    amount,
    style_of,
)
from cfbudget.workbook.book.cells import Area, At
from cfbudget.workbook.book.expressions import Fixed
from cfbudget.workbook.sheets.statements import Input, Ledger, heading_style

HEADINGS = (
    "Line",
    "Table",
    "Row",
    "Service",
    "Kind",
    "Status",
    "Measure",
    "Year",
    "Unit",
    "Amount",
    "Source",
)
DESCRIBED = ("Category", "Ref", "Portfolio", "Owner")
"""Headings that are there where any line says so much of itself, before its source."""
IDENTITY = ("Table", "Row", "Measure", "Year")
"""The headings that together tell a line from every other."""
TEXT = Style("text")
STYLES = {"Row": Style("small"), "Source": Style("small")}
WIDEST = 40


class Lines(NamedTuple):
    """The columns of the lines that control totals add up, by heading; empty without a line."""

    columns: dict[str, Area]


def lines(sheet: Sheet, ledger: Ledger, top: int) -> Lines:
    """List the inputs from row `top` on. Amounts lead to the sheets where the inputs stand.

    Their addresses are fixed, so that sorting the list moves each figure with its words.
    """
    columns = {heading: at for at, heading in enumerate(_headings(ledger), start=1)}
    for heading, column in columns.items():
        sheet.put(top, column, heading, heading_style(column, heading == "Amount"))
        sheet.widen(column, len(heading) + 4)
    rows: dict[str, int] = {}
    put = _Put(sheet, columns)
    for at, given in enumerate(ledger.inputs, start=top + 1):
        texts = _texts(given)
        rows["/".join(texts[heading] for heading in IDENTITY)] = at
        sheet.cells.add_row(at, put.row(given, texts))
    sheet.widen(columns["Amount"], 14)
    identity = tuple(columns[heading] for heading in IDENTITY)
    sheet.blocks.append(SheetBlock(top, identity, columns, rows))
    sheet.data_table = True
    last = top + len(rows)
    areas = {
        heading: Area(At(sheet.name, top + 1, column), At(sheet.name, last, column))
        for heading, column in columns.items()
    }
    return Lines(areas if rows else {})


def _headings(ledger: Ledger) -> tuple[str, ...]:
    *before, source = HEADINGS
    descriptions = {Description(), *(given.row.description for given in ledger.inputs)}
    described = (
        heading
        for heading, texts in zip(DESCRIBED, zip(*descriptions, strict=True), strict=True)
        if any(texts)
    )
    return (*before, *described, source)


class _Put:
    """Makes the cells of each line. Most texts stand in many lines: one cell is enough for all."""

    def __init__(self, sheet: Sheet, columns: Mapping[str, int]) -> None:
        self.sheet, self.columns = sheet, columns
        self.shown: dict[tuple[str, Style], BookCell] = {}
        self.shared: dict[tuple[str, str], list[BookCell | None]] = {}
        """By table and row: the cells that all of its lines share."""

    def row(self, given: Input, texts: Mapping[str, str]) -> list[BookCell | None]:
        """A line's cells, from column 1 on."""
        known = (given.table.name, given.row.id)
        if known not in self.shared:
            self.shared[known] = [None] * len(self.columns)
            self._fill(self.shared[known], _shared_texts(given.row))
        cells = self.shared[known].copy()
        self._fill(cells, texts)
        cells[self.columns["Amount"] - 1] = _amount(given)
        return cells

    def _fill(self, cells: list[BookCell | None], texts: Mapping[str, str]) -> None:
        for heading, text in texts.items():
            if not text:
                continue
            column, looks = self.columns[heading], STYLES.get(heading, TEXT)
            cell = self.shown.get((text, looks))
            if cell is None:
                cell = self.shown[text, looks] = BookCell(text, looks)
                self.sheet.widen(column, min(len(text) + 3, WIDEST))
            cells[column - 1] = cell


def _shared_texts(row: Row) -> dict[str, str]:
    """What all lines of a row say."""
    return {
        "Line": row.label,
        "Service": row.service,
        "Kind": row.kind,
        "Status": row.status,
        **dict(zip(DESCRIBED, row.description, strict=True)),
    }


def _texts(given: Input) -> dict[str, str]:
    """What a line says of itself, besides its amount."""
    row, column, table = given.row, given.column, given.table
    cell = table.cell(row, column)
    unit = table.unit_of(row, column)
    place = (cell.place if cell else None) or row.place
    return {
        "Row": row.of or row.id,
        # Posts are no money: what adds up the lines of a table by its name leaves them out.
        "Table": f"{table.name}, FTE" if unit is FTE else _table_of(table.name, column.measure),
        "Unit": unit.name,
        "Measure": row.measure or column.measure,
        "Year": str(column.year) if column.year else "",
        "Source": place.source if place else "",
    }


def _table_of(name: TableName, measure: Measure) -> str:
    """What is before the plan is in no total of it."""
    return f"{name}, before the plan" if measure == "before" else name


def _amount(given: Input) -> BookCell:
    cell = given.table.cell(given.row, given.column)
    assert cell is not None  # an input has a figure
    unit = given.table.unit_of(given.row, given.column)
    places = given.table.places_of(given.row, given.column)
    held = TBC if cell.is_unknown else amount(cell.pence, unit)
    formula = Formula(Fixed(given.at), held)
    return BookCell(formula, style_of("figure", places))
