"""Written changes held against a plan: what each is aimed at, and what it comes to in pence."""

from collections.abc import Iterable
from typing import NamedTuple

from cfbudget import rules
from cfbudget.calculate.amounts import TOTAL
from cfbudget.grammar import listed
from cfbudget.ids import did_you_mean, did_you_mean_id
from cfbudget.nodes import MappingNode
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Word, YearWord
from cfbudget.problem import COMMAND_LINE, Place, Problem, Refusal, clipped
from cfbudget.scenario.changes import of_budgets as budget_changes
from cfbudget.scenario.changes import of_options as option_changes
from cfbudget.scenario.changes.of_capital import Programme
from cfbudget.scenario.changes.of_funding import set_of_council, uplift_funding
from cfbudget.scenario.changes.operators import Change
from cfbudget.scenario.changes.terms import Meant, Terms
from cfbudget.scenario.written.scenario_file import (
    MEASURES,
    OF_A_COUNCIL,
    OPERATORS,
    ReadChange,
    To,
    WrittenChange,
)
from cfbudget.years import parse_year


class Resolved(NamedTuple):
    """The changes that fit the plan, in their order, and why others do not."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def resolved(plan: Plan, written: Iterable[ReadChange]) -> Resolved:
    """Hold changes against a plan, all of them."""
    terms = Terms(plan)
    programme = Programme(terms)
    changes: list[Change] = []
    for one, node in written:
        operator = _operator(terms, one, node)
        meant = _meant(terms, programme, one, operator) if operator else None
        if meant:
            place, why = _place(one, node), one.why or ""
            changes.append(
                Change(meant.operation, meant.words, place, node, meant.is_of_group, why)
            )
    return Resolved(tuple(changes), tuple(terms.problems))


def _operator(terms: Terms, one: WrittenChange, node: MappingNode) -> str | None:
    """The one thing that a change does, if it has all that this takes and nothing else."""
    found = [key for key in OPERATORS if key in node]
    if len(found) != 1:
        what = f"says {listed(found)}" if found else "says nothing that a scenario can do"
        hint = f"write one of {', '.join(OPERATORS)}: to each change"
        terms.report(rules.NOT_A_CHANGE, Word("", one.place), f"a change {what}", hint)
        return None
    (operator,) = found
    needs, takes = OPERATORS[operator]
    others = [key for key in node if key not in (operator, *needs, *takes, "why")]
    known = {key for needed, taken in OPERATORS.values() for key in (*needed, *taken)}
    for key in others:
        if key in known:
            word = Word(key, node.keys_at[key])
            hint = did_you_mean(key, (), f"{operator} takes {', '.join((*needs, *takes, 'why'))}")
            terms.report(rules.UNKNOWN_KEY, word, f"{operator} takes no {key!r}", hint)
    missing = [key for key in needs if key not in node]
    for key in missing:
        message = f"{operator} needs {key!r}"
        terms.report(rules.MISSING_KEY, Word("", one.place), message, f"write {EXAMPLES[operator]}")
    return operator if not missing and not any(key in known for key in others) else None


EXAMPLES = {
    "set": "{set: an-option, to: {2025-26: -400}} or {set: a-service, measure: gross, to: 1234}",
    "delay": "{delay: an-option, years: 1}",
    "deliver": "{deliver: an-option, share: 60%}",
    "uplift": "{uplift: a-service, measure: gross, by: 2%, from: 2025-26}",
    "reprofile": "{reprofile: a-scheme, from: 2024-25, to: 2025-26, amount: 2.000}",
    "bring_in": "{bring_in: a-scheme, allocations: {2025-26: 1.203}}",
}


def _meant(terms: Terms, programme: Programme, one: WrittenChange, operator: str) -> Meant | None:
    """What a change that has all its parts means for this plan."""
    since = terms.since(one.since) if operator in ("delay", "deliver", "drop") else (True, None)
    if operator == "set" and one.set and one.to is not None:
        return _set(terms, programme, one, one.set, one.to)
    if one.delay and one.years:
        return option_changes.delay(terms, one.delay, one.years, since)
    if one.deliver and one.share:
        return option_changes.deliver(terms, one.deliver, one.share, since)
    if one.drop:
        return option_changes.drop(terms, one.drop, since)
    if one.add:
        return option_changes.add(terms, one.add)
    if one.uplift and one.measure and one.by:
        return _uplift(terms, one, one.uplift, one.measure, one.by, one.since)
    if one.reprofile and one.since and one.to is not None and one.amount:
        goal = _year(terms, one.reprofile, one.to)
        return programme.reprofile(one.reprofile, one.since, goal, one.amount) if goal else None
    if one.bring_in and one.allocations is not None:
        return programme.bring_in(one.bring_in, one.allocations)
    return None


def _uplift(
    terms: Terms,
    one: WrittenChange,
    target: Word,
    measure: Word,
    by: Word,
    since: YearWord | None,
) -> Meant | None:
    """Uplift a funding line, an amount of a service, or that of the whole plan."""
    if target.text == TOTAL and _is_one_of(terms, measure, budget_changes.MEASURES):
        return budget_changes.uplift_whole(terms, target, measure, by, since, yearly=one.yearly)
    if target.text == TOTAL:
        return None
    if since is None:
        message = "uplift needs 'from'"
        hint = f"write {EXAMPLES['uplift']}"
        if target.place.file == COMMAND_LINE:
            hint = "write education.gross=2%@2025-26"
        terms.report(rules.MISSING_KEY, Word("", one.place), message, hint)
        return None
    if target.text in terms.lines:
        return uplift_funding(terms, target, measure, by, since, yearly=one.yearly)
    if not _is_one_of(terms, measure, budget_changes.MEASURES):
        return None
    return budget_changes.uplift(terms, target, measure, by, since, yearly=one.yearly)


def _set(
    terms: Terms, programme: Programme, one: WrittenChange, target: Word, to: To
) -> Meant | None:
    """Set an option's changes; or, with a measure, an amount of a service or a scheme."""
    measure = one.measure
    if _is_of_the_council(terms, target, measure):
        return set_of_council(terms, target, measure, one.year, to)
    if measure and measure.text in OF_A_COUNCIL:
        _not_of_the_council(terms, target, measure)
        return None
    if one.year and (measure is None or measure.text not in budget_changes.MEASURES):
        word = Word("year", one.year.place)
        message = "year is of a revenue budget: gross, income or net"
        hint = "write the year with its amount: to: {2025-26: -400}"
        terms.report(rules.UNKNOWN_KEY, word, message, hint)
        return None
    if measure is None:
        return _set_option(terms, target, to)
    if not _is_one_of(terms, measure, MEASURES):
        return None
    if measure.text == "fte":
        return option_changes.set_fte(terms, target, to)
    if measure.text in budget_changes.MEASURES:
        return budget_changes.set_budget(terms, target, measure, one.year, to)
    return programme.set(target, measure.text, to)


def _is_of_the_council(terms: Terms, target: Word, measure: Word | None) -> bool:
    """Whether a funding line or a reserve is meant; a scheme may have the same id."""
    if target.text not in terms.lines and target.text not in terms.reserves:
        return False
    return target.text not in terms.schemes or measure is None or measure.text in OF_A_COUNCIL


def _set_option(terms: Terms, target: Word, to: To) -> Meant | None:
    """Set an option's changes; a service or a scheme needs a measure."""
    if target.text in terms.services:
        message = f"{target.text!r} is a service: which of its amounts is to be set?"
        is_typed = target.place.file == COMMAND_LINE
        hint = f"write {target.text}.gross=1234" if is_typed else "add measure: gross"
        terms.report(rules.MISSING_KEY, target, message, f"{hint} (or income, or net)")
        return None
    if target.text in terms.schemes and target.text not in terms.options:
        message = f"{target.text!r} is a capital scheme: what of it is to be set?"
        hint = "add measure: allocation, under_development, later, or a source such as grants"
        if target.place.file == COMMAND_LINE:
            hint = f"write {target.text}.allocation@2025-26=1.2, or .under_development=1.2"
        terms.report(rules.MISSING_KEY, target, message, hint)
        return None
    if (mistyped := _measure_in(terms, target)) is not None:
        _is_one_of(terms, mistyped, MEASURES)
        return None
    return option_changes.set_changes(terms, target, to)


def _not_of_the_council(terms: Terms, target: Word, measure: Word) -> None:
    """Report a measure of funding lines or of reserves that is asked of something else."""
    names = {**{line.id: line.name for line in terms.lines.values()}, **terms.reserves}
    what = "a reserve" if measure.text == "draw" else "a funding line"
    hint = did_you_mean_id(target.text, names, f"{measure.text} is of {what} of the plan")
    if not names:
        hint = "the plan has no funding.yaml and no reserves.yaml"
    message = f"unknown {what.removeprefix('a ')} {clipped(target.text)!r}"
    terms.report(rules.UNKNOWN_TARGET, target, message, hint)


def _measure_in(terms: Terms, target: Word) -> Word | None:
    """What stands behind the full stop of a service or scheme, where it is no measure."""
    before, stop, after = target.text.rpartition(".")
    known = {*terms.services, *terms.schemes, *terms.lines, *terms.reserves}
    if stop and target.text not in terms.options and before in known:
        return Word(after, target.place)
    return None


def _is_one_of(terms: Terms, measure: Word, known: Iterable[str]) -> bool:
    words = list(known)
    if measure.text in words:
        return True
    hint = did_you_mean(measure.text, words, f"write {', '.join(words[:-1])} or {words[-1]}")
    terms.report(rules.NOT_A_CHOICE, measure, f"{measure.text!r} cannot be measured here", hint)
    return False


def _year(terms: Terms, target: Word, to: To) -> YearWord | None:
    """The year that a re-profile moves an amount to."""
    if not isinstance(to, Word):
        message, hint = "amounts stand in place of a year", "write to: 2025-26"
        terms.report(rules.WRONG_SHAPE, target, message, hint)
        return None
    year = parse_year(to.text)
    if isinstance(year, Refusal):
        terms.report(rules.NOT_A_YEAR, to, year.reason, year.hint)
        return None
    return YearWord(year, to.place)


def _place(one: WrittenChange, node: MappingNode) -> Place:
    """Where a change says what it is aimed at."""
    operator = next(key for key in OPERATORS if key in node)
    target = node[operator]
    return one.place if isinstance(target, MappingNode) else target.place
