"""A grid of labels and figures, each as it is to be read; how wide it is, is the renderer's."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from cfbudget.layout.units import shown
from cfbudget.money import Unit, rounded
from cfbudget.plan.values import TBC

if TYPE_CHECKING:
    from cfbudget.calculate.amounts import Key
    from cfbudget.layout.table import Table

LACKS = "†"
"""What stands after a figure that excludes what is not yet known."""
Emphasis = Literal["", "bold"]


class CellOf(NamedTuple):
    """Which cell of which table a figure is."""

    table: "Table"
    key: "Key"


class ShownFigure(NamedTuple):
    """An exact amount in pence, or what else its unit measures, and how it is shown."""

    pence: int
    unit: Unit
    places: int
    signed: bool = False
    """Whether a plus is shown too, as of a difference: +173 and (173)."""
    cell: CellOf | None = None
    """Where it comes from, so that a workbook can say what it is made of."""
    is_unknown: bool = False
    """Whether it is not known yet: then there is no amount."""
    lacks: bool = False
    """Whether it excludes what is not known yet."""

    @property
    def text(self) -> str:
        """The amount as a plan prints it."""
        return f"{self._amount}{LACKS}" if self.lacks else self._amount

    @property
    def _amount(self) -> str:
        if self.is_unknown:
            return TBC
        text = shown(self.pence, self.unit, self.places)
        is_more = self.signed and rounded(self.pence, self.unit, self.places) > 0
        return f"+{text}" if is_more else text


CellContent = str | ShownFigure
"""What a cell of a grid shows: words, or an amount."""


def cell_text(cell: CellContent) -> str:
    return cell.text if isinstance(cell, ShownFigure) else cell


class GridRow(NamedTuple):
    """A label with its cells; a heading has none. `apart` sets a rule above it."""

    label: str
    cells: Sequence[CellContent]
    style: Emphasis = ""
    depth: int = 0
    apart: bool = False
    is_sparse: bool = False
    """Whether blanks say nothing: where each figure has a line of its own, they have none."""

    @property
    def texts(self) -> list[str]:
        """The cells as they are read."""
        return [cell if isinstance(cell, str) else cell.text for cell in self.cells]


class Grid(NamedTuple):
    """Headings, the first of them the labels', and rows below them."""

    headings: Sequence[str]
    rows: Sequence[GridRow]
    left: frozenset[int] = frozenset()
    """Columns of words, counted from 0 after the labels: they stand to the left."""
    marks: str = ""
    """The signs that mark a cell in which something is wrong."""
    name: str = ""
    """The table that it shows, where it is all of one."""
    spare: int = 0
    """How many columns after the labels, all of words, may stand with the labels instead."""
