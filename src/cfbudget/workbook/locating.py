"""Finding a workbook's cells again, by their headings and visible ids and not by address.

A row or column that was moved or inserted, or a sheet in another place, is no difference.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.read.spreadsheet import CellAt, SheetCell
from cfbudget.workbook.book import Block, Sheet
from cfbudget.workbook.expressions import At

Cells = Mapping[CellAt, SheetCell]
NEAR = 4
"""How many columns to the right of its label a single cell may have moved."""


class Located(NamedTuple):
    """Where the cells of one sheet stand in the workbook that came back."""

    at: dict[At, At]
    """By the cell as it was written."""
    missing_rows: list[tuple[Block, str]]
    missing_columns: list[tuple[Block, str]]
    added: list[tuple[At, str]]
    """Rows that the plan does not have, by the cell and the text of their id."""
    repeated: list[tuple[At, str]]
    """Rows whose id stands once more."""
    figures: list[At]
    """Figures among those of a block, in rows without an id."""
    blocks: list[Block]
    """The blocks that were found."""


class _Found(NamedTuple):
    """A block in the workbook that came back: its row of headings, and where each stands."""

    block: Block
    header: int
    columns: dict[str, int]


def locate(sheet: Sheet, cells: Cells) -> Located:
    """Find every cell of a sheet again."""
    located = Located({}, [], [], [], [], [], [])
    _labelled(sheet, cells, located)
    rows = _by_row(cells)
    found = _headers(sheet, rows)
    for block in sheet.blocks:
        if not any(one.block is block for one in found):
            located.missing_rows.extend((block, row) for row in block.rows)
    located.blocks.extend(one.block for one in found)
    ends = [*(one.header for one in found[1:]), max(rows, default=0) + 1]
    for one, end in zip(found, ends, strict=False):
        _rows(sheet, one, (one.header + 1, end - 1), rows, located)
    return located


def _labelled(sheet: Sheet, cells: Cells, located: Located) -> None:
    """Single cells stand to the right of their label."""
    first: dict[object, CellAt] = {}
    for at, cell in cells.items():
        if cell.formula is None and isinstance(cell.value, str):
            first.setdefault(cell.value, at)
    for label, (row, column) in sheet.labelled.items():
        if label not in first:
            continue
        down, along = first[label]
        near = (At(sheet.name, down, along + right) for right in range(1, NEAR))
        value = next((at for at in near if (at.row, at.column) in cells), None)
        located.at[At(sheet.name, row, column)] = value or At(sheet.name, down, along + 1)


def _by_row(cells: Cells) -> dict[int, dict[int, SheetCell]]:
    rows: dict[int, dict[int, SheetCell]] = {}
    for (row, column), cell in cells.items():
        rows.setdefault(row, {})[column] = cell
    return rows


def _headers(sheet: Sheet, rows: Mapping[int, Mapping[int, SheetCell]]) -> list[_Found]:
    """The blocks that are there, from the top: each where most of its headings stand."""
    known = {heading for block in sheet.blocks for heading in block.columns}
    candidates: dict[int, dict[str, int]] = {}
    for row, cells in rows.items():
        texts = {
            cell.value: column
            for column, cell in sorted(cells.items(), reverse=True)
            if isinstance(cell.value, str) and cell.formula is None and cell.value in known
        }
        if len(texts) > 1:
            candidates[row] = texts
    found: list[_Found] = []
    for block in sheet.blocks:
        identity = {heading for heading, at in block.columns.items() if at in block.id_columns}
        taken = {one.header for one in found}
        fitting = [
            (len(block.columns.keys() & texts.keys()), -row)
            for row, texts in candidates.items()
            if row not in taken and identity <= texts.keys()
        ]
        best = max(fitting, default=(0, 0))
        if best[0] > len(identity):
            texts = candidates[-best[1]]
            columns = {text: at for text, at in texts.items() if text in block.columns}
            found.append(_Found(block, -best[1], columns))
    return sorted(found, key=lambda one: one.header)


def _rows(
    sheet: Sheet,
    found: _Found,
    between: tuple[int, int],
    rows: Mapping[int, Mapping[int, SheetCell]],
    located: Located,
) -> None:
    block, columns = found.block, found.columns
    located.missing_columns.extend((block, h) for h in block.columns if h not in columns)
    identity = [h for at in block.id_columns for h, c in block.columns.items() if c == at]
    id_columns = [columns[heading] for heading in identity]
    seen: set[str] = set()
    for row in (row for row in range(between[0], between[1] + 1) if row in rows):
        cells = rows[row]
        parts = [_text(cells.get(column)) for column in id_columns]
        name = "/".join(parts)
        at = At(sheet.name, row, id_columns[-1] if len(id_columns) == 1 else id_columns[0])
        if not any(parts):
            located.figures.extend(_strays(sheet.name, row, cells, columns))
        elif name not in block.rows:
            located.added.append((at, name))
        elif name in seen:
            located.repeated.append((at, name))
        else:
            seen.add(name)
            for heading, column in columns.items():
                written = At(sheet.name, block.rows[name], block.columns[heading])
                located.at[written] = At(sheet.name, row, column)
    located.missing_rows.extend((block, name) for name in block.rows if name not in seen)
    for heading, column in columns.items():
        written = At(sheet.name, block.header, block.columns[heading])
        located.at[written] = At(sheet.name, found.header, column)


def _strays(
    sheet: str, row: int, cells: Mapping[int, SheetCell], columns: Mapping[str, int]
) -> Iterator[At]:
    figures = set(columns.values())
    for column, cell in cells.items():
        if column in figures and is_figure(cell):
            yield At(sheet, row, column)


def is_figure(cell: SheetCell) -> bool:
    """Whether a cell adds to a sum over it."""
    return cell.formula is not None or not isinstance(cell.value, str | None)


def _text(cell: SheetCell | None) -> str:
    return str(cell.value) if cell is not None and cell.value is not None else ""
