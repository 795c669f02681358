"""Finding a workbook's cells again, by their headings and visible ids and not by address.

A row or column that was moved or inserted, or a sheet in another place, is no difference.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cfbudget.read.spreadsheet import CellAt, SheetCell
from cfbudget.workbook.book.book import BookCell, Formula, Sheet, SheetBlock, StyleRole
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.headings import (
    FoundBlock,
    SheetCellRows,
    SheetCells,
    by_row,
    headers,
    plain_text,
)
from cfbudget.workbook.returned.strays import Room, Stray, reads_as_figure
from cfbudget.workbook.sheets.about import FREE

NEAR = 40
"""How many columns to the right of its label a single cell may have moved."""


class Located(NamedTuple):
    """Where the cells of one sheet stand in the workbook that came back."""

    at: dict[At, At]
    """By the cell as it was written."""
    missing_rows: list[tuple[SheetBlock, str]]
    missing_columns: list[tuple[SheetBlock, str]]
    added: list[tuple[At, str]]
    """Rows that the plan does not have, by the cell and the text of their id."""
    repeated: list[tuple[At, str]]
    """Rows whose id stands once more."""
    figures: list[Stray]
    """Figures where the plan has none, that touch a table."""
    apart: list[At]
    """Those that touch none."""
    blocks: list[SheetBlock]
    """The blocks that were found."""
    identified: list[SheetBlock]
    """Those of them whose columns of ids were found too."""
    unread: list[range]
    """The rows of the others, as far as can be told."""


def locate(sheet: Sheet, cells: SheetCells) -> Located:
    """Find every cell of a sheet again."""
    located = Located({}, [], [], [], [], [], [], [], [], [])
    _labelled(sheet, cells, located)
    rows = by_row(cells)
    found = headers(sheet, rows)
    located.blocks.extend(one.block for one in found)
    tables = []
    bottom = max(rows, default=0)
    for one, following in pairwise([*found, None]):
        assert one is not None
        end = following.header - 1 if following else bottom
        begins = _lost_below(sheet, one, found, rows, end)
        if begins <= end:
            located.unread.append(range(begins, end + 1))
        table = _LocatedTable(sheet, one, located)
        table.find(rows, begins - 1)
        if table.is_identified:
            tables.append(table)
        else:
            located.unread.append(range(one.header, begins))
    first = min(sheet.blocks, key=lambda block: block.header, default=None)
    if first is not None and first not in located.blocks:
        located.unread.append(range(1, found[0].header if found else bottom + 1))
    _strays(sheet, rows, tables, located)
    return located


# -- single cells ---------------------------------------------------------------------------


def _labelled(sheet: Sheet, cells: SheetCells, located: Located) -> None:
    """Single cells stand to the right of their label, which stands furthest to the left."""
    labels: dict[str, CellAt] = {}
    for (row, column), there in cells.items():
        text = there.value
        if there.formula is None and isinstance(text, str) and text in sheet.labelled:
            first = labels.get(text)
            if first is None or (column, row) < (first[1], first[0]):
                labels[text] = (row, column)
    for label, at in sheet.labelled.items():
        if label in labels:
            row, column = labels[label]
            near = [along for along in range(column + 1, column + NEAR) if (row, along) in cells]
            fits = (along for along in near if _fits(sheet.cells.get(at), cells[row, along]))
            along = next(fits, near[0] if near else column + 1)
            located.at[At(sheet.name, *at)] = At(sheet.name, row, along)


def _fits(written: BookCell | None, there: SheetCell) -> bool:
    """Whether a cell may be the one: a formula, or the very value; a note beside it is neither."""
    content = written.content if written else None
    if isinstance(content, Formula):
        return there.formula is not None
    return there.formula is None and there.value == content


# -- tables that are not read ------------------------------------------------------------------


def _lost_below(
    sheet: Sheet, above: FoundBlock, found: Sequence[FoundBlock], rows: SheetCellRows, end: int
) -> int:
    """Where below a table another begins whose headings are gone; behind `end` if none does.

    Args:
        end: the last row before the next table that was found.
    """
    blocks = sorted(sheet.blocks, key=lambda block: block.header)
    behind = (block for block in blocks if block.header > above.block.header)
    lost = next(behind, None)
    if lost is None or any(one.block is lost for one in found):
        return end + 1
    last = max([above.block.header, *above.block.rows.values()])
    captions = {
        cell.content
        for (row, _), cell in sheet.cells.items()
        if last < row < lost.header and cell.style.role == "caption"
    }
    below = (row for row in sorted(rows) if above.header < row <= end)
    captioned = (row for row in below if any(c.value in captions for c in rows[row].values()))
    return next(captioned, min(end + 1, lost.header + above.header - above.block.header))


def _strays(
    sheet: Sheet, rows: SheetCellRows, tables: Sequence["_LocatedTable"], located: Located
) -> None:
    """The figures that are none of the plan's, but for those of tables that are not read."""
    own = {(at.row, at.column) for at in located.at.values()}
    own_rows = {row for row, _ in own}
    free = (At(sheet.name, *at) for label, at in sheet.labelled.items() if label in FREE)
    silent = {located.at[at].row for at in free if at in located.at}
    texts = {c.content: c.style.role for c in sheet.cells.values() if isinstance(c.content, str)}
    left: dict[int, dict[int, SheetCell]] = {}
    for row, cells in rows.items():
        others = {
            column: cell
            for column, cell in cells.items()
            if (row, column) not in own and not _is_said(cell, texts)
        }
        if len(others) < len(cells):
            own_rows.add(row)
        if others and row not in silent and not any(row in lost for lost in located.unread):
            left[row] = others
    touching = {
        stray.at: stray
        for table in reversed(tables)
        for stray in table.room(own_rows).touched(sheet.name, left)
    }
    located.figures.extend(touching[at] for at in sorted(touching))
    located.apart.extend(
        at
        for row, cells in left.items()
        for column, cell in cells.items()
        if reads_as_figure(cell)
        if (at := At(sheet.name, row, column)) not in touching
    )


SAID = frozenset({"title", "fact", "caption"})
"""The roles of what a sheet says around its tables."""


def _is_said(cell: SheetCell, texts: Mapping[str, StyleRole]) -> bool:
    """Whether a cell holds a text of the plan's that stands in no table, or that is no figure."""
    text = cell.value
    if cell.formula is not None or not isinstance(text, str) or text not in texts:
        return False
    return texts[text] in SAID or reads_as_figure(cell)


# -- rows -----------------------------------------------------------------------------------


class _LocatedTable:
    """The rows of one block, as they are found."""

    def __init__(self, sheet: Sheet, found: FoundBlock, located: Located) -> None:
        self.sheet, self.located = sheet, located
        self.found = found
        self.block, self.header, self.columns = found
        identity = [
            h for at in self.block.id_columns for h, c in self.block.columns.items() if c == at
        ]
        self.identity = [self.columns[heading] for heading in identity if heading in self.columns]
        self.is_identified = len(self.identity) == len(self.block.id_columns)
        self.names: dict[int, str] = {}
        """The ids of its rows, by where they stand now."""
        self.last = self.header
        self.more: set[int] = set()
        """Other rows that were taken for rows of it."""

    def room(self, own: Collection[int]) -> Room:
        """Where a figure touches it; `own` are the rows that hold anything of the plan's."""
        return Room(self.found, self.names, self.more, own)

    def find(self, rows: SheetCellRows, end: int) -> None:
        """Map every row up to `end`, and say what is missing, added or repeated."""
        block = self.block
        missing = (heading for heading in block.columns if heading not in self.columns)
        self.located.missing_columns.extend((block, heading) for heading in missing)
        if not self.is_identified:
            return
        self.located.identified.append(block)
        unknown = [*self._known(rows, end)]
        self._rename(unknown, rows)
        seen = {*self.names.values()}
        self.located.missing_rows.extend((block, name) for name in block.rows if name not in seen)
        for heading, column in self.columns.items():
            written = At(self.sheet.name, block.header, block.columns[heading])
            self.located.at[written] = At(self.sheet.name, self.header, column)

    def _known(self, rows: SheetCellRows, end: int) -> Iterator[tuple[int, str]]:
        """Map the rows whose ids are known; those that may be rows, with the id that they have.

        Of rows with one id, the row is the one that has its label too.
        """
        labels = {self._label(row) for row in self.block.rows.values()} - {""}
        known: dict[str, list[int]] = {}
        for row in (row for row in range(self.header + 1, end + 1) if row in rows):
            name = self._name(rows[row])
            if name in self.block.rows:
                known.setdefault(name, []).append(row)
            elif self._is_named(rows[row]):
                yield row, name
            elif self._label_of(rows[row]) in labels:
                yield row, ""
        for name, there in known.items():
            label = self._label(self.block.rows[name])
            alike = (row for row in there if self._label_of(rows[row]) == label)
            own = next(alike, there[0])
            self._map(name, own)
            yield from ((row, name) for row in there if row != own)

    def _rename(self, unknown: Sequence[tuple[int, str]], rows: SheetCellRows) -> None:
        """A row with another id and a missing row's label is that row."""
        seen = {*self.names.values()}
        lost = {name: row for name, row in self.block.rows.items() if name not in seen}
        moved = self.header - self.block.header
        for row, name in unknown:
            label = self._label_of(rows[row])
            there = [n for n, written in lost.items() if written + moved == row]
            alike = [n for n, written in lost.items() if label and self._label(written) == label]
            meant = next((n for n in there if n in alike), None)
            meant = meant or (alike[0] if len(alike) == 1 else None)
            if meant is not None:
                del lost[meant]
                self._map(meant, row)
            elif name and self._is_row(row, rows[row]):
                self.more.add(row)
                is_known = name in self.block.rows
                others = self.located.repeated if is_known else self.located.added
                others.append((self._id_at(row), name))

    def _is_named(self, cells: Mapping[int, SheetCell]) -> bool:
        """Whether an id stands in a row, and not a figure where ids stand."""
        there = (cells[column] for column in self.identity if column in cells)
        return any(isinstance(cell.value, str) and cell.formula is None for cell in there)

    def _is_row(self, row: int, cells: Mapping[int, SheetCell]) -> bool:
        """Whether what bears an id is a row: below the table, a text alone is a note."""
        figures = set(self.columns.values()).difference(self.identity) & cells.keys()
        return row < self.last or any(reads_as_figure(cells[column]) for column in figures)

    def _name(self, cells: Mapping[int, SheetCell]) -> str:
        """The id that a row now has."""
        return "/".join(_text(cells.get(column)) for column in self.identity)

    def _label_of(self, cells: Mapping[int, SheetCell]) -> str:
        """The label that a row now has."""
        first = min(self.block.columns, key=lambda heading: self.block.columns[heading])
        cell = cells.get(self.columns.get(first, 0))
        return plain_text(cell.value) if cell else ""

    def _label(self, row: int) -> str:
        """The label that a row had."""
        cell = self.sheet.cells.get((row, min(self.block.columns.values())))
        return plain_text(cell.content) if cell else ""

    def _map(self, name: str, row: int) -> None:
        self.names[row] = name
        self.last = max(self.last, row)
        for heading, column in self.columns.items():
            written = At(self.sheet.name, self.block.rows[name], self.block.columns[heading])
            if (written.row, written.column) in self.sheet.cells:
                self.located.at[written] = At(self.sheet.name, row, column)

    def _id_at(self, row: int) -> At:
        return At(self.sheet.name, row, self.identity[0])


def _text(cell: SheetCell | None) -> str:
    return str(cell.value) if cell is not None and cell.value is not None else ""
