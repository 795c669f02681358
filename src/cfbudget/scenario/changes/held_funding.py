"""Funding as it stands in a trial: lines with their council tax, and what reserves are used for."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.funding import amount_of, band_d_of
from cfbudget.calculate.reserves import reserve_amounts
from cfbudget.money import Amount, nearest
from cfbudget.plan.funding_files import Funding, FundingLine, Reserve, Reserves, ReserveUse
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure
from cfbudget.scenario.changes.operators import (
    FundingMeasure,
    OfFunding,
    RaiseTax,
    SetFunding,
    UpliftFunding,
    YearAmounts,
)
from cfbudget.shares import Exact, to_the_penny
from cfbudget.years import FinancialYear


class HeldFunding(NamedTuple):
    """A funding line as it stands: amounts in pence, minus; or a council tax's factors."""

    line: FundingLine
    amounts: dict[FinancialYear, Exact]
    tax_base: dict[FinancialYear, int]
    band_d: dict[FinancialYear, int]
    """In pence; empty where the line gives its amounts."""
    rises: dict[FinancialYear, Fraction]
    """What each year's Band D is of the one before."""
    steps: dict[FinancialYear, int]

    def amount(self, year: FinancialYear) -> int:
        """What it comes to in a year, in pence."""
        if self.band_d:
            return -nearest(self.tax_base[year] * self.band_d[year], 100)
        return to_the_penny(self.amounts.get(year, 0))


def held_funding(plan: Plan, line: FundingLine) -> HeldFunding:
    """A line as the plan has it."""
    years = plan.funding_years
    bands = {y: band_d_of(line, y) or 0 for y in years} if line.band_d else {}
    made = HeldFunding(
        line,
        {} if line.band_d else {year: amount_of(line, year) for year in years},
        {year: figure.pence for year, figure in line.tax_base.items()},
        bands,
        {},
        {},
    )
    for year in years:
        _remember_rise(made, year)
    return made


def figures_of(there: HeldFunding, measure: FundingMeasure) -> Mapping[FinancialYear, int]:
    """What a line gives of a measure by year: pence, or hundredths of a tax base."""
    if measure == "tax_base":
        return there.tax_base
    if measure == "band_d":
        return there.band_d
    return {year: to_the_penny(exact) for year, exact in there.amounts.items()}


def _remember_rise(there: HeldFunding, year: FinancialYear) -> None:
    before = there.band_d.get(FinancialYear(year.start - 1))
    if before and year in there.band_d:
        there.rises[year] = Fraction(there.band_d[year], before)


def with_change(there: HeldFunding, operation: OfFunding) -> HeldFunding:
    """A line after a change; the one before stays as it is."""
    made = HeldFunding(
        there.line,
        dict(there.amounts),
        dict(there.tax_base),
        dict(there.band_d),
        dict(there.rises),
        dict(there.steps),
    )
    match operation:
        case SetFunding(_, measure, amounts):
            typed = {year: amount.pence for year, amount in amounts.items()}
            if measure == "tax_base":
                made.tax_base.update(typed)
            elif measure == "band_d":
                made.band_d.update(typed)
                for year in typed:
                    _remember_rise(made, year)
                    _remember_rise(made, year.next())
            else:
                made.amounts.update(typed)
                made.steps.update({year: amount.step for year, amount in amounts.items()})
        case RaiseTax(_, year, by):
            made.rises[year] = 1 + Fraction(*by)
            for later in sorted(year_ for year_ in made.band_d if year_ >= year):
                before = made.band_d[FinancialYear(later.start - 1)]
                raised = before * made.rises[later]
                made.band_d[later] = nearest(raised.numerator, raised.denominator)
        case UpliftFunding(_, by, since, is_yearly):
            for year in (year for year in made.amounts if year >= since):
                times = year.start - since.start + 1 if is_yearly else 1
                made.amounts[year] *= (1 + Fraction(*by)) ** times
    return made


def funding_with(
    funding: Funding, lines: Mapping[str, HeldFunding], draws: Mapping[str, YearAmounts]
) -> Funding:
    """The funding with what was changed in it, without the figures that are stated of it."""
    made = tuple(_line(lines[line.id]) if line.id in lines else line for line in funding.lines)
    uses = tuple(_used(use, draws.get(use.reserve.text, {})) for use in funding.reserves)
    return funding.model_copy(update={"lines": made, "reserves": uses, "stated": None})


def _line(there: HeldFunding) -> FundingLine:
    line, place = there.line, there.line.place

    def figures(
        now: Mapping[FinancialYear, int], then: Mapping[FinancialYear, Figure], step: int
    ) -> Mapping[FinancialYear, Figure]:
        made = {}
        for year, pence in now.items():
            old = then.get(year)
            finest = there.steps.get(year, old.step if old else step)
            made[year] = Figure(pence, finest, old.place if old else place)
        return MappingProxyType(made)

    amounts = {year: to_the_penny(exact) for year, exact in there.amounts.items()}
    coarsest = max((figure.step for figure in line.amounts.values()), default=1)
    return line.model_copy(
        update={
            "amounts": figures(amounts, line.amounts, coarsest),
            "tax_base": figures(there.tax_base, line.tax_base, 1),
            "band_d": figures(there.band_d, line.band_d, 1),
            "stated": None,
        }
    )


def _used(use: ReserveUse, amounts: YearAmounts) -> ReserveUse:
    """The use of a reserve that moves with its draw."""
    made = dict(use.amounts)
    for year, amount in amounts.items():
        place = made[year].place if year in made else use.place
        made[year] = Figure(amount.pence, amount.step, place)
    return use.model_copy(update={"amounts": MappingProxyType(made)})


def reserves_with(reserves: Reserves, draws: Mapping[str, YearAmounts]) -> Reserves:
    """The reserves with other draws, without the figures that are stated of them."""

    def with_draws(reserve: Reserve) -> Reserve:
        typed = draws.get(reserve.id)
        if not typed:
            return reserve
        made = dict(reserve.draws)
        for year, amount in typed.items():
            place = made[year].place if year in made else reserve.place
            made[year] = Figure(amount.pence, amount.step, place)
        return reserve.model_copy(update={"draws": MappingProxyType(made), "stated": None})

    lines = tuple(map(with_draws, reserves.reserves))
    return reserves.model_copy(update={"reserves": lines, "stated": None})


def is_used(plan: Plan, reserve: str) -> bool:
    """Whether funding uses a reserve, so that a draw pays for the net budget.

    What is ring-fenced, or pays for something else, moves in the reserves' own file alone.
    """
    return plan.funding is not None and any(
        use.reserve.text == reserve for use in plan.funding.reserves
    )


def drawn(plan: Plan, reserve: str, year: FinancialYear) -> int:
    """What a reserve is drawn by in a year, in pence: plus."""
    for one in plan.reserves.reserves if plan.reserves else ():
        if one.id == reserve:
            figure = one.draws.get(year)
            return figure.pence if figure else 0
    return -used(plan, reserve, year)


def used(plan: Plan, reserve: str, year: FinancialYear) -> int:
    """What funding uses of a reserve in a year, in pence: minus."""
    for use in plan.funding.reserves if plan.funding else ():
        if use.reserve.text == reserve:
            figure = use.amounts.get(year)
            return figure.pence if figure else 0
    return 0


def use_with(plan: Plan, reserve: str, year: FinancialYear, draw: Amount) -> Amount:
    """What funding then uses of a reserve: its use moves by as much as its draw."""
    more = draw.pence - drawn(plan, reserve, year)
    return Amount(used(plan, reserve, year) - more, draw.step)


def balances(plan: Plan, reserve: str) -> Mapping[FinancialYear, int]:
    """What stands beside a draw: the balances that it is drawn from, else what funding uses."""
    if plan.reserves:
        amounts = reserve_amounts(plan).amounts
        return {y: amounts.get(Key(reserve, "opening", y), 0) for y in plan.reserve_years}
    return {year: -used(plan, reserve, year) for year in plan.funding_years}
