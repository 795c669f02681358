"""A revenue budget against another: both figures of each service, the change, and its share.

Changes are this budget − the other, in pence. A share is the change ÷ the size of the other
budget's figure, so that it has the sign of the change; of nil there is none.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.calculate.amounts import ColumnKey, Computed, Key, RowSum
from cfbudget.calculate.paired_services import PairedService, walk_paired
from cfbudget.calculate.services import has_amounts, own_row, whole_sums
from cfbudget.calculate.steps_landed import land
from cfbudget.plan.files import Service
from cfbudget.plan.values import Measure
from cfbudget.years import FinancialYear


class Sides(NamedTuple):
    """What a measure is called in this budget and in the other, and the change between the two."""

    measure: Measure
    against: Measure
    change: Measure
    share: Measure


SIDES = (
    Sides("gross", "gross_against", "gross_change", "gross_change_per_cent"),
    Sides("income", "income_against", "income_change", "income_change_per_cent"),
    Sides("net", "net_against", "net_change", "net_change_per_cent"),
)

_Figures = Mapping[Measure, int]


class BothYears(NamedTuple):
    """The year of the other budget, and of this one."""

    then: FinancialYear
    now: FinancialYear

    def columns(self, side: Sides) -> tuple[ColumnKey, ColumnKey, ColumnKey]:
        """This figure, the other, and the change: each with the year that it is of."""
        return (side.measure, self.now), (side.against, self.then), (side.change, self.now)


def against_amounts(services: tuple[PairedService, ...], years: BothYears) -> Computed:
    """Both figures and the change by service, in pence, by the measures of `SIDES`.

    Gross and income are there where both budgets have them.
    """
    nodes = tuple(walk_paired(services))
    sums = (*_sums(services), *whole_sums((node.id, node.fund) for node in services))
    amounts: dict[Key, int] = {}
    for node in nodes:
        if not node.children or has_own(node):
            row = own_row(node.id) if node.children else node.id
            amounts |= _own_amounts(row, node, years)
    columns = [column for side in SIDES for column in years.columns(side)]
    for row, parts in sums:
        for column in columns:
            found = [amounts.get(Key(part, *column)) for part in parts]
            known = [pence for pence in found if pence is not None]
            if len(known) == len(parts):
                amounts[Key(row, *column)] = sum(known)
    for row, _ in sums:
        _hold(row, amounts, years)
    return Computed(amounts, sums)


def has_own(node: PairedService) -> bool:
    """Whether either budget gives it amounts of its own."""
    return any(side is not None and has_amounts(side) for side in (node.old, node.new))


def figures_of(service: Service | None) -> _Figures:
    """What a budget gives a service itself; nil where it has no such one, or none of its own."""
    if service is None or not has_amounts(service):
        return {"gross": 0, "income": 0, "net": 0}
    if service.net is not None:
        return {"net": service.net.pence}
    gross = service.gross.pence if service.gross else 0
    income = service.income.pence if service.income else 0
    return {"gross": gross, "income": income, "net": gross + income}


def _own_amounts(row: str, node: PairedService, years: BothYears) -> dict[Key, int]:
    before, now = figures_of(node.old), figures_of(node.new)
    made: dict[Key, int] = {}
    for side in SIDES:
        if side.measure in before and side.measure in now:
            then, this = before[side.measure], now[side.measure]
            figures = zip(years.columns(side), (this, then, this - then), strict=True)
            made |= {Key(row, *column): pence for column, pence in figures}
    return made


def _sums(services: tuple[PairedService, ...]) -> Iterator[RowSum]:
    for node in services:
        if node.children:
            yield from _sums(node.children)
            own = (own_row(node.id),) if has_own(node) else ()
            yield RowSum(node.id, (*own, *(child.id for child in node.children)))


def _hold(row: str, amounts: Mapping[Key, int], years: BothYears) -> None:
    """Hold a total's change to its two figures."""
    for side in SIDES:
        this, then, change = (Key(row, *column) for column in years.columns(side))
        if change in amounts:
            land(f"the change of {row}", amounts[change], amounts[this] - amounts[then])
