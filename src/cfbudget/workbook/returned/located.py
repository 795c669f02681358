"""Where a sheet's cells stand in a workbook that came back, and what of it is not the plan's."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from cfbudget.workbook.book.book import Sheet, SheetBlock
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.strays import Stray


class _Moved(NamedTuple):
    """By how much a row has moved, and by column the one that it has become."""

    down: int
    columns: Mapping[int, int]


class PlacesNow(Mapping[At, At]):
    """Where the cells of one sheet stand now, by where they were written.

    The cells of a table stand by its rows and columns: so little is kept of a large one.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.is_moved = False
        """Whether any cell stands elsewhere than where it was written."""
        self.rows: dict[int, _Moved] = {}
        self.single: dict[At, At] = {}
        self.written_single: dict[At, At] = {}

    def put(self, written: At, now: At) -> None:
        """A single cell."""
        self.single[written], self.written_single[now] = now, written
        self.is_moved = self.is_moved or written != now

    def put_rows(self, rows: Mapping[int, int], columns: Mapping[int, int]) -> None:
        """Rows of a table, and its columns, each by where it was written."""
        alike: dict[int, _Moved] = {}
        for written, now in rows.items():
            down = now - written
            self.rows[written] = alike.setdefault(down, _Moved(down, columns))
        is_moved = any(alike) or any(written != now for written, now in columns.items())
        self.is_moved = self.is_moved or is_moved
        self.__dict__.pop("written_rows", None)

    @cached_property
    def written_rows(self) -> Mapping[int, _Moved]:
        """The rows of tables from where they stand now."""
        back: dict[int, Mapping[int, int]] = {}
        found = {}
        for written, (down, columns) in self.rows.items():
            if id(columns) not in back:
                back[id(columns)] = {now: column for column, now in columns.items()}
            found[written + down] = _Moved(-down, back[id(columns)])
        return found

    def columns_of(self, row: int) -> Collection[int]:
        """The columns of a table that are there, by one of its rows, both as they were written."""
        found = self.rows.get(row)
        return found.columns if found else ()

    def now(self, at: At) -> At | None:
        """Where a cell stands; None if it is missing."""
        found = self.rows.get(at.row)
        column = found.columns.get(at.column) if found else None
        if found is None or column is None or (at.row, at.column) not in self.sheet.cells:
            return self.single.get(at)
        return At(at.sheet, at.row + found.down, column)

    def written(self, now: At) -> At | None:
        """Where what stands in a cell was written; None for what is none of the sheet's cells."""
        found = self.written_rows.get(now.row)
        column = found.columns.get(now.column) if found else None
        if found is None or column is None:
            return self.written_single.get(now)
        row = now.row + found.down
        is_cell = (row, column) in self.sheet.cells
        return At(now.sheet, row, column) if is_cell else self.written_single.get(now)

    def __getitem__(self, at: At) -> At:
        now = self.now(at)
        if now is None:
            raise KeyError(at)
        return now

    def __contains__(self, at: object) -> bool:
        return isinstance(at, At) and self.now(at) is not None

    def __iter__(self) -> Iterator[At]:
        cells = (At(self.sheet.name, *at) for at in self.sheet.cells)
        return (at for at in cells if self.now(at) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class PlacesOfSheets(Mapping[At, At]):
    """Where the cells of several sheets stand now, by where they were written."""

    def __init__(self, sheets: Mapping[str, PlacesNow]) -> None:
        self.sheets = sheets

    def __getitem__(self, at: At) -> At:
        return self.sheets[at.sheet][at]

    def __contains__(self, at: object) -> bool:
        return isinstance(at, At) and at.sheet in self.sheets and at in self.sheets[at.sheet]

    def __iter__(self) -> Iterator[At]:
        return (at for sheet in self.sheets.values() for at in sheet)

    def __len__(self) -> int:
        return sum(map(len, self.sheets.values()))


class Located(NamedTuple):
    """Where the cells of one sheet stand in the workbook that came back."""

    at: PlacesNow
    """By the cell as it was written."""
    missing_rows: list[tuple[SheetBlock, str]]
    missing_columns: list[tuple[SheetBlock, str]]
    added: list[tuple[At, str]]
    """Rows that the plan does not have, by the cell and the text of their id."""
    repeated: list[tuple[At, str]]
    """Rows whose id stands once more."""
    figures: list[Stray]
    """Figures where the plan has none, that touch a table."""
    apart: list[At]
    """Those that touch none."""
    blocks: list[SheetBlock]
    """The blocks that were found."""
    identified: list[SheetBlock]
    """Those of them whose columns of ids were found too."""
    unread: list[range]
    """The rows of the others, as far as can be told."""
