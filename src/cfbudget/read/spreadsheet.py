"""An Excel workbook to its cells, with formulas and the results stored beside them.

The archive is scanned before openpyxl opens it, so that no file, broken or hostile, costs much
memory or time, and none is read in part without a word.
"""

import gc
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
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


def read_spreadsheet(
    path: Path, limits: Limits, *, appearance: bool = False
) -> Spreadsheet | Refusal:
    """Read every cell of an .xlsx or .xlsm workbook, or say why it can't be read.

    Args:
        appearance: whether to tell how the cells look, too: it takes longer.
    """
    return _or_refusal(lambda: _read(path, _contents(path, limits), {} if appearance else None))


def reach_of(path: Path, limits: Limits) -> Mapping[str, int | None] | Refusal:
    """Open a workbook without reading its cells: each sheet's last row that holds something (None
    for a sheet without a table), or why it can't be opened."""

    def reach() -> Mapping[str, int | None]:
        sheets = _contents(path, limits).sheets
        with _opened(path, results=False) as book:
            if book.sheetnames != list(sheets):
                raise Refused("its list of sheets cannot be read", SAVE_AGAIN)
        return sheets

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


def _read(path: Path, contents: Contents, looks: dict[str, Look] | None) -> Spreadsheet:
    """Read twice, as openpyxl gives formulas or results; once where there are no formulas."""
    sheets: dict[str, dict[CellAt, SheetCell]] = {}
    formulas: dict[str, dict[int, list[int]]] = {}
    with _opened(path, results=False) as book:
        if book.sheetnames != list(contents.sheets):
            raise Refused("its list of sheets cannot be read", SAVE_AGAIN)
        for name, last_row in contents.sheets.items():
            if last_row is not None:
                with _failure_refused(f"its sheet {clipped(name)!r} cannot be read"):
                    rows = _rows(book[name], last_row)
                    if looks is not None:
                        looks[name] = Look()
                        rows = looks[name].formats_of(rows)
                    sheets[name], formulas[name] = _cells(rows)
        names = {name: defined.value or "" for name, defined in book.defined_names.items()}
        hidden = tuple(sheet.title for sheet in book if sheet.sheet_state != "visible")
    if any(formulas.values()):
        with _opened(path, results=True) as book:
            for name, columns in formulas.items():
                with _failure_refused(f"its sheet {clipped(name)!r} cannot be read"):
                    last = max(columns, default=0)
                    rows = _rows(book[name], last, values_only=looks is None)
                    if looks is not None:
                        rows = looks[name].results_of(rows, columns)
                    _add_results(sheets[name], rows, columns)
    seen = (
        {name: _appearance(look, contents, name) for name, look in looks.items()} if looks else {}
    )
    return Spreadsheet(sheets, names, hidden, _oddities(contents), seen)


def _appearance(look: Look, contents: Contents, sheet: str) -> Appearance:
    merged = tuple(merged_areas(contents.merged[sheet]))
    return Appearance(look.formats, frozenset(look.unstored), merged, contents.hidden[sheet])


@contextmanager
def _opened(path: Path, *, results: bool) -> Iterator[Any]:
    """openpyxl's workbook, with its warnings of what it leaves out kept to itself."""
    from openpyxl import load_workbook

    with path.open("rb") as file, warnings.catch_warnings(), _nothing_collected():
        warnings.simplefilter("ignore")
        with _failure_refused("it cannot be read as a workbook"):
            book = load_workbook(file, read_only=True, data_only=results, keep_links=False)
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


def _rows(sheet: Any, last_row: int, *, values_only: bool = False) -> Iterator[Any]:
    """Rows from 1. Taking none behind the last keeps openpyxl from what stands behind the table:
    rules and filters, on some of which it fails."""
    sheet.reset_dimensions()  # what a sheet says of its own size need not be true
    return islice(sheet.iter_rows(values_only=values_only), last_row)


def _cells(rows: Iterator[Any]) -> tuple[dict[CellAt, SheetCell], dict[int, list[int]]]:
    """A sheet's cells, and the columns of those with formulas, by row."""
    cells: dict[CellAt, SheetCell] = {}
    formulas: dict[int, list[int]] = {}
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            value = cell.value
            if value is None:
                continue
            if cell.data_type == "f":
                cells[number, column] = SheetCell(formula_of(value), None)
                formulas.setdefault(number, []).append(column)
            elif value != "":
                cells[number, column] = SheetCell(None, value_of(value))
    return cells, formulas


def _add_results(
    cells: dict[CellAt, SheetCell], rows: Iterator[Any], formulas: Mapping[int, list[int]]
) -> None:
    for number, row in enumerate(rows, 1):
        for column in formulas.get(number, ()):
            at, value = (number, column), row[column - 1]
            if value is not None and value != "":
                cells[at] = SheetCell(cells[at].formula, value_of(value))
            elif cells[at].formula is None:
                del cells[at]


def _oddities(contents: Contents) -> tuple[str, ...]:
    parts = contents.parts
    oddities = []
    if any(part.endswith("vbaProject.bin") or "/macrosheets/" in part for part in parts):
        oddities.append("it holds macros")
    if any(part.startswith("xl/externalLinks/") for part in parts):
        oddities.append("it links to other workbooks")
    return tuple(oddities)
