"""A trial beside its baseline, in lines of text: each row that differs with all three figures."""

from collections.abc import Iterator

from rich.console import Console

from cfbudget.money import printed, rounded
from cfbudget.render.grid import Grid, GridRow, grid_text
from cfbudget.render.terminal import STYLES, print_head, print_line
from cfbudget.tables.beside import Beside
from cfbudget.tables.rounding_notes import unadded_note
from cfbudget.tables.table import Column, Panel, Row, Table


def print_beside(
    console: Console, shown: Beside, width: int | None, *, only_changed: bool = False
) -> None:
    """Print a table of the baseline, of the scenario and of their difference, together.

    Args:
        only_changed: whether to leave out what does not differ, row by row and view by view.
    """
    table = shown.difference
    print_head(console, table.title, table.subtitle, width)
    for panel in panels_of(shown, only_changed=only_changed):
        console.print()
        if panel.caption:
            print_line(console, panel.caption, width, "italic")
        console.print(
            grid_text(beside_grid(shown, panel, only_changed=only_changed), width),
            soft_wrap=True,
            end="",
        )
    console.print()
    for note in (*table.filtered, *beside_note(shown)):
        print_line(console, note, width)
        console.print()


def panels_of(shown: Beside, *, only_changed: bool) -> list[Panel]:
    """The views of a table; of those that only changed rows are wanted of, those with any."""
    return [
        panel
        for panel in shown.difference.panels
        if not only_changed or any(shown.differs(r, panel.columns) for r in shown.difference.rows)
    ]


def beside_grid(shown: Beside, panel: Panel, *, only_changed: bool = False) -> Grid:
    """A row that differs has its figures below its label; one that does not is one line."""
    headings = (shown.difference.unit.name, *(column.heading for column in panel.columns))
    rows: list[GridRow] = []
    for row in shown.difference.rows:
        if not only_changed or row.role == "heading" or shown.differs(row, panel.columns):
            rows += _rows(shown, panel, row)
    return Grid(headings, rows)


def _rows(shown: Beside, panel: Panel, row: Row) -> Iterator[GridRow]:
    style, apart = STYLES[row.role], row.role == "total"
    if row.role == "heading":
        yield GridRow(row.label, [], style, row.depth)
    elif not shown.differs(row, panel.columns):
        yield GridRow(
            f"{row.label}: unchanged", _figures(shown.baseline, row, panel), style, row.depth, apart
        )
    else:
        yield GridRow(row.label, [], style, row.depth, apart)
        yield GridRow("Baseline", _figures(shown.baseline, row, panel), "", row.depth + 1)
        yield GridRow("Scenario", _figures(shown.scenario, row, panel), "", row.depth + 1)
        yield GridRow("Difference", differences(shown.difference, row, panel), style, row.depth + 1)


def _figures(table: Table, row: Row, panel: Panel) -> list[str]:
    cells = [table.cell(row, column) for column in panel.columns]
    return [printed(cell.pence, table.unit, table.places) if cell else "" for cell in cells]


def differences(table: Table, row: Row, panel: Panel) -> list[str]:
    """Differences with their signs: +173 and (173)."""
    cells = [table.cell(row, column) for column in panel.columns]
    return [_signed(table, cell.pence) if cell else "" for cell in cells]


def _signed(table: Table, pence: int) -> str:
    text = printed(pence, table.unit, table.places)
    return f"+{text}" if rounded(pence, table.unit, table.places) > 0 else text


def beside_note(shown: Beside) -> tuple[str, ...]:
    """Says so where shown figures no longer add to a shown total, in each of the three."""
    notes = [
        note
        for name, table in zip(shown._fields, shown, strict=True)
        for note in unadded_note(table, name)
    ]
    if notes:
        return tuple(notes)
    if any(
        _is_off(shown, row, column) for row in shown.difference.rows for column in _columns(shown)
    ):
        return ("Figures are rounded, differences too, each from its exact value.",)
    return ()


def _columns(shown: Beside) -> tuple[Column, ...]:
    return shown.difference.columns


def _is_off(shown: Beside, row: Row, column: Column) -> bool:
    """Whether a shown difference is not that of the shown figures."""
    cells = [table.cell(row, column) for table in shown]
    if not all(cells):
        return False
    unit, places = shown.difference.unit, shown.difference.places
    before, after, difference = (rounded(cell.pence, unit, places) for cell in cells if cell)
    return after - before != difference
