"""The bridge from an old plan's net budget to a new one's: what it is made of."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from cfbudget.calculate.amounts import ByYear
from cfbudget.calculate.forecasts import Forecast
from cfbudget.calculate.former_ids import Unfollowed
from cfbudget.calculate.gap_bridge import GapBridge
from cfbudget.calculate.not_known import NotKnown
from cfbudget.money import Unit
from cfbudget.plan.files import RevenueBudget
from cfbudget.plan.kinds import Kind
from cfbudget.plan.statuses import Status
from cfbudget.plan.values import Description
from cfbudget.problem import Place
from cfbudget.years import FinancialYear

BridgeCause = Literal[
    "new",
    "removed",
    "renamed",
    "moved service",
    "kind changed",
    "status changed",
    "described otherwise",
    "FTE changed",
    "re-phased",
    "re-priced",
    "listed options",
    "service new or gone",
    "base changed",
    "other movements",
]
"""Why a line of the bridge is there; `docs/glossary.md` says what each is."""

ORDER: tuple[BridgeCause, ...] = (
    "new",
    "removed",
    "re-priced",
    "re-phased",
    "kind changed",
    "status changed",
    "moved service",
    "renamed",
    "described otherwise",
    "FTE changed",
    "listed options",
    "service new or gone",
    "base changed",
    "other movements",
)
"""What moves money stands first; lines of several causes stand after those of the first alone."""


class PlanSide(NamedTuple):
    """A line of the bridge as one of the two plans has it."""

    id: str
    name: str
    service: str
    """The service of an option; of a service, the one that it stands within, or nothing. One that
    has another id in the new plan is named by that."""
    service_name: str
    place: Place
    kind: Kind = ""
    status: Status | Literal[""] = ""
    recurs: bool = True
    has_services: bool = False
    """Whether other services stand within it, so that the line is what it has of its own."""
    description: Description = Description()
    fte: tuple[tuple[FinancialYear, int], ...] = ()
    """Full-time equivalents by year, where they are not nil, in hundredths."""
    was: str = ""
    """What an option says that its id was."""


class BridgeLine(NamedTuple):
    """An option or a service that differs, and what that does to the net budget of each year.

    The amounts are levels, new − old, in pence; nil where a difference moves no money.
    """

    causes: tuple[BridgeCause, ...]
    what: Literal["option", "service"]
    old: PlanSide | None
    new: PlanSide | None
    amounts: ByYear
    same_budget: bool = False
    """Of a service: whether its budget is the same, and the options that this contains are not."""
    is_together: bool = False
    """Of a service: whether those within it are in its line, whose budgets its options are in."""

    @property
    def now(self) -> PlanSide:
        """The line as the new plan has it, or the old one where the new one does not."""
        side = self.new or self.old
        assert side is not None, "a line stands in one of the plans"
        return side

    @property
    def service(self) -> str:
        """The service whose budget it belongs to."""
        return self.now.service if self.what == "option" else self.now.id


class Bridge(NamedTuple):
    """The net budgets of two plans by year, and the lines that take the old to the new one.

    In every year new = old + the lines' amounts, to the penny.
    """

    years: tuple[FinancialYear, ...]
    """Those in which both plans have a net budget."""
    old: ByYear
    new: ByYear
    lines: tuple[BridgeLine, ...]
    unit: Unit
    """The old plan's unit; a way to show the amounts, which are pence."""
    step: int
    """What one in the finest place that either plan prints is worth, in pence."""
    begin: tuple[FinancialYear, FinancialYear]
    """The first year of the old, and of the new, plan."""
    bases: Mapping[FinancialYear, tuple[FinancialYear, FinancialYear]]
    """The years of the budgets that a year stands on, in the old and in the new plan."""
    alone: tuple[tuple[FinancialYear, ...], tuple[FinancialYear, ...]] = ((), ())
    """The years of either plan's net budgets that the other has none of: not compared."""
    ended: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """The options that only the old, or the new, plan has, and that change only years before
    `start`: they are in its opening, and no line."""
    lists_options: tuple[bool, bool] = (True, True)
    """Whether the old, and the new, plan has policy options at all."""
    same_net: tuple[str, ...] = ()
    """The services whose gross and income differ in a base budget, but not the net."""
    capital_differs: bool = False
    unfollowed: tuple[Unfollowed, ...] = ()
    """The lines that say what they were, and are not matched by it."""
    not_known: tuple[tuple[NotKnown, ...], tuple[NotKnown, ...]] = ((), ())
    """The changes of the old, and of the new, plan that are not known yet: no figure has them."""
    forecasts: tuple[tuple[Forecast, ...], tuple[Forecast, ...]] = ((), ())
    """The compared years in which the old, and the new, plan is a trial that does not keep to an
    approved budget: its net budget is a forecast."""

    gap: GapBridge | None = None
    """What takes the old plan's gap to the new one's, where both have one."""
    has_funding: tuple[bool, bool] = (False, False)
    """Whether the old, and the new, plan says what pays for its net budget."""

    budgets: tuple[RevenueBudget, RevenueBudget] | None = None
    """The budgets that are the two ends, where no year is in both plans; `years` then has that of
    the new one alone, and net budgets are those of the two budgets."""
    between: tuple[FinancialYear, ...] = ()
    """The years whose options take the one budget to the other."""

    @property
    def start(self) -> FinancialYear:
        """Changes are counted from this year on; those before it are in the openings."""
        return max(self.begin)

    @property
    def difference(self) -> ByYear:
        """New − old in each year, in pence."""
        return {year: self.new[year] - self.old[year] for year in self.years}

    @property
    def forecast_years(self) -> tuple[frozenset[FinancialYear], frozenset[FinancialYear]]:
        """The years of the old, and of the new, plan's forecasts."""
        old, new = (frozenset(one.year for one in found) for found in self.forecasts)
        return old, new

    @property
    def by_causes(self) -> Mapping[tuple[BridgeCause, ...], tuple[BridgeLine, ...]]:
        """The lines of the same causes together, in an order that no amount changes."""
        found: dict[tuple[BridgeCause, ...], list[BridgeLine]] = {}
        for line in self.lines:
            found.setdefault(line.causes, []).append(line)
        in_order = sorted(found, key=lambda causes: sorted(ORDER.index(cause) for cause in causes))
        return {causes: tuple(found[causes]) for causes in in_order}
