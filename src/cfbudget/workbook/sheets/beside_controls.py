"""Controls of several scenarios: what each was computed to come to, beside what it now comes to."""

from collections.abc import Iterator
from decimal import Decimal

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.layout.table import Table, key_of
from cfbudget.plan.values import measure_words
from cfbudget.tables.alternatives import Alternatives
from cfbudget.workbook.book.book import Formula, Sheet, SheetBlock, Style, amount
from cfbudget.workbook.book.expressions import NIL, Between, Is, Rounded, When, WordValue
from cfbudget.workbook.sheets.beside_columns import WIDEST, ColumnPlaces, id_column_of, put_id
from cfbudget.workbook.sheets.statements import LABEL, Ledger, heading_style

CAPTION = "Controls: what the scenarios now come to, against what was computed as they were tried"
CONTROLS = {"As tried": 1, "Now": 2, "Difference": 3, "Outcome": 4}


def controls(sheet: Sheet, row: int, shown: Alternatives, placed: ColumnPlaces) -> int:
    """For each total of each scenario: the value that was computed, beside what it now comes to."""
    sheet.put(row, LABEL, CAPTION, Style("caption"))
    header = row + 1
    id_column = id_column_of(shown)
    named = {"Control": LABEL, **{text: LABEL + at for text, at in CONTROLS.items()}}
    named["Id"] = id_column
    for text, along in named.items():
        is_figure = LABEL < along < LABEL + CONTROLS["Outcome"]
        sheet.put(header, along, text, heading_style(along, is_figure))
    found: dict[str, int] = {}
    down = header
    for identity, label, table, key, ledger in _controlled(shown, placed):
        down += 1
        found[identity] = down
        sheet.put(down, LABEL, label, Style("label"))
        sheet.widen(LABEL, min(len(label) + 2, WIDEST))
        put_id(sheet, down, id_column, identity)
        _control(sheet, down, table, key, ledger)
    sheet.blocks.append(SheetBlock(header, (id_column,), named, found))
    return down + 2


def _controlled(
    shown: Alternatives, placed: ColumnPlaces
) -> Iterator[tuple[str, str, Table, Key, Ledger]]:
    """Every total of every scenario: its id and label, and where it stands."""
    for number, name in enumerate(shown.names, start=1):
        for level in shown.shown:
            table = level.scenarios[number - 1]
            ledger = placed.ledgers[number]
            for row in table.rows:
                for column in table.columns if TOTAL in (row.id, row.of) else ():
                    key = key_of(row, column)
                    if key in table.cells and (table.name, key) in ledger.places:
                        when = f"/{column.year}" if column.year else ""
                        identity = f"scenario-{number}/{table.name}/{key.measure}{when}"
                        words = f"{measure_words(key.measure)} {column.year or ''}".strip()
                        yield identity, f"{number}. {name}: {words}", table, key, ledger


def _control(sheet: Sheet, down: int, table: Table, key: Key, ledger: Ledger) -> None:
    look = Style("figure", table.places)
    value = amount(table.cells[key].pence, table.unit)
    tried = sheet.put(down, LABEL + CONTROLS["As tried"], value, look)
    now = Formula(ledger.places[table.name, key], value)
    here = sheet.put(down, LABEL + CONTROLS["Now"], now, look)
    rounded = Rounded(Between(here, "-", tried), table.places)
    difference = Formula(rounded, Decimal(0))
    less = sheet.put(down, LABEL + CONTROLS["Difference"], difference, look)
    outcome = When(Is(less, "=", NIL), WordValue("agrees"), WordValue("differs"))
    sheet.put(down, LABEL + CONTROLS["Outcome"], Formula(outcome, "agrees"), Style("outcome"))
