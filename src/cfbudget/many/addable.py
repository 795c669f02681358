"""Which figures of a plan may be added to those of other plans, each pound once."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.calculate.amounts import TableName
from cfbudget.layout.table import Column, Row, Table, key_of, measure_of
from cfbudget.plan.values import Measure
from cfbudget.years import FinancialYear

ADDABLE: Mapping[TableName, tuple[Measure, ...]] = {
    "revenue": ("gross", "income", "net"),
    "capital": ("allocation", "later", "under_development"),
    "financing": ("financing",),
    "options": ("change",),
    "position": ("change", "net_budget"),
    "funding": ("amount",),
    "reserves": ("opening", "contribution", "draw", "closing"),
}
"""By table what is money of one year, or of none.

Not what adds up years, as a programme does: plans have other years. Not what is against a plan's
own opening, nor a gap: one body's surplus pays for no other's shortfall.
"""


class Addend(NamedTuple):
    """A figure that a plan's own total adds up, and adds up no other; in pence."""

    table: TableName
    measure: Measure
    year: FinancialYear | None
    row: Row
    pence: int


class NotProved(Exception):
    """The addends of a total are not what it comes to: a fault of ours."""


def addends(table: Table) -> Iterator[Addend]:
    """The figures that the table's grand totals come to, from the bottom.

    Raises:
        NotProved: they do not add up to a total.
    """
    wanted = ADDABLE.get(table.name, ())
    rows = {row.id: row for row in table.rows}
    for total in table.rows:
        if total.role != "total" or not total.sums:
            continue
        bottom = tuple(_bottom(total, rows))
        for column in table.columns:
            if measure_of(total, column) in wanted and key_of(total, column) in table.cells:
                yield from _column(table, total, bottom, column)


def _bottom(row: Row, rows: Mapping[str, Row]) -> Iterator[Row]:
    """The rows that a row adds up, and that add up no others."""
    for part in row.sums:
        below = rows[part]
        if below.sums:
            yield from _bottom(below, rows)
        else:
            yield below


def _column(table: Table, total: Row, bottom: tuple[Row, ...], column: Column) -> Iterator[Addend]:
    cells = table.cells
    there = [(row, cells[key]) for row in bottom if (key := key_of(row, column)) in cells]
    stands = cells[key_of(total, column)].pence
    comes_to = sum(cell.pence for _, cell in there)
    measure = measure_of(total, column)
    if comes_to != stands:
        raise NotProved(f"{table.title}: {measure} {column.year}: {comes_to} is not {stands}")
    for row, cell in there:
        yield Addend(table.name, measure, column.year, row, cell.pence)
