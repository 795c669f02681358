"""Tidy records: one for each cell, the same in CSV, JSON and data frames."""

from typing import NamedTuple


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
    fund: str
    """Whose money it is: `general`, or the ring fence; empty where money is no revenue."""
    category: str
    ref: str
    portfolio: str
    owner: str
