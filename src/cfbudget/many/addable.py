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


class OwnTotal(NamedTuple):
    """A grand total of a plan, and the figures that it adds up and that add up no others; pence."""

    measure: Measure
    year: FinancialYear | None
    pence: int
    parts: tuple[tuple[Row, int], ...]


class NotProved(Exception):
    """What a total is said to be of does not come to it: a fault of ours."""


def addends(table: Table) -> Iterator[OwnTotal]:
    """The table's grand totals that may be added to other plans', each with what it is of.

    Raises:
        NotProved: its figures do not add up to it.
    """
    wanted = ADDABLE.get(table.name, ())
    rows = {row.id: row for row in table.rows}
    for total in table.rows:
        if total.role != "total" or not total.sums:
            continue
        bottom = tuple(_bottom(total, rows))
        for column in table.columns:
            if measure_of(total, column) in wanted and key_of(total, column) in table.cells:
                yield _own_total(table, total, bottom, column)


def _bottom(row: Row, rows: Mapping[str, Row]) -> Iterator[Row]:
    """The rows that a row adds up, and that add up no others."""
    for part in row.sums:
        below = rows[part]
        if below.sums:
            yield from _bottom(below, rows)
        else:
            yield below


def _own_total(table: Table, total: Row, bottom: tuple[Row, ...], column: Column) -> OwnTotal:
    cells = table.cells
    keys = ((row, key_of(row, column)) for row in bottom)
    parts = tuple((row, cells[key].pence) for row, key in keys if key in cells)
    stands = cells[key_of(total, column)].pence
    comes_to = sum(pence for _, pence in parts)
    measure = measure_of(total, column)
    if comes_to != stands:
        raise NotProved(f"{table.title}: {measure} {column.year}: {comes_to} is not {stands}")
    return OwnTotal(measure, column.year, stands, parts)
