"""What casting found, on a terminal or as plain text: the table marked, and what is wrong."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.marked_table import DIFFERS, WRONG, shown_table
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
from cfbudget.render.grid import Grid, grid_text
from cfbudget.render.terminal import print_head, print_line

PIPED = 100_000
"""As wide as a line may be where no terminal breaks it: headings still stand in several lines."""
MARKED = rf"(\S+ )?[{WRONG}{DIFFERS}]"


def print_cast(
    console: Console,
    source: str,
    tables: Sequence[CastTable],
    width: int | None,
    listed: tuple[bool, bool],
) -> None:
    """Print each table with what is wrong in it, and what it comes to.

    Args:
        source: the file, as the user named it.
        listed: whether to list every relation, and the figures that no relation covers.
    """
    for number, table in enumerate(tables):
        if number:
            console.print()
        _print_table(console, source, table, width, listed)
    for sentence in closing(tables):
        console.print()
        print_line(console, sentence, width)


def _print_table(
    console: Console,
    source: str,
    table: CastTable,
    width: int | None,
    listed: tuple[bool, bool],
) -> None:
    every, uncovered = listed
    print_head(console, title(source, table), [facts(table)], width)
    console.print()
    if table.figures:
        _print_marked(console, table, width)
    for suspect, grid in differing_grids(table):
        if suspect is not None:
            print_line(console, suspect_sentence(table, suspect), width, "bold")
            console.print()
        if grid is not None:
            _print_grid(console, grid, width)
    if every and table.casting.relations:
        _print_grid(console, relation_grid(table, "All relations", table.casting.relations), width)
    if uncovered and table.casting.uncovered:
        _print_grid(console, uncovered_grid(table), width)
    for sentence in verdict(table, listed=uncovered):
        print_line(console, sentence, width)


def _print_marked(console: Console, table: CastTable, width: int | None) -> None:
    shown = shown_table(table)
    for line in shown.titles:
        print_line(console, printable(line), width, "italic")
    if shown.grid.rows:
        text = Text(no_wrap=True)
        text.append_text(grid_text(shown.grid, width or PIPED))
        text.highlight_regex(MARKED, "bold red")
        console.print(text, soft_wrap=True, end="")
    for note in shown.notes:
        print_line(console, note, width)
    console.print()


def _print_grid(console: Console, grid: Grid, width: int | None) -> None:
    console.print(grid_text(grid, width), soft_wrap=True, end="")
    console.print()
