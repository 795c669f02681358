"""What pays for the net budget, line by line, and the planned use of reserves, in pence."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from cfbudget.calculate.amounts import TOTAL, Amounts, Computed, Key, RowSum, add_up
from cfbudget.money import nearest
from cfbudget.plan.funding_files import Funding, FundingLine
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear


def funding_amounts(plan: Plan) -> Computed:
    """Funding by line and year (minus), with tax base and Band D; reserves used by reserve.

    A tax base is in hundredths, a Band D in pence. A line that does not recur is nil in a year
    that it leaves out.
    """
    if plan.funding is None:
        return Computed({}, ())
    years = plan.funding_years
    amounts: dict[Key, int] = {}
    for line in plan.funding.lines:
        amounts.update(_line_amounts(line, years))
    used = [use.reserve.text for use in plan.funding.reserves]
    for use in plan.funding.reserves:
        for year in years:
            figure = use.amounts.get(year)
            amounts[Key(use.reserve.text, "reserves_used", year)] = figure.pence if figure else 0
    sums = (RowSum(TOTAL, tuple(line.id for line in plan.funding.lines)),)
    add_up(amounts, sums, [("amount", year) for year in years])
    if used:
        of_reserves = (RowSum(TOTAL, tuple(used)),)
        add_up(amounts, of_reserves, [("reserves_used", year) for year in years])
    return Computed(amounts, sums)


def _line_amounts(line: FundingLine, years: tuple[FinancialYear, ...]) -> Iterator[tuple[Key, int]]:
    for year in years:
        yield Key(line.id, "amount", year), amount_of(line, year)
        base = line.tax_base.get(year)
        if base is not None:
            yield Key(line.id, "tax_base", year), base.pence
            if (band_d := band_d_of(line, year)) is not None:
                yield Key(line.id, "band_d", year), band_d


def amount_of(line: FundingLine, year: FinancialYear) -> int:
    """A line's amount in pence, minus: tax base × Band D to the penny, or as it is given."""
    if figure := line.amounts.get(year):
        return figure.pence
    base, band_d = line.tax_base.get(year), line.band_d.get(year)
    return -nearest(base.pence * band_d.pence, 100) if base and band_d else 0


def band_d_of(line: FundingLine, year: FinancialYear) -> int | None:
    """The Band D of a line's year in pence: as given, or its amount ÷ its tax base.

    None where the tax base is nil.
    """
    if given := line.band_d.get(year):
        return given.pence
    base = line.tax_base.get(year)
    return nearest(-amount_of(line, year) * 100, base.pence) if base and base.pence else None


LineYear = tuple[str, FinancialYear]
"""The id of a line, and a year."""


def rises(funding: Funding, amounts: Amounts) -> Mapping[LineYear, tuple[int, int]]:
    """By line and year, the year's Band D and that of the year before, where there are both."""
    years = [word.year for word in funding.financial_years]
    found = {}
    for line in funding.lines:
        for before, year in pairwise(years):
            now = amounts.get(Key(line.id, "band_d", year))
            then = amounts.get(Key(line.id, "band_d", before))
            if now is not None and then:
                found[line.id, year] = (now, then)
    return found


def reserve_names(plan: Plan) -> Mapping[str, str]:
    """The reserves that funding uses and those of the plan, by id, as they are called."""
    uses = plan.funding.reserves if plan.funding else ()
    names = {use.reserve.text: use.name or use.reserve.text for use in uses}
    return names | {one.id: one.name for one in (plan.reserves.reserves if plan.reserves else ())}
