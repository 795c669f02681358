"""The one layout of a table: rows and columns that say what they sum, and exact cells.

Every renderer walks the same Table, so that no two can disagree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.calculate.services import GENERAL
from cfbudget.layout.made_of import ChangeShareOf, MadeOf, SumOf
from cfbudget.layout.tidy import Record
from cfbudget.layout.units import FACT, YEAR, exact
from cfbudget.money import FTE, POUNDS, Unit, places_of
from cfbudget.plan.kinds import Kind
from cfbudget.plan.statuses import Status
from cfbudget.plan.values import Description, Measure, measure_words
from cfbudget.problem import Place
from cfbudget.years import FinancialYear

if TYPE_CHECKING:
    import pandas

HEADING = "/heading"
"""What the id of a heading ends in, after that of the total below it."""
OF_REVENUE: frozenset[TableName] = frozenset(
    {"revenue", "options", "assumptions", "position", "funding", "reserves", "gap"}
)
"""The tables whose money belongs to a fund."""

Role = Literal["heading", "line", "subtotal", "total"]


class Row(NamedTuple):
    """A row by its stable id. A heading has a label and no figures."""

    id: str
    label: str
    role: Role
    depth: int = 0
    sums: tuple[str, ...] = ()
    """The rows that this one adds up, in every column."""
    service: str = ""
    kind: Kind = ""
    status: Status | Literal[""] = ""
    place: Place | None = None
    note: str = ""
    """What the plan's file notes of it, and the source that it names."""
    measure: Measure | None = None
    """What it measures in every column, where that is not what the column says."""
    is_apart: bool | None = None
    """Whether a rule stands above it; None for what its role says."""
    description: Description = Description()
    of: str = ""
    """Whose figures these are, where one thing has several rows, each with a measure."""
    unit: Unit | None = None
    """What its figures are counted in, where that is not what the column says."""
    fund: str | None = None
    """Whose money it is; empty for that of several funds, None for what its table says."""
    is_repeat: bool = False
    """Whether its figures stand in another table, which has their records."""


class Column(NamedTuple):
    """What a column measures, of which year, and the columns that it adds up."""

    measure: Measure
    year: FinancialYear | None
    heading: str
    sums: tuple[tuple[Measure, FinancialYear | None], ...] = ()
    is_forecast: bool = False
    """Whether it shows a trial's forecast against an approved budget, which does not move."""
    unit: Unit | None = None
    """What its figures are counted in; None for the table's unit of money."""
    is_of_all_rows: bool = False
    """Whether every row measures this in it, whatever it measures of a year."""
    terms: str = ""
    """What a figure of it is nothing without, where its heading does not stand above it."""


class RowWords(NamedTuple):
    """A column of words before the figures: its heading, and what it says of each row."""

    heading: str
    said: Mapping[str, str]
    """By row; of a row that is not there it says nothing."""


class Panel(NamedTuple):
    """Columns that are read together, under a caption that says what they are against."""

    caption: str
    columns: tuple[Column, ...]
    words: tuple[RowWords, ...] = ()
    is_sparse: bool = False
    """Whether a page leaves out the rows of which every figure is nil."""
    is_empty: bool = False
    """Whether nothing can be in it, so that every figure is nil: a page leaves it out."""


class Cell(NamedTuple):
    """An exact amount in pence, or what else its column's unit measures.

    `place` is where it stands in a file, or the line that it comes from, None if neither.
    """

    pence: int
    place: Place | None = None
    is_input: bool = False
    """Whether it is given, so that others follow from it and it from none."""
    is_unknown: bool = False
    """Whether it is not known yet: it counts as nil, and is shown as tbc."""
    lacks: bool = False
    """Whether it excludes what is not known yet."""


Variant = Literal["", "baseline", "scenario", "difference"]
NO_KEYS: Mapping[Key, MadeOf] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Table:
    """A plan's table, with exact amounts; units and places are a way to show them."""

    name: TableName
    title: str
    sign: str
    """What plus and minus mean here."""
    facts: tuple[str, ...]
    """What to know before reading: what the figures are against, and their source."""
    unit: Unit
    step: int
    """What one in the finest printed place is worth, in pence."""
    rows: tuple[Row, ...]
    panels: tuple[Panel, ...]
    cells: Mapping[Key, Cell]
    notes: tuple[str, ...] = ()
    """What to know after reading, in whole sentences."""
    filtered: tuple[str, ...] = ()
    """What the filters leave nothing of, in whole sentences."""
    made_of: Mapping[Key, MadeOf] = field(default_factory=lambda: NO_KEYS)
    """What figures are made of where neither their row nor their column says so."""
    variant: Variant = ""
    """Which of the three it is where a trial stands beside its baseline."""

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for panel in self.panels for column in panel.columns)

    @property
    def fund(self) -> str:
        """Whose money its rows are."""
        return GENERAL if self.name in OF_REVENUE else ""

    @property
    def subtitle(self) -> tuple[str, ...]:
        """The unit shown and the sign, then the facts."""
        return (f"{self.unit.name}; {self.sign}.", *self.facts)

    @property
    def places(self) -> int:
        """How many places are shown: all that the plan prints, in the plan's unit."""
        return places_of(self.step, self.unit)

    @property
    def row_notes(self) -> tuple[str, ...]:
        """The notes of its rows, each with the row's name."""
        return tuple(f"{row.label}: {row.note}" for row in self.rows if row.note)

    def cell(self, row: Row, column: Column) -> Cell | None:
        """The cell, or None where the figure cannot be computed."""
        return self.cells.get(key_of(row, column))

    def unit_of(self, row: Row, column: Column) -> Unit:
        return row.unit or column.unit or self.unit

    def unit_at(self, key: Key) -> Unit:
        """The unit of a figure that the table has."""
        return next(
            self.unit_of(row, column)
            for row in self.rows
            for column in self.columns
            if key_of(row, column) == key
        )

    def head_of(self, panel: Panel) -> str:
        """What a panel's figures are counted in, above its labels."""
        is_of_posts = panel.columns and all(column.unit is FTE for column in panel.columns)
        return FTE.name if is_of_posts else self.unit.name

    def places_of(self, row: Row, column: Column) -> int:
        """How many places of a cell are shown."""
        own = row.unit or column.unit
        return own.places if own else self.places

    def in_unit(self, unit: Unit) -> Table:
        """The same amounts shown in another unit, in its usual places."""
        if unit == self.unit:
            return self
        finest = 1 if unit == POUNDS and self.step < POUNDS.pence else unit.pence
        return replace(self, unit=unit, step=max(finest // 10**unit.places, 1))

    def only(
        self,
        services: Collection[str] | None = None,
        years: Collection[FinancialYear] | None = None,
    ) -> Table:
        """The rows of some services and the columns of some years. No total changes.

        The grand total stays, and says that it is the whole plan's.
        """
        table = self
        if services is not None:
            rows = [_whole_plan(row) for row in _kept(self.rows, services)]
            table = replace(table, rows=tuple(rows))
            had_lines = any(row.role == "line" for row in self.rows)
            if had_lines and not any(row.role == "line" for row in rows):
                note = f"None of these services has a line in this table: {self.title}."
                table = replace(table, filtered=(note,))
        if years is not None:
            panels = [panel._replace(columns=_of_years(panel, years)) for panel in self.panels]
            table = replace(table, panels=tuple(panel for panel in panels if panel.columns))
            if not {column.year for column in self.columns} & set(years):
                listed = ", ".join(str(year) for year in sorted(years))
                note = f"No figure of {listed} in this table: {self.title}."
                table = replace(table, filtered=(*table.filtered, note))
        return table

    def sum_of(self, row: Row, column: Column) -> tuple[Key, ...]:
        """The cells that a cell adds up: down its rows, else across; none where it is no sum."""
        return next((parts for parts in self._sums(row, column) if parts), ())

    def relations(self) -> Iterator[tuple[Key, tuple[Key, ...]]]:
        """Each cell that is a sum, with the cells that it adds up: down its rows, then across."""
        for row in self.rows:
            for column in self.columns:
                key = key_of(row, column)
                if key in self.cells:
                    yield from ((key, parts) for parts in self._sums(row, column) if parts)

    def _sums(self, row: Row, column: Column) -> Iterator[tuple[Key, ...]]:
        """What a cell adds up down its rows, then across, then otherwise, where it does."""
        made = self.made_of.get(key_of(row, column)) if self.made_of else None
        if isinstance(made, ChangeShareOf):  # a total's share is no sum of shares
            return
        if isinstance(made, SumOf):
            yield made.parts
        down = tuple(Key(part, column.measure, column.year) for part in row.sums)
        of = row.of or row.id
        across = tuple(
            Key(of, row.measure if row.measure and year else measure, year)
            for measure, year in column.sums
        )
        # A net that stands alone is no sum of a gross and an income.
        yield from (parts for parts in (down, across) if all(p in self.cells for p in parts))

    def records(self) -> Iterator[Record]:
        """The table's cells, row by row. What cannot be computed, or is not known, is not there."""
        name, columns = tidy_name(self.name), [(one, _year_text(one.year)) for one in self.columns]
        for row in self.rows:
            if row.is_repeat:
                continue
            fund = self.fund if row.fund is None else row.fund
            for column, year in columns:
                key = key_of(row, column)
                cell = self.cells.get(key)
                if cell is None or cell.is_unknown:
                    continue
                place, unit = cell.place or row.place, self.unit_of(row, column)
                yield Record(
                    name,
                    key.row,
                    f"{row.label}: {column.terms}" if column.terms else row.label,
                    row.role,
                    key.measure,
                    # A year that is measured stands where years stand.
                    str(FinancialYear(cell.pence)) if unit is YEAR and cell.pence else year,
                    "" if unit in (YEAR, FACT) else unit.name,
                    exact(cell.pence, unit),
                    place.source if place and row.role == "line" else "",
                    row.service,
                    row.kind,
                    row.status,
                    fund,
                    *row.description,
                )

    def to_frame(self) -> pandas.DataFrame:
        """The table as a tidy pandas DataFrame: a row for each cell, amounts as exact Decimals."""
        import pandas  # takes longer to start than a plan

        frame = pandas.DataFrame(list(self.records()), columns=list(Record._fields))
        frame["amount"] = frame["amount"].map(Decimal).astype(object)
        return frame


def key_of(row: Row, column: Column) -> Key:
    """Which figure stands in a row and a column."""
    return Key(row.of or row.id, measure_of(row, column), column.year)


def measure_of(row: Row, column: Column) -> Measure:
    return column.measure if column.is_of_all_rows else row.measure or column.measure


def _year_text(year: FinancialYear | None) -> str:
    return str(year) if year else ""


def tidy_name(name: TableName) -> TableName:
    """The table that records name: the gap is a part of the position, a rate of its option."""
    part_of: dict[TableName, TableName] = {"gap": "position", "assumptions": "options"}
    return part_of.get(name, name)


def column_name(column: Column) -> str:
    """A column in words that no other column of its table has: `net budget 2025-26`."""
    words = measure_words(column.measure)
    if column.year is None:
        return column.heading.lower() if column.measure != "opening" else "opening"
    return f"{words} {column.year}"


def _of_years(panel: Panel, years: Collection[FinancialYear]) -> tuple[Column, ...]:
    """The columns of some years, those without a year, and the openings that these stand on."""
    kept = [c for c in panel.columns if c.measure != "opening" and c.year in (None, *years)]
    openings = {part for column in kept for part in column.sums if part[0] == "opening"}
    return tuple(c for c in panel.columns if c in kept or (c.measure, c.year) in openings)


def _kept(rows: Collection[Row], services: Collection[str]) -> list[Row]:
    """The rows of some services, the total, and the totals over services of what is left."""
    lines = {row.id for row in rows if row.role == "line" and row.service in services}
    over = {row.id for row in rows if _is_over_services(row) and not lines.isdisjoint(row.sums)}
    return [
        row
        for row in rows
        if row.role == "total"
        or row.service in services
        or row.id in over
        or (row.role == "heading" and row.id.removesuffix(HEADING) in over)
    ]


def _is_over_services(row: Row) -> bool:
    return row.role == "subtotal" and not row.service


def _whole_plan(row: Row) -> Row:
    if row.role == "total" or _is_over_services(row):
        return row._replace(label=f"{row.label} (whole plan)")
    return row
