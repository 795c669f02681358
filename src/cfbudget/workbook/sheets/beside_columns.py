"""The columns of several scenarios: figures that refer to their sheets, and their differences."""

from decimal import Decimal
from typing import NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.calculate.services import own_row
from cfbudget.layout.side_by_side import SideBySide
from cfbudget.layout.table import Column, Row, Table, key_of
from cfbudget.layout.units import shown as shown_text
from cfbudget.plan.values import TBC, measure_words
from cfbudget.tables.alternatives import BASELINE, Alternatives
from cfbudget.workbook.book.book import Formula, Sheet, SheetBlock, Style, StyleRole, amount
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import (
    NIL,
    Between,
    Expression,
    Sum,
)
from cfbudget.workbook.sheets.chart_data import ID
from cfbudget.workbook.sheets.statements import (
    LABEL,
    STYLES,
    Ledger,
    figure_style,
    heading_style,
    with_whole_years,
)

WIDEST = 56


class ColumnPlaces(NamedTuple):
    """Where the figures of the baseline and of each scenario stand, and the differences."""

    ledgers: tuple[Ledger, ...]
    """The baseline's, then those of the scenarios."""
    differences: list[dict[tuple[TableName, Key], At]]
    """Of each scenario, as the columns have them."""


def beside_columns(sheet: Sheet, row: int, shown: Alternatives, placed: ColumnPlaces) -> int:
    """A block for each kind of level and year; the next free row."""
    for level in shown.shown:
        for column in level.baseline.columns:
            if rows := level.of_column(column, only_changed=False):
                row = _block(sheet, row, (level, column, rows), shown, placed)
    return row


def _block(
    sheet: Sheet,
    row: int,
    what: tuple[SideBySide, Column, tuple[Row, ...]],
    shown: Alternatives,
    placed: ColumnPlaces,
) -> int:
    level, column, rows = what
    table = level.baseline
    sheet.put(row, LABEL, f"{table.title}: {heading_of(column)}", Style("caption"))
    header = row + 1
    names = column_names(shown)
    less = [f"{at}. − baseline" for at in range(1, len(shown.names) + 1)]
    columns = dict(enumerate([*names, *less], start=LABEL + 1))
    id_column = id_column_of(shown)
    named = {table.unit.name: LABEL, **{text: at for at, text in columns.items()}, "Id": id_column}
    for text, along in named.items():
        is_figure = LABEL < along < id_column
        sheet.put(header, along, with_whole_years(text), heading_style(along, is_figure))
        sheet.widen(along, max(13.0, *(len(word) + 2.0 for word in text.split())))
    found: dict[str, int] = {}
    for down, line in enumerate(rows, start=header + 1):
        sheet.put(down, LABEL, line.label, STYLES[line.role]._replace(indent=line.depth))
        sheet.widen(LABEL, min(len(line.label) + 2 * line.depth + 4, WIDEST))
        if line.role != "heading":
            found[line.id] = down
            put_id(sheet, down, id_column, line.id)
            _figures(sheet, down, (level, line, column), placed)
    sheet.blocks.append(SheetBlock(header, (id_column,), named, found))
    return header + len(rows) + 2


def column_names(shown: Alternatives) -> list[str]:
    """The baseline, and the scenarios by the numbers of their sheets: `1. A slow start`."""
    return [BASELINE, *(f"{at}. {name}" for at, name in enumerate(shown.names, start=1))]


def id_column_of(shown: Alternatives) -> int:
    """The column of ids of every block: to the right of all figures."""
    return max(ID, LABEL + 2 + 2 * len(shown.names))


def put_id(sheet: Sheet, row: int, column: int, identity: str) -> None:
    sheet.put(row, column, identity, Style("small"))
    sheet.widen(column, min(len(identity) + 2, 40))


def _figures(
    sheet: Sheet, down: int, what: tuple[SideBySide, Row, Column], placed: ColumnPlaces
) -> None:
    """A row's figure in the baseline and in each scenario, then the differences."""
    level, row, column = what
    of_all = (level.baseline, *level.scenarios)
    at: list[At | None] = []
    for along, (table, ledger) in enumerate(
        zip(of_all, placed.ledgers, strict=True), start=LABEL + 1
    ):
        cell = table.cell(row, column)
        if cell is None:
            at.append(None)
            continue
        value = TBC if cell.is_unknown else amount(cell.pence, table.unit_of(row, column))
        expression = figure(table, row, column, ledger)
        at.append(_put(sheet, (down, along), Formula(expression, value), what))
    key = key_of(row, column)
    for number, less in enumerate(level.differences):
        before, now = at[0], at[number + 1]
        if before is None or now is None or key not in less.cells:
            continue
        # A sum passes over a word.
        words = any(t.cells[key].is_unknown for t in (level.baseline, level.scenarios[number]))
        one, other = (Sum((now,)), Sum((before,))) if words else (now, before)
        value = amount(less.cells[key].pence, less.unit_of(row, column))
        along = LABEL + 1 + len(of_all) + number
        made = Formula(Between(one, "-", other), value)
        placed.differences[number][less.name, key] = _put(sheet, (down, along), made, what)


def _put(
    sheet: Sheet,
    at: tuple[int, int],
    content: Formula,
    what: tuple[SideBySide, Row, Column],
) -> At:
    level, row, column = what
    table = level.baseline
    unit, places = table.unit_of(row, column), table.places_of(row, column)
    role: StyleRole = "figure" if row.role == "line" else "total"
    if isinstance(content.result, Decimal):
        pence = int(content.result * unit.pence)
        sheet.widen(at[1], len(shown_text(-abs(pence), unit, places)) + 3)
    return sheet.put(*at, content, figure_style(role, unit, places))


def figure(table: Table, row: Row, column: Column, ledger: Ledger) -> Expression:
    """A figure where it stands; a row that only another scenario has is nil, or what its service
    has besides those within it.
    """
    key = key_of(row, column)
    if at := ledger.places.get((table.name, key)):
        return at
    whole = ledger.places.get((table.name, key._replace(row=row.service)))
    if whole is None or row.id != own_row(row.service):
        return NIL
    of_service = next((r for r in table.rows if r.id == row.service), row)
    within = tuple(
        at
        for part in of_service.sums
        if "/" not in part and (at := ledger.places.get((table.name, key._replace(row=part))))
    )
    return Between(whole, "-", Sum(within)) if within else whole


def heading_of(column: Column) -> str:
    """What a column measures, and of which year."""
    if column.year is None:
        return column.heading
    words = f"{measure_words(column.measure)} {column.year}"
    return f"{words} (forecast)" if column.is_forecast else words
