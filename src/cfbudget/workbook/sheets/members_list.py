"""The members' list: every option in one row, with what the plan says of it. Each figure leads to
its sheet.
"""

from decimal import Decimal

from cfbudget.layout.table import Column, Row, Table, key_of
from cfbudget.plan.values import TBC
from cfbudget.workbook.book.book import (
    BookCell,
    Formula,
    Sheet,
    SheetBlock,
    Style,
    StyleRole,
    amount,
    style_of,
)
from cfbudget.workbook.sheets.statements import (
    LABEL,
    STYLES,
    WIDEST,
    Ledger,
    figure_style,
    head,
    heading,
    heading_style,
    say,
)

LIST = "List"
FIGURES = 13
TEXT = Style("text")


def members_list(sheet: Sheet, table: Table, ledger: Ledger) -> None:
    """Put the options on a sheet, one a row.

    Args:
        table: of one panel, with columns of words.
        ledger: where its figures stand on other sheets.
    """
    (panel,) = table.panels
    header = say(sheet, head(sheet, table.title), table.subtitle) + 1
    first = LABEL + 1 + len(panel.words)
    words = {words.heading: at for at, words in enumerate(panel.words, start=LABEL + 1)}
    figures = {heading(column): at for at, column in enumerate(panel.columns, start=first)}
    ids = first + len(panel.columns)
    named = {table.unit.name: LABEL, **words, **figures, "Id": ids, "Source": ids + 1}
    for text, at in named.items():
        sheet.put(header, at, text, heading_style(at, first <= at < ids))
        sheet.widen(at, max(FIGURES, *(len(word) + 2 for word in text.split())))
    rows: dict[str, int] = {}
    for at, row in enumerate(table.rows, start=header + 1):
        rows[row.id] = at
        sheet.put(at, LABEL, row.label, STYLES[row.role])
        sheet.widen(LABEL, min(len(row.label) + 4, WIDEST["label"]))
        for said in panel.words:
            if given := said.said.get(row.id):
                sheet.put(at, words[said.heading], given, TEXT)
                sheet.widen(words[said.heading], min(len(given) + 3, WIDEST["source"]))
        for along, column in enumerate(panel.columns, start=first):
            if table.cell(row, column):
                role: StyleRole = "figure" if row.role == "line" else "total"
                unit, places = table.unit_of(row, column), table.places_of(row, column)
                sheet.cells[at, along] = BookCell(
                    _figure(table, row, column, ledger), figure_style(role, unit, places)
                )
        sheet.put(at, ids, row.id, style_of("small"))
        sheet.widen(ids, min(len(row.id), WIDEST["id"]))
        if row.place:
            sheet.put(at, ids + 1, row.place.source, style_of("small"))
            sheet.widen(ids + 1, min(len(row.place.source), WIDEST["source"]))
    sheet.blocks.append(SheetBlock(header, (ids,), named, rows))


def _figure(table: Table, row: Row, column: Column, ledger: Ledger) -> Formula:
    """The cell in which a figure stands, and what it holds."""
    key = key_of(row, column)
    cell, unit = table.cells[key], table.unit_of(row, column)
    held: Decimal | str = TBC if cell.is_unknown else amount(cell.pence, unit)
    return Formula(ledger.places[table.name, key], held)
