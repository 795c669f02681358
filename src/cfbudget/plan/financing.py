"""What pays for capital spending: its sources, and amounts of each by year."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, get_args

from cfbudget.plan.figure_fields import MoneyByPeriod
from cfbudget.plan.mapped_model import Mapped
from cfbudget.plan.stated_fields import StatedFinanced
from cfbudget.plan.values import Figure, Period, Stated

CapitalSource = Literal["grants", "contributions", "receipts", "revenue", "borrowing"]
SOURCES: Mapping[CapitalSource, str] = MappingProxyType(
    {
        "grants": "Grants",
        "contributions": "Contributions",
        "receipts": "Capital receipts",
        "revenue": "Revenue and reserves",
        "borrowing": "Borrowing",
    }
)
"""Each source as a table names it, in the order in which tables list them."""
NAMES: tuple[CapitalSource, ...] = get_args(CapitalSource)
StatedRow = CapitalSource | Literal["total"]
STATED_ROWS: tuple[StatedRow, ...] = (*NAMES, "total")
WORDS: Mapping[StatedRow, str] = MappingProxyType(
    {**{source: name.lower() for source, name in SOURCES.items()}, "total": "financing"}
)
"""What is printed of, in the midst of a sentence."""


class StatedFinancing(Mapped):
    """The printed totals of each source, and of all of them."""

    grants: StatedFinanced | None = None
    contributions: StatedFinanced | None = None
    receipts: StatedFinanced | None = None
    revenue: StatedFinanced | None = None
    borrowing: StatedFinanced | None = None
    total: StatedFinanced | None = None

    def of_rows(self) -> Iterator[tuple[StatedRow, Stated]]:
        """The sources, and `total`, whose totals are printed, with these."""
        for row in STATED_ROWS:
            stated: Stated | None = getattr(self, row)
            if stated is not None:
                yield row, stated


class Financing(Mapped):
    """Amounts by source and year, plus, as they pay for spending."""

    last_keys = ("stated",)

    grants: MoneyByPeriod | None = None
    contributions: MoneyByPeriod | None = None
    receipts: MoneyByPeriod | None = None
    revenue: MoneyByPeriod | None = None
    borrowing: MoneyByPeriod | None = None
    stated: StatedFinancing | None = None

    def of_sources(self) -> Iterator[tuple[CapitalSource, Mapping[Period, Figure]]]:
        """The sources that are given, with their amounts."""
        for source in NAMES:
            amounts: Mapping[Period, Figure] | None = getattr(self, source)
            if amounts is not None:
                yield source, amounts
