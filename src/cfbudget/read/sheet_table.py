"""The one table of an .xlsx file as CSV: each cell in its row and column, as it would be typed."""

import csv
import io
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from cfbudget import rules
from cfbudget.problem import Place, Problem
from cfbudget.read.folder import stem_of
from cfbudget.read.spreadsheet import CellAt, Limits, SheetCell, Spreadsheet, read_spreadsheet
from cfbudget.read.typed_number import typed_number

NOTES = "Notes"
"""What a workbook may say besides its tables."""
LIMITS = Limits(100_000_000, 1_000_000)
PLACES = re.compile(r"0\.(0{1,8})(?![0#?])")
MARKED = re.compile("'[=+@-]")
"""How a text begins of which the reader of a table would take the mark off."""
LAST_ROW, LAST_COLUMN = 100_000, 500


def table_text(path: Path, place: Place, problems: list[Problem]) -> str | None:
    """A workbook's table as CSV, or None and a problem."""
    found = _read(path, place, problems)
    if found is None:
        return None
    filled = _filled(found)
    name = place.file.rpartition(".")[0]
    sheet = name if name in filled else filled[0] if len(filled) == 1 else None
    if sheet is None:
        message = f"{len(filled)} sheets hold something: which is the table?"
        problems.append(rules.UNREADABLE.at(place, message, f"call the one that is {name}"))
        return None
    return _as_csv(found, sheet, place, problems)


def tables_in(path: Path, problems: list[Problem]) -> tuple[dict[str, str], list[str]]:
    """The sheets that are called as a plan's files, as CSV, and the names of others with something.

    A sheet that has no line is a table that the plan lacks.
    """
    found = _read(path, Place(""), problems)
    tables: dict[str, str] = {}
    others: list[str] = []
    for sheet in _filled(found) if found else ():
        if not stem_of(sheet) or not found:
            others += [sheet] if sheet != NOTES else []
        elif (text := _as_csv(found, sheet, Place(sheet), problems)) is not None:
            tables |= {sheet: text} if _has_lines(text) else {}
    return tables, others


def _has_lines(text: str) -> bool:
    """Whether anything stands below the headings, which are below a blank row."""
    rows = [any(row) for row in csv.reader(io.StringIO(text, newline=""))]
    below = rows[rows.index(False, rows.index(True)) :] if False in rows and True in rows else []
    return sum(below) > 1


def _read(path: Path, place: Place, problems: list[Problem]) -> Spreadsheet | None:
    found = read_spreadsheet(path, LIMITS, appearance=True)
    if isinstance(found, Spreadsheet):
        return found
    problems.append(rules.UNREADABLE.at(place, found.reason, found.hint))
    return None


def _filled(found: Spreadsheet) -> list[str]:
    """The sheets that a reader sees, and that hold something."""
    return [name for name, cells in found.sheets.items() if cells and name not in found.hidden]


def _as_csv(found: Spreadsheet, sheet: str, place: Place, problems: list[Problem]) -> str | None:
    cells = found.sheets[sheet]
    last = max(row for row, _ in cells), max(column for _, column in cells)
    if last[0] > LAST_ROW or last[1] > LAST_COLUMN:
        message = f"a cell in row {last[0]:,} or column {last[1]:,}"
        hint = f"a table has at most {LAST_ROW:,} rows and {LAST_COLUMN} columns"
        problems.append(rules.TOO_LARGE.at(place, message, hint))
        return None
    looks = found.appearances[sheet]
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    for row in range(1, last[0] + 1):
        line = (cells.get((row, column)) for column in range(1, last[1] + 1))
        rows.writerow(
            [_text(cell, (row, at), looks.formats) for at, cell in enumerate(line, start=1)]
        )
    for row, column in sorted(looks.unstored):
        message = "a formula without its result"
        hint = "open the file in a spreadsheet, and save it"
        problems.append(rules.UNREADABLE.at(Place(place.file, row, column), message, hint))
    return written.getvalue()


def _text(cell: SheetCell | None, at: CellAt, formats: Mapping[CellAt, str]) -> str:
    """A cell as it would be typed: with the places that it shows, and 0.05 as 5% where it does."""
    value = cell.value if cell else None
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, Decimal):
        return f"'{value}" if value and MARKED.match(value) else value or ""
    if "%" in formats.get(at, ""):
        return f"{typed_number(value, 100)}%"
    whole, _, part = typed_number(value).partition(".")
    places = PLACES.search(formats.get(at, "").partition(";")[0])
    part = f"{part:0<{len(places[1])}}" if places else part
    return f"{whole}.{part}" if part else whole
