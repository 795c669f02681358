"""The figures of a table as grids: a panel as it stands, or with every difference signed."""

from cfbudget.layout.grid import CellContent, Emphasis, Grid, GridRow, ShownFigure
from cfbudget.layout.table import Panel, Role, Row, Table

STYLES: dict[Role, Emphasis] = {"heading": "bold", "line": "", "subtotal": "bold", "total": "bold"}


def panel_grid(table: Table, panel: Panel, *, signed: bool = False) -> Grid:
    """The panel's cells as printed; a figure that cannot be computed is left blank."""
    rows = [
        GridRow(
            row.label,
            [] if row.role == "heading" else figures(table, row, panel, signed=signed),
            STYLES[row.role],
            row.depth,
            apart=row.role == "total",
        )
        for row in table.rows
    ]
    return Grid((table.unit.name, *(column.heading for column in panel.columns)), rows)


def figures(table: Table, row: Row, panel: Panel, *, signed: bool = False) -> list[CellContent]:
    """A row's cells in a panel.

    Args:
        signed: whether they are differences, which show a plus too.
    """
    found = [table.cell(row, column) for column in panel.columns]
    return [
        ShownFigure(cell.pence, table.unit, table.places, signed) if cell else "" for cell in found
    ]
