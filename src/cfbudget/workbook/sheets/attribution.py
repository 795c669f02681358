"""What each change of a trial contributes, on a sheet: values as tried, their total a formula."""

from collections.abc import Mapping

from cfbudget.calculate.amounts import TOTAL, Key, TableName
from cfbudget.layout.rounding_notes import unadded_note
from cfbudget.layout.table import Column, Row, Table
from cfbudget.workbook.book.book import Formula, Sheet, SheetBlock, Style, amount
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Expression, Sum
from cfbudget.workbook.sheets.statements import LABEL, Ledger, heading, heading_style, say

AS_TRIED = "Values as tried, in the order in which the changes were made; their total is a formula."
OF_POSITION = ("net_budget", "cumulative_change")
OF_THE_GAP = ("gap", "over_cash_limit")
BEYOND_AS_TRIED = (
    "Values as tried; their net amount is a formula. No other cell of the workbook holds them."
)
AS_NOW = "The difference, as the sheets now have it"
NOW = "now"
"""The id of the row of what the sheets now come to: no line of a scenario has it."""


def attribution_block(sheet: Sheet, row: int, table: Table, differences: Ledger) -> int:
    """A line for each change, their total, and what the sheets now come to; the next free row.

    Args:
        differences: where the figures of the sheets of differences stand.
    """
    row = apart_block(sheet, row, table, AS_TRIED)
    columns = dict(enumerate(table.columns, start=LABEL + 1))
    below = _as_now(sheet, row, table, columns, differences)
    block = sheet.blocks[-1]
    sheet.put(below, block.id_columns[0], NOW, Style("small"))
    sheet.blocks[-1] = block._replace(rows={**block.rows, NOW: below})
    return below + 2


def apart_block(sheet: Sheet, row: int, table: Table, as_tried: str) -> int:
    """A line for each row of a table of values, and a total of formulas; the next free row."""
    sheet.put(row, LABEL, table.title, Style("caption"))
    header = say(sheet, row + 1, [*table.subtitle, *unadded_note(table), as_tried])
    columns = dict(enumerate(table.columns, start=LABEL + 1))
    id_column = max(columns) + 1
    named = {table.unit.name: LABEL, **{_heading(c): at for at, c in columns.items()}}
    for text, along in {**named, "Id": id_column}.items():
        sheet.put(header, along, text, heading_style(along, LABEL < along < id_column))
        sheet.widen(along, 60 if along == LABEL else 14)
    rows = {line.id: at for at, line in enumerate(table.rows, start=header + 1)}
    for line in table.rows:
        looks = Style("total label" if line.role == "total" else "label")
        sheet.put(rows[line.id], LABEL, line.label, looks)
        sheet.put(rows[line.id], id_column, line.id, Style("small"))
        for along, column in columns.items():
            _figure(sheet, table, line, column, (rows, along))
    named["Id"] = id_column
    sheet.blocks.append(SheetBlock(header, (id_column,), named, rows))
    return max(rows.values()) + 1


def _heading(column: Column) -> str:
    return heading(column) if column.is_forecast else column.heading


def _figure(
    sheet: Sheet, table: Table, line: Row, column: Column, at: tuple[Mapping[str, int], int]
) -> None:
    rows, along = at
    cell = table.cells[Key(line.id, column.measure, column.year)]
    value = amount(cell.pence, table.unit)
    if line.role == "total" or column.sums:
        down = tuple(At(sheet.name, rows[part], along) for part in line.sums)
        # The columns that it adds up stand to its left.
        across = tuple(
            At(sheet.name, rows[line.id], LABEL + 1 + at) for at in range(len(column.sums))
        )
        parts = down or across
        style = Style("total", table.places)
        sheet.put(rows[line.id], along, Formula(Sum(parts), value), style)
    else:
        sheet.put(rows[line.id], along, value, Style("figure", table.places))


def _as_now(
    sheet: Sheet, row: int, table: Table, columns: Mapping[int, Column], differences: Ledger
) -> int:
    """The same totals from the sheets of differences, which follow their inputs."""
    sheet.put(row, LABEL, AS_NOW, Style("label"))
    for along, column in columns.items():
        of: TableName = "position" if column.measure in OF_POSITION else "capital"
        of = "gap" if column.measure in OF_THE_GAP else of
        key = Key(TOTAL, column.measure, column.year)
        found: Expression | None = differences.places.get((of, key))
        if found is not None:
            value = amount(table.cells[key].pence, table.unit)
            sheet.put(row, along, Formula(found, value), Style("figure", table.places))
    return row
