"""Finding a workbook's cells again, by their headings and visible ids and not by address.

A row or column that was moved or inserted, or a sheet in another place, is no difference.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from cfbudget.read.spreadsheet import CellAt, SheetCell
from cfbudget.workbook.book.book import BookCell, Formula, Sheet, StyleRole
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.headings import (
    FoundBlock,
    SheetCellRows,
    SheetCells,
    by_row,
    headers,
)
from cfbudget.workbook.returned.known_or_added_rows import RowsOfTable
from cfbudget.workbook.returned.located import Located, PlacesNow
from cfbudget.workbook.returned.sheet_beside import SheetBeside
from cfbudget.workbook.returned.strays import reads_as_figure
from cfbudget.workbook.sheets.about import FREE

NEAR = 40
"""How many columns to the right of its label a single cell may have moved."""


def locate(sheet: Sheet, cells: SheetCells) -> Located:
    """Find every cell of a sheet again."""
    located = Located(PlacesNow(sheet), [], [], [], [], [], [], [], [], [])
    if isinstance(cells, SheetBeside) and cells.only_figures_differ:
        _in_place(sheet, located)
    else:
        _found_again(sheet, cells, located)
    return located


def _in_place(sheet: Sheet, located: Located) -> None:
    """Every cell stands where it was written."""
    for at in sheet.labelled.values():
        located.at.put(At(sheet.name, *at), At(sheet.name, *at))
    for block in sorted(sheet.blocks, key=lambda block: block.header):
        rows = {row: row for row in (block.header, *block.rows.values())}
        located.at.put_rows(rows, {column: column for column in block.columns.values()})
        located.blocks.append(block)
        located.identified.append(block)


def _found_again(sheet: Sheet, cells: SheetCells, located: Located) -> None:
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
        table = RowsOfTable(sheet, one, located)
        table.find(rows, begins - 1)
        if table.is_identified:
            tables.append(table)
        else:
            located.unread.append(range(one.header, begins))
    first = min(sheet.blocks, key=lambda block: block.header, default=None)
    if first is not None and first not in located.blocks:
        located.unread.append(range(1, found[0].header if found else bottom + 1))
    _strays(sheet, rows, tables, located)


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
            located.at.put(At(sheet.name, *at), At(sheet.name, row, along))


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
    sheet: Sheet, rows: SheetCellRows, tables: Sequence[RowsOfTable], located: Located
) -> None:
    """The figures that are none of the plan's, but for those of tables that are not read."""
    own_rows = {now.row for now in located.at.values()}
    free = (At(sheet.name, *at) for label, at in sheet.labelled.items() if label in FREE)
    silent = {located.at[at].row for at in free if at in located.at}
    texts = {c.content: c.style.role for c in sheet.cells.values() if isinstance(c.content, str)}
    left: dict[int, dict[int, SheetCell]] = {}
    for row, cells in rows.items():
        others = {
            column: cell
            for column, cell in cells.items()
            if located.at.written(At(sheet.name, row, column)) is None and not _is_said(cell, texts)
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
