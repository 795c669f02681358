"""A trial laid out: every table beside the baseline's, what each change does, and words."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from cfbudget.calculate.amounts import PLAN_TABLES, TOTAL, Key, TableName
from cfbudget.calculate.not_known import not_known
from cfbudget.calculate.services import service_tree, walk
from cfbudget.calculate.steps_landed import land
from cfbudget.layout.beside_baseline import Beside, beside
from cfbudget.layout.table import Table
from cfbudget.money import Unit
from cfbudget.scenario.changes.applied import Applied
from cfbudget.tables import forecast
from cfbudget.tables.attribution import attributions
from cfbudget.tables.beyond_plan import beyond_table, beyond_words
from cfbudget.tables.gap_words import gap_effect
from cfbudget.tables.not_known_words import lines_not_known
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.tables.tax_words import tax_words
from cfbudget.tables.trial_fte import fte_words

FOR_READING: tuple[TableName, ...] = (
    *("revenue", "capital", "financing", "position"),
    *("gap", "funding", "reserves"),
)
"""What the options come to is in the position, and in what each change contributes."""
ATTRIBUTED: tuple[TableName, ...] = ("capital", "position", "gap")
"""The tables whose differences the changes' contributions come to."""


@dataclass(frozen=True, slots=True)
class TrialTables:
    """What a trial comes to, as tables and sentences."""

    tables: tuple[Beside, ...]
    """Revenue for each year, capital, options and position, where the plan has them and they
    are wanted."""
    attributions: tuple[Table, ...]
    sentences: tuple[str, ...]
    beyond: Table | None = None
    """What delays take past the plan's last year."""
    is_only_changed: bool = False
    """Whether rows that do not differ are left out, also where they differ in another view."""

    def in_unit(self, unit: Unit) -> "TrialTables":
        return replace(
            self,
            tables=tuple(table.in_unit(unit) for table in self.tables),
            attributions=tuple(table.in_unit(unit) for table in self.attributions),
            beyond=self.beyond and self.beyond.in_unit(unit),
        )

    def only_changed(self) -> "TrialTables":
        """The rows that differ, and nothing else."""
        tables = tuple(table.only_changed() for table in self.tables)
        changed = (
            table for table in self.attributions if any(cell.pence for cell in table.cells.values())
        )
        return replace(self, tables=tables, attributions=tuple(changed), is_only_changed=True)

    def summary(self) -> "TrialTables":
        """What each change contributes, and the words."""
        return replace(self, tables=())

    @property
    def apart(self) -> tuple[Table, ...]:
        """What stands beside no baseline: what each change contributes, and what is beyond."""
        return (*self.attributions, *((self.beyond,) if self.beyond else ()))

    @property
    def for_reading(self) -> tuple[Beside, ...]:
        """The position, and the other tables that a reader would miss: those that differ."""
        return tuple(
            shown
            for shown in self.tables
            if shown.difference.name in FOR_READING
            and (shown.is_changed or shown.difference.name == "position")
            and (shown.is_changed or not self.is_only_changed)
        )


def trial_tables(
    applied: Applied,
    scenario: str,
    services: Collection[str] | None = None,
    names: Collection[TableName] = PLAN_TABLES,
) -> TrialTables:
    """Lay a trial out.

    Args:
        scenario: what the trial is called, for titles.
        services: those whose rows are wanted, or None for all. Totals stay the whole plan's.
        names: the tables that are wanted.

    Raises:
        Astray: what the changes contribute does not come to the difference: a fault of ours.
    """
    laid_out = tuple(name for name in PLAN_TABLES if name in {*names, *ATTRIBUTED})
    plans = (applied.baseline, applied.plan)
    pairs = zip(*(plan_tables(plan, laid_out) for plan in plans), strict=True)
    every = [_titled(beside(before, after), scenario) for before, after in pairs]
    # The gap stands with the position.
    wanted = {*names, *(("gap",) if "position" in names else ())}
    whole = tuple(table for table in every if table.difference.name in wanted)
    shown = tuple(table.only(services) for table in whole)
    attributed = attributions(applied, scenario)
    _landed(attributed, every)
    beyond = beyond_table(applied, scenario)
    if services is not None:  # what each change contributes is told of the whole plan
        attributed = tuple(_of_whole_plan(table) for table in attributed)
        beyond = beyond and _of_whole_plan(beyond)
    past = beyond_words(beyond) if beyond else ()
    said = (*_sentences(applied, whole, services), *past, *fte_words(applied))
    said += tuple(_not_known(applied))
    return TrialTables(shown, attributed, (*said, *forecast.closing(applied.plan)), beyond)


def _not_known(applied: Applied) -> Iterator[str]:
    """What the figures exclude because it is not known yet."""
    before, after = not_known(applied.baseline), not_known(applied.plan)
    if applied.beyond_unknown:
        yield f"Beyond the plan: {lines_not_known(applied.beyond_unknown)}."
    if not before and not after:
        return
    if {(one.row, one.year) for one in before} == {(one.row, one.year) for one in after}:
        yield f"The baseline and the scenario exclude {lines_not_known(before)}."
        return
    for name, lacks in (("baseline", before), ("scenario", after)):
        if lacks:
            yield f"The {name} excludes {lines_not_known(lacks)}."


def _landed(attributed: Iterable[Table], tables: Iterable[Beside]) -> None:
    """Hold what the changes contribute together to the difference of each total.

    Raises:
        Astray: they do not come to it.
    """
    totals = {
        (column.measure, column.year): cell.pence
        for shown in tables
        for column in shown.difference.columns
        if shown.difference.name in ATTRIBUTED
        if (cell := shown.difference.cells.get(Key(TOTAL, column.measure, column.year)))
    }
    for table in attributed:
        for column in table.columns:
            if (at := (column.measure, column.year)) in totals:
                steps = table.cells[Key(TOTAL, *at)].pence
                land(f"{table.title}, {column.heading}", steps, totals[at])


def _of_whole_plan(table: Table) -> Table:
    rows = (
        row._replace(label=f"{row.label} (whole plan)") if row.role == "total" else row
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _titled(shown: Beside, scenario: str) -> Beside:
    title = f"{shown.difference.title}, with {scenario}"
    return Beside(*(replace(table, title=title) for table in shown))


def _sentences(
    applied: Applied, tables: tuple[Beside, ...], services: Collection[str] | None
) -> Iterator[str]:
    for shown in tables:
        if shown.difference.name == "position":
            yield from _position(applied, shown, services)
        if shown.difference.name == "gap":
            yield from gap_effect(shown)
    yield from tax_words(applied)
    yield from forecast.capital_words(applied)
    yield from _order(applied)


def _position(applied: Applied, shown: Beside, services: Collection[str] | None) -> Iterator[str]:
    """What the trial costs, for the whole plan and for the services asked for."""
    names = {node.id: node.name for node in walk(service_tree(applied.plan))}
    wanted = [service for service in names if services is not None and service in services]
    yield forecast.effect(shown, TOTAL, "The scenario")
    yield from forecast.forecasts(applied, shown, TOTAL)
    for row in wanted:
        yield forecast.effect(shown, row, names[row])
        yield from forecast.forecasts(applied, shown, row, names[row])


def _order(applied: Applied) -> Iterator[str]:
    """The order in which the changes were made, where it may matter."""
    if any(problem.rule in ("CF506", "CF507") for problem in applied.problems):
        made = (f"{at}. {change.words}" for at, change in enumerate(applied.changes, start=1))
        yield f"Conflicts are allowed; the changes were made in this order: {'; '.join(made)}."
