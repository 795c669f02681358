"""The cells of a workbook in words: what each is, and which line of the plan it comes from."""

from collections.abc import Mapping
from functools import cached_property

from cfbudget.workbook.book.book import Book, Link, SheetBlock
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.sheets.statements import LABEL


class Places:
    """What the cells of a plan's workbook are."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @cached_property
    def blocks(self) -> Mapping[tuple[str, int], SheetBlock]:
        """By sheet and row: the block whose headings or figures stand there."""
        return {
            (sheet.name, row): block
            for sheet in self.book.sheets.values()
            for block in sheet.blocks
            for row in (block.header, *block.rows.values())
        }

    @cached_property
    def lines(self) -> Mapping[At, str]:
        """`file:line` of the figures that the plan's files give."""
        return {
            at: cell.place.source
            for table in self.book.tables
            for key, cell in table.cells.items()
            if cell.place is not None
            if (at := self.book.places.get((table.name, key))) is not None
        }

    def block(self, at: At) -> SheetBlock | None:
        """The block that a cell belongs to."""
        block = self.blocks.get((at.sheet, at.row))
        return block if block and at.column in block.columns.values() else None

    def label(self, sheet: str, row: int) -> str:
        cell = self.book.sheets[sheet].cells.get((row, LABEL))
        if cell is None:
            return f"row {row}"
        return cell.content.text if isinstance(cell.content, Link) else str(cell.content)

    def what(self, at: At) -> str:
        """A cell in words: the label of its row, and the heading of its column."""
        block = self.block(at)
        if block is None:
            labelled = self.book.sheets[at.sheet].labelled.items()
            there = (at.row, at.column)
            return next((label for label, stands in labelled if stands == there), "a text")
        heading = next(h for h, column in block.columns.items() if column == at.column)
        heading = " ".join(heading.split())
        if at.row == block.header:
            return f"the heading {heading!r}"
        named = "its label" if at.column == LABEL else heading
        return f"{self.label(at.sheet, at.row)}: {named}"

    def source(self, at: At) -> str:
        """The `file:line` of a cell's figure or, where it has none, that its row names."""
        if at in self.lines:
            return self.lines[at]
        block = self.block(at)
        if block is not None and at.row == block.header:
            return ""
        column = block.columns.get("Source") if block else None
        cell = self.book.sheets[at.sheet].cells.get((at.row, column)) if column else None
        return cell.content if cell and isinstance(cell.content, str) else ""
