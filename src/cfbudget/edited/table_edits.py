"""What is written where in a plan's file that is a table, so that some of its figures become
others: a cell in place of another, and a row for a line that is new."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.addresses import letters
from cfbudget.edited.amount_text import AmountsAround, amount_text
from cfbudget.edited.figures import NewFigure, Path
from cfbudget.edited.new_lines import NewOption
from cfbudget.edited.text_edits import Edit
from cfbudget.money import WRITTEN
from cfbudget.nodes import ListNode, MappingNode, Node, Scalar
from cfbudget.plan.values import TBC
from cfbudget.problem import Place, Refusal
from cfbudget.read.folder import stem_of
from cfbudget.read.table_nodes import compose_table
from cfbudget.read.table_shapes import SHAPES
from cfbudget.read.written_table import WrittenCell, cell_text, heading_row, written_rows
from cfbudget.scenario.written.nodes_of_values import flow
from cfbudget.years import parse_year


class TypedCell(NamedTuple):
    """A cell, by its row and column from 1, and what it is to hold."""

    row: int
    column: int
    text: str

    @property
    def said(self) -> str:
        """As it is told: `G8 -400`."""
        return f"{letters(self.column)}{self.row} {self.text}"


class WrittenTable:
    """A table's text with what stands where in it."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.shape = SHAPES["revenue" if file.startswith("revenue_") else stem_of(file)]
        root = compose_table(text, file).root
        assert root is not None  # it was read
        self.root: Node = root
        self.rows = written_rows(text)
        self.head = heading_row(self.rows)
        self.columns = {
            self._path(cell.text.strip()): at
            for at, cell in enumerate(self.rows[self.head - 1], start=1)
            if cell.text.strip()
        }
        """The column of each heading, by its keys."""

    def _path(self, heading: str) -> tuple[str, ...]:
        """The keys of a line's heading: of a year alone those of its amount."""
        year = parse_year(heading)
        if not isinstance(year, Refusal):
            return (self.shape.by_year, str(year))
        first, *below = heading.split(".")
        years = (parse_year(key) for key in below)
        keys = (
            key if isinstance(y, Refusal) else str(y) for key, y in zip(below, years, strict=True)
        )
        return (first, *keys)

    def column(self, path: tuple[str, ...]) -> tuple[int, list[TypedCell]]:
        """The column of a line's keys; where there is none, a new one, with its heading to be
        typed."""
        at = self.columns.get(path)
        if at is not None:
            return at, []
        at = max((len(self.rows[self.head - 1]), *self.columns.values())) + 1
        self.columns[path] = at
        by_year = len(path) == 2 and path[0] == self.shape.by_year and path[1][:1].isdigit()
        return at, [TypedCell(self.head, at, path[1] if by_year else ".".join(path))]

    def amounts(self, key: str) -> tuple[str, ...]:
        """The amounts of the lines' columns with a key, as they are written."""
        columns = [at for path, at in self.columns.items() if path[0] == key]
        cells = (self.cell(row, at) for at in columns for row in self._below())
        return tuple(cell.text for cell in cells if cell and WRITTEN.fullmatch(cell.text.strip()))

    def _below(self) -> range:
        return range(self.head + 1, len(self.rows) + 1)

    def cell(self, row: int, column: int) -> WrittenCell | None:
        """A cell; None where its row ends before it."""
        cells = self.rows[row - 1]
        return cells[column - 1] if column <= len(cells) else None


def typed_cells(table: WrittenTable, wanted: Sequence[NewFigure]) -> list[TypedCell] | Refusal:
    """The cells that make figures what they are to be, with the headings of new columns; a figure
    of the whole file that has no cell is refused."""
    found: list[TypedCell] = []
    for one in wanted:
        place, headings = _place(table, one.path)
        if place is None:
            what = ".".join(map(str, one.path))
            reason = f"{one.file}: {what} of {one.line} has no cell that it could be written to"
            return Refusal(reason, "write it by hand")
        found += headings
        old = table.cell(place.line, place.column)
        beside = AmountsAround(
            old.text if old else "", _amounts(table, place.line), _amounts(table, 0, place.column)
        )
        amount = TBC if one.pence is None else amount_text(one.pence, one.unit, beside)
        found.append(TypedCell(place.line, place.column, one.text or amount))
    return found


def _amounts(table: WrittenTable, row: int, column: int = 0) -> tuple[str, ...]:
    """The amounts of a row or of a column, as they are written."""
    if row:
        cells = table.rows[row - 1]
    else:
        below = table.rows[table.head :]
        cells = [line[column - 1] for line in below if column <= len(line)]
    return tuple(cell.text for cell in cells if WRITTEN.fullmatch(cell.text.strip()))


def _place(table: WrittenTable, path: Path) -> tuple[Place | None, list[TypedCell]]:
    """Where a figure stands, or is to stand: the line's row, and the column of its keys, with the
    heading of one that is new."""
    node: Node | None = table.root
    line: Place | None = None
    keys: list[str] = []
    for key in path:
        if isinstance(key, int):
            node = node[key] if isinstance(node, ListNode) else None
            line, keys = (node.place if node is not None else None), []
        else:
            node = node.get(key) if isinstance(node, MappingNode) else None
            keys.append(key)
    if isinstance(node, Scalar):
        return node.place, []
    if line is None:
        return None, []
    column, headings = table.column(tuple(keys))
    return Place(table.file, line.line, column), headings


def cell_edits(table: WrittenTable, cells: Sequence[TypedCell]) -> Iterator[Edit]:
    """The edits that put texts into cells; a row that ends before them is made longer."""
    by_row: dict[int, list[TypedCell]] = {}
    for one in cells:
        by_row.setdefault(one.row, []).append(one)
    for row, typed in by_row.items():
        there = table.rows[row - 1]
        beyond = {one.column: one.text for one in typed if one.column > len(there)}
        for one in typed:
            if one.column <= len(there):
                old = there[one.column - 1]
                yield Edit(old.start, old.end, cell_text(one.text, in_quotes=old.is_quoted))
        if beyond:
            texts = (beyond.get(at, "") for at in range(len(there) + 1, max(beyond) + 1))
            end = there[-1].end
            yield Edit(end, end, "".join(f",{cell_text(t, in_quotes=False)}" for t in texts))


def option_rows(
    table: WrittenTable, new: Sequence[NewOption]
) -> tuple[list[Edit], list[TypedCell]]:
    """The edits that put new options as rows behind the last of their service's, or of all, and the
    headings of new columns."""
    edits: list[Edit] = []
    headings: list[TypedCell] = []
    for one in new:
        values = dict(_values(one.node, ()))
        values["service",] = one.service
        cells: dict[int, str] = {}
        for path, text in values.items():
            at, heading = table.column(path)
            headings += heading
            cells[at] = text
        last = max((len(table.rows[table.head - 1]), *cells))
        line = ",".join(cell_text(cells.get(at, ""), in_quotes=False) for at in range(1, last + 1))
        end = table.rows[_last_row(table, one.service) - 1][-1].end
        mark = "\r\n" if "\r\n" in table.text else "\n"
        edits.append(Edit(end, end, f"{mark}{line}"))
    return edits, headings


def _values(node: MappingNode, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """What a new option has, by the keys of its columns; a list is one text with commas."""
    for key, value in node.items():
        if isinstance(value, MappingNode):
            yield from _values(value, (*path, key))
        elif isinstance(value, ListNode):
            yield (*path, key), ",".join(flow(item) for item in value)
        else:
            yield (*path, key), value.text


def _last_row(table: WrittenTable, service: str) -> int:
    """The last row of a service's lines, or of the table where it has none."""
    column, kind = table.columns["service",], table.columns.get(("row",), 0)
    filled = 0
    own = 0
    for number, row in enumerate(table.rows[table.head :], start=table.head + 1):
        if any(cell.text.strip() for cell in row):
            filled = number
            is_line = not (0 < kind <= len(row) and row[kind - 1].text.strip())
            if column <= len(row) and row[column - 1].text.strip() == service and is_line:
                own = number
    return own or filled
