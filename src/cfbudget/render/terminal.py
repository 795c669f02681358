"""Tables on a terminal, or as plain text where the output is piped."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from cfbudget.money import printed
from cfbudget.problem import printable
from cfbudget.render.grid import Grid, GridRow, Style, grid_text
from cfbudget.tables.rounding_notes import unadded_note
from cfbudget.tables.table import Panel, Role, Table

STYLES: dict[Role, Style] = {"heading": "bold", "line": "", "subtotal": "bold", "total": "bold"}


def print_tables(
    console: Console,
    tables: Iterable[Table],
    closing: Iterable[str],
    width: int | None,
    *,
    notes: bool = False,
) -> None:
    """Print tables with what is to be known of them, then the closing lines.

    Args:
        width: the terminal's width, or None to wrap nothing.
        notes: whether the notes of rows are wanted.
    """
    for table in tables:
        print_head(console, table.title, table.subtitle, width)
        for panel in table.panels:
            console.print()
            if panel.caption:
                print_line(console, panel.caption, width, "italic")
            console.print(grid_text(panel_grid(table, panel), width), soft_wrap=True, end="")
        console.print()
        sentences = (*table.notes, *table.filtered, *unadded_note(table))
        for sentence in (*(table.row_notes if notes else ()), *sentences):
            print_line(console, sentence, width)
        if sentences or (notes and table.row_notes):
            console.print()
    for sentence in closing:
        print_line(console, sentence, width)


def print_head(console: Console, title: str, facts: Iterable[str], width: int | None) -> None:
    """Print a title, and what is to be known before reading."""
    print_line(console, title, width, "bold")
    for fact in facts:
        print_line(console, fact, width)


def panel_grid(table: Table, panel: Panel) -> Grid:
    """The panel's cells as printed; a figure that cannot be computed is left blank."""
    rows = []
    for row in table.rows:
        found = [table.cell(row, column) for column in panel.columns]
        cells = [printed(cell.pence, table.unit, table.places) if cell else "" for cell in found]
        figures = [] if row.role == "heading" else cells
        rows.append(
            GridRow(row.label, figures, STYLES[row.role], row.depth, apart=row.role == "total")
        )
    return Grid((table.unit.name, *(column.heading for column in panel.columns)), rows)


def print_line(console: Console, text: str, width: int | None, style: str = "") -> None:
    console.print(Text(printable(text), style=style), width=width, soft_wrap=width is None)
