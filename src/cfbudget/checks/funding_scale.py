"""Scale (CF435 to CF438) of funding and reserves: figures beside the year before, and names."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from cfbudget import rules
from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.funding import band_d_of, funding_amounts
from cfbudget.calculate.gap import net_budgets
from cfbudget.calculate.services import GENERAL
from cfbudget.checks.rule_runs import Check, Problems, warn
from cfbudget.grammar import listed
from cfbudget.ids import id_of
from cfbudget.money import COUNTS, POUNDS, headlines, plain, priced, printed
from cfbudget.plan.funding_files import FundingLine
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear

# What is smaller than this does move by a half from one year to the next, as a parish's does.
SMALL_BAND_D = 100 * POUNDS.pence
SMALL_TAX_BASE = 100 * COUNTS.pence
LINE_APART = 10
SMALL_OF_FUNDING = 100
"""A line that is under a hundredth of the funding comes and goes."""
OPENING_OVER = 10
# A parish may keep many years' budgets for one building.
SMALL_RESERVE = 5_000_000 * POUNDS.pence
SAYS_NOTHING = frozenset({"reserve", "reserves", "fund", "funds", "balance", "balances", "account"})
SAYS_NOTHING |= {"use", "of", "from", "to", "contribution", "contributions", "the", "and", "for"}


class _Factor(NamedTuple):
    """One of the two that a council tax is worked out of, by year."""

    name: str
    figures: Mapping[FinancialYear, int]
    small: int
    said: Callable[[int], str]


def council_tax_apart(plan: Plan) -> Problems:
    """A tax base and a Band D are never nil, and move by less than a half in a year."""
    for line in plan.funding.lines if plan.funding else ():
        for factor in _factors(line, plan.funding_years):
            parts = [*_nil(line, factor), *_moves(factor)]
            if parts:
                year = parts[0][0]
                given = line.tax_base if factor.name == "tax base" else line.band_d
                figure = given.get(year) or line.amounts.get(year)
                message = f"{line.name!r}: its {factor.name} {listed(part for _, part in parts)}"
                hint = "check the figure and its decimal point; what is not set yet is estimated"
                place = figure.place if figure else line.place
                yield warn(rules.COUNCIL_TAX_APART, line, message, hint, place)
                if not line.band_d:
                    break  # what moves the tax base moves a Band D that is worked out of it


def _factors(line: FundingLine, years: tuple[FinancialYear, ...]) -> Iterator[_Factor]:
    """The tax base and Band D of a council tax."""
    if line.tax_base:
        bases = {year: line.tax_base[year].pence for year in years if year in line.tax_base}
        yield _Factor("tax base", bases, SMALL_TAX_BASE, lambda base: plain(base, COUNTS))
        bands = {year: band for year in years if (band := band_d_of(line, year)) is not None}
        yield _Factor("Band D", bands, SMALL_BAND_D, lambda band: f"£{printed(band, POUNDS, 2)}")


_Odd = tuple[FinancialYear, str]
"""A year, and what is odd of it in words."""


def _nil(line: FundingLine, factor: _Factor) -> Iterator[_Odd]:
    """A year without dwellings, or without the tax where that is given as a Band D."""
    if factor.name == "tax base" or line.band_d:
        for year, figure in factor.figures.items():
            if not figure:
                yield year, f"is nil in {year}"


def _moves(factor: _Factor) -> Iterator[_Odd]:
    for (_, before), (year, now) in pairwise(factor.figures.items()):
        less, more = sorted((abs(before), abs(now)))
        if less and 2 * (more - less) > abs(before) and more >= factor.small:
            moves = f"moves from {factor.said(before)} to {factor.said(now)} in {year}"
            yield year, moves


def lines_apart(plan: Plan) -> Problems:
    """What recurs is not ten times what it was in the year before, nor a tenth."""
    if plan.funding is None:
        return
    amounts = funding_amounts(plan).amounts
    for line in plan.funding.lines:
        if line.tax_base or not line.recurs:
            continue
        moves: list[tuple[FinancialYear, str]] = []
        for before, year in pairwise(plan.funding_years):
            then, now = (amounts[Key(line.id, "amount", one)] for one in (before, year))
            less, more = sorted((abs(then), abs(now)))
            largest = year if abs(now) == more else before
            whole = abs(amounts[Key(TOTAL, "amount", largest)])
            if less and more > LINE_APART * less and more * SMALL_OF_FUNDING >= whole:
                here, there = (priced(pence, plan.funding.unit) for pence in (now, then))
                moves.append((year, f"from {there} to {here} in {year}"))
        if moves:
            message = f"{line.name!r} moves {listed(move for _, move in moves)}"
            hint = "check the figure and its unit; what ends is 0, what comes once recurs: false"
            place = line.amounts[moves[0][0]].place
            yield warn(rules.LINE_APART, line, message, hint, place)


def openings_out_of_scale(plan: Plan) -> Problems:
    """A general reserve is not many years' net budgets."""
    spent = max(map(abs, net_budgets(plan).values()), default=0)
    for reserve in plan.reserves.reserves if plan.reserves else ():
        opening = abs(reserve.opening.pence)
        is_fenced = reserve.fund and reserve.fund.text != GENERAL
        if spent and not is_fenced and opening > max(OPENING_OVER * spent, SMALL_RESERVE):
            opens, beside = headlines(opening, spent)
            message = f"{reserve.name!r} opens with {opens}, beside a net budget of {beside}"
            hint = "check the figure and the unit of reserves.yaml"
            yield warn(rules.OPENING_APART, reserve, message, hint, reserve.opening.place)


def called_otherwise(plan: Plan) -> Problems:
    """The funding calls a reserve as reserves.yaml does, or by a part of its name."""
    named = {one.id: one.name for one in plan.reserves.reserves} if plan.reserves else {}
    others = {id_of(name): id_ for id_, name in named.items()}
    for use in plan.funding.reserves if plan.funding else ():
        reserve, place = use.reserve
        if use.name is None or reserve not in named:
            continue
        here, there = _telling(use.name), _telling(named[reserve])
        is_another = others.get(id_of(use.name), reserve) != reserve
        if is_another or (here and there and here.isdisjoint(there)):
            message = f"{reserve!r} is called {use.name!r}, and {named[reserve]!r} in reserves.yaml"
            hint = "write the id of the reserve that is meant, or its name of reserves.yaml"
            yield warn(rules.CALLED_OTHERWISE, use, message, hint, place)


def _telling(name: str) -> frozenset[str]:
    """The words of a name that tell one reserve from another."""
    return frozenset(id_of(name).split("-")) - SAYS_NOTHING - {""}


FUNDING_SCALE = (
    Check(rules.COUNCIL_TAX_APART, council_tax_apart, ("funding",)),
    Check(rules.LINE_APART, lines_apart, ("funding",)),
    Check(rules.OPENING_APART, openings_out_of_scale, ("reserves",)),
    Check(rules.CALLED_OTHERWISE, called_otherwise, ("funding",)),
)
