"""A table that stands beside no baseline: what changes contribute, and what is beyond the plan."""

from collections.abc import Iterator

from cfbudget.layout.page import Block, Facts, Sentences, Title
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.rounding_notes import unadded_note
from cfbudget.layout.table import Table


def apart(table: Table) -> Iterator[Block]:
    """The table with every difference signed."""
    yield Title(table.title)
    yield Facts(table.subtitle)
    yield panel_grid(table, table.panels[0], signed=True)
    yield Sentences(unadded_note(table))
