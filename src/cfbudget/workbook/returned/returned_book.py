"""A workbook that came back beside the one that was written: which cell is which."""

from collections.abc import Iterator, Mapping

from cfbudget.read.spreadsheet import CellAt, SheetCell, Spreadsheet
from cfbudget.workbook.book.book import Book, Sheet
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.returned.located import PlacesOfSheets
from cfbudget.workbook.returned.located_cells import locate
from cfbudget.workbook.returned.same_formula import area, readdressed, said
from cfbudget.workbook.returned.sheet_beside import SheetBeside
from cfbudget.workbook.returned.strays import is_figure

EMPTY = SheetCell(None, None)


class Returned:
    """The cells of a workbook that came back, by where they were written."""

    def __init__(self, book: Book, found: Spreadsheet) -> None:
        self.renamed = dict(_renamed(book, found))
        """By the name that a sheet of ours had: the one that it has now."""
        self.names = {other: name for name, other in self.renamed.items()}
        sheets = {self.names.get(name, name): cells for name, cells in found.sheets.items()}
        self.beside = {
            name: _beside(sheet, sheets[name])
            for name, sheet in book.sheets.items()
            if name in sheets
        }
        """The cells of our sheets, by our names."""
        sheets |= self.beside
        self.book, self.found = book, found._replace(sheets=sheets)
        self.foreign = tuple(name for name in sheets if name not in book.sheets)
        """Sheets that are not ours."""
        self.located = {
            name: locate(book.sheets[name], cells) for name, cells in self.beside.items()
        }
        standing = {name: located.at for name, located in self.located.items()}
        self.now: Mapping[At, At] = PlacesOfSheets(standing)
        """Where each cell stands now; a cell that is missing is not there."""
        moved = any(at.is_moved for at in standing.values())
        self.is_moved = moved or bool(self.renamed)

    @property
    def is_known(self) -> bool:
        """Whether any table of the workbook is one that we write."""
        return any(located.blocks for located in self.located.values())

    def cell(self, written: At) -> SheetCell:
        """What now stands in a cell; nothing if it is missing."""
        now = self.now.get(written)
        return self.found.sheets[now.sheet].get((now.row, now.column), EMPTY) if now else EMPTY

    def written(self, now: At) -> At | None:
        """Where what stands in a cell was written; None for what is none of the plan's cells."""
        located = self.located.get(now.sheet)
        return located.at.written(now) if located else None

    def is_as_written(self, name: str) -> bool:
        """Whether a sheet of ours came back with all that was written, and nothing else."""
        return name in self.beside and self.beside[name].is_as_written

    def says(self, home: str, text: str, there: str) -> bool:
        """Whether a formula says what it said, of the same cells wherever they now stand.

        Args:
            home: the sheet it stands on.
            text: the formula as it was written, without its =.
            there: the formula that came back, with it.
        """
        if there == f"={text}" and not self.is_moved:
            return True
        return said(text, home, self._as_written) == said(there, home, self._as_now)

    def expected(self, home: str, text: str) -> str:
        """A formula of the plan's workbook in the addresses that its cells now have, without the
        figures that were put among them."""
        now = readdressed(text, home, self.now.get, self._is_new) if self.is_moved else text
        return f"={now}"

    def reads_missing(self, home: str, text: str) -> bool:
        """Whether a formula, as it was written, reads a cell that is missing."""
        cells = (at for part in said(text, home, area).cells for at in part)
        return any(at not in self.now and self.book.cell(at) for at in cells)

    def _as_written(self, sheet: str, *corners: int) -> Iterator[At]:
        """A missing row takes its cells out of every formula: that it is missing is enough."""
        return (at for at in area(sheet, *corners) if at in self.now and self.book.cell(at))

    def _as_now(self, sheet: str, *corners: int) -> Iterator[At]:
        """The cells as they were written; a figure that was not is a cell of no sheet."""
        sheet = self.names.get(sheet, sheet)
        for at in area(sheet, *corners):
            written = self.written(at)
            if written is not None:
                if self.book.cell(written):
                    yield written
            elif self._is_new(at):
                yield at._replace(sheet=f"new in {sheet}")

    def _is_new(self, at: At) -> bool:
        """Whether a figure stands in a cell that is none of the plan's."""
        if self.written(at) is not None or self._is_unread(at):
            return False
        return is_figure(self.found.sheets.get(at.sheet, {}).get((at.row, at.column), EMPTY))

    def _is_unread(self, at: At) -> bool:
        """Whether a cell belongs to a table that is there and whose headings are not."""
        located = self.located.get(at.sheet)
        return located is not None and any(at.row in rows for rows in located.unread)


def _beside(sheet: Sheet, cells: Mapping[CellAt, SheetCell]) -> SheetBeside:
    """A sheet's cells beside the sheet as it was written, if they were not read so."""
    if isinstance(cells, SheetBeside) and cells.sheet is sheet:
        return cells
    beside = SheetBeside(sheet)
    beside.update(cells)
    return beside


def held(there: SheetCell) -> Value:
    """What a cell holds: its formula, where it has one."""
    return there.value if there.formula is None else there.formula


def _renamed(book: Book, found: Spreadsheet) -> Iterator[tuple[str, str]]:
    """Sheets of ours that are missing, with the sheet that holds all their tables instead."""
    others = [name for name in found.sheets if name not in book.sheets]
    for name, sheet in book.sheets.items():
        if name in found.sheets or not sheet.blocks:
            continue
        for other in others:
            blocks = locate(sheet, found.sheets[other]).identified
            if len(blocks) == len(sheet.blocks):
                yield name, other
                others.remove(other)
                break
