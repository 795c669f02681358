"""A printed table's figures in their places: what is a figure, a label, a heading."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from cfbudget.casting.table.figures import PrintedFigure, Unreadable, read_figure

CellPlace = tuple[int, int]
"""A row and a column, both from 0."""

YEARS = range(1900, 2101)
NO_FIGURE = re.compile(
    r"#(?:REF|VALUE|DIV/0|NAME|NUM|NULL)[!?]|"
    r"[£€$(-]*(?:\d[\d,.]*[A-Za-z]{1,2}[\d,.]*\d|\d{1,3}(?:,\d{3})*,\d\d[BOSZIl])\)?",
    re.ASCII,
)


class PrintedCell(NamedTuple):
    """A figure in whole numbers of the grid's finest place.

    `step` is what one in its last printed place is worth; `scaled` says that it has a unit of its
    own (£1.2m).
    """

    value: int
    step: int
    percent: bool
    scaled: bool
    nil: bool


def common_step(cells: Iterable[PrintedCell], *, scaled: bool) -> int:
    """The printed unit of figures that stand together: the finest of them.

    A figure printed with fewer places is taken to have nil in the others; but one with a unit of
    its own (£1.2m) tells no more than it prints.
    """
    return min((c.step for c in cells if c.scaled is scaled and not c.nil), default=1)


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

    def text(self, row: int, column: int) -> str:
        line = self.texts[row] if row < len(self.texts) else ()
        return line[column].strip() if column < len(line) else ""

    def amount(self, value: int) -> Decimal:
        return Decimal(value).scaleb(-self.places)


def read_grid(rows: Sequence[Sequence[str]]) -> PrintedGrid:
    """Tell a table's figures from its labels and headings."""
    read = {
        (row, column): found
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
        if (found := read_figure(text)) is not None
    }
    heads = _heads(rows, read)
    read = {place: found for place, found in read.items() if place[0] >= heads}
    columns = _figure_columns(rows, read, heads)
    read |= _letters_for_digits(rows, read, columns, heads)
    figures = {
        place: found
        for place, found in read.items()
        if place[1] in columns and isinstance(found, PrintedFigure)
    }
    unreadable = {
        place: found.reason
        for place, found in read.items()
        if place[1] in columns and isinstance(found, Unreadable)
    }
    percents = _percents(rows, figures, heads)
    cells, places = _cells(figures, percents)
    return PrintedGrid(
        texts=rows,
        cells=cells,
        unreadable=unreadable,
        rows=tuple(sorted({row for row, _ in (*cells, *unreadable)})),
        columns=tuple(sorted(columns)),
        labels=tuple(_label_columns(rows, columns)),
        heads=heads,
        places=places,
    )


def _heads(
    rows: Sequence[Sequence[str]], read: Mapping[CellPlace, PrintedFigure | Unreadable]
) -> int:
    """How many rows stand above the first with a figure that is no year or column number."""
    by_row: dict[int, list[PrintedFigure | Unreadable]] = {}
    for (row, _), found in sorted(read.items()):
        by_row.setdefault(row, []).append(found)
    for row in sorted(by_row):
        if not _is_heading(by_row[row]):
            return row
    return len(rows)


def _is_heading(found: Sequence[PrintedFigure | Unreadable]) -> bool:
    """Whether a row's figures are all years, or number the columns."""
    amounts = [
        figure.amount for figure in found if isinstance(figure, PrintedFigure) and not figure.nil
    ]
    if not amounts:
        return True
    if len(amounts) < len(found) or len(amounts) < 2:
        return all(isinstance(f, PrintedFigure) and f.plain and f.amount in YEARS for f in found)
    if all(isinstance(f, PrintedFigure) and f.plain and f.amount in YEARS for f in found):
        return True
    if len(amounts) < 3:
        return False
    first = abs(amounts[0])
    numbers = [first + at for at in range(len(amounts))]
    return first in (0, 1) and [abs(amount) for amount in amounts] == numbers


def _figure_columns(
    rows: Sequence[Sequence[str]], read: Mapping[CellPlace, PrintedFigure | Unreadable], heads: int
) -> set[int]:
    """The columns that hold figures, but for those that number or name their rows."""
    found: dict[int, list[PrintedFigure | Unreadable]] = {}
    for (_, column), figure in sorted(read.items()):
        found.setdefault(column, []).append(figure)
    words = dict.fromkeys(found, 0)
    for row in range(heads, len(rows)):
        for column, text in enumerate(rows[row]):
            if column in words and (row, column) not in read and _has_letters(text):
                words[column] += 1
    named = _label_columns(rows, set(found))
    return {
        column
        for column, figures in found.items()
        if any(isinstance(figure, PrintedFigure) for figure in figures)
        and 2 * len(figures) >= words[column]
        and not _names_rows(figures, left=any(column < label for label in named))
    }


def _letters_for_digits(
    rows: Sequence[Sequence[str]],
    read: Mapping[CellPlace, PrintedFigure | Unreadable],
    columns: set[int],
    heads: int,
) -> dict[CellPlace, Unreadable]:
    """Words in a column of figures that were to be figures: `99rr69`, `#REF!`."""
    return {
        (row, column): Unreadable(
            "it is an error of a spreadsheet"
            if text.strip().startswith("#")
            else "there are letters among the digits"
        )
        for row in range(heads, len(rows))
        for column, text in enumerate(rows[row])
        if column in columns and (row, column) not in read and NO_FIGURE.fullmatch(text.strip())
    }


def _has_letters(text: str) -> bool:
    return sum(character.isalpha() for character in text) > 3


def _label_columns(rows: Sequence[Sequence[str]], figures: set[int]) -> list[int]:
    """The columns of words that stand beside those of figures."""
    width = max((len(line) for line in rows), default=0)
    return [
        column
        for column in range(width)
        if column not in figures
        and any(column < len(line) and line[column].strip() for line in rows)
    ]


def _names_rows(found: Sequence[PrintedFigure | Unreadable], *, left: bool) -> bool:
    """Whether a column counts its rows, or holds their years or codes."""
    figures = [figure for figure in found if isinstance(figure, PrintedFigure)]
    if len(figures) < 2 or len(figures) < len(found) or not all(f.plain for f in figures):
        return False
    amounts = [figure.amount for figure in figures]
    if all(amount in YEARS for amount in amounts):
        return True
    steps = {later - earlier for earlier, later in pairwise(amounts)}
    if steps == {1} and (amounts[0] in (0, 1) or amounts[0] in YEARS):
        return len(amounts) > 2 or left
    return left and len(set(amounts)) == len(amounts)


def _percents(
    rows: Sequence[Sequence[str]], figures: Mapping[CellPlace, PrintedFigure], heads: int
) -> set[CellPlace]:
    """The figures that are percentages, by their own sign or by that of their heading."""
    columns = {
        column
        for row in range(heads)
        for column, text in enumerate(rows[row])
        if _says_percent(text)
    }
    lines = {row for row, line in enumerate(rows) if row >= heads and line and _row_percent(line)}
    signed = {place for place, figure in figures.items() if figure.percent}
    return {
        place
        for place, figure in figures.items()
        if place in signed
        or (place[1] in columns and (figure.nil or not _marked(signed, column=place[1])))
        or (place[0] in lines and (figure.nil or not _marked(signed, row=place[0])))
    }


def _marked(signed: set[CellPlace], *, row: int | None = None, column: int | None = None) -> bool:
    """Whether a line prints the sign on some of its figures, so that the others are none."""
    return any(place[0] == row or place[1] == column for place in signed)


def _says_percent(text: str) -> bool:
    """Whether a heading says that figures are percentages: `% of total`, not `up by 5%`."""
    return any(not before[-1:].isdigit() for before in text.split("%")[:-1])


def _row_percent(line: Sequence[str]) -> bool:
    label = next((text for text in line if text.strip()), "")
    return _says_percent(label)


def _cells(
    figures: Mapping[CellPlace, PrintedFigure], percents: set[CellPlace]
) -> tuple[dict[CellPlace, PrintedCell], int]:
    """The figures in whole numbers of the finest place."""
    places = max((-_exponent(figure.step) for figure in figures.values()), default=0)
    places = max(places, 0)
    cells = {
        place: PrintedCell(
            int(figure.amount.scaleb(places)),
            int(figure.step.scaleb(places)),
            place in percents,
            figure.step > 1,
            figure.nil,
        )
        for place, figure in figures.items()
    }
    return cells, places


def _exponent(step: Decimal) -> int:
    return int(step.normalize().as_tuple().exponent)
