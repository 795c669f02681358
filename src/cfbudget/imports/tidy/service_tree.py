"""Which services stand within which: records name each with its figures, but not what it is within.

Services stand in their order, each total below what it adds up. So what a total adds is the lines
right above it, as many as come to it in every figure.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

MOST_STEPS = 50_000
"""Of looking for the lines that a total adds: more is no plan's."""

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
    found = _Search(services, total).trees(0, ())
    first = next(found, None)
    if first is None:
        return None
    return FoundTree(first, next(found, None) is None)


class _Search:
    def __init__(self, services: Sequence[ServiceFigures], total: AmountsOf) -> None:
        self.services, self.total = services, total
        self.figures = {one.id: one.figures for one in services}
        self.steps = 0

    def trees(self, at: int, open_: tuple[FoundService, ...]) -> Iterator[tuple[FoundService, ...]]:
        """Every tree that goes on from here.

        Args:
            open_: the services so far that stand within no other yet.
        """
        self.steps += 1
        if self.steps > MOST_STEPS:
            return
        if at == len(self.services):
            if self._add_up(open_, self.total):
                yield open_
            return
        one = self.services[at]
        if not one.is_total:
            yield from self.trees(at + 1, (*open_, FoundService(one.id)))
            return
        for first in reversed(range(len(open_))):
            if self._add_up(open_[first:], one.within):
                made = FoundService(one.id, open_[first:])
                yield from self.trees(at + 1, (*open_[:first], made))

    def _add_up(self, parts: Sequence[FoundService], total: AmountsOf) -> bool:
        figures = [self.figures[part.id] for part in parts]
        return all(
            sum(one.get(key, 0) for one in figures) == amount for key, amount in total.items()
        )
