"""Balances of reserves: closing = opening + contributions − draws, and the next opening."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from cfbudget.calculate.amounts import ColumnKey, Computed, Key, add_up
from cfbudget.calculate.services import GENERAL, whole_sums
from cfbudget.plan.funding_files import Reserve
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Floor, Measure
from cfbudget.years import FinancialYear

MEASURES: tuple[Measure, ...] = ("opening", "contribution", "draw", "closing")


def reserve_amounts(plan: Plan) -> Computed:
    """Opening, contribution, draw and closing by reserve and year, in pence; all plus.

    Reserves of several funds have a total for each.
    """
    if plan.reserves is None:
        return Computed({}, ())
    years = plan.reserve_years
    amounts: dict[Key, int] = {}
    for reserve in plan.reserves.reserves:
        balance = reserve.opening.pence
        for year in years:
            paid_in, drawn = movements_of(reserve, year)
            figures = (balance, paid_in, drawn, balance + paid_in - drawn)
            for measure, pence in zip(MEASURES, figures, strict=True):
                amounts[Key(reserve.id, measure, year)] = pence
            balance = figures[-1]
    sums = whole_sums((reserve.id, fund_of_reserve(reserve)) for reserve in plan.reserves.reserves)
    columns: list[ColumnKey] = [(measure, year) for measure in MEASURES for year in years]
    add_up(amounts, sums, columns)
    return Computed(amounts, sums)


def fund_of_reserve(reserve: Reserve) -> str:
    return reserve.fund.text if reserve.fund else GENERAL


def movements_of(reserve: Reserve, year: FinancialYear) -> tuple[int, int]:
    """What is paid into a reserve in a year and what is drawn from it, both plus."""
    paid_in, drawn = reserve.contributions.get(year), reserve.draws.get(year)
    return (paid_in.pence if paid_in else 0, drawn.pence if drawn else 0)


class OverFloor(NamedTuple):
    """What a reserve closes a year with, and the least that it may, in pence."""

    reserve: Reserve
    year: FinancialYear
    closing: int
    floor: Fraction

    @property
    def is_below(self) -> bool:
        return self.closing < self.floor


def over_floors(plan: Plan, net_budgets: Mapping[FinancialYear, int]) -> Iterator[OverFloor]:
    """Each reserve that has a floor, year by year, where the floor is known."""
    amounts = reserve_amounts(plan).amounts
    for reserve in plan.reserves.reserves if plan.reserves else ():
        floor = reserve.floor
        for year in plan.reserve_years if floor else ():
            least = _floor_of(floor, net_budgets.get(year)) if floor else None
            if least is not None:
                yield OverFloor(reserve, year, amounts[Key(reserve.id, "closing", year)], least)


def _floor_of(floor: Floor, net_budget: int | None) -> Fraction | None:
    if floor.amount is not None:
        return Fraction(floor.amount.pence)
    return floor.share * net_budget if floor.share is not None and net_budget is not None else None
