"""A trial beside its baseline, as a page: each row that differs with all three figures."""

from collections.abc import Iterable, Iterator

from cfbudget.layout.beside_baseline import Beside
from cfbudget.layout.grid import Grid, GridRow
from cfbudget.layout.page import Block, Caption, Facts, Page, Sentences, Title, page
from cfbudget.layout.panel_grid import STYLES, figures
from cfbudget.layout.rounding_notes import marked_note, unadded_note
from cfbudget.layout.table import Column, Panel, Row
from cfbudget.money import rounded
from cfbudget.reports.trial.apart import apart
from cfbudget.tables.trial import TrialTables


def trial_page(trial: TrialTables, whys: Iterable[str]) -> Page:
    """The tables beside the baseline's, what each change contributes, and all of it in words."""
    return page(
        (
            *(block for shown in trial.for_reading for block in _beside(trial, shown)),
            *(block for table in trial.apart for block in apart(table)),
            Sentences((*whys, *trial.sentences)),
        )
    )


def _beside(trial: TrialTables, shown: Beside) -> Iterator[Block]:
    """A table of the baseline, of the scenario and of their difference, together."""
    table = shown.difference
    yield Title(table.title)
    yield Facts(table.subtitle)
    for panel in panels_of(shown, only_changed=trial.is_only_changed):
        yield Caption(panel.caption)
        yield beside_grid(shown, panel, only_changed=trial.is_only_changed)
    yield Sentences((*marked_note(*shown), *table.filtered, *beside_note(shown)))


def panels_of(shown: Beside, *, only_changed: bool) -> list[Panel]:
    """The views of a table; of those that only changed rows are wanted of, those with any."""
    return [
        panel
        for panel in shown.difference.panels
        if not only_changed or any(shown.differs(r, panel.columns) for r in shown.difference.rows)
    ]


def beside_grid(shown: Beside, panel: Panel, *, only_changed: bool = False) -> Grid:
    """A row that differs has its figures below its label; one that does not is one line."""
    headings = (shown.difference.head_of(panel), *(column.heading for column in panel.columns))
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
            f"{row.label}: unchanged", figures(shown.baseline, row, panel), style, row.depth, apart
        )
    else:
        yield GridRow(row.label, [], style, row.depth, apart)
        yield GridRow("Baseline", figures(shown.baseline, row, panel), "", row.depth + 1)
        yield GridRow("Scenario", figures(shown.scenario, row, panel), "", row.depth + 1)
        yield GridRow(
            "Difference", figures(shown.difference, row, panel, signed=True), style, row.depth + 1
        )


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
    table = shown.difference
    unit, places = table.unit_of(row, column), table.places_of(row, column)
    before, after, difference = (rounded(cell.pence, unit, places) for cell in cells if cell)
    return after - before != difference
