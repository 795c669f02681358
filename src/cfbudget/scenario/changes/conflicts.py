"""Changes that do not go together: their order matters, or one changes what another drops."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from cfbudget import rules
from cfbudget.grammar import agreed, counted
from cfbudget.money import FTE, POUNDS, Unit, as_set
from cfbudget.plan.files import Option, TableFile
from cfbudget.plan.financing import SOURCES
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem
from cfbudget.scenario.changes.held_funding import with_change
from cfbudget.scenario.changes.held_options import change, held
from cfbudget.scenario.changes.held_schemes import moved
from cfbudget.scenario.changes.meetings import Meeting, Subject, meetings
from cfbudget.scenario.changes.operators import (
    Add,
    BringIn,
    Change,
    Delay,
    Deliver,
    Drop,
    Operation,
    RaiseTax,
    Reprofile,
    SetAllocations,
    SetApart,
    SetBudget,
    SetChanges,
    SetDraw,
    SetFinancing,
    SetFte,
    SetFunding,
    SetRates,
    UpliftFunding,
)
from cfbudget.scenario.changes.working_copy import WorkingCopy
from cfbudget.shares import to_the_penny
from cfbudget.years import FinancialYear

OF_OPTIONS = (SetChanges, SetRates, SetFte, Delay, Deliver, Drop)
OF_SCHEMES = (SetAllocations, SetApart, Reprofile, BringIn)
OF_FUNDING = (SetFunding, RaiseTax, UpliftFunding)
MOST, ENOUGH = 20, 2_000
"""How many conflicts of a rule are shown; how many more are counted before the rest are left."""
HINT = "leave one of them out, or give --allow-conflicts to make them in the order given"


class _Result(NamedTuple):
    """What a subject comes to in one cell with two changes in their order, and in the other."""

    cell: str
    in_order: int
    other_way: int


def conflicts(plan: Plan, changes: tuple[Change, ...]) -> tuple[Problem, ...]:
    """The pairs of changes that do not simply compose, each at the later of the two.

    Of each rule the first are shown, and the last of these says how many more there are.
    """
    about = _Abouts(plan, changes)
    shown: dict[str, list[Problem]] = {}
    more: Counter[str] = Counter()
    is_all = True
    for pair in meetings(changes):
        for problem in _dropped(about, pair) or _ordered(about, pair):
            alike = shown.setdefault(problem.rule, [])
            if len(alike) < MOST:
                alike.append(problem)
            else:
                more[problem.rule] += 1
        if more.total() >= ENOUGH:
            is_all = False
            break
    return tuple(
        problem
        for rule, alike in shown.items()
        for problem in _with_more(alike, more[rule], is_all=is_all)
    )


def _with_more(shown: list[Problem], more: int, *, is_all: bool) -> list[Problem]:
    """Problems of one rule, the last of which says how many more there are."""
    if not more:
        return shown
    *others, last = shown
    least = "" if is_all else "at least "
    message = f"{last.message}; and {least}{counted(more, 'more pair')} of changes like these"
    return [*others, last._replace(message=message)]


class _Abouts:
    """Which changes are about the same, and what that is in the plan."""

    def __init__(self, plan: Plan, changes: tuple[Change, ...]) -> None:
        self.plan, self.trial = plan, WorkingCopy(plan)
        self.options: dict[str, tuple[str, Option]] = dict(self.trial.written)
        self.added: set[str] = set()
        for one in changes:
            if isinstance(one.operation, Add):
                added = one.operation.option
                self.options[added.id] = (one.operation.service, added)
                self.added.add(added.id)

    def name(self, subject: Subject) -> str:
        if subject.kind == "option":
            return self.options[subject.id][1].name
        if subject.kind == "scheme":
            return self.trial.scheme(subject.id).scheme.name
        if subject.kind in SOURCES:
            return f"{subject.kind} for {subject.id}"
        if subject.kind == "funding":
            return self.trial.line(subject.id).line.name
        return f"{subject.kind} of {subject.id}"

    def unit(self, subject: Subject) -> Unit:
        """The unit in which the subject's figures are written."""
        if subject.year is not None:
            return self.trial.budget(subject.year).unit
        files: Mapping[str, TableFile | None] = {
            "option": self.plan.options,
            "funding": self.plan.funding,
            "draw": self.plan.reserves or self.plan.funding,
        }
        file = files.get(subject.kind, self.plan.capital)
        return file.unit if file else POUNDS

    def written(self, subject: Subject) -> Mapping[FinancialYear, int]:
        """An option's changes as the plan, or the scenario that adds it, has them."""
        service, option = self.options[subject.id]
        there = held(self.plan, service, option, is_new=subject.id in self.added)
        return {year: to_the_penny(amount) for year, amount in there.changes.items()}

    def after(self, subject: Subject, *operations: Operation) -> Mapping[str, int]:
        """What the subject comes to with some changes made one after the other, by cell."""
        if subject.kind == "option":
            return self._option_after(subject.id, operations)
        if subject.kind == "scheme":
            return self._scheme_after(subject.id, operations)
        if subject.kind == "funding":
            return self._line_after(subject.id, operations)
        if subject.kind in SOURCES or subject.kind == "draw":
            return {
                str(period): amount.pence
                for one in operations
                if isinstance(one, SetFinancing | SetDraw)
                for period, amount in one.amounts.items()
            }
        last = operations[-1]
        assert isinstance(last, SetBudget)  # nothing else is about a figure of a budget
        return {str(last.year): last.amount.pence}

    def _option_after(self, option: str, operations: tuple[Operation, ...]) -> Mapping[str, int]:
        there = held(self.plan, *self.options[option], is_new=option in self.added)
        for operation in operations:
            assert isinstance(operation, OF_OPTIONS)
            change(there, operation)
        cells = {str(year): to_the_penny(amount) for year, amount in there.changes.items()}
        beyond = {f"{year}, beyond the plan": a for year, a in there.beyond.items()}
        posts = {f"{FTE.name} {year}": a for year, a in (there.fte | there.fte_beyond).items()}
        return cells | {cell: to_the_penny(amount) for cell, amount in (beyond | posts).items()}

    def _line_after(self, line: str, operations: tuple[Operation, ...]) -> Mapping[str, int]:
        there = self.trial.line(line)
        for operation in operations:
            assert isinstance(operation, OF_FUNDING)
            there = with_change(there, operation)
        return {str(year): there.amount(year) for year in self.plan.funding_years}

    def _scheme_after(self, scheme: str, operations: tuple[Operation, ...]) -> Mapping[str, int]:
        there = self.trial.scheme(scheme)
        for operation in operations:
            assert isinstance(operation, OF_SCHEMES)
            there = moved(there, operation)
        cells = {str(year): pence for year, pence in there.allocations.items()}
        return {**cells, "under development": there.under_development, "later": there.later}


def _dropped(about: _Abouts, pair: Meeting) -> tuple[Problem, ...]:
    """One of two changes drops what the other changes."""
    earlier, later, subjects = pair
    for drop, other in ((earlier, later), (later, earlier)):
        if not isinstance(drop.operation, Drop) or isinstance(other.operation, Drop):
            continue
        met = [s for s in subjects if _reaches(about.written(s), drop.operation, other.operation)]
        if not met:
            return ()
        names = _listed([about.name(subject) for subject in met])
        is_are = agreed(len(met), "is")
        if not other.is_of_group:
            message = (
                f"{names} {is_are} dropped by {_said(earlier, later)}, and changed here"
                if drop is earlier
                else f"{names} {is_are} dropped here, and changed by {_said(earlier, later)}"
            )
            return (rules.CHANGES_DROPPED.at(later.place, message, HINT),)
        if not any(_differing(about, earlier, later, subject) for subject in subjects):
            message = f"{names} {is_are} dropped: '{other.words}' does not reach that"
            return (rules.GROUP_OF_DROPPED.at(later.place, message),)
    return ()


def _reaches(written: Mapping[FinancialYear, int], drop: Drop, other: Operation) -> bool:
    """Whether a change is one of a year that a drop takes away."""
    since = drop.since or min(written)
    if isinstance(other, SetRates):
        return any(year >= since for year in other.rates)
    if isinstance(other, SetChanges | SetFte):
        return any(year >= since for year in other.amounts)
    assert isinstance(other, Deliver | Delay)  # two drops come to the same in any order
    later = other.years if isinstance(other, Delay) else 0
    return any(
        pence and year.start + later >= since.start and (other.since is None or year >= other.since)
        for year, pence in written.items()
    )


def _ordered(about: _Abouts, pair: Meeting) -> tuple[Problem, ...]:
    """Two changes that come to something else in the other order."""
    earlier, later, subjects = pair
    found = {s: differing for s in subjects if (differing := _differing(about, earlier, later, s))}
    if not found:
        return ()
    subject, result = next(iter(found.items()))
    unit = FTE if result.cell.startswith(FTE.name) else about.unit(subject)
    others = f" ({len(found) - 1} more like it)" if len(found) > 1 else ""
    in_order, other_way = as_set(unit, result.in_order, result.other_way)
    message = (
        f"the order matters for {about.name(subject)}, {result.cell}: "
        f"{in_order} with '{earlier.words}' ({_where(earlier, later)}) first, "
        f"{other_way} with '{later.words}' first, in {unit.name}{others}"
    )
    return (rules.ORDER_MATTERS.at(later.place, message, HINT),)


def _differing(about: _Abouts, earlier: Change, later: Change, subject: Subject) -> _Result | None:
    """The first cell that comes to something else in the other order, if any."""
    in_order = about.after(subject, earlier.operation, later.operation)
    other_way = about.after(subject, later.operation, earlier.operation)
    for cell in dict.fromkeys([*in_order, *other_way]):
        if in_order.get(cell, 0) != other_way.get(cell, 0):
            return _Result(cell, in_order.get(cell, 0), other_way.get(cell, 0))
    return None


def _said(earlier: Change, later: Change) -> str:
    """Another change, with where it stands."""
    return f"{_where(earlier, later)} ({earlier.words})"


def _where(earlier: Change, later: Change) -> str:
    """The line of another change; in another file, with that too."""
    place = earlier.place
    return f"line {place.line}" if place.file == later.place.file else place.source


def _listed(names: list[str], most: int = 3) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
