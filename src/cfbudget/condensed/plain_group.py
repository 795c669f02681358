"""The plain options of a service, kind and status: what they come to, and their row in the file."""

from array import array
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.grammar import counted
from cfbudget.money import Unit, places_of
from cfbudget.plan.condensed_lines import CondensedLines
from cfbudget.plan.kinds import KINDS, LESS, MORE, Kind
from cfbudget.plan.statuses import Status
from cfbudget.plan.values import Figure
from cfbudget.problem import Place
from cfbudget.years import FinancialYear

OPPOSITE: Mapping[int, frozenset[str]] = {-1: MORE, 0: frozenset(), 1: LESS}
"""By the sign of a kind, words of a name that may speak against it."""


class PlanOfLines(NamedTuple):
    """What has to be known of a plan to tell which of its options are plain."""

    file: str
    unit: Unit
    years: tuple[FinancialYear, ...]
    services: Mapping[str, str]
    """The id of each service's name, by the service's id."""
    prefix: str
    """What the ids of rows begin with, and nothing else in the plan's files."""

    def row_id(self, number: int) -> str:
        """The id of the row that stands for a group, by its number from 0."""
        return f"{self.prefix}-{number + 1}"


class PlainGroup:
    """The plain options of a service, kind and status, of which all changes have one sign."""

    def __init__(self, key: tuple[str, Kind, Status], sign: int, names: set[str]) -> None:
        (self.service, self.kind, self.status), self.sign = key, sign
        self.names = names
        """The names of all plain options of its service."""
        self.opposite = OPPOSITE[KINDS[self.kind].sign]
        self.lines = array("q")
        """Where each stands; the first is where the row does that stands for them."""
        self.changes: list[tuple[int, ...]] = []
        """Of each, by year, in pence."""
        self.first_id = ""
        self.agreeing = 0

    def row(self, plan: PlanOfLines, step: int) -> "GroupRow":
        """What stands for them in the file.

        Args:
            step: the worth of the finest printed place, in pence.
        """
        name = counted(len(self.lines), "option")
        totals = map(sum, zip(*self.changes, strict=True))
        places = places_of(step, plan.unit)
        written = tuple(_written(pence, plan.unit, places) for pence in totals)
        return GroupRow(self.service, name, self.kind, self.status, written, self.lines[0])

    def condensed(self, plan: PlanOfLines) -> CondensedLines:
        by_year = list(zip(*self.changes, strict=True))
        changing: dict[FinancialYear | None, int] = {
            year: len(pence) - pence.count(0)
            for year, pence in zip(plan.years, by_year, strict=True)
        }
        wholes = [self.sign * sum(one) for one in self.changes]
        changing[None] = len(wholes) - wholes.count(0)
        pick = max if self.sign > 0 else min
        tops = [self.sign * pick(one) for one in self.changes]
        highest = max(tops)
        at = Place(plan.file, self.lines[tops.index(highest)])
        return CondensedLines(
            len(wholes),
            self.agreeing,
            MappingProxyType(changing),
            array("q", filter(None, tops)),
            Figure(self.sign * highest, 1, at) if highest else None,
            max(wholes),
        )


class GroupRow(NamedTuple):
    """A row in place of a group's options, as it is written."""

    service: str
    name: str
    kind: Kind
    status: Status
    changes: tuple[str, ...]
    """By year."""
    line: int


def _written(pence: int, unit: Unit, places: int) -> str:
    """An amount that is exact in so many places, as a plain decimal."""
    whole, part = divmod(abs(pence) * 10**places // unit.pence, 10**places)
    text = f"{whole}.{part:0{places}d}" if places else str(whole)
    return f"-{text}" if pence < 0 else text
