"""An Excel workbook to its cells, with formulas and the results stored beside them.

The archive is scanned before openpyxl opens it, so that no file, broken or hostile, costs much
memory or time, and none is read in part without a word.
"""

import gc
import warnings
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from cfbudget.problem import Refusal, clipped
from cfbudget.read.archive import scan_archive
from cfbudget.read.book_contents import Contents, contents_of
from cfbudget.read.bounds import SAVE_AGAIN, Refused
from cfbudget.read.cell_looks import Look
from cfbudget.read.cell_values import CellValue, formula_of, value_of
from cfbudget.read.hidden_lines import NOTHING_HIDDEN, HiddenLines
from cfbudget.read.merged_cells import MergedArea, merged_areas

T = TypeVar("T")
CellAt = tuple[int, int]
"""A row and a column, both from 1."""


class SheetCell(NamedTuple):
    """What a cell holds.

    `formula` is its text with the `=`, or None for a plain value. `value` is the plain value or
    the result stored with the formula: a number as the file writes it, a text, true or false, a
    date, time or duration as ISO text, an error as its code (`#REF!`); None where none is stored,
    or the formula's result is an empty text.
    """

    formula: str | None
    value: CellValue | None


KeptCells = MutableMapping[CellAt, SheetCell]
"""Where the cells of a sheet are put, one by one."""


class Appearance(NamedTuple):
    """How a sheet shows what it holds.

    `formats` are the number formats of its cells, as the workbook writes them; `unstored` the
    formulas of which no result is stored, not even an empty text; `merged` the areas of its merged
    cells; `hidden` the rows and columns that a reader does not see.
    """

    formats: Mapping[CellAt, str]
    unstored: frozenset[CellAt]
    merged: tuple[MergedArea, ...]
    hidden: HiddenLines = NOTHING_HIDDEN


class Spreadsheet(NamedTuple):
    """A workbook's cells by sheet and place, in the workbook's order; empty cells are left out.

    `names` are those defined for the whole workbook, with what they stand for (`Data!$A$1`, at
    times a formula or a value); `hidden` the sheets that a reader does not see; `oddities` what
    else the workbook holds, each a clause (`it holds macros`). `appearances` are the sheets' looks,
    where they were asked for.
    """

    sheets: Mapping[str, Mapping[CellAt, SheetCell]]
    names: Mapping[str, str]
    hidden: tuple[str, ...]
    oddities: tuple[str, ...]
    appearances: Mapping[str, Appearance] = MappingProxyType({})


class Limits(NamedTuple):
    """The most that a workbook may hold: `bytes` of all its parts together, decompressed;
    `cells` that hold something, of all sheets together."""

    bytes: int
    cells: int


def plain_cells(_: str) -> KeptCells:
    """All cells of a sheet, as they are read."""
    return {}


def read_spreadsheet(
    path: Path,
    limits: Limits,
    *,
    appearance: bool = False,
    kept: Callable[[str], KeptCells] = plain_cells,
) -> Spreadsheet | Refusal:
    """Read every cell of an .xlsx or .xlsm workbook, or say why it can't be read.

    Args:
        appearance: whether to tell how the cells look, too: it takes longer.
        kept: where the cells of a sheet are put, by its name, in their order.
    """
    looks: dict[str, Look] | None = {} if appearance else None
    return _or_refusal(lambda: _read(path, _contents(path, limits), looks, kept))


def reach_of(path: Path, limits: Limits) -> Mapping[str, int | None] | Refusal:
    """Open a workbook without reading its cells: each sheet's last row that holds something (None
    for a sheet without a table), or why it can't be opened."""

    def reach() -> Mapping[str, int | None]:
        contents = _contents(path, limits)
        with _opened(path) as book:
            _check_sheets(book, contents)
        return contents.sheets

    return _or_refusal(reach)


def _contents(path: Path, limits: Limits) -> Contents:
    return contents_of(scan_archive(path, limits.bytes, limits.cells))


def _or_refusal(read: Callable[[], T]) -> T | Refusal:
    """What a file holds, or why it can't be read."""
    try:
        return read()
    except Refused as refused:
        return refused.refusal
    except FileNotFoundError:
        return Refusal("the file does not exist", "check its name and folder")
    except PermissionError:
        return Refusal("the file may not be read", "close it in Excel, and check its permissions")
    except OSError as error:
        what = (error.strerror or "unknown reason").lower()
        return Refusal(f"the file cannot be read: {what}", "check its name, and the drive it is on")


def _read(
    path: Path, contents: Contents, looks: dict[str, Look] | None, kept: Callable[[str], KeptCells]
) -> Spreadsheet:
    sheets: dict[str, KeptCells] = {}
    with _opened(path) as book:
        _check_sheets(book, contents)
        for name, last_row in contents.sheets.items():
            if last_row is not None:
                sheets[name] = kept(name)
                look = Look(book[name]) if looks is not None else None
                with _failure_refused(f"its sheet {clipped(name)!r} cannot be read"):
                    _keep_cells(book[name], last_row, sheets[name], look)
                if looks is not None and look is not None:
                    looks[name] = look
        names = {name: defined.value or "" for name, defined in book.defined_names.items()}
        hidden = tuple(sheet.title for sheet in book if sheet.sheet_state != "visible")
    seen = (
        {name: _appearance(look, contents, name) for name, look in looks.items()} if looks else {}
    )
    return Spreadsheet(sheets, names, hidden, _oddities(contents), seen)


def _check_sheets(book: Any, contents: Contents) -> None:
    if book.sheetnames != list(contents.sheets):
        raise Refused("its list of sheets cannot be read", SAVE_AGAIN)


def _appearance(look: Look, contents: Contents, sheet: str) -> Appearance:
    merged = tuple(merged_areas(contents.merged[sheet]))
    return Appearance(look.formats, frozenset(look.unstored), merged, contents.hidden[sheet])


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """openpyxl's workbook, with its warnings of what it leaves out kept to itself."""
    from cfbudget.read.whole_cells import opened_book

    with path.open("rb") as file, warnings.catch_warnings(), _nothing_collected():
        warnings.simplefilter("ignore")
        with _failure_refused("it cannot be read as a workbook"):
            book = opened_book(file)
        try:
            yield book
        finally:
            book.close()


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Collection would walk all cells again and again, and find none to free: a quarter longer."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def _failure_refused(what: str) -> Iterator[None]:
    """Whatever openpyxl raises on what it did not expect, as a refusal."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as error:
        # What openpyxl says is for programmers; that something is damaged is for everybody.
        raise Refused(f"{what}: something in it is not as workbooks have it", SAVE_AGAIN) from error


def _keep_cells(sheet: Any, last_row: int, cells: KeptCells, look: Look | None) -> None:
    """Keep a sheet's cells that hold something, and how they look."""
    from cfbudget.read.whole_cells import rows_of

    for number, row in rows_of(sheet, last_row):
        for found in row:
            column, formula, value, _, _ = found
            if formula is None and value is None:
                continue
            if look is not None:
                look.see(number, found)
            written = None if formula is None else formula_of(formula)
            held = None if value is None or value == "" else value_of(value)
            if written is not None or held is not None:
                cells[number, column] = SheetCell(written, held)


def _oddities(contents: Contents) -> tuple[str, ...]:
    parts = contents.parts
    oddities = []
    if any(part.endswith("vbaProject.bin") or "/macrosheets/" in part for part in parts):
        oddities.append("it holds macros")
    if any(part.startswith("xl/externalLinks/") for part in parts):
        oddities.append("it links to other workbooks")
    return tuple(oddities)
