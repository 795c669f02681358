"""Every total of a plan, as a page."""

from collections.abc import Iterable, Iterator

from cfbudget.layout.page import Block, Caption, Facts, Items, Page, Sentences, Title, page
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.rounding_notes import marked_note, unadded_note
from cfbudget.layout.table import Table


def totals_page(tables: Iterable[Table], closing: Iterable[str], *, notes: bool) -> Page:
    """Each table with what is to be known of it, then the closing sentences.

    Args:
        notes: whether the notes of rows are wanted.
    """
    blocks = [block for table in tables for block in table_blocks(table, notes=notes)]
    return page((*blocks, Sentences(tuple(closing))))


def table_blocks(table: Table, *, notes: bool) -> Iterator[Block]:
    """One table with what is to be known of it."""
    yield Title(table.title)
    yield Facts(table.subtitle)
    for panel in table.panels:
        yield Caption(panel.caption)
        yield panel_grid(table, panel)
    yield Items(table.row_notes if notes else ())
    said = (*marked_note(table), *table.notes, *table.filtered, *unadded_note(table))
    yield Sentences(said)
