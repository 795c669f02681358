"""The tree of what makes a figure as a table: a row for each part, in the unit of the whole."""

from collections.abc import Iterator
from types import MappingProxyType

from cfbudget.calculate.amounts import Key
from cfbudget.explanations.figures import KnownFigure
from cfbudget.explanations.trees import Branch
from cfbudget.layout.made_of import MadeOf, SumOf
from cfbudget.layout.table import Cell, Column, Panel, Role, Row, RowWords, Table
from cfbudget.money import Unit, needed_places, printed
from cfbudget.plan.values import Measure

OFF = "less "
"""What stands before a part that is taken off the figure above it."""
WORKING = "worked out from "
_MEASURE: Measure = "amount"


def tree_table(whole: Branch) -> Table:
    """Each part with its place, its cell, what is printed of it, and what it adds to the whole."""
    unit, rows = whole.figure.unit, tuple(_rows(whole, "1"))
    cells = {Key(row.id, _MEASURE): cell for row, cell, _ in rows}
    made = {
        Key(row.id, _MEASURE): SumOf(tuple(Key(part, _MEASURE) for part in row.sums))
        for row, _, _ in rows
        if row.sums
    }
    figures = {row.id: figure for row, _, figure in rows}
    made_of: dict[Key, MadeOf] = {**made}
    words = (
        RowWords("Where", {row: _where(figure) for row, figure in figures.items()}),
        RowWords("Cell", {row: figure.cell for row, figure in figures.items()}),
        RowWords("Printed", {row: printed_words(figure) for row, figure in figures.items()}),
    )
    own = [cell.pence for row, cell, _ in rows if row.unit is None]
    places = max(whole.figure.places, needed_places(unit, *own))
    return Table(
        name="explain",
        title="What it is made of",
        sign="each part with the sign that it has in the figure at the head",
        facts=(),
        unit=unit,
        step=max(1, unit.pence // 10**places),
        rows=tuple(row for row, _, _ in rows),
        panels=(Panel("", (Column(_MEASURE, None, "Amount"),), words),),
        cells=MappingProxyType(cells),
        made_of=MappingProxyType(made_of),
    )


def _rows(branch: Branch, number: str) -> Iterator[tuple[Row, Cell, KnownFigure]]:
    """A part with all within it; of one that is worked out, the figures that it is worked out of.

    Args:
        number: where it stands in the tree: 1.2 is the second part of the first.
    """
    below = [(f"{number}.{at}", part) for at, part in enumerate(branch.branches, start=1)]
    role: Role = "subtotal" if below else "line"
    label = f"{OFF if branch.is_taken_off else ''}{branch.figure.title}"
    row = Row(number, label, role if branch.depth else "total", branch.depth, is_apart=False)
    yield row._replace(sums=tuple(part for part, _ in below)), _cell(branch), branch.figure
    for part, within in below:
        yield from _rows(within, part)
    for at, figure in enumerate(branch.explanation.working, start=1):
        label = f"{WORKING}{figure.title}"
        operand = Row(f"{number}.{at}", label, "line", branch.depth + 1, unit=figure.unit)
        yield operand, Cell(figure.pence, figure.place, is_input=True), figure


def _cell(branch: Branch) -> Cell:
    figure = branch.figure
    is_end = not branch.branches
    return Cell(branch.pence, figure.place, is_end, figure.is_unknown, figure.lacks)


def _where(figure: KnownFigure) -> str:
    return figure.place.source if figure.place else ""


def printed_words(figure: KnownFigure) -> str:
    """What is printed of a figure, and how it compares; empty where nothing is."""
    return "; ".join(
        f"{_stated(one.stated.pence, one.unit, one.places)}: {one.outcome}"
        for one in figure.printed
    )


def _stated(pence: int | None, unit: Unit, places: int) -> str:
    return "none printed" if pence is None else f"{printed(pence, unit, places)} printed"
