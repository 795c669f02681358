"""A saving and the spending that pays for it, moved apart by a scenario."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget import rules
from cfbudget.grammar import counted, listed
from cfbudget.plan.files import Option
from cfbudget.plan.kinds import words
from cfbudget.problem import Place, Problem
from cfbudget.scenario.changes.held_options import held
from cfbudget.scenario.changes.operators import Add, Change, Delay, Deliver, Drop, SetChanges
from cfbudget.scenario.changes.working_copy import WorkingCopy
from cfbudget.shares import to_the_penny
from cfbudget.years import FinancialYear

MOST = 3
"""How many pairs are named."""
HINT = "change both alike, if one makes no sense without the other"


class PairMoves(NamedTuple):
    """How an option is moved to other years: two that are moved alike still go together."""

    delays: Mapping[FinancialYear | None, int] = {}
    """Years of delay, by the year from which; None for all of it."""
    drops: frozenset[FinancialYear | None] = frozenset()
    is_set: bool = False
    """Whether changes are set in other years than they were."""
    is_nil: bool = False
    """Whether what is set comes to nil."""

    @property
    def words(self) -> str:
        said = [
            f"is delayed {counted(years, 'year')}{_from(since)}"
            for since, years in self.delays.items()
        ]
        said += [f"is dropped{_from(since)}" for since in sorted(self.drops, key=str)]
        if self.is_set:
            said.append("is set to nil" if self.is_nil else "is set to come in other years")
        return listed(said) if said else "stays"


STAYS = PairMoves()


def moved_apart(trial: WorkingCopy, changes: tuple[Change, ...]) -> Iterator[Problem]:
    """Where a saving moves and its invest to save does not move alike, or the other way round."""
    moves: dict[str, PairMoves] = {}
    places: dict[str, Place] = {}
    for change in changes:
        for option, after in _moved(trial, change, moves):
            moves[option], places[option] = after, change.place
    if not moves:
        return
    found: dict[Place, list[str]] = {}
    options = {**{o.id: o for _, o in trial.written.values()}, **_added(changes)}
    for investment in options.values():
        for pointer in investment.funds:
            mine = moves.get(investment.id, STAYS)
            theirs = moves.get(pointer.text, STAYS)
            if mine != theirs:
                place = places.get(pointer.text) or places[investment.id]
                paid_for = options[pointer.text]
                found.setdefault(place, []).append(
                    f"the {words(paid_for.kind)} {paid_for.name!r} {theirs.words} "
                    f"while its invest to save ({investment.id}) {mine.words}"
                )
    for place, pairs in found.items():
        others = len(pairs) - MOST
        more = f"; and {counted(others, 'more pair')}" if others > 0 else ""
        yield rules.MOVED_APART.at(place, "; ".join(pairs[:MOST]) + more, HINT)


def _added(changes: tuple[Change, ...]) -> Mapping[str, Option]:
    operations = (change.operation for change in changes)
    return {one.option.id: one.option for one in operations if isinstance(one, Add)}


def _moved(
    trial: WorkingCopy, change: Change, moves: Mapping[str, PairMoves]
) -> Iterator[tuple[str, PairMoves]]:
    """The options that a change moves or drops, with all that moved them so far."""
    match change.operation:
        case Delay(options, years, since):
            for option in options:
                before = moves.get(option, STAYS)
                delays = {**before.delays, since: before.delays.get(since, 0) + years}
                yield option, before._replace(delays=delays)
        case Drop(options, since):
            yield from _dropped(options, since, moves)
        case Deliver(options, share, since) if share.numerator == 0:
            yield from _dropped(options, since, moves)
        case SetChanges(option, amounts) if option in trial.written:
            there = held(trial.plan, *trial.written[option]).changes
            written = {year: to_the_penny(amount) for year, amount in there.items()}
            now = {year: amount.pence for year, amount in amounts.items()}
            if any(bool(written[year]) != bool(pence) for year, pence in now.items()):
                is_nil = not any({**written, **now}.values())
                before = moves.get(option, STAYS)
                yield option, before._replace(is_set=True, is_nil=is_nil)


def _dropped(
    options: tuple[str, ...], since: FinancialYear | None, moves: Mapping[str, PairMoves]
) -> Iterator[tuple[str, PairMoves]]:
    for option in options:
        before = moves.get(option, STAYS)
        yield option, before._replace(drops=before.drops | {since})


def _from(since: FinancialYear | None) -> str:
    return f" from {since}" if since else ""
