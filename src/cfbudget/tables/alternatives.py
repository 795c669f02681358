"""Several scenarios of one plan, laid out beside its baseline and beside one another."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from cfbudget.calculate.amounts import TableName
from cfbudget.layout.beside_baseline import Beside
from cfbudget.layout.side_by_side import SideBySide, side_by_side
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.scenario.changes.applied import Applied
from cfbudget.tables.trial import TrialTables, trial_tables

BASELINE = "Baseline"
LEVELS: tuple[tuple[TableName, tuple[Measure, ...]], ...] = (
    ("position", ("net_budget",)),
    ("position", ("cumulative_change",)),
    ("gap", ("gap", "over_cash_limit")),
    ("reserves", ("closing",)),
    ("capital", ("allocation", "later", "under_development")),
)
"""What of each table stands side by side: the cumulative change where there is no net budget."""
ALWAYS: frozenset[TableName] = frozenset({"position", "gap"})
"""The tables that are shown also where no scenario makes a difference to them."""


class Candidate(NamedTuple):
    """A scenario that was applied by itself, its file, and the name its file gives it."""

    applied: Applied
    file: str
    title: str
    common: int = 0
    """How many of its changes, the first ones, are made in every scenario."""


class Alternative(NamedTuple):
    """A scenario beside others: under a name that none of them has."""

    name: str
    file: str
    applied: Applied
    laid_out: TrialTables


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The baseline and the scenarios of it, in the order in which they were given."""

    plan: Plan
    each: tuple[Alternative, ...]
    levels: tuple[SideBySide, ...]
    """What each table comes to, the position first; each with the columns of one kind of level."""
    first: tuple[str, ...] = ()
    """What is changed in every scenario before its own changes, in words."""
    is_only_changed: bool = False
    is_summary: bool = False

    def only_changed(self) -> "Alternatives":
        """The rows that differ in any scenario, and nothing else."""
        each = (one._replace(laid_out=one.laid_out.only_changed()) for one in self.each)
        return replace(self, each=tuple(each), is_only_changed=True)

    def summary(self) -> "Alternatives":
        """What the whole plan comes to, what each change contributes, and the words."""
        each = (one._replace(laid_out=one.laid_out.summary()) for one in self.each)
        return replace(self, each=tuple(each), is_summary=True)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.each)

    @property
    def shown(self) -> tuple[SideBySide, ...]:
        """The levels that a reader would miss."""
        return tuple(
            level
            for level in self.levels
            if level.is_changed or (level.baseline.name in ALWAYS and not self.is_only_changed)
        )

    def level(self, table: TableName) -> SideBySide | None:
        return next((level for level in self.levels if level.baseline.name == table), None)


def alternatives(
    candidates: Sequence[Candidate],
    services: Collection[str] | None = None,
    parts: Callable[[Table], Table] = lambda table: table,
) -> Alternatives:
    """Lay scenarios of one plan out beside one another.

    Args:
        services: those whose rows are wanted, or None for all. Totals stay the whole plan's.
        parts: what of a table is wanted, such as its services down to a depth.

    Raises:
        Astray: what the changes of a scenario contribute does not come to its difference: a
            fault of ours.
    """
    names = told_apart([(one.title, one.file) for one in candidates])
    each = tuple(
        Alternative(name, one.file, one.applied, trial_tables(one.applied, name, services))
        for name, one in zip(names, candidates, strict=True)
    )
    levels: list[SideBySide] = []
    for table, measures in LEVELS:
        found = [_of_table(one.laid_out, table, parts) for one in each]
        there = [shown for shown in found if shown is not None]
        if len(there) < len(each) or any(level.baseline.name == table for level in levels):
            continue
        level = side_by_side(there, measures)
        if level.baseline.columns:
            title = level.baseline.title.removesuffix(f", with {names[0]}")
            levels.append(level._replace(baseline=replace(level.baseline, title=title)))
    one = candidates[0]
    first = tuple(change.words for change in one.applied.changes[: one.common])
    return Alternatives(one.applied.baseline, each, tuple(levels), first)


def told_apart(given: Sequence[tuple[str, str]]) -> list[str]:
    """A name for each scenario that no other has; one that is not its own has its file with it.

    Args:
        given: the title and the file of each; no file stands twice.
    """
    counted = Counter(title.casefold() for title, _ in given)
    counted[BASELINE.casefold()] += 1
    return [
        f"{title} ({file})" if counted[title.casefold()] > 1 else title for title, file in given
    ]


def _of_table(
    laid_out: TrialTables, name: TableName, parts: Callable[[Table], Table]
) -> Beside | None:
    for shown in laid_out.tables:
        if shown.difference.name == name:
            return Beside(*(parts(table) for table in shown))
    return None
