"""The printed table itself, with the figures that are wrong marked in their places.

Rows bear their numbers and columns their letters, so that a cell is found by its name.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget.addresses import letters
from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import place_of
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.grammar import counted
from cfbudget.layout.grid import Grid, GridRow

WRONG, DIFFERS, UNPROVED, ODD = "◄", "≠", "?", "Σ"
LEGEND = {
    WRONG: f"{WRONG} a figure that is most likely wrong, or cannot be read",
    DIFFERS: f"{DIFFERS} a figure that differs from what the others come to",
    UNPROVED: f"{UNPROVED} a figure that claims to be a total, and is not shown to add up",
    ODD: f"{ODD} a total whose own formula is odd, or that is typed in among formulas",
}
MOST_ROWS = 60
MOST_COLUMNS = 20


class MarkedTable(NamedTuple):
    """A table for a page: lines that stand above it, the grid, and what to know of it."""

    titles: Sequence[str]
    grid: Grid
    notes: Sequence[str]


def marks(table: CastTable) -> dict[CellPlace, str]:
    """The cells with something wrong, and the mark of each."""
    found = {place_of(one.total): UNPROVED for one in table.casting.unproved}
    found |= {place_of(one.cell): ODD for one in table.casting.odd_sums}
    found |= {place_of(relation.total): DIFFERS for relation in table.unexplained}
    return found | {place_of(suspect.cell): WRONG for suspect in table.casting.suspects}


def shown_table(table: CastTable) -> MarkedTable:
    """The table as printed; of a large one, only what is marked."""
    marked = marks(table)
    rows, columns = _chosen(table, marked)
    headings = [_heading(table, column) for column in columns]
    found = [shown for row in rows for shown in _rows_of(table, row, columns, marked)]
    notes = [_left_out(table, marked)] if _is_large(table) else []
    notes += [text for mark, text in LEGEND.items() if mark in marked.values()]
    grid = Grid((_label_heading(table), *headings), found, marks=WRONG + DIFFERS + UNPROVED + ODD)
    return MarkedTable(_titles(table), grid, notes)


def row_label(table: CastTable, row: int) -> str:
    """A row's words: those of all its columns that hold no figures."""
    texts = (table.grid.text(row, column) for column in table.grid.labels)
    return " · ".join(text for text in texts if text)


def _marked_label(table: CastTable, row: int, marked: Mapping[CellPlace, str]) -> str:
    """The same, each with its mark."""
    cells = ((table.grid.text(row, column), (row, column)) for column in table.grid.labels)
    return " · ".join(f"{text} {marked.get(at, '')}".rstrip() for text, at in cells if text)


def column_heading(table: CastTable, column: int) -> str:
    """A column's words in all rows of headings."""
    heads = [row for row in range(_heads(table)) if not _is_title(table, row)]
    return " ".join(dict.fromkeys(t for row in heads if (t := table.grid.text(row, column))))


def _heads(table: CastTable) -> int:
    return min(table.grid.heads, len(table.printed.rows))


def _is_title(table: CastTable, row: int) -> bool:
    """Whether a row above the figures has words in its first columns alone."""
    return not any(table.grid.text(row, column) for column in table.grid.columns)


def _titles(table: CastTable) -> list[str]:
    heads = _heads(table)
    lines = [row_label(table, row) for row in range(heads) if _is_title(table, row)]
    return [line for line in lines if line]


def _heading(table: CastTable, column: int) -> str:
    return f"{letters(column + 1)} {column_heading(table, column)}".strip()


def _label_heading(table: CastTable) -> str:
    words = [column_heading(table, column) for column in table.grid.labels]
    return " · ".join(["Row", *(word for word in words if word)])


def _is_large(table: CastTable) -> bool:
    return _rows(table) > MOST_ROWS or len(table.grid.columns) > MOST_COLUMNS


def _rows(table: CastTable) -> int:
    """How many rows hold anything: a table in the middle of a page has many before it."""
    return sum(map(bool, table.printed.rows))


def _chosen(
    table: CastTable, marked: Mapping[CellPlace, str]
) -> tuple[Sequence[int], Sequence[int]]:
    """The rows and the columns to show."""
    rows: Sequence[int] = range(_heads(table), len(table.printed.rows))
    columns: Sequence[int] = table.grid.columns
    if _is_large(table):
        rows = sorted({row for row, _ in marked})
    else:
        rows = [row for row in rows if any(table.printed.rows[row])]
    if len(columns) > MOST_COLUMNS:
        columns = sorted({column for _, column in marked})
    return rows, columns


def _left_out(table: CastTable, marked: Mapping[CellPlace, str]) -> str:
    rows, columns = _rows(table), len(table.grid.columns)
    what = f"The table has {rows:,} rows and {counted(columns, 'column')} of figures"
    if not marked:
        return f"{what}: it is not shown, as nothing in it is marked."
    left = "rows and columns" if columns > MOST_COLUMNS else "rows"
    return f"{what}: only the {left} with something wrong are shown."


def _rows_of(
    table: CastTable, row: int, columns: Sequence[int], marked: Mapping[CellPlace, str]
) -> Iterator[GridRow]:
    """A row, and before it its page where a new one begins."""
    pages = table.printed.pages
    if 0 < row < len(pages) and pages[row] != pages[row - 1]:
        yield GridRow(f"page {pages[row]}", [])
    yield _row(table, row, columns, marked)


def _row(
    table: CastTable, row: int, columns: Sequence[int], marked: Mapping[CellPlace, str]
) -> GridRow:
    number = f"{row + 1:>{len(str(len(table.printed.rows)))}}"
    label = f"{number} {_marked_label(table, row, marked)}".rstrip()
    texts = [table.grid.text(row, column) for column in columns]
    if not any(texts):
        return GridRow(label, [], "bold")
    cells = []
    for column, text in zip(columns, texts, strict=True):
        # Figures stand under each other, marked or not.
        blank = "  " if any(place[1] == column for place in marked) else ""
        mark = marked.get((row, column))
        cells.append(f"{text} {mark}" if mark else text + blank)
    return GridRow(label, cells)
