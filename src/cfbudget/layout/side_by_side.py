"""A table of the baseline and the same table of several scenarios, in columns side by side."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import Key
from cfbudget.layout.beside_baseline import Beside, cells_for, merged_rows
from cfbudget.layout.grid import CellContent, GridRow
from cfbudget.layout.panel_grid import STYLES, shown_figure
from cfbudget.layout.table import HEADING, Cell, Column, Row, Table, Variant, key_of
from cfbudget.plan.values import Measure

DIFFERENCE = "difference"


class SideBySide(NamedTuple):
    """Tables with the same rows and columns: each difference is a scenario's − the baseline's."""

    baseline: Table
    scenarios: tuple[Table, ...]
    differences: tuple[Table, ...]

    def differs(self, key: Key) -> bool:
        """Whether the figure is another in any scenario."""
        cells = (table.cells.get(key) for table in self.differences)
        return any(cell is not None and cell.pence for cell in cells)

    @property
    def is_changed(self) -> bool:
        return any(self.differs(key) for table in self.differences for key in table.cells)

    def of_column(self, column: Column, *, only_changed: bool) -> tuple[Row, ...]:
        """The rows with figures in a column, and their headings.

        Args:
            only_changed: whether only those are wanted that differ in any scenario.
        """
        there = [
            row
            for row in self.baseline.rows
            if row.role != "heading"
            and any(
                key_of(row, column) in table.cells for table in (self.baseline, *self.scenarios)
            )
            and (not only_changed or self.differs(key_of(row, column)))
        ]
        ids = {row.id for row in there}
        return tuple(
            row
            for row in self.baseline.rows
            if row.id in ids or (row.role == "heading" and row.id.removesuffix(HEADING) in ids)
        )


def side_by_side(each: Sequence[Beside], measures: Collection[Measure]) -> SideBySide:
    """Lay the same table of several scenarios out alike, beside that of the baseline.

    Args:
        each: the table beside the baseline's, of one scenario after the other.
        measures: of which columns are wanted; their figures stand in one panel.
    """
    first = each[0].difference
    rows = _rows_of_all(each)
    columns = _columns_of_all(each, measures)
    keys = [key_of(row, column) for row in rows if row.role != "heading" for column in columns]
    panel = first.panels[0]._replace(caption="", columns=columns, words=(), is_empty=False)
    step = min(shown.difference.step for shown in each)

    def laid_out(table: Table, variant: Variant) -> Table:
        cells = MappingProxyType(dict(cells_for(table, rows, keys)))
        made = replace(table, rows=rows, panels=(panel,), step=step, cells=cells)
        return replace(made, variant=variant, notes=(), filtered=())

    baseline = laid_out(each[0].baseline, "baseline")
    scenarios = tuple(laid_out(shown.scenario, "scenario") for shown in each)
    return SideBySide(baseline, scenarios, tuple(_less(one, baseline) for one in scenarios))


def figure_rows(
    shown: SideBySide, row: Row, column: Column, label: str | None = None
) -> Iterator[GridRow]:
    """A row's figure in the baseline and in each scenario and, where any differs, the differences.

    Args:
        label: what the row is called, where that is not its own label.
    """
    name = row.label if label is None else label
    if row.role == "heading":
        yield GridRow(name, [], STYLES[row.role], row.depth)
        return
    key = key_of(row, column)
    of_all = (shown.baseline, *shown.scenarios)
    yield GridRow(
        name, [_shown(t, row, column) for t in of_all], STYLES[row.role], row.depth, _apart(row)
    )
    if shown.differs(key):
        less = [_less_shown(table, row, column) for table in shown.differences]
        yield GridRow(DIFFERENCE, ["", *less], "", row.depth + 1, is_sparse=True)


def _apart(row: Row) -> bool:
    return row.role == "total" if row.is_apart is None else row.is_apart


def _shown(table: Table, row: Row, column: Column) -> CellContent:
    return shown_figure(table, row, column) if table.cell(row, column) else ""


def _less_shown(table: Table, row: Row, column: Column) -> CellContent:
    """A difference with its sign; none where the scenario leaves the figure as it is."""
    cell = table.cell(row, column)
    return shown_figure(table, row, column, signed=True) if cell and cell.pence else ""


def _less(scenario: Table, baseline: Table) -> Table:
    differences = {
        key: Cell(cell.pence - baseline.cells[key].pence)
        for key, cell in scenario.cells.items()
        if key in baseline.cells
    }
    return replace(scenario, cells=MappingProxyType(differences), variant="difference")


def _rows_of_all(each: Iterable[Beside]) -> tuple[Row, ...]:
    """The rows that any scenario has; one with parts in a scenario is the sum of them in all."""
    rows: tuple[Row, ...] = ()
    known: dict[str, Row] = {}
    for shown in each:
        rows = merged_rows(rows, shown.difference.rows)
        for row in shown.difference.rows:
            if row.id not in known or len(row.sums) > len(known[row.id].sums):
                known[row.id] = row
    return tuple(known[row.id] for row in rows)


def _columns_of_all(each: Iterable[Beside], measures: Collection[Measure]) -> tuple[Column, ...]:
    """The columns of some measures; a year that any scenario forecasts is headed as a forecast."""
    found: dict[tuple[Measure, object], Column] = {}
    for shown in each:
        for column in shown.difference.columns:
            if column.measure in measures:
                at = (column.measure, column.year)
                if at not in found or column.is_forecast:
                    found[at] = column
    return tuple(found.values())
