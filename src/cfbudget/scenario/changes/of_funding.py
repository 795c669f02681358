"""Changes of funding and reserves: set a line, raise a council tax, uplift a line, draw."""

from collections.abc import Collection
from types import MappingProxyType
from typing import NamedTuple

from cfbudget import rules
from cfbudget.ids import did_you_mean
from cfbudget.money import COUNTS, POUNDS, Amount, Unit, as_set, parse_count, plain, printed
from cfbudget.plan.funding_files import Funding, FundingLine
from cfbudget.plan.values import Word, YearWord
from cfbudget.problem import COMMAND_LINE, Refusal
from cfbudget.scenario.changes.held_funding import is_used
from cfbudget.scenario.changes.operators import (
    FundingMeasure,
    RaiseTax,
    SetDraw,
    SetFunding,
    UpliftFunding,
    YearAmounts,
)
from cfbudget.scenario.changes.terms import Meant, Terms
from cfbudget.scenario.written.scenario_file import To, WrittenAmount
from cfbudget.years import FinancialYear

SET: tuple[FundingMeasure, ...] = ("amount", "tax_base", "band_d")
OF_LINES = (*SET, "rise")
OF_RESERVES = ("draw",)


class Wanted(NamedTuple):
    """What is to be set of a line or a reserve: its measure, and by year to what."""

    target: Word
    measure: str
    by_year: tuple[WrittenAmount, ...]


def set_of_council(
    terms: Terms, target: Word, measure: Word | None, year: YearWord | None, to: To
) -> Meant | None:
    """What is set of a funding line or of a reserve."""
    funding = terms.plan.funding
    is_reserve = target.text in terms.reserves
    known = OF_RESERVES if is_reserve else OF_LINES
    otherwise = "draw" if is_reserve else "amount"
    said = measure.text if measure else otherwise
    if said not in known:
        hint = did_you_mean(said, known, f"write {', '.join(known)}")
        what = "a reserve" if is_reserve else "a funding line"
        word = measure or target
        terms.report(rules.NOT_A_CHOICE, word, f"{said!r} cannot be set of {what}", hint)
        return None
    if funding is None and not is_reserve:
        return None
    by_year = _by_year(terms, target, year, to)
    if by_year is None:
        return None
    wanted = Wanted(target, said, by_year)
    if is_reserve:
        return _draw(terms, wanted)
    assert funding is not None  # the plan has the line
    line = terms.lines[target.text]
    if said == "rise":
        return _raise(terms, line, wanted)
    return _figures(terms, funding, line, wanted)


def _by_year(
    terms: Terms, target: Word, year: YearWord | None, to: To
) -> tuple[WrittenAmount, ...] | None:
    """What is set, by year: `to` with the year beside it, or amounts by year."""
    if not isinstance(to, Word):
        return to
    if year is not None:
        return (WrittenAmount(year, to),)
    years = (*terms.plan.funding_years, *terms.plan.reserve_years)
    message = f"{target.text!r} has figures by year"
    hint = f"write to: {{{years[0]}: {to.text}}}, or year: {years[0]}"
    if target.place.file == COMMAND_LINE:
        hint = f"write {target.text}@{years[0]}={to.text}"
    terms.report(rules.WRONG_SHAPE, to, message, hint)
    return None


def _figures(terms: Terms, funding: Funding, line: FundingLine, wanted: Wanted) -> Meant | None:
    """A line's amounts, tax base or Band D in some years become these."""
    measure = next(known for known in SET if known == wanted.measure)
    if not _has(terms, line, measure, wanted):
        return None
    amounts: YearAmounts | None
    if measure == "tax_base":
        amounts = _counts(terms, wanted, terms.plan.funding_years)
    else:
        unit = POUNDS if measure == "band_d" else funding.unit
        amounts = terms.amounts(wanted.by_year, unit, terms.plan.funding_years, wanted.target)
    if amounts is None:
        return None
    if measure == "band_d" and any(amount.pence < 0 for amount in amounts.values()):
        terms.report(rules.DOES_NOT_FIT, wanted.target, "a Band D is plus", "write 1712.93")
        return None
    said = _said(measure, amounts, funding.unit)
    listed = ", ".join(f"{year} to {to}" for year, to in zip(amounts, said, strict=True))
    what = {"amount": "", "tax_base": "tax base ", "band_d": "Band D "}[measure]
    return Meant(SetFunding(line.id, measure, amounts), f"{line.name}: {what}set {listed}")


def _said(measure: FundingMeasure, amounts: YearAmounts, unit: Unit) -> tuple[str, ...]:
    figures = [amount.pence for amount in amounts.values()]
    if measure == "band_d":
        return tuple(f"£{printed(pence, POUNDS, 2)}" for pence in figures)
    if measure == "tax_base":
        return tuple(plain(hundredths, COUNTS) for hundredths in figures)
    return as_set(unit, *figures)


def _has(terms: Terms, line: FundingLine, measure: FundingMeasure, wanted: Wanted) -> bool:
    """Whether the line gives that measure itself, and does not work it out."""
    given = {"amount": not line.band_d, "tax_base": line.tax_base, "band_d": line.band_d}
    if given[measure]:
        return True
    has = [name for name in SET if given[name]]
    hint = f"set its {' or its '.join(has)}" + (", or its rise" if line.band_d else "")
    what = "works out" if measure == "amount" or line.tax_base else "has no"
    message = f"{line.name!r} {what} {'its ' if what == 'works out' else ''}{measure}"
    terms.report(rules.DOES_NOT_FIT, wanted.target, message, hint)
    return False


def _counts(terms: Terms, wanted: Wanted, years: Collection[FinancialYear]) -> YearAmounts | None:
    found: dict[FinancialYear, Amount] = {}
    before = len(terms.problems)
    for year, word in wanted.by_year:
        count = parse_count(word.text)
        if isinstance(count, Refusal):
            terms.report(rules.NOT_AN_AMOUNT, word, count.reason, count.hint)
        elif year is not None and terms.year(year, years):
            found[year.year] = count
    return MappingProxyType(found) if found and len(terms.problems) == before else None


def _raise(terms: Terms, line: FundingLine, wanted: Wanted) -> Meant | None:
    """A year's Band D becomes last year's and a share more; later years keep their own rises."""
    if not line.band_d:
        message = f"{line.name!r} has no Band D of its own to rise"
        hint = "only a line with tax_base and band_d has a rise; set its amount"
        terms.report(rules.DOES_NOT_FIT, wanted.target, message, hint)
        return None
    if len(wanted.by_year) != 1:
        message = "a rise is of one year"
        terms.report(rules.WRONG_SHAPE, wanted.target, message, "write a change for each year")
        return None
    ((word, share),) = wanted.by_year
    year = terms.year(word, terms.plan.funding_years) if word else None
    by = terms.share(share, may_be_minus=True)
    if year is None or by is None:
        return None
    if year == terms.plan.funding_years[0]:
        message = f"there is no Band D before {year} that it could rise from"
        terms.report(rules.DOES_NOT_FIT, wanted.target, message, "set its band_d")
        return None
    later = " (later years keep their own rises)" if year != terms.plan.funding_years[-1] else ""
    return Meant(RaiseTax(line.id, year, by), f"{line.name}: rise of {year} set to {by}{later}")


def _draw(terms: Terms, wanted: Wanted) -> Meant | None:
    """A reserve's draws become these; what funding uses of it moves by as much, if it does."""
    plan, reserve = terms.plan, wanted.target.text
    file = plan.reserves or plan.funding
    assert file is not None  # one of them has the reserve
    funded = is_used(plan, reserve)
    years = plan.funding_years if funded or not plan.reserves else plan.reserve_years
    years = tuple(y for y in years if not plan.reserves or y in plan.reserve_years)
    amounts = terms.amounts(wanted.by_year, file.unit, years, wanted.target)
    if amounts is None:
        return None
    if any(amount.pence < 0 for amount in amounts.values()):
        hint = "write what is drawn without a sign; 0 where nothing is"
        terms.report(rules.DOES_NOT_FIT, wanted.target, "a draw is plus", hint)
        return None
    said = as_set(file.unit, *(amount.pence for amount in amounts.values()))
    listed = ", ".join(f"{year} to {to}" for year, to in zip(amounts, said, strict=True))
    alone = " (no funding uses it: the gap stays)" if plan.funding and not funded else ""
    return Meant(SetDraw(reserve, amounts), f"{terms.reserves[reserve]}: draw set {listed}{alone}")


def uplift_funding(
    terms: Terms, target: Word, measure: Word, by: Word, since: YearWord, *, yearly: bool
) -> Meant | None:
    """A share more of a line's amounts, from a year on."""
    line = terms.lines[target.text]
    if measure.text != "amount":
        message = f"{measure.text!r} of a funding line cannot be uplifted"
        terms.report(rules.NOT_A_CHOICE, measure, message, "write measure: amount")
        return None
    if line.band_d:
        message = f"{line.name!r} works out its amount"
        hint = "set its rise: {set: ..., measure: rise, year: 2025-26, to: 2.99%}"
        terms.report(rules.DOES_NOT_FIT, target, message, hint)
        return None
    share = terms.share(by, may_be_minus=True)
    year = terms.year(since, terms.plan.funding_years)
    if share is None or year is None:
        return None
    each = " each year" if yearly else ""
    words = f"{line.name}: uplifted by {share}{each} from {year}"
    return Meant(UpliftFunding(line.id, share, year, yearly), words)
