"""The gap: net budget + funding, before and after planned use of reserves, in pence.

It is a level, and plus is a shortfall: it is never added up over years. A directorate has a cash
limit in its place, and is over it (plus) or under it.
"""

from collections.abc import Mapping

from cfbudget.calculate.amounts import TOTAL, Amounts, Key
from cfbudget.calculate.funding import funding_amounts
from cfbudget.calculate.funds import general_row
from cfbudget.calculate.position import position_amounts
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.years import FinancialYear

GAP_MEASURES: tuple[Measure, ...] = ("gap_before_reserves", "gap", "annual_gap")


def net_budgets(plan: Plan) -> Mapping[FinancialYear, int]:
    """The net budget that funding pays for, of the general fund, in each year that has one."""
    if not plan.revenue:
        return {}
    return net_budgets_of(plan, position_amounts(plan).amounts)


def net_budgets_of(plan: Plan, position: Amounts) -> Mapping[FinancialYear, int]:
    """The same, from the figures of the position."""
    row = general_row(plan)
    return {
        key.year: pence
        for key, pence in position.items()
        if key.year is not None and (key.row, key.measure) == (row, "net_budget")
    }


def gap_amounts(plan: Plan) -> Amounts:
    """The gap of each year that has a net budget and funding, on the row of the total.

    The annual gap is the gap less that of the year before; the first year's is its gap.
    """
    if plan.funding is None:
        return {}
    funding = funding_amounts(plan).amounts
    nets = net_budgets(plan)
    amounts: dict[Key, int] = {}
    shown = [year for year in plan.funding_years if year in nets]
    for year in shown:
        before = nets[year] + funding[Key(TOTAL, "amount", year)]
        if plan.funding.kind == "cash_limit":
            amounts[Key(TOTAL, "over_cash_limit", year)] = before
            continue
        gap = before + funding.get(Key(TOTAL, "reserves_used", year), 0)
        amounts[Key(TOTAL, "gap_before_reserves", year)] = before
        amounts[Key(TOTAL, "gap", year)] = gap
        earlier = amounts.get(Key(TOTAL, "gap", FinancialYear(year.start - 1)))
        if earlier is not None or year == shown[0]:
            amounts[Key(TOTAL, "annual_gap", year)] = gap - (earlier or 0)
    return amounts
