"""A printed table's figures in their places: what is a figure, a label, a heading."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from cfbudget.casting.stored_cells import NOTHING_STORED, StoredCells
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.figure_columns import figure_columns, grade_columns, label_columns
from cfbudget.casting.table.figures import PrintedFigure, Unreadable, read_figure
from cfbudget.casting.table.heading_rows import heading_rows, repeated_headings
from cfbudget.casting.table.label_remarks import error_cells, remarks
from cfbudget.casting.table.percent_changes import changed_places
from cfbudget.casting.table.percent_marks import percent_places
from cfbudget.casting.table.stored_figures import StoredFigure, long_figure, stored_figure

ERROR = "it is an error of a spreadsheet"
NO_FIGURE = re.compile(
    r"[£€$(-]*(?:\d[\d,.]*[A-Za-z]{1,2}[\d,.]*\d|\d{1,3}(?:,\d{3})*,\d\d[BOSZIl])\)?",
    re.ASCII,
)


class PrintedCell(NamedTuple):
    """A figure in whole numbers of the grid's finest place.

    `value` is the figure as printed, with its stored sign. `step` is what one in its last printed
    place is worth; `scaled` says that it has a unit of its own (£1.2m). `held` is what its file
    stores for it, where that is finer than what it shows, and `last` what one in the last place of
    that is worth. `dash` says that it is a typed dash and not a number that is shown as one.
    """

    value: int
    step: int
    percent: bool
    scaled: bool
    nil: bool
    held: int | None = None
    last: int = 0
    dash: bool = False

    @property
    def exactly(self) -> int:
        """The figure as it is stored, so far as that is known; else as printed."""
        return self.value if self.held is None else self.held


class PrintedGrid(NamedTuple):
    """A printed table's figures.

    `rows` are those that hold figures and `columns` the columns of figures, both in order, from
    0; `labels` the columns of words. An amount is `value / 10**places`.
    """

    texts: Sequence[Sequence[str]]
    cells: Mapping[CellPlace, PrintedCell]
    unreadable: Mapping[CellPlace, str]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    labels: tuple[int, ...]
    heads: int
    """How many rows of headings stand above the figures."""
    places: int
    printed_places: int
    """The most that a figure is printed with; what is stored may have more."""
    grades: frozenset[int] = frozenset()
    """Columns of figures that may be levels, ranks or other codes of the rows."""
    errors: frozenset[CellPlace] = frozenset()
    """The labels and headings that show an error of a spreadsheet."""
    remarks: tuple[str, ...] = ()
    """What a reader should know of cells that are not the table's figures, each a clause."""
    ruled: frozenset[int] = frozenset()
    """The rows that a line drawn above or below them marks as totals."""

    def text(self, row: int, column: int) -> str:
        line = self.texts[row] if row < len(self.texts) else ()
        return line[column].strip() if column < len(line) else ""

    def amount(self, value: int) -> Decimal:
        """An amount with the places that the table prints, more where it has more."""
        printed, finer = divmod(value, 10 ** (self.places - self.printed_places))
        if finer:
            return Decimal(value).scaleb(-self.places)
        return Decimal(printed).scaleb(-self.printed_places)


def read_grid(rows: Sequence[Sequence[str]], stored: StoredCells = NOTHING_STORED) -> PrintedGrid:
    """Tell a table's figures from its labels and headings.

    Args:
        stored: what its cells hold besides their texts.
    """
    found = _read(rows, stored)
    read = {place: figure for place, (figure, _) in found.items()}
    heads = heading_rows(read, rows)
    again = repeated_headings(read, rows, heads)
    read = {
        place: figure
        for place, figure in read.items()
        if place[0] >= heads and place[0] not in again
    }
    columns = figure_columns(rows, read, heads)
    if letters := _letters_for_digits(rows, read, columns, heads):
        read = dict(sorted({**read, **letters}.items(), key=lambda one: one[0]))
    inside = {place: figure for place, figure in read.items() if place[1] in columns}
    figures = {place: f for place, f in inside.items() if isinstance(f, PrintedFigure)}
    errors = error_cells(rows, [row for row, _ in figures])
    unreadable = {place: f.reason for place, f in inside.items() if isinstance(f, Unreadable)}
    unreadable |= {at: ERROR for at in errors.within if at[0] >= heads and at[1] in columns}
    labels = label_columns(rows, columns)
    percents = _percents(rows, figures, heads, labels, stored)
    held = {place: exact for place in figures if (exact := found[place][1]) is not None}
    cells, places = _cells(figures, percents, held, stored)
    return PrintedGrid(
        texts=rows,
        cells=cells,
        unreadable=unreadable,
        rows=tuple(sorted({row for row, _ in (*cells, *unreadable)})),
        columns=tuple(sorted(columns)),
        labels=tuple(labels),
        heads=heads,
        places=places,
        printed_places=_places({figure.step for figure in figures.values()}),
        grades=grade_columns(read, columns, rows[:heads]),
        errors=errors.within - set(unreadable),
        remarks=tuple(remarks(rows, {*figures, *unreadable}, labels, heads, errors.apart)),
        ruled=stored.ruled,
    )


def _read(
    rows: Sequence[Sequence[str]], stored: StoredCells
) -> dict[CellPlace, tuple[PrintedFigure | Unreadable, Decimal | None]]:
    """What every cell states, and what is stored for it where that is finer."""
    found: dict[CellPlace, tuple[PrintedFigure | Unreadable, Decimal | None]] = {}
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            read = read_figure(text)
            exact: StoredFigure | None = None
            if (row, column) in stored.numbers:
                exact = stored_figure(read, text, stored.numbers[row, column])
            elif isinstance(read, PrintedFigure):
                exact = long_figure(read)
            if exact is not None:
                found[row, column] = (exact.shown, exact.held)
            elif read is not None:
                found[row, column] = (read, None)
    return found


def _percents(
    rows: Sequence[Sequence[str]],
    figures: Mapping[CellPlace, PrintedFigure],
    heads: int,
    labels: Sequence[int],
    stored: StoredCells,
) -> set[CellPlace]:
    first = min((column for _, column in figures), default=0)
    before = [column for column in labels if column < first] or labels[:1]
    marked = percent_places(rows, figures, heads, before, stored.spans)
    return marked | changed_places(figures, marked)


def _letters_for_digits(
    rows: Sequence[Sequence[str]],
    read: Mapping[CellPlace, PrintedFigure | Unreadable],
    columns: set[int],
    heads: int,
) -> dict[CellPlace, Unreadable]:
    """Words in a column of figures that were to be figures: `99rr69`."""
    return {
        (row, column): Unreadable("there are letters among the digits")
        for row in range(heads, len(rows))
        for column, text in enumerate(rows[row])
        if column in columns and (row, column) not in read and NO_FIGURE.fullmatch(text.strip())
    }


def _cells(
    figures: Mapping[CellPlace, PrintedFigure],
    percents: set[CellPlace],
    held: Mapping[CellPlace, Decimal],
    stored: StoredCells,
) -> tuple[dict[CellPlace, PrintedCell], int]:
    """The figures in whole numbers of the finest place."""
    places = _places({*(figure.step for figure in figures.values()), *held.values()})
    cells = {}
    for place, figure in figures.items():
        exact = held.get(place)
        cells[place] = PrintedCell(
            int(figure.amount.scaleb(places)),
            int(figure.step.scaleb(places)),
            place in percents,
            figure.step > 1,
            figure.nil,
            None if exact is None else int(exact.scaleb(places)),
            0 if exact is None else 10 ** (places + _exponent(exact)),
            figure.nil and place not in stored.numbers,
        )
    return cells, places


def _places(amounts: Iterable[Decimal]) -> int:
    """The most places that any of these has."""
    return max(0, *(-_exponent(amount) for amount in amounts), 0)


def _exponent(amount: Decimal) -> int:
    return int(amount.normalize().as_tuple().exponent)
