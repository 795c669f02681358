"""What of a table was tested: down the page and across it, apart."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from cfbudget.addresses import letters
from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import place_of
from cfbudget.casting.results import Relation
from cfbudget.grammar import counted, listed, plural

MOST_RUNS = 6


class Coverage(NamedTuple):
    """How many totals were tested each way, and the rows that no test of a way has.

    Rows are from 0. Where nothing was tested a way, its rows are none.
    """

    down: int
    across: int
    not_down: tuple[int, ...]
    not_across: tuple[int, ...]


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
    columns = len(table.grid.columns)
    return Coverage(
        len(down),
        len(across),
        tuple(row for row in rows if row not in _rows(down)) if down else (),
        tuple(row for row in rows if row not in _rows(across)) if across and columns > 2 else (),
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
        yield f"No sum down the page covers {row_runs(found.not_down)}."


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
    return f"{plural(len(names), 'column')} {listed(names)}"
