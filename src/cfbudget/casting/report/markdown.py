"""What casting found, as Markdown."""

from collections.abc import Sequence

from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.marked_table import shown_table
from cfbudget.casting.report.words import (
    closing,
    differing_grids,
    facts,
    relation_grid,
    suspect_sentence,
    title,
    uncovered_grid,
    verdict,
)
from cfbudget.problem import printable
from cfbudget.render.grid import Grid
from cfbudget.render.markdown import escaped, grid_markdown


def cast_markdown(source: str, tables: Sequence[CastTable], listed: tuple[bool, bool]) -> str:
    """Each table under a heading, with what is wrong in it.

    Args:
        listed: whether to list every relation, and the figures that no relation covers.
    """
    parts = [part for table in tables for part in _table(source, table, listed)]
    return "\n\n".join([*parts, *map(escaped, closing(tables))]) + "\n"


def _table(source: str, table: CastTable, listed: tuple[bool, bool]) -> list[str]:
    every, uncovered = listed
    parts = [f"## {escaped(title(source, table))}", escaped(facts(table))]
    if table.figures:
        shown = shown_table(table)
        parts += [escaped(printable(line)) for line in shown.titles]
        parts += [grid_markdown(_without_blanks(shown.grid))] if shown.grid.rows else []
        parts += map(escaped, shown.notes)
    for suspect, grid in differing_grids(table):
        parts += [f"**{escaped(suspect_sentence(table, suspect))}**"] if suspect else []
        parts += [grid_markdown(grid)] if grid else []
    if every and table.casting.relations:
        parts.append(grid_markdown(relation_grid(table, "All relations", table.casting.relations)))
    if uncovered and table.casting.uncovered:
        parts.append(grid_markdown(uncovered_grid(table)))
    return [*parts, *map(escaped, verdict(table, listed=uncovered))]


def _without_blanks(grid: Grid) -> Grid:
    """A grid without the blanks that make figures stand under each other."""
    rows = [
        row._replace(label=row.label.strip(), cells=[cell.strip() for cell in row.cells])
        for row in grid.rows
    ]
    return grid._replace(rows=rows)
