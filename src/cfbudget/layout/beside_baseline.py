"""A table of the baseline beside the same table of a trial, and their difference."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.services import own_row
from cfbudget.layout.made_of import DifferenceOf, MadeOf, SumOf
from cfbudget.layout.table import Cell, Column, Row, Table, key_of
from cfbudget.money import Unit
from cfbudget.years import FinancialYear


class Beside(NamedTuple):
    """Three tables with the same rows and columns: difference = scenario − baseline."""

    baseline: Table
    scenario: Table
    difference: Table

    def differs(self, row: Row, columns: Collection[Column] | None = None) -> bool:
        """Whether any of the row's figures is another in the scenario."""
        wanted = self.difference.columns if columns is None else columns
        cells = (self.difference.cell(row, column) for column in wanted)
        return any(cell is not None and cell.pence for cell in cells)

    @property
    def is_changed(self) -> bool:
        return any(self.differs(row) for row in self.difference.rows)

    def in_unit(self, unit: Unit) -> "Beside":
        return Beside(*(table.in_unit(unit) for table in self))

    def only(
        self, services: Collection[str] | None, years: Collection[FinancialYear] | None = None
    ) -> "Beside":
        """The rows of some services and the columns of some years. No total changes."""
        return Beside(*(table.only(services, years) for table in self))

    def with_difference_of(self, made_of: Mapping[Key, MadeOf]) -> "Beside":
        """Where differences are more than the scenario's figures less the baseline's."""
        return self._replace(difference=replace(self.difference, made_of=made_of))

    def only_changed(self) -> "Beside":
        """The rows in which any figure differs, with the headings above them."""
        kept = tuple(_changed(self, self.difference.rows))
        return Beside(*(replace(table, rows=kept) for table in self))


def _changed(beside: Beside, rows: tuple[Row, ...]) -> Iterator[Row]:
    """The rows that differ; a heading stays if a row that stands further in below it does."""
    for at, row in enumerate(rows):
        if row.role != "heading":
            if beside.differs(row):
                yield row
            continue
        for below in rows[at + 1 :]:
            if below.depth <= row.depth:
                break
            if below.role != "heading" and beside.differs(below):
                yield row
                break


def beside(baseline: Table, scenario: Table) -> Beside:
    """Lay a baseline's table and a scenario's out alike, and take the difference."""
    rows = merged_rows(baseline.rows, scenario.rows)
    panels = tuple(
        panel._replace(columns=tuple(map(_of_both, panel.columns))) for panel in scenario.panels
    )
    unit, step = baseline.unit, min(baseline.step, scenario.step)
    columns = [column for panel in panels for column in panel.columns]
    figures = [row for row in rows if row.role != "heading"]
    keys = [key_of(row, c) for row in figures for c in columns]
    before, after = cells_for(baseline, rows, keys), cells_for(scenario, rows, keys)
    differences = {key: Cell(after[key].pence - before[key].pence) for key in keys if key in after}
    laid_out = replace(scenario, unit=unit, step=step, rows=rows, panels=panels, notes=())
    return Beside(
        replace(laid_out, cells=MappingProxyType(before), variant="baseline"),
        replace(laid_out, cells=MappingProxyType(after), variant="scenario"),
        replace(
            laid_out,
            cells=MappingProxyType(differences),
            variant="difference",
            made_of=_of_differences(laid_out),
        ),
    )


def _of_differences(table: Table) -> Mapping[Key, MadeOf]:
    """What differences are made of: a share of a difference is no difference of shares."""
    made = table.made_of.items()
    return MappingProxyType({k: m for k, m in made if isinstance(m, SumOf | DifferenceOf)})


def _of_both(column: Column) -> Column:
    """Where the scenario has a forecast, the baseline has the approved budget."""
    heading = f"Budget, forecast {column.year}"
    return column._replace(heading=heading) if column.is_forecast else column


def merged_rows(baseline: Iterable[Row], scenario: Iterable[Row]) -> tuple[Row, ...]:
    """The scenario's rows; those that only the baseline has stand after the one before them."""
    rows = list(scenario)
    known = {row.id for row in rows}
    before: str | None = None
    for row in baseline:
        if row.id not in known:
            at = next((i for i, other in enumerate(rows) if other.id == before), -1)
            rows.insert(at + 1, row)
        before = row.id
    return tuple(rows)


def cells_for(table: Table, rows: Iterable[Row], keys: Iterable[Key]) -> Mapping[Key, Cell]:
    """The table's figures; a row that it does not have is nil.

    What a service has of its own, where the table has no row for it, is all that it has less
    what the services within it have.
    """
    known = {row.of or row.id for row in table.rows}
    columns = {(key.measure, key.year) for key in table.cells}
    apart = {
        own_row(row.id): (row.id, tuple(part for part in row.sums if "/" not in part))
        for row in rows
        if row.id in known and own_row(row.id) not in known
    }
    found: dict[Key, Cell] = {}
    for key in keys:
        there = table.cells.get(key)
        if there is not None:
            found[key] = there
        elif key.measure == "fte":
            found[key] = Cell(0)  # a plan without full-time equivalents moves none
        elif key.row not in known and (key.measure, key.year) in columns:
            whole, within = apart.get(key.row, ("", ()))
            parts = (table.cells.get(key._replace(row=part)) for part in within)
            own = table.cells.get(key._replace(row=whole), Cell(0)).pence
            found[key] = Cell(own - sum(part.pence for part in parts if part))
    return found
