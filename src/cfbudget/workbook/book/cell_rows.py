"""What stands on a sheet, row by row: a list for each row, as a large sheet has a million cells.

A dict by row and column would take ten times the memory.
"""

from collections.abc import (
    ItemsView,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
    ValuesView,
)
from typing import TypeVar, overload

T = TypeVar("T")
D = TypeVar("D")
RowAndColumn = tuple[int, int]
"""A row and a column, both from 1."""


class CellRows(MutableMapping[RowAndColumn, T]):
    """Cells by row and column, in the order of rows and within a row of columns."""

    __slots__ = ("_rows",)

    def __init__(
        self, cells: Mapping[RowAndColumn, T] | Iterable[tuple[RowAndColumn, T]] = ()
    ) -> None:
        self._rows: dict[int, list[T | None]] = {}
        self.update(cells)

    def rows(self) -> Iterator[tuple[int, Sequence[T | None]]]:
        """Each row that holds something, and what stands in it from column 1 on."""
        for row in sorted(self._rows):
            yield row, self._rows[row]

    def add_row(self, row: int, cells: Sequence[T | None]) -> None:
        """Put a whole row, from column 1 on, where nothing stands yet."""
        assert row not in self._rows, row
        self._rows[row] = list(cells)
        self._shorten(row)

    @property
    def row_count(self) -> int:
        """How many rows hold something."""
        return len(self._rows)

    @property
    def last_row(self) -> int:
        """0 without a cell."""
        return max(self._rows, default=0)

    @property
    def last_column(self) -> int:
        """0 without a cell."""
        return max(map(len, self._rows.values()), default=0)

    def __setitem__(self, at: RowAndColumn, cell: T) -> None:
        row, column = at
        cells = self._rows.get(row)
        if cells is None:
            cells = self._rows[row] = []
        missing = column - len(cells)
        if missing > 0:
            cells.extend([None] * (missing - 1))
            cells.append(cell)
        else:
            cells[column - 1] = cell

    def __getitem__(self, at: RowAndColumn) -> T:
        cell = self.get(at)
        if cell is None:
            raise KeyError(at)
        return cell

    @overload
    def get(self, at: RowAndColumn, default: None = None, /) -> T | None: ...
    @overload
    def get(self, at: RowAndColumn, default: D, /) -> T | D: ...

    def get(self, at: RowAndColumn, default: D | None = None, /) -> T | D | None:
        """What stands there; without it, this is the mixin's way over an exception."""
        row, column = at
        cells = self._rows.get(row)
        if cells is None or not 0 < column <= len(cells):
            return default
        cell = cells[column - 1]
        return default if cell is None else cell

    def __contains__(self, at: object) -> bool:
        return isinstance(at, tuple) and self.get(at) is not None

    def __delitem__(self, at: RowAndColumn) -> None:
        self[at]  # raises, where nothing stands
        row, column = at
        self._rows[row][column - 1] = None
        self._shorten(row)

    def _shorten(self, row: int) -> None:
        """No row ends in a gap, and none is empty."""
        cells = self._rows[row]
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            del self._rows[row]

    def __iter__(self) -> Iterator[RowAndColumn]:
        for row, cells in self.rows():
            for column, cell in enumerate(cells, start=1):
                if cell is not None:
                    yield row, column

    def __len__(self) -> int:
        return sum(1 for cells in self._rows.values() for cell in cells if cell is not None)

    def items(self) -> ItemsView[RowAndColumn, T]:
        """As any mapping's, without a search for each cell."""
        return _Items(self)

    def values(self) -> ValuesView[T]:
        """As any mapping's, without a search for each cell."""
        return _Values(self)


class _Items(ItemsView[RowAndColumn, T]):
    _mapping: CellRows[T]

    def __iter__(self) -> Iterator[tuple[RowAndColumn, T]]:
        for row, cells in self._mapping.rows():
            for column, cell in enumerate(cells, start=1):
                if cell is not None:
                    yield (row, column), cell


class _Values(ValuesView[T]):
    _mapping: CellRows[T]

    def __iter__(self) -> Iterator[T]:
        for _, cells in self._mapping.rows():
            yield from (cell for cell in cells if cell is not None)
