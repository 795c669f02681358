"""The gap of one plan beside that of another: what of the difference is spending, what funding.

gap = net budget + funding + reserves used, in each plan, so that the three differences add up to
that of the gaps.
"""

from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Amounts, ByYear, Key
from cfbudget.calculate.funding import funding_amounts
from cfbudget.calculate.gap import gap_amounts, net_budgets
from cfbudget.calculate.steps_landed import land
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.years import FinancialYear


class GapBridge(NamedTuple):
    """By year, in pence; of cash limits it is what is over them."""

    measure: Measure
    old: ByYear
    net_budget: ByYear
    """New − old, as the others between the ends are."""
    funding: ByYear
    reserves: ByYear
    new: ByYear


def gap_bridge(old: Plan, new: Plan) -> GapBridge | None:
    """The bridge of the years in which both plans have a gap; None where none has."""
    before, after = gap_amounts(old), gap_amounts(new)
    measure: Measure = "gap"
    if not any(key.measure == "gap" for key in before):
        measure = "over_cash_limit"
    ends = tuple(
        {key.year: p for key, p in found.items() if key.measure == measure and key.year}
        for found in (before, after)
    )
    years = [year for year in ends[0] if year in ends[1]]
    if not years:
        return None
    nets = net_budgets(old), net_budgets(new)
    funded = funding_amounts(old).amounts, funding_amounts(new).amounts
    made = GapBridge(
        measure,
        {year: ends[0][year] for year in years},
        {year: nets[1][year] - nets[0][year] for year in years},
        {year: _less(funded, "amount", year) for year in years},
        {year: _less(funded, "reserves_used", year) for year in years},
        {year: ends[1][year] for year in years},
    )
    for year in years:
        steps = made.net_budget[year] + made.funding[year] + made.reserves[year]
        land(f"the bridge to the gap of {year}", steps, made.new[year] - made.old[year])
    return made


def _less(funded: tuple[Amounts, Amounts], measure: Measure, year: FinancialYear) -> int:
    then, now = (amounts.get(Key(TOTAL, measure, year), 0) for amounts in funded)
    return now - then
