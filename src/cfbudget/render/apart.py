"""A table that stands beside no baseline: what changes contribute, and what is beyond the plan."""

from rich.console import Console

from cfbudget.render.beside import differences
from cfbudget.render.grid import Grid, GridRow, grid_text
from cfbudget.render.terminal import STYLES, print_head, print_line
from cfbudget.tables.rounding_notes import unadded_note
from cfbudget.tables.table import Table


def print_apart(console: Console, table: Table, width: int | None) -> None:
    print_head(console, table.title, table.subtitle, width)
    console.print(grid_text(apart_grid(table), width), soft_wrap=True, end="")
    console.print()
    for note in unadded_note(table):
        print_line(console, note, width)
        console.print()


def apart_grid(table: Table) -> Grid:
    """A line for each row, differences with their signs."""
    panel = table.panels[0]
    rows = [
        GridRow(
            row.label, differences(table, row, panel), STYLES[row.role], apart=row.role == "total"
        )
        for row in table.rows
    ]
    return Grid((table.unit.name, *(column.heading for column in panel.columns)), rows)
