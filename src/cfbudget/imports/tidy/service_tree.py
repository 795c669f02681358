"""Which services stand within which: records name each with its figures, but not what it is within.

Services stand in their order, each total below what it adds up. So what a total adds is the lines
right above it, as many as come to it in every figure.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

MOST_STEPS = 50_000
"""Of looking for the lines that a total adds: more is no plan's."""

PARTS = frozenset({"gross", "income"})
"""What a service has none of that prints its net alone, and so no total above it."""

AmountsOf = Mapping[str, int]
"""By measure and year, in pence; one that is missing is nil, but for a gross or an income."""


class ServiceFigures(NamedTuple):
    """A service as records have it."""

    id: str
    is_total: bool
    figures: AmountsOf
    """What it comes to, with all that is within it."""
    within: AmountsOf
    """Of a total, what those within it come to: less than it where it has options of its own."""


class FoundService(NamedTuple):
    """A service with those within it."""

    id: str
    within: tuple["FoundService", ...] = ()

    def every(self) -> Iterator["FoundService"]:
        """It, and all that stand within it."""
        yield self
        for one in self.within:
            yield from one.every()


class FoundTree(NamedTuple):
    services: tuple[FoundService, ...]
    is_only_one: bool
    """Whether the figures allow no other."""

    def within(self) -> dict[str, list[str]]:
        """By service, those that stand within it, at any depth."""
        every = (one for top in self.services for one in top.every())
        return {one.id: [part.id for part in one.every()][1:] for one in every}


def service_tree(services: Sequence[ServiceFigures], total: AmountsOf) -> FoundTree | None:
    """The services that stand within no other, with those within them; None where no tree adds up.

    Args:
        services: in the order of the records.
        total: what all come to.
    """
    found = _trees(services, total)
    first = next(found, None)
    if first is None:
        return None
    return FoundTree(first, next(found, None) is None)


def _trees(
    services: Sequence[ServiceFigures], total: AmountsOf
) -> Iterator[tuple[FoundService, ...]]:
    """Every tree that adds up; of a total those first that add the fewest lines."""
    figures = {one.id: one.figures for one in services}
    open_: list[tuple[int, tuple[FoundService, ...]]] = [(0, ())]
    for _ in range(MOST_STEPS):
        if not open_:
            return
        at, so_far = open_.pop()
        end = next((n for n in range(at, len(services)) if services[n].is_total), len(services))
        so_far = (*so_far, *(FoundService(one.id) for one in services[at:end]))
        if end == len(services):
            if not so_far or 0 in _starts(so_far, total, figures):
                yield so_far
            continue
        one = services[end]
        open_ += [
            (end + 1, (*so_far[:first], FoundService(one.id, so_far[first:])))
            for first in reversed(list(_starts(so_far, one.within, figures)))
        ]


def _starts(
    services: Sequence[FoundService], total: AmountsOf, figures: Mapping[str, AmountsOf]
) -> Iterator[int]:
    """From where on services come to a total in each of its figures, the nearest first.

    A total has a gross and an income just where all that it adds up have one.
    """
    sums, parts = dict.fromkeys(total, 0), PARTS
    for at in reversed(range(len(services))):
        own = figures[services[at].id]
        parts &= own.keys()
        for key in sums:
            sums[key] += own.get(key, 0)
        if sums == total and parts == PARTS & total.keys():
            yield at
