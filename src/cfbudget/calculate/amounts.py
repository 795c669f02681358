"""Computed figures by row, measure and year, and how rows add up to totals."""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple, cast

from cfbudget.plan.values import Measure
from cfbudget.years import FinancialYear

TableName = Literal[
    "revenue",
    "capital",
    "financing",
    "options",
    "assumptions",
    "position",
    "attribution",
    "beyond",
    "payback",
    "solve",
    "compare",
    "funding",
    "reserves",
    "gap",
    "sensitivity",
    "explain",
]

PLAN_TABLES: tuple[TableName, ...] = (
    "revenue",
    "capital",
    "financing",
    "options",
    "assumptions",
    "position",
    "gap",
    "funding",
    "reserves",
)
"""Those that a plan itself has, in the order in which they are shown."""
TOTAL = "total"
"""The row of a table's grand total."""


class Key(NamedTuple):
    """Which figure: a row's stable id, what is measured, and the year if it has one."""

    row: str
    measure: Measure
    year: FinancialYear | None = None


class RowSum(NamedTuple):
    """A row that is the sum of other rows, in every measure and year."""

    row: str
    parts: tuple[str, ...]


ColumnKey = tuple[Measure, FinancialYear | None]
"""A key without its row."""

Amounts = Mapping[Key, int]
"""Pence by key; plus is spending. A figure that cannot be computed is not there."""

ByYear = Mapping[FinancialYear, int]
"""Pence by year, in the order of the years; plus is more spending."""


class Computed(NamedTuple):
    """A table's figures, and which rows are sums of which: a part stands before its sum."""

    amounts: Amounts
    sums: tuple[RowSum, ...]


def add_up(amounts: dict[Key, int], sums: Iterable[RowSum], cells: Iterable[ColumnKey]) -> None:
    """Put every sum's figures into `amounts`; a part that is not there adds nothing."""
    columns = tuple(cells)
    # A plain tuple finds what stands under an equal key, and is made in a quarter of its time.
    found = cast("Callable[[tuple[str, Measure, FinancialYear | None], int], int]", amounts.get)
    for row, parts in sums:
        for measure, year in columns:
            amounts[Key(row, measure, year)] = sum(
                [found((part, measure, year), 0) for part in parts]
            )
