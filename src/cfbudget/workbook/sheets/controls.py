"""Casts and control totals: grand totals added the other way, and from the lines."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.option_groups import grouping_row
from cfbudget.layout.table import Table
from cfbudget.money import FTE
from cfbudget.plan.groupings import GROUPINGS
from cfbudget.plan.values import measure_words
from cfbudget.workbook.book.book import Formula, Sheet, SheetBlock, Style, amount
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import (
    NIL,
    Between,
    Expression,
    Is,
    Rounded,
    Sum,
    When,
    Where,
    WordValue,
)
from cfbudget.workbook.sheets.checks_layout import CONTROL, OUTCOME, SMALL, TEXT, Columns, begin
from cfbudget.workbook.sheets.lines import Lines
from cfbudget.workbook.sheets.statements import LABEL, Ledger

GROUPING_ROWS = frozenset(map(grouping_row, GROUPINGS))
"""Totals of the options added up by what is said of them: each is the grand total again."""


class _Control(NamedTuple):
    """A grand total, and another way to come to it."""

    id: str
    table: Table
    key: Key
    label: str
    across: tuple[Key, ...]
    """What it adds up across its row, or by group; empty where the lines are added up."""


def control(
    sheet: Sheet, row: int, tables: Iterable[Table], ledger: Ledger, lines: Lines
) -> tuple[int, SheetBlock, dict[str, At]]:
    """Each table's grand totals added down and across, and from the lines.

    Returns:
        The next free row, the block, and the control totals' cells by name.
    """
    headings = {
        "Cast or control total": LABEL,
        "Table": Columns.table,
        "One way": Columns.stated,
        "Other way": Columns.computed,
        "Difference": Columns.difference,
        "Of table": Columns.addends,
        "Of year": Columns.unit,
        "Outcome": Columns.outcome,
        "Id": Columns.id,
    }
    caption = "Grand totals, added the other way and from the lines"
    figures = frozenset({Columns.stated, Columns.computed, Columns.difference})
    block = begin(sheet, row + 1, caption, headings, figures)
    row += 2
    controls: dict[str, At] = {}
    for found in (made for table in tables for made in _controls(table)):
        block.rows[found.id] = row
        if not found.across:
            sheet.put(row, Columns.addends, found.table.name, TEXT)
            name = f"Control_{found.table.name}"
            if found.key.year:
                sheet.put(row, Columns.unit, str(found.key.year), TEXT)
                name += f"_{found.key.year}".replace("-", "_")
            controls[name] = At(sheet.name, row, Columns.stated)
        _put(sheet, row, found, ledger, lines)
        row += 1
    return row + 1, block, controls


def _controls(table: Table) -> Iterator[_Control]:
    for key, across in _cross_casts(table):
        when = f" {key.year}" if key.year else ""
        label = f"{table.title}: {measure_words(key.measure)}{when}, grand total added across"
        identity = f"cast/{table.name}/{key.measure}" + (f"/{key.year}" if key.year else "")
        yield _Control(identity, table, key, label, across)
    for row in table.rows:
        if row.id in GROUPING_ROWS:
            key = Key(TOTAL, "total")
            label = f"{table.title}: {row.label[0].lower()}{row.label[1:]}, the grand total"
            across = tuple(key._replace(row=part) for part in row.sums)
            yield _Control(f"cast/{table.name}/{row.id}", table, key, label, across)
    if grand := _control_key(table):
        label = f"{table.title}: the lines add up to the total"
        identity = f"control/{table.name}" + (f"/{grand.year}" if grand.year else "")
        yield _Control(identity, table, grand, label, ())


def _cross_casts(table: Table) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Grand totals that are added down their column, and could be added across their row."""
    for column in table.columns:
        key = Key(TOTAL, column.measure, column.year)
        across = tuple(Key(TOTAL, *part) for part in column.sums)
        if across and key in table.cells and all(part in table.cells for part in across):
            yield key, across


def _control_key(table: Table) -> Key | None:
    """The grand total that a table's lines add up to; the position has no lines of its own."""
    columns = {column.measure: column for column in table.columns}
    for measure in ("net", "cumulative_change", "total", "programme"):
        if measure in columns and table.name != "position":
            return Key(TOTAL, columns[measure].measure, columns[measure].year)
    return None


def _lines_total(sheet: Sheet, row: int, key: Key, lines: Lines) -> Expression:
    columns = lines.columns
    if not columns:
        return NIL
    criteria = [(columns["Table"], At(sheet.name, row, Columns.addends))]
    if key.year:
        criteria.append((columns["Year"], At(sheet.name, row, Columns.unit)))
    return Where(columns["Amount"], tuple(criteria))


def _assumed(table: Table, key: Key, ledger: Ledger) -> tuple[At, ...]:
    """What the assumptions come to: they follow from rates, which are no money."""
    rows = dict.fromkeys(key.row for name, key in ledger.places if name == "assumptions")
    keys = [key._replace(row=row) for row in rows] if table.name == "options" else []
    return tuple(ledger.places["options", key] for key in keys)


def _put(sheet: Sheet, row: int, found: _Control, ledger: Ledger, lines: Lines) -> None:
    table, key = found.table, found.key
    is_of_posts = key.measure == "fte"
    places = FTE.places if is_of_posts else table.places
    value = amount(table.cells[key].pence, FTE if is_of_posts else table.unit)
    look = Style("figure", places)
    across = tuple(ledger.places[table.name, part] for part in found.across)
    one_way = Sum(across) if across else _lines_total(sheet, row, key, lines)
    if assumed := () if across else _assumed(table, key, ledger):
        one_way = Between(one_way, "+", Sum(assumed))  # what is worked out is no input line
    sheet.put(row, LABEL, found.label, Style("label"))
    sheet.put(row, Columns.table, CONTROL, TEXT)
    sheet.put(row, Columns.id, found.id, SMALL)
    one = sheet.put(row, Columns.stated, Formula(one_way, value), look)
    other = ledger.places[table.name, key]
    second = sheet.put(row, Columns.computed, Formula(other, value), look)
    rounded = Rounded(Between(second, "-", one), places)
    difference = sheet.put(row, Columns.difference, Formula(rounded, Decimal(0)), look)
    outcome = When(Is(difference, "=", NIL), WordValue("agrees"), WordValue("differs"))
    sheet.put(row, Columns.outcome, Formula(outcome, "agrees"), OUTCOME)
