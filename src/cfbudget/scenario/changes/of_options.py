"""Changes of options: set, delay, deliver, drop and add."""

from cfbudget import rules
from cfbudget.grammar import counted
from cfbudget.money import FTE, as_set, exactly
from cfbudget.plan.kinds import words
from cfbudget.plan.values import Word
from cfbudget.problem import COMMAND_LINE
from cfbudget.scenario.changes.operators import Add, Delay, Deliver, Drop, SetChanges, SetFte
from cfbudget.scenario.changes.terms import Meant, Terms
from cfbudget.scenario.written.scenario_file import AddedOption, To
from cfbudget.years import FinancialYear

Since = tuple[bool, FinancialYear | None]
"""Whether a `from` can be taken, and its year, if it is given."""


def set_changes(terms: Terms, target: Word, to: To) -> Meant | None:
    """An option's changes in the years named."""
    option = terms.option(target)
    if option is None or terms.option_unit is None:
        return None
    if isinstance(to, Word):
        message = "an option has changes by year"
        written = (year for year, figure in option.changes.items() if figure.pence)
        year = next(written, terms.plan.years[0])
        hint = f"write to: {{{year}: {to.text or '-400'}}}"
        if to.place.file == COMMAND_LINE:
            hint = f"write {option.id}@{year}={to.text}"
        terms.report(rules.WRONG_SHAPE, to, message, hint)
        return None
    amounts = terms.amounts(to, terms.option_unit, terms.plan.years, target)
    if amounts is None:
        return None
    said = as_set(terms.option_unit, *(amount.pence for amount in amounts.values()))
    words = ", ".join(f"{year} to {amount}" for year, amount in zip(amounts, said, strict=True))
    return Meant(SetChanges(option.id, amounts), f"{option.name}: set {words}")


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
