"""Finding a workbook's cells again, by their headings and visible ids and not by address.

A row or column that was moved or inserted, or a sheet in another place, is no difference.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from cfbudget.read.spreadsheet import CellAt, SheetCell
from cfbudget.workbook.book import Block, Cell, Formula, Sheet
from cfbudget.workbook.cells import At

Cells = Mapping[CellAt, SheetCell]
Rows = Mapping[int, Mapping[int, SheetCell]]
BELOW = 200
"""In how many rows a column without a heading shows that it is there."""
NEAR = 40
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
    """Figures where the plan has none: in a row without an id, or in an empty cell."""
    blocks: list[Block]
    """The blocks that were found."""
    identified: list[Block]
    """Those of them whose columns of ids were found too."""


class _Found(NamedTuple):
    """A block in the workbook that came back: its row of headings, and where each stands."""

    block: Block
    header: int
    columns: dict[str, int]


def locate(sheet: Sheet, cells: Cells) -> Located:
    """Find every cell of a sheet again."""
    located = Located({}, [], [], [], [], [], [], [])
    _labelled(sheet, cells, located)
    rows = _by_row(cells)
    found = _headers(sheet, rows)
    for block in sheet.blocks:
        if not any(one.block is block for one in found):
            located.missing_rows.extend((block, row) for row in block.rows)
    located.blocks.extend(one.block for one in found)
    ends = [*(one.header - 1 for one in found[1:]), max(rows, default=0)]
    for one, end in zip(found, ends, strict=False):
        _Table(sheet, one, located).find(rows, end)
    return located


def is_figure(cell: SheetCell) -> bool:
    """Whether a cell adds to a sum over it."""
    return cell.formula is not None or not isinstance(cell.value, str | None)


def plain_text(value: object) -> str:
    """A text without regard to how its blanks and lines are broken."""
    return " ".join(value.split()) if isinstance(value, str) else ""


# -- single cells ---------------------------------------------------------------------------


def _labelled(sheet: Sheet, cells: Cells, located: Located) -> None:
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


def _fits(written: Cell | None, there: SheetCell) -> bool:
    """Whether a cell may be the one: a formula, or the very value; a note beside it is neither."""
    content = written.content if written else None
    if isinstance(content, Formula):
        return there.formula is not None
    return there.formula is None and there.value == content


# -- headings -------------------------------------------------------------------------------


def _by_row(cells: Cells) -> dict[int, dict[int, SheetCell]]:
    rows: dict[int, dict[int, SheetCell]] = {}
    for (row, column), cell in cells.items():
        rows.setdefault(row, {})[column] = cell
    return rows


def _headers(sheet: Sheet, rows: Rows) -> list[_Found]:
    """The blocks that are there, from the top: each where most of its headings stand."""
    known = {plain_text(heading) for block in sheet.blocks for heading in block.columns}
    candidates: dict[int, dict[str, int]] = {}
    for row, cells in rows.items():
        texts = {
            text: column
            for column, cell in sorted(cells.items(), reverse=True)
            if cell.formula is None and (text := plain_text(cell.value)) in known
        }
        if len(texts) > 1:
            candidates[row] = texts
    found: list[_Found] = []
    for block in sheet.blocks:
        headings = {plain_text(heading) for heading in block.columns}
        taken = {one.header for one in found}
        fitting = [
            (len(headings & texts.keys()), -row)
            for row, texts in candidates.items()
            if row not in taken
        ]
        best = max(fitting, default=(0, 0))
        if best[0] > 1 and best[0] * 2 >= len(headings):
            row = -best[1]
            below = (rows.get(at, {}) for at in range(row, row + BELOW))
            held = {column for cells in below for column in cells}
            found.append(_Found(block, row, _columns(block, candidates[row], held)))
    return sorted(found, key=lambda one: one.header)


def _columns(block: Block, texts: Mapping[str, int], held: Collection[int]) -> dict[str, int]:
    """Where the headings stand; one that was altered stands where its neighbours say.

    Args:
        held: the columns that hold anything at or shortly below the headings.
    """
    columns = {h: texts[plain_text(h)] for h in block.columns if plain_text(h) in texts}
    moves = {
        at: columns[heading] - at for heading, at in block.columns.items() if heading in columns
    }
    for heading, at in block.columns.items():
        if heading in columns:
            continue
        nearest = min(moves, key=lambda known: abs(known - at))
        along = at + moves[nearest]
        if along in held and along not in columns.values():
            columns[heading] = along
    return columns


# -- rows -----------------------------------------------------------------------------------


class _Table:
    """The rows of one block, as they are found."""

    def __init__(self, sheet: Sheet, found: _Found, located: Located) -> None:
        self.sheet, self.located = sheet, located
        self.block, self.header, self.columns = found
        identity = [
            h for at in self.block.id_columns for h, c in self.block.columns.items() if c == at
        ]
        self.identity = [self.columns[heading] for heading in identity if heading in self.columns]
        self.is_identified = len(self.identity) == len(self.block.id_columns)

    def find(self, rows: Rows, end: int) -> None:
        """Map every row up to `end`, and say what is missing, added or repeated."""
        block = self.block
        missing = (heading for heading in block.columns if heading not in self.columns)
        self.located.missing_columns.extend((block, heading) for heading in missing)
        if not self.is_identified:
            return
        self.located.identified.append(block)
        labels = {self._label(row) for row in block.rows.values()} - {""}
        last = max(
            (row for row in rows if row <= end and self._name(rows[row]) in block.rows), default=0
        )
        seen: set[str] = set()
        unknown: list[tuple[int, str]] = []
        for row in (row for row in range(self.header + 1, end + 1) if row in rows):
            name = self._name(rows[row])
            if not name.strip("/"):
                # Below the table a figure is a note: no sum takes it in.
                is_within = row < last and any(self._strays(row, rows[row]))
                if self._label_of(rows[row]) in labels or is_within:
                    unknown.append((row, ""))
            elif name not in block.rows:
                unknown.append((row, name))
            elif name in seen:
                self.located.repeated.append((self._id_at(row), name))
            else:
                seen.add(name)
                self._map(name, row, rows[row])
        self._rename(seen, unknown, rows)
        self.located.missing_rows.extend((block, name) for name in block.rows if name not in seen)
        for heading, column in self.columns.items():
            written = At(self.sheet.name, block.header, block.columns[heading])
            self.located.at[written] = At(self.sheet.name, self.header, column)

    def _rename(self, seen: set[str], unknown: list[tuple[int, str]], rows: Rows) -> None:
        """A row with another id and a missing row's label is that row."""
        lost = {name: row for name, row in self.block.rows.items() if name not in seen}
        moved = self.header - self.block.header
        for row, name in unknown:
            label = self._label_of(rows[row])
            there = [n for n, written in lost.items() if written + moved == row]
            alike = [n for n, written in lost.items() if label and self._label(written) == label]
            meant = next((n for n in there if n in alike), None)
            meant = meant or (alike[0] if len(alike) == 1 else None)
            if meant is None and name:
                self.located.added.append((self._id_at(row), name))
            elif meant is None:
                self.located.figures.extend(self._strays(row, rows[row]))
            else:
                seen.add(meant)
                del lost[meant]
                self._map(meant, row, rows[row])

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

    def _map(self, name: str, row: int, cells: Mapping[int, SheetCell]) -> None:
        for heading, column in self.columns.items():
            written = At(self.sheet.name, self.block.rows[name], self.block.columns[heading])
            if (written.row, written.column) in self.sheet.cells:
                self.located.at[written] = At(self.sheet.name, row, column)
            elif column in cells and is_figure(cells[column]):
                self.located.figures.append(At(self.sheet.name, row, column))

    def _strays(self, row: int, cells: Mapping[int, SheetCell]) -> Iterator[At]:
        columns = set(self.columns.values())
        for column, cell in cells.items():
            if column in columns and is_figure(cell):
                yield At(self.sheet.name, row, column)

    def _id_at(self, row: int) -> At:
        return At(self.sheet.name, row, self.identity[0])


def _text(cell: SheetCell | None) -> str:
    return str(cell.value) if cell is not None and cell.value is not None else ""
