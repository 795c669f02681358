"""What is known of one figure: which it is, its amount, where it stands, what it is held to."""

from typing import NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.checks.comparison import Comparison
from cfbudget.layout.grid import ShownFigure
from cfbudget.layout.table import Column, Row, Variant
from cfbudget.money import Unit
from cfbudget.problem import Place


class FigureId(NamedTuple):
    """Which figure of which table of a plan."""

    table: TableName
    key: Key
    variant: Variant = ""
    """Of a trial: whether it is the baseline's or the scenario's."""

    @property
    def pasted(self) -> str:
        """Its name as `cfbudget explain` takes it: table, measure, row and year."""
        row, measure, year = self.key
        return " ".join(filter(None, (self.table, measure, row, str(year) if year else "")))


class KnownFigure(NamedTuple):
    """A figure by itself. Sign as everywhere: spending plus, income and savings minus."""

    id: FigureId
    name: str
    """Whose it is: `Education`."""
    title: str
    """What it is called, with its year: `Education: net budget 2026-27`."""
    pence: int
    """The exact amount in pence, or what else its unit measures."""
    unit: Unit
    places: int
    """How many places of it are shown."""
    place: Place | None
    """Where it stands in a file, or the line that it comes from, None if neither."""
    source: str
    """The document, and the section of it, that the file was taken from; empty if none is named."""
    cell: str
    """Its cell in the workbook that `export` writes: `Position!F12`."""
    row: Row
    column: Column
    printed: tuple[Comparison, ...] = ()
    """The printed figures that it was compared with, each with the outcome."""
    is_input: bool = False
    """Whether it is given, so that others follow from it and it from none."""
    is_unknown: bool = False
    """Whether it is not known yet: it counts as nil."""
    lacks: bool = False
    """Whether it excludes what is not known yet."""

    @property
    def shown(self) -> ShownFigure:
        """Its amount as a table shows it."""
        lacks, unknown = self.lacks, self.is_unknown
        return ShownFigure(self.pence, self.unit, self.places, is_unknown=unknown, lacks=lacks)
