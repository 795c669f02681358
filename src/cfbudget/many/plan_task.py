"""What is asked of one plan of many, and what becomes of it: plain values, to be sent anywhere."""

from collections.abc import Mapping
from typing import NamedTuple

from cfbudget.calculate.amounts import TableName
from cfbudget.many.heading_map import MapLine
from cfbudget.many.mapped_services import NOT_MAPPED, MappedServices
from cfbudget.plan.values import Measure
from cfbudget.problem import Problem


class PlanTask(NamedTuple):
    """One plan to be done."""

    plan: str
    """Its name among the others."""
    address: str
    partition: str = ""
    """Where its records are to be written, the ending says as what; empty for nowhere."""
    by: tuple[str, ...] = ()
    """The fields that its totals are kept apart by."""
    mapping: tuple[MapLine, ...] = ()
    """The lines of a map that are of it, to common headings."""

    def unread(self, problems: tuple[Problem, ...], texts: Mapping[str, str]) -> "PlanOutcome":
        """What becomes of it where there is no plan."""
        return PlanOutcome(self.plan, self.address, problems=problems, texts=texts)


class Kept(NamedTuple):
    """What a sum is of: figures that may be added, to those of other plans too."""

    table: TableName
    measure: Measure
    year: str
    """Empty where the measure has none."""
    by: tuple[str, ...] = ()
    """What the figures have in the fields that were asked for."""

    @property
    def whole(self) -> "Kept":
        """Of the whole plan, or of all plans."""
        return self._replace(by=())


class PlanOutcome(NamedTuple):
    """What became of one plan."""

    plan: str
    address: str
    name: str = ""
    """What the plan calls itself; empty where it could not be read."""
    problems: tuple[Problem, ...] = ()
    """Why there is no plan; none where there is one."""
    texts: Mapping[str, str] = {}
    """The files that problems stand in, to show their lines."""
    records: int = 0
    differ: int = 0
    """How many of its stated figures differ from the computed ones."""
    sums: Mapping[Kept, int] = {}
    """Pence, by the fields that were asked for."""
    totals: Mapping[Kept, int] = {}
    """Pence: the plan's own totals, as its own tables have them."""
    mapped: MappedServices = NOT_MAPPED
    """What the map says of it."""

    def named(self, address: str) -> "PlanOutcome":
        """The same, of a plan that is to be called otherwise in messages."""
        return self._replace(address=address)
