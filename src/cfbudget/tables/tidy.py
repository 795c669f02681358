"""Tidy records: one for each cell, the same in CSV, JSON and data frames."""

from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.money import plain
from cfbudget.tables.table import Table


class Record(NamedTuple):
    """One cell. `amount` is a plain, exact decimal in `unit`; `source` is `file:line`."""

    table: str
    row: str
    label: str
    role: str
    measure: str
    year: str
    unit: str
    amount: str
    source: str
    service: str
    kind: str
    status: str


def records(table: Table) -> Iterator[Record]:
    """The table's cells, row by row. Cells that cannot be computed are not there."""
    for row in table.rows:
        for column in table.columns:
            cell = table.cell(row, column)
            if cell is None:
                continue
            place = cell.place or row.place
            yield Record(
                table.name,
                row.id,
                row.label,
                row.role,
                column.measure,
                str(column.year) if column.year else "",
                table.unit.name,
                plain(cell.pence, table.unit),
                place.source if place and row.role == "line" else "",
                row.service,
                row.kind,
                row.status,
            )
