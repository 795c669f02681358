"""A sheet that came back, beside the sheet as it was written: only cells that differ are kept.

Nearly all cells of a workbook come back as they were. To keep none of them, and to look at none
again, is what holding a large workbook against its plan would else take most of its time for.
"""

from collections.abc import Callable, Iterator, MutableMapping
from decimal import Decimal
from functools import cached_property

from cfbudget.read.cell_values import CellValue
from cfbudget.read.spreadsheet import CellAt, KeptCells, SheetCell
from cfbudget.workbook.book.book import Book, Content, Formula, Link, Sheet
from cfbudget.workbook.book.cell_rows import CellRows
from cfbudget.workbook.book.values import Value

WRITTEN_WHOLE = Decimal(10) ** 16
"""From here on a file writes whole numbers with an exponent."""


class SheetBeside(MutableMapping[CellAt, SheetCell]):
    """The cells of a sheet that came back, in their order; put in one by one as they are read."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.alike: dict[int, int] = {}
        """By row, the cells that are as they were written: a bit for each column."""
        self.others = CellRows[SheetCell]()
        """What stands in cells that are not, or that are none of the sheet's."""

    def __setitem__(self, at: CellAt, cell: SheetCell) -> None:
        row, column = at
        written = self.sheet.cells.get(at)
        if written is not None and _is_as_written(written.content, cell, self.sheet.name):
            self.alike[row] = self.alike.get(row, 0) | 1 << column
            if at in self.others:
                del self.others[at]
        else:
            self.others[at] = cell
            if self.is_alike(row, column):
                self.alike[row] ^= 1 << column

    def __delitem__(self, at: CellAt) -> None:
        if self.is_alike(*at):
            self.alike[at[0]] ^= 1 << at[1]
        else:
            del self.others[at]

    def is_alike(self, row: int, column: int) -> bool:
        """Whether a cell of the sheet came back as it was written."""
        return bool(self.alike.get(row, 0) >> column & 1)

    def __getitem__(self, at: CellAt) -> SheetCell:
        if self.is_alike(*at):
            return _as_read(self.sheet.cells[at].content, self.sheet.name)
        return self.others[at]

    def __contains__(self, at: object) -> bool:
        return at in self.others or (isinstance(at, tuple) and self.is_alike(*at))

    def __iter__(self) -> Iterator[CellAt]:
        alike = (at for at in self.sheet.cells if self.is_alike(*at))
        return iter(sorted((*alike, *self.others)))

    def __len__(self) -> int:
        return len(self.others) + sum(bits.bit_count() for bits in self.alike.values())

    def texts(self) -> Iterator[CellValue | None]:
        """What stands in the cells without a formula, in no order."""
        for (row, column), cell in self.sheet.cells.items():
            if isinstance(cell.content, str | Link) and self.is_alike(row, column):
                yield cell.content if isinstance(cell.content, str) else cell.content.text
        yield from (cell.value for cell in self.others.values() if cell.formula is None)

    @cached_property
    def is_whole(self) -> bool:
        """Whether no cell is missing, be it altered or not. To be asked when all are put in."""
        written = sum(
            cell is not None and cell.content != ""
            for _, cells in self.sheet.cells.rows()
            for cell in cells
        )
        there = sum(bits.bit_count() for bits in self.alike.values())
        return there + sum(at in self.sheet.cells for at in self.others) == written

    @property
    def is_as_written(self) -> bool:
        """Whether the sheet holds what was written, and nothing else."""
        return not self.others and self.is_whole

    @cached_property
    def only_figures_differ(self) -> bool:
        """Whether its figures at most differ, and all it says and all that names them is there.

        So every cell stands where it was written: tables, rows and columns are found by texts.
        """
        if not self.others or not self.is_whole:
            return self.is_whole
        figures = _Figures(self.sheet)
        return all(figures.may_be(at, cell) for at, cell in self.others.items())


def cells_beside(book: Book) -> Callable[[str], KeptCells]:
    """Where the cells of a workbook are put that is read beside the one that was written."""
    return lambda name: SheetBeside(book.sheets[name]) if name in book.sheets else {}


class _Figures:
    """Tells which cells of a sheet are figures in its tables, and no more than that."""

    def __init__(self, sheet: Sheet) -> None:
        self.cells = sheet.cells
        self.columns: dict[int, set[int]] = {}
        """By row of a table, the columns of its figures."""
        self.ids = {name for block in sheet.blocks for name in block.rows}
        labelled = {row for row, _ in sheet.labelled.values()}
        headers = {block.header for block in sheet.blocks}
        for block in sheet.blocks:
            columns = {*block.columns.values()}
            figures = columns - {*block.id_columns, min(columns, default=0)}
            for row in {*block.rows.values()} - labelled - headers:
                self.columns[row] = figures

    def may_be(self, at: CellAt, there: SheetCell) -> bool:
        """Whether a figure stands in a cell as one was written, or the result of a formula."""
        written = self.cells.get(at)
        if written is None or at[1] not in self.columns.get(at[0], ()):
            return False
        if isinstance(written.content, Decimal):
            return not isinstance(there.value, str)
        if not isinstance(written.content, Formula):
            return False
        texts = {t for t in (written.content.result, there.value) if isinstance(t, str)}
        return not texts & self.ids and (
            there.formula is not None or not isinstance(there.value, str)
        )


def _is_as_written(content: Content, cell: SheetCell, home: str) -> bool:
    formula, value = cell
    if formula is None:
        written: Value | Formula = content.text if isinstance(content, Link) else content
        return type(value) is type(written) and value == written
    if not isinstance(content, Formula):
        return False
    result = None if content.result == "" else content.result
    is_stored = type(value) is type(result) and value == result
    return is_stored and formula == f"={content.expression.text(home)}"


def _as_read(content: Content, home: str) -> SheetCell:
    """A cell as reading gives it."""
    if isinstance(content, Formula):
        return SheetCell(f"={content.expression.text(home)}", _value(content.result))
    return SheetCell(None, content.text if isinstance(content, Link) else _value(content))


def _value(written: Value) -> CellValue | None:
    if not isinstance(written, Decimal):
        return None if written == "" else written
    if written == written.to_integral_value() and abs(written) < WRITTEN_WHOLE:
        return Decimal(int(written))
    return Decimal(repr(float(written)))
