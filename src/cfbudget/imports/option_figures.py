"""The figures of a row of options: by year, over the years, and of full-time equivalents."""

from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.imports.columns import SourceColumn
from cfbudget.imports.reading import TableReading
from cfbudget.imports.yaml_text import Flow, Taken, YamlValue
from cfbudget.imports.year_columns import YearColumns


class OptionShape(NamedTuple):
    """A table of options: its columns, and what its figures are."""

    columns: YearColumns
    basis: str
    fte_year: str
    turned: frozenset[int] = frozenset()
    """The rows of savings and income that are printed plus; a plan has them minus."""

    @property
    def total(self) -> SourceColumn | None:
        """The column of what a line comes to over the years."""
        if self.basis == "level" or not self.columns.totals:
            return None
        return self.columns.totals[0]

    def turn(self, row: int) -> int:
        """-1 for a row that a plan has with the other sign."""
        return -1 if row in self.turned else 1


def changes_of_row(reading: TableReading, shape: OptionShape, row: int) -> Flow:
    """A line's figures by year; a nil is left out, but for levels, of which all are needed."""
    found = Flow()
    for year, columns in shape.columns.years.items():
        place = filled_place(reading, row, columns)
        said, turn = figures_are(shape), shape.turn(row)
        taken = reading.take(place, "line", said, str(year), turn=turn)
        if taken and (taken.pence or shape.basis == "level"):
            found[str(year)] = taken
        elif taken is None and reading.is_tbc(place):
            found[str(year)] = "tbc"
        elif shape.basis == "level":
            found[str(year)] = "0"
            if not reading.table.text(*place):
                reading.notes.append(f"A blank level is read as nil: {reading.named(place)}.")
    return found


def figures_are(shape: OptionShape) -> str:
    return "levels" if shape.basis == "level" else "changes"


def filled_place(
    reading: TableReading, row: int, columns: Sequence[SourceColumn]
) -> tuple[int, int]:
    """The place of a row's figure: of columns that are levels of one, the first that has some."""
    places = [(row, column.column) for column in columns]
    filled = [place for place in places if reading.table.text(*place)]
    for place in filled[1:]:
        same = reading.table.grid.cells.get(place) == reading.table.grid.cells.get(filled[0])
        reading.leave([place], "it stands twice in its row" if same else "another level of its row")
    return filled[0] if filled else places[0]


def total_of_row(reading: TableReading, shape: OptionShape, row: int) -> Taken | None:
    """What a row comes to over the years, where that is printed."""
    if shape.total is None:
        return None
    place = (row, shape.total.column)
    return reading.take(place, "stated", "stated total", turn=shape.turn(row))


def fte_of_row(reading: TableReading, shape: OptionShape, row: int) -> Flow:
    """The full-time equivalents of a line, by year."""
    found = Flow()
    for column in shape.columns.fte:
        year = str(column.year) if column.year else shape.fte_year
        taken = reading.take_fte((row, column.column), "line", year)
        if taken and taken.pence and year:
            found[year] = taken
    return found


def stated_of_row(reading: TableReading, shape: OptionShape, row: int) -> dict[str, YamlValue]:
    """What a total states by year, over the years, and of full-time equivalents."""
    found: dict[str, YamlValue] = {}
    for year, columns in shape.columns.years.items():
        place = filled_place(reading, row, columns)
        said, turn = f"stated {figures_are(shape)}", shape.turn(row)
        if taken := reading.take(place, "stated", said, str(year), turn=turn):
            found[str(year)] = taken
    if taken := total_of_row(reading, shape, row):
        found["total"] = taken
    fte = Flow()
    for column in shape.columns.fte:
        when = str(column.year) if column.year else shape.fte_year
        if when and (taken := reading.take_fte((row, column.column), "stated", when)):
            fte[when] = taken
    if fte:
        found["fte"] = fte
    return found
