"""What is worth a look in a scenario that is not wrong."""

from collections.abc import Iterator, Mapping

from cfbudget import rules
from cfbudget.calculate.amounts import Key
from cfbudget.calculate.position import base_of
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.money import headline
from cfbudget.plan.files import Option
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Problem
from cfbudget.scenario.changes import (
    Change,
    Delay,
    Drop,
    SetAllocations,
    SetBudget,
    SetChanges,
    SetUnderDevelopment,
    Uplift,
)
from cfbudget.scenario.shares import to_the_penny
from cfbudget.scenario.trial import Trial, held
from cfbudget.years import FinancialYear

Move = tuple[str, object, object]
"""How a change moves an option: two options with the same moves still go together."""
MOST = 3
"""How many names are listed."""


def warnings(plan: Plan, changes: tuple[Change, ...]) -> Iterator[Problem]:
    trial = Trial(plan)
    for change in changes:
        yield from _already_so(trial, change)
        yield from _income_against(plan, change)
    yield from _apart(trial, changes)


def _already_so(trial: Trial, change: Change) -> Iterator[Problem]:
    """A `to` that is today's value."""
    same: list[str] = []
    match change.operation:
        case SetChanges(option, amounts) if option in trial.written:
            written = _changes(trial, option)
            same = [str(year) for year, a in amounts.items() if written[year] == a.pence]
        case SetBudget(service, measure, year, amount):
            now = revenue_amounts(trial.budget(year)).amounts[Key(service, measure, year)]
            same = [str(year)] if now == amount.pence else []
        case SetAllocations(scheme, amounts):
            held_ = trial.scheme(scheme).allocations
            same = [str(year) for year, a in amounts.items() if held_.get(year, 0) == a.pence]
        case SetUnderDevelopment(scheme, amount):
            is_so = trial.scheme(scheme).under_development == amount.pence
            same = ["under development"] if is_so else []
    if same:
        message = f"this is today's value: {change.words} ({', '.join(same)} is so already)"
        yield rules.ALREADY_SO.at(change.place, message, "leave it out, or write another")


def _changes(trial: Trial, option: str) -> Mapping[FinancialYear, int]:
    there = held(trial.plan, *trial.written[option])
    return {year: to_the_penny(amount) for year, amount in there.changes.items()}


def _income_against(plan: Plan, change: Change) -> Iterator[Problem]:
    """A gross that is uplifted while the income against it stays."""
    uplift = change.operation
    if not isinstance(uplift, Uplift) or uplift.measure != "gross":
        return
    base = base_of(plan, uplift.since)
    assert base is not None  # the change was found to fit
    year = base.financial_year.year
    income = revenue_amounts(base).amounts[Key(uplift.service, "income", year)]
    if income:
        message = f"income of {headline(income)} stands against this, and is not uplifted"
        hint = "uplift net, or the income as well, if it is to follow"
        yield rules.INCOME_AGAINST.at(change.place, message, hint)


def _apart(trial: Trial, changes: tuple[Change, ...]) -> Iterator[Problem]:
    """A saving that moves while the spending that pays for it stays, or the other way round."""
    moves: dict[str, list[tuple[Move, Change]]] = {}
    for change in changes:
        for option, move in _moves(trial, change):
            moves.setdefault(option, []).append((move, change))
    said_of: dict[Place, list[str]] = {}
    for _, investment in trial.written.values() if moves else ():
        for pointer in investment.funds:
            mine, theirs = moves.get(investment.id, []), moves.get(pointer.text, [])
            if {move for move, _ in mine} != {move for move, _ in theirs}:
                saving = trial.written[pointer.text][1]
                _, change = (theirs or mine)[-1]
                said_of.setdefault(change.place, []).append(
                    _together(investment, saving, mine, theirs)
                )
    for place, pairs in said_of.items():
        more = f"; and {len(pairs) - MOST} more pairs" if len(pairs) > MOST else ""
        hint = "change both alike, if one makes no sense without the other"
        message = "; ".join(pairs[:MOST]) + more
        yield rules.MOVED_APART.at(place, message, hint)


def _moves(trial: Trial, change: Change) -> Iterator[tuple[str, Move]]:
    """The options that a change moves to other years or drops, and how."""
    match change.operation:
        case Delay(options, years, since):
            yield from ((option, ("delayed", years, since)) for option in options)
        case Drop(options, since):
            yield from ((option, ("dropped", None, since)) for option in options)
        case SetChanges(option, amounts) if option in trial.written:
            written = _changes(trial, option)
            if any(bool(written[year]) != bool(a.pence) for year, a in amounts.items()):
                yield option, ("set in other years", None, None)


def _together(
    investment: Option,
    saving: Option,
    mine: list[tuple[Move, Change]],
    theirs: list[tuple[Move, Change]],
) -> str:
    """What becomes of a saving and of its invest to save, in words."""
    return (
        f"the saving {saving.name!r} {_becomes(theirs)} while its invest to save "
        f"({investment.id}) {_becomes(mine)}"
    )


def _becomes(moves: list[tuple[Move, Change]]) -> str:
    words = dict.fromkeys(move[0] for move, _ in moves)
    return f"is {' and '.join(words)}" if words else "stays"
