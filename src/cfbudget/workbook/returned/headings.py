"""The tables of a sheet that came back, found by their rows of headings."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cfbudget.read.spreadsheet import CellAt, SheetCell
from cfbudget.workbook.book.book import Sheet, SheetBlock

SheetCells = Mapping[CellAt, SheetCell]
SheetCellRows = Mapping[int, Mapping[int, SheetCell]]
BELOW = 200
"""In how many rows a column without a heading shows that it is there."""


class FoundBlock(NamedTuple):
    """A block in the workbook that came back: its row of headings, and where each stands."""

    block: SheetBlock
    header: int
    columns: dict[str, int]


def by_row(cells: SheetCells) -> SheetCellRows:
    rows: dict[int, dict[int, SheetCell]] = {}
    for (row, column), cell in cells.items():
        rows.setdefault(row, {})[column] = cell
    return rows


def plain_text(value: object) -> str:
    """A text without regard to how its blanks and lines are broken."""
    return _in_one_line(value) if isinstance(value, str) else ""


@lru_cache(maxsize=20_000)  # sheets say the same again and again
def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def headers(sheet: Sheet, rows: SheetCellRows) -> list[FoundBlock]:
    """The blocks that are there, from the top: each where most of its headings stand.

    The block whose headings a row bears best has that row: one that lost its own, and shares a
    few headings with its neighbour, does not take the neighbour's.
    """
    candidates = _candidates(sheet, rows)
    taken: dict[int, int] = {}
    for number, row in _by_fit(sheet, rows, candidates):
        if number not in taken and row not in taken.values():
            taken[number] = row
    found = []
    for number, row in taken.items():
        block = sheet.blocks[number]
        below = (rows.get(at, {}) for at in range(row, row + BELOW))
        held = {column for cells in below for column in cells}
        found.append(FoundBlock(block, row, _columns(block, candidates[row], held)))
    return sorted(found, key=lambda one: one.header)


def _candidates(sheet: Sheet, rows: SheetCellRows) -> dict[int, dict[str, list[int]]]:
    """The rows that bear several headings, and the columns of each, from the left."""
    known = {plain_text(heading) for block in sheet.blocks for heading in block.columns}
    candidates: dict[int, dict[str, list[int]]] = {}
    for row, cells in rows.items():
        texts: dict[str, list[int]] = {}
        for column, cell in sorted(cells.items()):
            if cell.formula is None and (text := plain_text(cell.value)) in known:
                texts.setdefault(text, []).append(column)
        if len(texts) > 1:
            candidates[row] = texts
    return candidates


def _by_fit(
    sheet: Sheet, rows: SheetCellRows, candidates: Mapping[int, Mapping[str, Sequence[int]]]
) -> Iterator[tuple[int, int]]:
    """Each block, by its number, and each row that may bear its headings; the best fit first.

    Of tables with the same headings, the one whose ids stand below fits better.
    """
    order = sorted(candidates)
    ends = dict(zip(order, [*order[1:], max(rows, default=0) + 1], strict=False))
    below = {
        row: {cell.value for at in range(row, ends[row]) for cell in rows.get(at, {}).values()}
        for row in (order if len(sheet.blocks) > 1 else ())
    }
    fits = []
    for number, block in enumerate(sheet.blocks):
        headings = {plain_text(heading) for heading in block.columns}
        for row, texts in candidates.items():
            shared = len(headings & texts.keys())
            if shared > 1 and shared * 2 >= len(headings):
                ids = len(block.rows.keys() & below.get(row, set()))
                fits.append((-shared, -ids, number, row))
    return ((number, row) for _, _, number, row in sorted(fits))


def _columns(
    block: SheetBlock, texts: Mapping[str, Sequence[int]], held: Collection[int]
) -> dict[str, int]:
    """Where the headings stand; one that was altered, or stands twice, where its neighbours say.

    Args:
        held: the columns that hold anything at or shortly below the headings.
    """
    found = {h: texts[plain_text(h)] for h in block.columns if plain_text(h) in texts}
    columns = {heading: there[0] for heading, there in found.items() if len(there) == 1}
    moves = {
        at: columns[heading] - at for heading, at in block.columns.items() if heading in columns
    }

    def expected(at: int) -> int:
        return at + moves[min(moves, key=lambda known: abs(known - at))] if moves else at

    for heading, there in found.items():
        if heading not in columns:
            along = expected(block.columns[heading])
            columns[heading] = along if along in there else there[0]
    for heading, at in block.columns.items():
        along = expected(at)
        if heading not in columns and along in held and along not in columns.values():
            columns[heading] = along
    return columns
