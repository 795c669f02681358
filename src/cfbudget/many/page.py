"""What many plans come to together, as a page: which plans these are, and their totals."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from cfbudget.grammar import counted, listed
from cfbudget.layout.grid import Grid, GridRow
from cfbudget.layout.page import Block, Page, Sentences, Title, page
from cfbudget.many.addable import ADDABLE
from cfbudget.many.consolidated import Consolidated, counted_twice
from cfbudget.many.heading_map import HEADING
from cfbudget.many.plan_task import Kept, PlanOutcome
from cfbudget.many.records_grid import records_blocks
from cfbudget.many.totals_tables import totals_tables
from cfbudget.money import Unit
from cfbudget.plan.values import measure_words
from cfbudget.reports.totals.page import table_blocks

MOST = 5
"""How many plans a sentence names; of more it says how many others there are."""
NOT_OF_A_SERVICE = "What is of no service, such as funding or some schemes, is not mapped either."
MOST_UNMAPPED = 20
"""Of how many plans the services that are not mapped are listed."""
AS_THEY_ARE = (
    "Each total is of one year and one measure: nothing is added over years, capital never to "
    "revenue, and no stated figure is used. Plans are added as they are."
)


def consolidated_page(
    found: Consolidated, unit: Unit, records: Sequence[Path] | None = None
) -> Page:
    """The plans, with what became of each; the totals; what these are of.

    Args:
        records: files of them that are to stand on the page too.
    """
    more = [] if records is None else records_blocks(records, found.records)
    return page((*_blocks(found, unit), *more))


def _blocks(found: Consolidated, unit: Unit) -> Iterator[Block]:
    read, every = len(found.read), len(found.plans)
    yield Title(f"{read} of {counted(every, 'plan')} consolidated")
    yield _plans_grid(found)
    yield Sentences(tuple(said_of_plans(found)))
    yield Sentences(tuple(said_of_map(found)))
    for table in totals_tables(found, unit):
        yield from table_blocks(table, notes=False)
    yield Title("Plans in each total")
    yield from _counts(found)
    yield Sentences((AS_THEY_ARE, *said_of_totals(found)))


def said_of_plans(found: Consolidated) -> Iterator[str]:
    """Which plans are missing, which state figures that differ, which fields no figure has."""
    if unread := found.unread:
        names = _named([one.plan for one in unread])
        they = "it" if len(unread) == 1 else "they"
        yield f"Not in any figure, as {they} cannot be read: {names}."
    if differing := [one.plan for one in found.read if one.differ]:
        yield f"Stated figures differ (cfbudget check) in {_named(differing)}."
    for at, field in enumerate(found.by):
        if field != HEADING and not any(kept.by[at] for kept in found.sums if kept.by):
            yield f"No figure has any {field}: totals are not kept apart by it."


def said_of_map(found: Consolidated) -> Iterator[str]:
    """Which services come under no heading, plan by plan, and which lines of the map are of none.

    Their amounts stand in the totals, as not mapped.
    """
    if HEADING in found.by:
        yield NOT_OF_A_SERVICE
    unmapped = [one for one in found.read if one.mapped.unmapped]
    for one in unmapped[:MOST_UNMAPPED]:
        yield f"Not mapped in {one.plan}: {listed(one.mapped.unmapped)}."
    if (more := len(unmapped) - MOST_UNMAPPED) > 0:
        what = f"Services of {counted(more, 'more plan')} are not mapped"
        yield f"{what}: --by heading --by service lists them."
    if unused := found.unused:
        lines = (f"{line.place.source} ({line.plan}, {line.service})" for line in unused)
        those = "that could be read" if found.unread else "of these"
        yield f"No plan {those} has what the map names at {_named(list(lines))}."


def said_of_totals(found: Consolidated) -> Iterator[str]:
    """Which plans may be one body's, so that a total counts it twice."""
    for why, plans, years in counted_twice(found):
        yield (
            f"{_named(plans)} {why}, and have figures of {listed(years)}: if "
            "they are versions or years of one plan, a total of such a year counts it more than "
            "once."
        )


def _named(names: "tuple[str, ...] | list[str]") -> str:
    if len(names) <= MOST:
        return listed(names)
    return listed([*names[: MOST - 1], f"{len(names) - MOST + 1} more"])


def _plans_grid(found: Consolidated) -> Grid:
    headings = ("Plan", "Years", "Records", "Outcome")
    rows = [GridRow(one.plan, _cells(one)) for one in found.plans]
    return Grid(headings, rows, left=frozenset({0, 2}))


def _cells(one: PlanOutcome) -> list[str]:
    years = sorted({kept.year for kept in one.totals} - {""})
    span = f"{years[0]} to {years[-1]}" if len(years) > 1 else "".join(years)
    return [span, f"{one.records:,}" if one.records else "", outcome_words(one)]


def outcome_words(one: PlanOutcome) -> str:
    if one.problems:
        return f"not read: {counted(len(one.problems), 'problem')}"
    differs = f", {counted(one.differ, 'stated figure', 'differs')}" if one.differ else ""
    return f"read{differs}"


def _counts(found: Consolidated) -> Iterator[Block]:
    """How many plans are in each total, by its measure and year."""
    if all(found.counts[kept] == len(found.read) for kept in found.totals):
        all_ = "the one plan" if len(found.read) == 1 else f"all {len(found.read):,} plans"
        yield Sentences((f"Each total is of {all_}.",))
        return
    years = sorted({kept.year for kept in found.totals}, key=lambda year: (not year, year))
    there = {(kept.table, kept.measure) for kept in found.totals}
    every = ((table, measure) for table, measures in ADDABLE.items() for measure in measures)
    yield Grid(
        ("Plans", *(year or "No year" for year in years)),
        [
            GridRow(
                f"{table.capitalize()}: {measure_words(measure)}",
                [_count(found, Kept(table, measure, year)) for year in years],
            )
            for table, measure in every
            if (table, measure) in there
        ],
    )


def _count(found: Consolidated, kept: Kept) -> str:
    count = found.counts.get(kept)
    return f"{count:,}" if count else ""
