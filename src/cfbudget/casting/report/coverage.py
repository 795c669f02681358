"""What of a table was tested: down the page and across it, apart."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from cfbudget.addresses import letters
from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import place_of
from cfbudget.casting.report.marked_table import row_label
from cfbudget.casting.results import Relation
from cfbudget.grammar import counted, listed, plural
from cfbudget.problem import clipped

MOST_RUNS = 6


class Coverage(NamedTuple):
    """How many totals were tested each way, the rows that no test of a way has, and the columns
    without a test down the page.

    Rows and columns are from 0. Where nothing was tested a way, they are none.
    """

    down: int
    across: int
    not_down: tuple[int, ...]
    not_across: tuple[int, ...]
    not_columns: tuple[int, ...]


def coverage_of(table: CastTable) -> Coverage:
    """What the relations that were tested cover; percentages are none of them."""
    tested = [
        relation
        for relation in table.casting.relations
        if not relation.kind.startswith("percentage") and relation.outcome != "not checkable"
    ]
    down = [relation for relation in tested if _is_down(relation)]
    across = [relation for relation in tested if not _is_down(relation)]
    rows = sorted({row for (row, _), cell in table.grid.cells.items() if not cell.percent})
    columns = sorted({column for (_, column), cell in table.grid.cells.items() if not cell.percent})
    added = {place_of(relation.total)[1] for relation in down}
    rows_down, rows_across = _rows(down), _rows(across)
    return Coverage(
        len(down),
        len(across),
        tuple(row for row in rows if row not in rows_down) if down else (),
        tuple(row for row in rows if row not in rows_across)
        if across and len(table.grid.columns) > 2
        else (),
        tuple(column for column in columns if column not in added) if down else (),
    )


def coverage_sentences(table: CastTable) -> Iterator[str]:
    """How many totals were tested each way, and what no sum covers."""
    found = coverage_of(table)
    if not found.down and not found.across:
        return
    yield (
        f"Tested: {counted(found.down, 'total')} down the page, {found.across:,} across."
        if found.across
        else f"Tested: {counted(found.down, 'total')} down the page, none across."
    )
    if not found.down:
        yield "No sum down the page was found: no column was added up."
    elif found.not_down:
        yield f"No sum down the page covers {_named(table, found.not_down)}."
    if found.not_columns:
        yield f"No sum down the page is in {column_names(found.not_columns)}."
    if found.not_across:
        yield f"No sum across covers {_named(table, found.not_across)}."


def _named(table: CastTable, rows: Sequence[int]) -> str:
    """The rows by their numbers, and the last line of the table by its label."""
    last = max(row for row, _ in table.grid.cells)
    label = clipped(row_label(table, last)) if last in rows else ""
    return f"{row_runs(rows)} (the last is {label})" if label else row_runs(rows)


def is_whole(table: CastTable) -> bool:
    """Whether every figure is covered each way in which any is, down the page at least, and
    every claimed total is shown to add up."""
    found = coverage_of(table)
    return (
        bool(found.down)
        and not table.casting.uncovered
        and not table.casting.unproved
        and not found.not_down
        and not found.not_across
        and not found.not_columns
    )


def _is_down(relation: Relation) -> bool:
    row = place_of(relation.total)[0]
    return any(place_of(term[1:])[0] != row for term in relation.terms)


def _rows(relations: Iterable[Relation]) -> set[int]:
    return {
        place_of(cell)[0]
        for relation in relations
        for cell in (relation.total, *(term[1:] for term in relation.terms))
    }


def row_runs(rows: Iterable[int]) -> str:
    """`row 4`, `rows 2 to 8 and 12`: rows from 0 by their numbers."""
    found = list(rows)
    runs = [
        [row for _, row in run] for _, run in groupby(enumerate(found), lambda one: one[1] - one[0])
    ]
    names = [f"{run[0] + 1}" if len(run) == 1 else f"{run[0] + 1} to {run[-1] + 1}" for run in runs]
    if len(names) > MOST_RUNS:
        left = sum(map(len, runs[MOST_RUNS:]))
        names = [*names[:MOST_RUNS], f"{left:,} more"]
    return f"{plural(len(found), 'row')} {listed(names)}"


def column_names(columns: Iterable[int]) -> str:
    """`column B`, `columns B, C and E`: columns from 0 by their letters."""
    names = [letters(column + 1) for column in columns]
    if len(names) > MOST_RUNS:
        names = [*names[:MOST_RUNS], f"{len(names) - MOST_RUNS:,} more"]
    return f"{plural(len(names), 'column')} {listed(names)}"
