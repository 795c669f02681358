"""Which row of a table that came back is which of the plan's, and which was added or repeated.

A row is known by its id, else by a missing row's label; what else bears an id and is no note was
added.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from cfbudget.read.spreadsheet import SheetCell
from cfbudget.workbook.book.book import Sheet
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.headings import FoundBlock, SheetCellRows, plain_text
from cfbudget.workbook.returned.located import Located
from cfbudget.workbook.returned.strays import Room, reads_as_figure


class RowsOfTable:
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
        columns = {block.columns[heading]: column for heading, column in self.columns.items()}
        now = {block.rows[name]: row for row, name in self.names.items()}
        self.located.at.put_rows({block.header: self.header, **now}, columns)

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

    def _id_at(self, row: int) -> At:
        return At(self.sheet.name, row, self.identity[0])


def _text(cell: SheetCell | None) -> str:
    return str(cell.value) if cell is not None and cell.value is not None else ""
