"""What casting found, as a page: each table marked, and what is wrong in it."""

from collections.abc import Iterator, Sequence

from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.marked_table import shown_table
from cfbudget.casting.report.open_differences import open_differences
from cfbudget.casting.report.unproved_words import unproved_grids
from cfbudget.casting.report.words import (
    closing,
    differing_grids,
    facts,
    odd_sum_sentence,
    relation_grid,
    suspect_sentence,
    title,
    uncovered_grid,
    verdict,
)
from cfbudget.layout.page import Block, Caption, Facts, Heading, Page, Sentences, Title, page


def cast_page(source: str, tables: Sequence[CastTable], listed: tuple[bool, bool]) -> Page:
    """Each table with what is wrong in it, and what it comes to.

    Args:
        source: the file, as the user named it.
        listed: whether to list every relation, and the figures that no relation covers.
    """
    numbers = range(1, len(tables) + 1) if len(tables) > 1 else (None,)
    blocks = [
        block
        for number, table in zip(numbers, tables, strict=True)
        for block in _blocks(title(source, table, number), table, listed)
    ]
    return page((*blocks, Sentences(closing(tables))))


def _blocks(heading: str, table: CastTable, listed: tuple[bool, bool]) -> Iterator[Block]:
    every, uncovered = listed
    yield Title(heading)
    yield Facts((facts(table),))
    if table.figures:
        shown = shown_table(table)
        yield from map(Caption, shown.titles)
        yield shown.grid
        yield Sentences(shown.notes)
    for suspect, grid in differing_grids(table):
        if suspect is not None:
            yield Heading(suspect_sentence(table, suspect))
        if grid is not None:
            yield grid
    if sentences := tuple(open_differences(table)):
        yield Sentences(sentences)
    for words, grid in unproved_grids(table):
        yield Heading(words)
        yield grid
    yield from (Heading(odd_sum_sentence(odd)) for odd in table.casting.odd_sums)
    if every and table.casting.relations:
        yield relation_grid(table, "All relations", table.casting.relations)
    if uncovered and table.casting.uncovered:
        yield uncovered_grid(table)
    yield Sentences(verdict(table, listed=uncovered))
