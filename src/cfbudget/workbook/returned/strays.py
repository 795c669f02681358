"""Figures on a plan's sheet that are none of the plan's: those that touch a table, and the others.

A figure touches a table if it stands among the table's rows and columns, in a cell next to them,
or in a row below that no blank row parts from the table. What the plan's sheet says next below a
table, such as its notes, stands so near that all between the two is the table's.
"""

from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from cfbudget.money import MILLIONS, POUNDS, parse_amount
from cfbudget.problem import Refusal
from cfbudget.read.spreadsheet import SheetCell
from cfbudget.workbook.book.book import SheetBlock
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.headings import FoundBlock, SheetCellRows

NEAR = 8
"""How many rows below a table the plan's own words may stand, for all between to be the table's."""


class Stray(NamedTuple):
    """A figure that touches a table: what it would be there."""

    at: At
    block: SheetBlock
    heading: str
    """Of its column; empty beside the table's columns."""
    above: str
    """The id of the nearest row of the table above it, and of that below; empty for none."""
    below: str


def is_figure(cell: SheetCell) -> bool:
    """Whether a cell adds to a sum over it."""
    return cell.formula is not None or not isinstance(cell.value, str | None)


def reads_as_figure(cell: SheetCell) -> bool:
    """Whether a reader takes a cell for a figure: an amount that was typed as a text is one."""
    text = cell.value
    if is_figure(cell) or not isinstance(text, str):
        return is_figure(cell)
    return _is_amount(text)


@lru_cache(maxsize=20_000)  # what a plan says stands in several sheets
def _is_amount(text: str) -> bool:
    if not any(letter.isdigit() for letter in text):
        return False
    return any(not isinstance(parse_amount(text, unit), Refusal) for unit in (POUNDS, MILLIONS))


class Room:
    """Where in a sheet a figure touches a table."""

    def __init__(
        self,
        found: FoundBlock,
        names: Mapping[int, str],
        more: Collection[int],
        own: Collection[int],
    ) -> None:
        """The room of a table that was found.

        Args:
            names: the ids of its rows, by where they stand now.
            more: other rows that were taken for rows of it.
            own: the rows of the sheet that hold anything of the plan's.
        """
        self.block, self.header, self.columns = found
        self.names, self.more, self.own = dict(sorted(names.items())), set(more), own
        self.order = list(self.names)
        self.headings = {column: heading for heading, column in self.columns.items()}
        self.sides = range(min(self.headings) - 1, max(self.headings) + 2)

    def reach(self, rows: SheetCellRows) -> range:
        """From the row above its headings to the last that is its own."""
        last = down = max([self.header, *self.names])
        while down + 1 not in self.own and any(at in self.sides for at in rows.get(down + 1, ())):
            down += 1
        next_own = min((row for row in self.own if row > last), default=0)
        if 0 < next_own - last <= NEAR:
            down = max(down, next_own - 1)
        first = min([self.header, *self.names])
        return range(first - 1, max(down, last + 1) + 1)

    def touched(self, sheet: str, rows: SheetCellRows) -> Iterator[Stray]:
        """The figures that touch the table and are not the plan's own."""
        reach = self.reach(rows)
        for row in {*reach, *self.more} & rows.keys():
            for column, cell in rows[row].items():
                if column in self.sides and reads_as_figure(cell):
                    yield Stray(
                        At(sheet, row, column),
                        self.block,
                        self.headings.get(column, ""),
                        *self._around(row),
                    )

    def _around(self, row: int) -> tuple[str, str]:
        if row in self.names:
            return self.names[row], self.names[row]
        place = bisect(self.order, row)
        above = self.names[self.order[place - 1]] if place else ""
        below = self.names[self.order[place]] if place < len(self.order) else ""
        return above, below


def areas(cells: Iterable[At]) -> str:
    """Cells as a reader lists them: `B70, D72:D74`."""
    parts: list[tuple[At, At]] = []
    for at in sorted(cells, key=lambda at: (at.column, at.row)):
        if parts and parts[-1][1] == at._replace(row=at.row - 1):
            parts[-1] = (parts[-1][0], at)
        else:
            parts.append((at, at))
    # Runs of one height that stand side by side are one area.
    joined: list[tuple[At, At]] = []
    for first, last in sorted(parts, key=lambda part: (part[0].row, part[1].row, part[0].column)):
        if joined:
            left, right = joined[-1]
            is_alike = (left.row, right.row) == (first.row, last.row)
            if is_alike and right.column + 1 == first.column:
                joined[-1] = (left, last)
                continue
        joined.append((first, last))
    return ", ".join(
        at.text(at.sheet) if at == last else f"{at.text(at.sheet)}:{last.text(last.sheet)}"
        for at, last in joined
    )
