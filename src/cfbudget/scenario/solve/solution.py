"""What solving a net budget comes to: the gap, and what becomes of the options used."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from cfbudget.calculate.amounts import ByYear
from cfbudget.calculate.position import base_of
from cfbudget.money import Unit
from cfbudget.plan.files import Option
from cfbudget.plan.kinds import KINDS, Kind, is_against, of_sign
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear

SharedBy = Literal["", "change", "cumulative change"]


class SolutionLine(NamedTuple):
    """An option that is used: its change in the year, as it is and as it must be, in pence."""

    option: Option
    service: str
    now: int
    must_be: int

    @property
    def difference(self) -> int:
        return self.must_be - self.now

    @property
    def room(self) -> int:
        """How far the change can go towards nil, in pence."""
        return max(self.now * KINDS[self.option.kind].sign, 0)

    @property
    def is_of_right_sign(self) -> bool:
        """Whether what it must be is nil, or has the sign of its kind."""
        return not is_against(self.option.kind, self.must_be)


@dataclass(frozen=True, slots=True)
class Solution:
    """What has to be found, or may be spent, in a year. Amounts are pence."""

    plan: Plan = field(repr=False)
    service: str
    """A service's id, or `total` for the whole plan."""
    name: str
    year: FinancialYear
    target: int
    """What the net budget is to come to."""
    net_budgets: ByYear
    """The net budgets as they are, of the year and of those after it."""
    lines: tuple[SolutionLine, ...] = ()
    """The options used, in the plan's order; none where none were named."""
    shared_by: SharedBy = ""
    """Whose size decides the shares; nothing where there is nothing to share, or one option."""

    gap_to_leave: int | None = None
    """The budget gap that the target leaves, where that was asked for: plus is a shortfall."""

    @property
    def net_budget(self) -> int:
        """The net budget of the year, as it is."""
        return self.net_budgets[self.year]

    @property
    def gap(self) -> int:
        """target − net budget: minus has to be found, plus may be spent."""
        return self.target - self.net_budget

    @property
    def kind(self) -> Kind:
        """What an option that closes the gap on its own would be."""
        return of_sign(-1 if self.gap < 0 else 1)

    def shrinks(self, line: SolutionLine) -> bool:
        """Whether an option gives towards nil what closes the gap, and so no more than it is."""
        return is_against(line.option.kind, self.gap)

    @property
    def taken_back(self) -> int:
        """What of the gap the one-offs among the options take back in the year after."""
        return -sum(line.difference for line in self.lines if not line.option.recurs)

    @property
    def effects(self) -> ByYear:
        """What closing the gap does to the net budget of the year and of those after it."""
        lasting = self.gap + self.taken_back
        return {year: self.gap if year == self.year else lasting for year in self.net_budgets}

    @property
    def is_contained(self) -> bool:
        """Whether the base budget contains the year's options: then this is a forecast."""
        base = base_of(self.plan, self.year)
        return base is not None and self.year in {word.year for word in base.contains_options_of}

    @property
    def unit(self) -> Unit:
        """The unit of the position."""
        return self.plan.revenue[0].unit
