"""The figures of a table as grids: a panel as it stands, or with every difference signed."""

from collections.abc import Sequence

from cfbudget.calculate.amounts import Key
from cfbudget.layout.grid import CellContent, CellOf, Emphasis, Grid, GridRow, ShownFigure
from cfbudget.layout.table import HEADING, Cell, Column, Panel, Role, Row, Table, key_of

STYLES: dict[Role, Emphasis] = {"heading": "bold", "line": "", "subtotal": "bold", "total": "bold"}


def panel_grid(
    table: Table, panel: Panel, rows: Sequence[Row] | None = None, *, signed: bool = False
) -> Grid:
    """The panel's cells as printed; a figure that cannot be computed is left blank.

    Args:
        rows: those that are shown, where these are not all.
        signed: whether they are differences, which show a plus too.
    """
    shown = [
        GridRow(
            row.label,
            [] if row.role == "heading" else _cells(table, row, panel, signed=signed),
            STYLES[row.role],
            row.depth,
            row.role == "total" if row.is_apart is None else row.is_apart,
        )
        for row in (_shown_rows(table, panel) if rows is None else rows)
    ]
    words = [column.heading for column in panel.words]
    headings = (table.head_of(panel), *words, *(column.heading for column in panel.columns))
    left = frozenset(range(len(words)))
    return Grid(headings, shown, left, name=table.name, spare=len(words))


def _shown_rows(table: Table, panel: Panel) -> Sequence[Row]:
    """All rows; of a sparse panel those with a figure, their headings, and the total."""
    if not panel.is_sparse:
        return table.rows
    said = {
        row.id
        for row in table.rows
        if row.role == "total"
        or any((cell := table.cell(row, column)) and cell.pence for column in panel.columns)
    }
    return [row for row in table.rows if row.id.removesuffix(HEADING) in said]


def _cells(table: Table, row: Row, panel: Panel, *, signed: bool) -> list[CellContent]:
    words = [column.said.get(row.id, "") for column in panel.words]
    return [*words, *figures(table, row, panel, signed=signed)]


def figures(table: Table, row: Row, panel: Panel, *, signed: bool = False) -> list[CellContent]:
    """A row's cells in a panel.

    Args:
        signed: whether they are differences, which show a plus too.
    """
    found = ((column, key_of(row, column)) for column in panel.columns)
    cells = ((column, key, table.cells.get(key)) for column, key in found)
    return [
        _shown(table, row, column, key, cell, signed=signed) if cell else ""
        for column, key, cell in cells
    ]


def shown_figure(table: Table, row: Row, column: Column, *, signed: bool = False) -> ShownFigure:
    """A cell that there is, as it is shown."""
    key = key_of(row, column)
    return _shown(table, row, column, key, table.cells[key], signed=signed)


def _shown(
    table: Table, row: Row, column: Column, key: Key, cell: Cell, *, signed: bool
) -> ShownFigure:
    unit, places = table.unit_of(row, column), table.places_of(row, column)
    of = CellOf(table, key)
    return ShownFigure(cell.pence, unit, places, signed, of, cell.is_unknown, cell.lacks)
