"""A workbook's sheets as they are printed: every value in its number format."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from cfbudget.casting.read.number_format import printed_value
from cfbudget.casting.read.printed_table import (
    PrintedTable,
    TextRow,
    cell_text,
    check_row,
    row_of,
    trimmed,
)
from cfbudget.casting.stored_cells import Span, StoredCells
from cfbudget.problem import Refusal, clipped
from cfbudget.read.bounds import Refused
from cfbudget.read.spreadsheet import (
    Appearance,
    CellAt,
    Limits,
    SheetCell,
    Spreadsheet,
    read_spreadsheet,
)

LIMITS = Limits(bytes=300_000_000, cells=1_000_000)  # of all sheets together
BY_NAME = "name one sheet with --sheet"


def read_workbook(path: Path, sheet: str | None) -> list[PrintedTable]:
    """The sheets of a workbook that hold something, or the one that is named.

    Raises:
        Refused: it cannot be read, has no such sheet, or a sheet is over a bound.
    """
    book = read_spreadsheet(path, LIMITS, appearance=True)
    if isinstance(book, Refusal):
        raise Refused(*book)
    chosen = [_found(sheet, book)] if sheet is not None else list(book.sheets)
    tables = [_table(name, book) for name in chosen if book.sheets[name]]
    if not tables:
        what = f"its sheet {clipped(sheet)!r} holds nothing" if sheet else "its sheets hold nothing"
        raise Refused(what, _others(book) if sheet else "give a workbook with a table in it")
    return tables


def _found(sheet: str, book: Spreadsheet) -> str:
    """The sheet of this name; letters' case and blanks around it apart."""
    if sheet in book.sheets:
        return sheet
    wanted = sheet.strip().casefold()
    for name in book.sheets:
        if name.strip().casefold() == wanted:
            return name
    raise Refused(f"it has no sheet {clipped(sheet)!r}", _others(book))


def _others(book: Spreadsheet) -> str:
    names = [repr(clipped(name)) for name, cells in book.sheets.items() if cells]
    if not names:
        return "none of its sheets holds anything"
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return f"its sheets are {', '.join(names[:10])}{more}"


def _table(name: str, book: Spreadsheet) -> PrintedTable:
    cells, look = book.sheets[name], book.appearances[name]
    _check_size(name, cells)
    rows: list[list[str]] = [[] for _ in range(max(row for row, _ in cells))]
    for at, cell in cells.items():
        row = rows[at[0] - 1]
        row += [""] * (at[1] - 1 - len(row))
        row.append(_printed(at, cell, look))
    done: list[TextRow] = [row_of(row) for row in rows]
    notes = ["the sheet is hidden"] if name in book.hidden else []
    if count := len(look.unstored):
        what = "1 formula has" if count == 1 else f"{count:,} formulas have"
        notes.append(
            f"{what} no stored result: open the workbook in Excel or LibreOffice and save it"
        )
    return PrintedTable(cell_text(name), trimmed(done), tuple(notes), _stored(cells, look))


def _stored(cells: Mapping[CellAt, SheetCell], look: Appearance) -> StoredCells:
    """What a sheet's cells hold besides what they show."""
    numbers = {
        (row - 1, column - 1): cell.value
        for (row, column), cell in cells.items()
        if isinstance(cell.value, Decimal)
    }
    formulas = {
        (row - 1, column - 1): cell.formula
        for (row, column), cell in cells.items()
        if cell.formula is not None
    }
    spans = (Span(*(number - 1 for number in area)) for area in look.merged)
    return StoredCells(numbers, formulas, tuple(spans))


def _printed(at: CellAt, cell: SheetCell, look: Appearance) -> str:
    """What a cell shows; of a formula without a result the formula, which is no figure."""
    if cell.value is None:
        return (cell.formula or "=") if at in look.unstored else ""
    return printed_value(cell.value, look.formats.get(at, "General"))


def _check_size(name: str, cells: Mapping[CellAt, SheetCell]) -> None:
    """Hold a sheet to a table's bounds before its gaps are filled."""
    widths: dict[int, int] = {}
    for row, column in cells:
        widths[row] = max(column, widths.get(row, 0))
    try:
        for row, width in widths.items():
            check_row(row, range(width), 0, name)
        check_row(1, (), sum(widths.values()), name)
    except Refused as refused:
        hint = f"{refused.refusal.hint}, or {BY_NAME} that is smaller"
        raise Refused(refused.refusal.reason, hint) from refused
