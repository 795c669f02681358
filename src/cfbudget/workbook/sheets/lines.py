"""Every input line and nothing else, one figure to a row: ready for a filter or a pivot."""

from typing import NamedTuple

from cfbudget.calculate.amounts import TableName
from cfbudget.money import FTE
from cfbudget.plan.values import TBC, Description, Measure
from cfbudget.workbook.book.book import BookCell, Formula, Sheet, SheetBlock, Style, amount
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
    shown: dict[tuple[str, Style], BookCell] = {}
    known: dict[tuple[str, str], dict[str, str]] = {}
    for at, given in enumerate(ledger.inputs, start=top + 1):
        texts = _texts(given, known)
        rows["/".join(texts[heading] for heading in IDENTITY)] = at
        for heading, text in texts.items():
            if not text:
                continue
            column = columns[heading]
            looks = STYLES.get(heading, TEXT)
            # Most texts stand in many lines: one cell is enough for all of them.
            cell = shown.get((text, looks))
            if cell is None:
                cell = shown[text, looks] = BookCell(text, looks)
                sheet.widen(column, min(len(text) + 3, WIDEST))
            sheet.cells[at, column] = cell
        sheet.cells[at, columns["Amount"]] = _amount(given)
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


def _texts(given: Input, known: dict[tuple[str, str], dict[str, str]]) -> dict[str, str]:
    """What a line says besides its amount; what it shares with its row's other lines is kept."""
    row, column, table = given.row, given.column, given.table
    shared = known.get((table.name, row.id))
    if shared is None:
        shared = known[table.name, row.id] = {
            "Line": row.label,
            "Row": row.of or row.id,
            "Service": row.service,
            "Kind": row.kind,
            "Status": row.status,
            **dict(zip(DESCRIBED, row.description, strict=True)),
        }
    cell = table.cell(row, column)
    unit = table.unit_of(row, column)
    place = (cell.place if cell else None) or row.place
    return {
        **shared,
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
    return BookCell(formula, Style("figure", places))
