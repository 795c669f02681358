"""Rows and figures that were added to a plan's sheets, and what they would do as its lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from cfbudget import rules
from cfbudget.calculate.amounts import TOTAL, Key, TableName
from cfbudget.calculate.services import own_row
from cfbudget.grammar import counted, listed
from cfbudget.layout.table import Row, Table
from cfbudget.money import Unit, headline, parse_amount
from cfbudget.plan.values import Measure
from cfbudget.problem import Refusal
from cfbudget.workbook.book.book import Book, Formula
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import Workings
from cfbudget.workbook.book.values import number
from cfbudget.workbook.returned.findings import Finding
from cfbudget.workbook.returned.located import Located
from cfbudget.workbook.returned.returned_book import Returned, held
from cfbudget.workbook.returned.strays import Stray, areas
from cfbudget.years import FinancialYear

CAPITAL = {
    "allocation": "the capital programme",
    "later": "the capital programme of later years",
    "under_development": "the capital under development",
}

NONE = Decimal(0)
CONTAINED = "the base budget already contains the options of that year"


class AddedLine(NamedTuple):
    """A figure that was added: the table, measure and year that its column has."""

    table: Table
    measure: Measure
    year: FinancialYear | None
    amount: Decimal
    service: str
    """Empty where its row does not tell."""


Moves = Mapping[FinancialYear | None, Decimal]
"""By how much a figure moves in each year, in pence."""


class Added:
    """Tells of what was added to a plan's sheets, and what it would do as a line of the plan.

    A line of its own adds to its service's total: what follows is worked out in the plan's book
    with that much more in the cell that the position takes it from.
    """

    def __init__(self, book: Book, returned: Returned) -> None:
        self.book, self.returned = book, returned
        self.known: dict[tuple[At, str, Measure], Moves] = {}

    @cached_property
    def keys(self) -> Mapping[At, tuple[TableName, Key]]:
        """The figure that stands in a cell."""
        return {at: place for place, at in self.book.places.items()}

    @cached_property
    def rows(self) -> Mapping[tuple[str, str], Row]:
        """By table and id."""
        return {(table.name, row.id): row for table in self.book.tables for row in table.rows}

    def findings(self, sheet: str, located: Located) -> Iterator[Finding]:
        """The rows and figures of a sheet that are none of the plan's."""
        rows: dict[int, list[Stray]] = {}
        for stray in located.figures:
            rows.setdefault(stray.at.row, []).append(stray)
        for named, what in (
            (located.added, "its id is none of the plan's"),
            (located.repeated, "its id stands in another row too"),
        ):
            for at, name in named:
                would = self.would(rows.pop(at.row, []))
                yield Finding(rules.ROW_ADDED, sheet, at.text(sheet), f"{what}{would}", found=name)
        for stray in (stray for strays in rows.values() for stray in strays):
            there = self.returned.found.sheets[sheet][stray.at.row, stray.at.column]
            what = f"a figure where the plan has none{self.would([stray])}"
            yield Finding(rules.ROW_ADDED, sheet, stray.at.text(sheet), what, found=held(there))
        if located.apart:
            what = counted(len(located.apart), "figure", "was")
            yield Finding(rules.FIGURES_APART, sheet, areas(located.apart), f"{what} not compared")

    def would(self, strays: Sequence[Stray]) -> str:
        """A clause on what the figures of a row would do together; empty where it is not clear."""
        lines = [line for stray in strays if (line := self.line_of(stray)) is not None]
        if not lines or len({(line.table.name, line.service) for line in lines}) > 1:
            return ""
        table, measure, _, _, service = lines[0]
        if table.name in ("financing", "assumptions", "funding", "reserves", "gap"):
            return ""
        if table.name == "capital":
            if any(line.measure != measure for line in lines):
                return ""
            given = {line.year: line.amount * table.unit.pence for line in lines}
            years = [column.year for column in table.columns if column.measure == measure]
            return _clause(CAPITAL[measure], {year: given.get(year, NONE) for year in years})
        changed = [*self._changed(lines)]
        moves = self._together(changed, service or TOTAL, "net_budget")
        openings = self._together(changed, service or TOTAL, "opening")
        if not any(moves.values()) and not any(openings.values()):
            return ""
        of = f" of {self._label(service)}" if service else ""
        return _clause(f"the net budget{of}", moves)

    def line_of(self, stray: Stray) -> AddedLine | None:
        """A figure as a line of its table; None in a column that holds no inputs."""
        found = self.column_of(stray)
        if found is None or found[1].measure == "fte":  # it is no money, and moves none
            return None
        table, key = found
        amount = self._amount(stray.at, table.unit)
        if not amount:
            return None
        return AddedLine(table, key.measure, key.year, amount, self._service(table.name, stray))

    def column_of(self, stray: Stray) -> tuple[Table, Key] | None:
        """The table and an input of the column in which a figure stands; None for no input's."""
        if not stray.heading or stray.above == stray.below != "":
            return None
        sheet, column = stray.at.sheet, stray.block.columns[stray.heading]
        of_inputs = (
            self.keys[at]
            for row in stray.block.rows.values()
            if (at := At(sheet, row, column)) in self.keys
            and (cell := self.book.cell(at)) is not None
            and cell.style.role == "input"
        )
        found = next(of_inputs, None)
        if found is None:
            return None
        name, key = found
        return next(t for t in self.book.tables if t.name == name and key in t.cells), key

    def _amount(self, at: At, unit: Unit) -> Decimal | None:
        value = self.returned.found.sheets[at.sheet][at.row, at.column].value
        if isinstance(value, str):
            read = parse_amount(value, unit)
            return None if isinstance(read, Refusal) else Decimal(read.pence) / unit.pence
        return value if isinstance(value, Decimal) else None

    def _service(self, table: TableName, stray: Stray) -> str:
        """The service of the rows above and below, where it is the same."""
        around = [self.rows.get((table, name)) for name in (stray.above, stray.below)]
        services = {row.service if row else "" for row in around}
        (service,) = services if len(services) == 1 and table == "options" else ("",)
        return service

    def _label(self, service: str) -> str:
        row: Row | None = self.rows.get(("position", service))
        return row.label.removeprefix("Total ") if row else service

    def _changed(self, lines: Iterable[AddedLine]) -> Iterator[tuple[At, Decimal]]:
        """By how much the cells that the position stands on would hold more."""
        for table, measure, year, amount, service in lines:
            if year is None:
                continue
            steps = [(year, amount)]
            if measure == "cumulative_change":  # a level, and not in the next year
                steps.append((FinancialYear(year.start + 1), -amount))
            for when, step in steps:
                at = self._taken(table, when, service)
                if at is not None:
                    yield at, step

    def _taken(self, table: Table, year: FinancialYear, service: str) -> At | None:
        """A cell of a table that the position takes what its service has in a year from."""
        lines = [row for row in table.rows if row.role == "line"]
        if table.name == "revenue":
            keys = [Key(row.id, "net", year) for row in lines]
        else:
            services = [service] if service else dict.fromkeys(row.service for row in lines)
            rows = (row for name in services for row in (own_row(name), name))
            keys = [Key(row, "change", year) for row in rows]
        places = (self.book.places.get((table.name, key)) for key in keys)
        return next((at for at in places if at is not None), None)

    def _together(self, changed: Iterable[tuple[At, Decimal]], row: str, measure: Measure) -> Moves:
        moves: dict[FinancialYear | None, Decimal] = {}
        for at, amount in changed:
            for year, by in self._moved(at, row, measure).items():
                moves[year] = moves.get(year, NONE) + by * amount
        return moves

    def _moved(self, at: At, row: str, measure: Measure) -> Moves:
        """By how many pence a row of the position moves in each year, for each 1 more in a cell.

        Nothing but sums stands between the two.
        """
        if (at, row, measure) not in self.known:
            workings = Workings(self.book, {at: self._result(at) + 1})
            self.known[at, row, measure] = {
                key.year: (number(workings(place)) - self._result(place)) * self._unit.pence
                for (table, key), place in self.book.places.items()
                if table == "position" and (key.row, key.measure) == (row, measure)
            }
        return self.known[at, row, measure]

    def _result(self, at: At) -> Decimal:
        cell = self.book.cell(at)
        content = cell.content if cell else None
        return number(content.result if isinstance(content, Formula) else None)

    @property
    def _unit(self) -> Unit:
        """The unit of the position."""
        return next(table.unit for table in self.book.tables if table.name == "position")


# -- in words ---------------------------------------------------------------------------------


def _clause(what: str, moves: Moves) -> str:
    """`; as a line of the plan it would lower the net budget by £400,000 in 2025-26`."""
    runs: list[tuple[Decimal, list[FinancialYear | None]]] = []
    for year, pence in moves.items():
        if runs and runs[-1][0] == pence:
            runs[-1][1].append(year)
        else:
            runs.append((pence, [year]))
    parts: list[str] = []
    verb = ""
    for pence, years in runs:
        if not pence:
            continue
        goes = "raise" if pence > 0 else "lower"
        size = headline(int(pence)) if int(pence) else "less than a penny"
        said = f"{goes} {what if not parts else 'it'} by " if goes != verb else "by "
        parts.append(f"{said}{size}{_when(years, [*moves])}")
        verb = goes
    if not parts:
        return f"; as a line of the plan it would not move {what}: {CONTAINED}"
    return f"; as a line of the plan it would {listed(parts)}"


def _when(years: Sequence[FinancialYear | None], known: Sequence[FinancialYear | None]) -> str:
    if years[0] is None:
        return ""
    if len(years) == 1:
        return f" in {years[0]}"
    if years[-1] == known[-1]:
        return f" in every year from {years[0]}"
    return f" in every year from {years[0]} to {years[-1]}"
