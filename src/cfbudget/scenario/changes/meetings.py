"""Which changes of a scenario are about the same: the pairs that may not go together."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.scenario.changes.operators import (
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
from cfbudget.years import FinancialYear


class Subject(NamedTuple):
    """What two changes may both be about: an option, a scheme, a funding line, a reserve, or one
    figure of a budget.
    """

    kind: str
    id: str
    year: FinancialYear | None = None


class Meeting(NamedTuple):
    """Two changes, in the order given, and all that both are about."""

    earlier: Change
    later: Change
    subjects: Sequence[Subject]


def meetings(changes: Sequence[Change]) -> Iterator[Meeting]:
    """The pairs of changes that are about the same and may not compose, by the later of them.

    There may be as many as the square of the changes, so they are made as they are asked for.
    """
    met: dict[int, list[tuple[tuple[int, ...], list[Subject]]]] = {}
    for places, subjects in _together(changes).items():
        if not _all_compose([changes[at].operation for at in places]):
            for at in places:
                met.setdefault(at, []).append((places, subjects))
    for at in sorted(met):
        shared: dict[int, list[Subject]] = {}
        for places, subjects in met[at]:
            for before in places[: bisect_left(places, at)]:
                shared.setdefault(before, []).extend(subjects)
        for before in sorted(shared):
            earlier, later = changes[before], changes[at]
            if not _all_compose([earlier.operation, later.operation]):
                yield Meeting(earlier, later, shared[before])


def _together(changes: Sequence[Change]) -> dict[tuple[int, ...], list[Subject]]:
    """What the same changes are about, by the places of these in the scenario."""
    about: dict[Subject, list[int]] = {}
    for at, change in enumerate(changes):
        for subject in _subjects_of(change.operation):
            about.setdefault(subject, []).append(at)
    together: dict[tuple[int, ...], list[Subject]] = {}
    for subject, places in about.items():
        together.setdefault(tuple(places), []).append(subject)
    return together


def _subjects_of(operation: Operation) -> Iterator[Subject]:
    """What a change is about; what it adds is new, and so is about nothing else."""
    match operation:
        case SetBudget(service, measure, year, _):
            yield Subject(measure, service, year)
        case SetChanges(option, _) | SetRates(option, _) | SetFte(option, _):
            yield Subject("option", option)
        case Delay() | Deliver() | Drop():
            yield from (Subject("option", option) for option in operation.options)
        case SetAllocations() | SetApart() | Reprofile() | BringIn():
            yield Subject("scheme", operation.scheme)
        case SetFinancing(scheme, source, _):
            yield Subject(source, scheme)
        case SetFunding() | RaiseTax() | UpliftFunding():
            yield Subject("funding", operation.line)
        case SetDraw(reserve, _):
            yield Subject("draw", reserve)


def _all_compose(operations: Sequence[Operation]) -> bool:
    """Whether they come to the same in any order.

    So do changes that are alike, moves of allocations, shares, shares and delays of whole
    options, and what is set of an option's money and of its posts.
    """
    if all(one == operations[0] for one in operations):
        return True
    if all(isinstance(one, Deliver) for one in operations):
        return True
    kinds = {type(one) for one in operations}
    if SetFte in kinds and kinds <= {SetFte, SetChanges, SetRates} and len(kinds) > 1:
        return True
    if all(isinstance(one, Reprofile | BringIn) for one in operations):
        return True
    return all(isinstance(one, Delay | Deliver) and one.since is None for one in operations)
