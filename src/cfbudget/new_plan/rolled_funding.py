"""Funding and reserves of the next year's plan: the first year falls away, and none is added.

Neither can say that an amount is not known yet, so that the added year is left for somebody to add.
"""

from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.reserves import reserve_amounts
from cfbudget.new_plan.rolled_options import DroppedLine, only
from cfbudget.plan.funding_files import Funding, FundingLine, Reserve, Reserves
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import StatedByYear
from cfbudget.years import FinancialYear


class RolledFunding(NamedTuple):
    """The funding of the next year's plan, and the lines of which nothing is left."""

    funding: Funding
    dropped: tuple[DroppedLine, ...]


def rolled_funding(funding: Funding, first: FinancialYear) -> RolledFunding:
    """The funding without its years up to `first`, the year that falls away."""
    words = tuple(word for word in funding.financial_years if word.year > first)
    years = tuple(word.year for word in words)
    lines = [_line(line, years) for line in funding.lines]
    kept = tuple(line for line in lines if line.amounts or line.tax_base or line.band_d)
    uses = tuple(
        use.model_copy(update={"amounts": only(use.amounts, years)}) for use in funding.reserves
    )
    update = {
        "financial_years": words,
        "lines": kept,
        "reserves": uses,
        "stated": _labelled(funding.stated),
    }
    named = {line.id for line in kept}
    dropped = tuple(
        DroppedLine(line.id, line.name, funding.name, _gone(line, first), line.place)
        for line in funding.lines
        if line.id not in named
    )
    return RolledFunding(funding.model_copy(update=update), dropped)


def _gone(line: FundingLine, first: FinancialYear) -> int:
    figure = line.amounts.get(first)
    return figure.pence if figure else 0


def _line(line: FundingLine, years: tuple[FinancialYear, ...]) -> FundingLine:
    update = {
        "amounts": only(line.amounts, years),
        "tax_base": only(line.tax_base, years),
        "band_d": only(line.band_d, years),
        "stated": _labelled(line.stated),
    }
    return line.model_copy(update=update)


def rolled_reserves(plan: Plan, reserves: Reserves, first: FinancialYear) -> Reserves:
    """The reserves, each opening with what it closes the year with that falls away."""
    words = tuple(word for word in reserves.financial_years if word.year > first)
    gone = [word.year for word in reserves.financial_years if word.year <= first]
    amounts = reserve_amounts(plan).amounts
    years = tuple(word.year for word in words)

    def rolled(reserve: Reserve) -> Reserve:
        opening = reserve.opening
        if gone:
            opening = opening._replace(pence=amounts[Key(reserve.id, "closing", gone[-1])])
        update = {
            "opening": opening,
            "contributions": only(reserve.contributions, years),
            "draws": only(reserve.draws, years),
            "stated": _labelled(reserve.stated),
        }
        return reserve.model_copy(update=update)

    update = {
        "financial_years": words,
        "reserves": tuple(map(rolled, reserves.reserves)),
        "stated": _labelled(reserves.stated),
    }
    return reserves.model_copy(update=update)


def _labelled(stated: StatedByYear | None) -> StatedByYear | None:
    if stated is None or not stated.label:
        return None
    return StatedByYear(stated.label, MappingProxyType({}), stated.place)
