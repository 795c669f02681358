"""Changes of options: set, delay, deliver, drop and add."""

from fractions import Fraction
from types import MappingProxyType

from cfbudget import rules
from cfbudget.grammar import counted
from cfbudget.money import FTE, POUNDS, as_set, exactly, parse_amount
from cfbudget.plan.files import Option
from cfbudget.plan.kinds import words
from cfbudget.plan.rate_fields import parse_rate
from cfbudget.plan.values import Word, YearWord
from cfbudget.problem import COMMAND_LINE, Refusal
from cfbudget.scenario.changes.operators import (
    Add,
    Delay,
    Deliver,
    Drop,
    SetChanges,
    SetFte,
    SetRates,
)
from cfbudget.scenario.changes.terms import Meant, Terms
from cfbudget.scenario.written.scenario_file import AddedOption, To
from cfbudget.shares import Share, is_share
from cfbudget.years import FinancialYear

Since = tuple[bool, FinancialYear | None]
"""Whether a `from` can be taken, and its year, if it is given."""


def set_changes(terms: Terms, target: Word, to: To) -> Meant | None:
    """An option's changes in the years named."""
    option = terms.option(target)
    if option is None or terms.option_unit is None:
        return None
    if option.is_assumption:
        return set_rates(terms, option, target, to)
    if isinstance(to, Word):
        message = "an option has changes by year"
        written = (year for year, figure in option.changes.items() if figure.pence)
        year = next(written, terms.plan.years[0])
        hint = f"write to: {{{year}: {to.text or '-400'}}}"
        if to.place.file == COMMAND_LINE:
            hint = f"write {option.id}@{year}={to.text}"
        terms.report(rules.WRONG_SHAPE, to, message, hint)
        return None
    if rates := [word for _, word in to if is_share(word.text)]:
        message = f"{rates[0].text!r} is a rate, and {option.name!r} has changes, not rates"
        hint = f"write the change in {terms.option_unit.name}, such as -400; or deliver a share"
        terms.report(rules.DOES_NOT_FIT, rates[0], message, hint)
        return None
    amounts = terms.amounts(to, terms.option_unit, terms.plan.years, target)
    if amounts is None:
        return None
    said = as_set(terms.option_unit, *(amount.pence for amount in amounts.values()))
    words = ", ".join(f"{year} to {amount}" for year, amount in zip(amounts, said, strict=True))
    return Meant(SetChanges(option.id, amounts), f"{option.name}: set {words}")


def set_rates(terms: Terms, option: Option, target: Word, to: To) -> Meant | None:
    """An assumption's rates in the years named."""
    if isinstance(to, Word):
        year = next(iter(option.rates), terms.plan.years[0])
        text = to.text if is_share(to.text) else "4%"
        hint = f"write to: {{{year}: {text}}}"
        if to.place.file == COMMAND_LINE:
            hint = f"write {option.id}@{year}={text}"
        terms.report(rules.WRONG_SHAPE, to, "an assumption has rates by year", hint)
        return None
    found: dict[FinancialYear, Fraction] = {}
    for at, word in to:
        rate = _rate(terms, option, at, word)
        if rate is None or at is None:
            return None
        found[at.year] = rate
    if not found:
        terms.report(rules.WRONG_SHAPE, target, "no year is given a rate", "write {2025-26: 4%}")
        return None
    said = ", ".join(
        f"{year} to {Share(rate.numerator, rate.denominator)}" for year, rate in found.items()
    )
    return Meant(SetRates(option.id, MappingProxyType(found)), f"{option.name}: set {said}")


def _rate(terms: Terms, option: Option, year: YearWord | None, word: Word) -> Fraction | None:
    """A rate of a year that stands on a budget, if it is one."""
    if year is None:
        terms.report(rules.NOT_A_YEAR, word, "a rate is of a year", "write the year")
        return None
    rate = parse_rate(word.text)
    if isinstance(rate, Refusal):
        hint = rate.hint
        if not isinstance(parse_amount(word.text, POUNDS), Refusal):
            wanted = f"{year.year}: 4%"
            if word.place.file == COMMAND_LINE:
                wanted = f"{option.id}@{year.year}=4%"
            hint = f"{option.name!r} follows from rates: write a rate, such as {wanted}"
        terms.report(rules.NOT_A_SHARE, word, rate.reason, hint)
        return None
    if terms.year(year, terms.plan.years) is None:
        return None
    if rate and all(one.year != year.year for one in option.worked):
        message = f"{option.name!r} has no budget to stand on in {year.year}"
        terms.report(rules.DOES_NOT_FIT, word, message, "name a year with a revenue budget")
        return None
    return rate


def set_fte(terms: Terms, target: Word, to: To) -> Meant | None:
    """An option's full-time equivalents in the years named."""
    option = terms.option(target)
    if option is None:
        return None
    if isinstance(to, Word):
        hint = f"write to: {{{terms.plan.years[0]}: {to.text or '-3.5'}}}"
        terms.report(rules.WRONG_SHAPE, to, "an option has full-time equivalents by year", hint)
        return None
    amounts = terms.amounts(to, FTE, terms.plan.years, target)
    if amounts is None:
        return None
    said = (f"{year} to {exactly(amount.pence, FTE)}" for year, amount in amounts.items())
    return Meant(SetFte(option.id, amounts), f"{option.name}: FTE set {', '.join(said)}")


def delay(terms: Terms, target: Word, years: Word, since: Since) -> Meant | None:
    aimed, count = terms.aimed(target), terms.count(years)
    if aimed is None or count is None or not since[0]:
        return None
    words = f"{aimed.words}: delayed {counted(count, 'year')}{_from(since[1])}"
    return Meant(Delay(aimed.options, count, since[1]), words, aimed.is_group)


def deliver(terms: Terms, target: Word, share: Word, since: Since) -> Meant | None:
    aimed, part = terms.aimed(target), terms.share(share)
    if aimed is None or part is None or not since[0]:
        return None
    words = f"{aimed.words}: {part} delivered{_from(since[1])}"
    return Meant(Deliver(aimed.options, part, since[1]), words, aimed.is_group)


def drop(terms: Terms, target: Word, since: Since) -> Meant | None:
    aimed = terms.aimed(target)
    if aimed is None or not since[0]:
        return None
    words = f"{aimed.words}: dropped{_from(since[1])}"
    return Meant(Drop(aimed.options, since[1]), words, aimed.is_group)


def add(terms: Terms, added: AddedOption) -> Meant | None:
    """A new option, of a service that the plan has."""
    service = terms.service(added.service)
    if added.id in terms.taken or added.id in terms.options or added.id in terms.services:
        word = Word(added.id, added.place)
        message = f"the id {added.id!r} is used already"
        terms.report(rules.REPEATED_ID, word, message, "give the new option an id of its own")
        return None
    if added.is_assumption:
        word = Word(added.id, added.place)
        message = "a scenario cannot add what has rates"
        hint = "write it in policy_options.yaml with rates of 0%, and set them; or use uplift"
        terms.report(rules.DOES_NOT_FIT, word, message, hint)
        return None
    unknown = [word for word in added.funds if word.text not in terms.options]
    for word in unknown:
        terms.option(word)
    if terms.option_unit is None:
        word = Word("", added.place)
        message = "the plan has no policy options to add one to"
        terms.report(rules.DOES_NOT_FIT, word, message)
    if service is None or unknown or terms.option_unit is None:
        return None
    text = f"{added.name}: added ({words(added.kind)}, {terms.services[service]})"
    meant = Add(service, added)
    terms.added(meant)
    return Meant(meant, text)


def _from(since: FinancialYear | None) -> str:
    return f" from {since}" if since else ""
