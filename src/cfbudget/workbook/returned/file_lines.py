"""The plan's files as a workbook holds them, found again on its Files sheet."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget import rules
from cfbudget.read.folder import stem_of
from cfbudget.read.spreadsheet import CellAt, SheetCell, Spreadsheet
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.findings import Finding
from cfbudget.workbook.sheets.files import FILES, SOURCE, TEXT

LINE = re.compile(r"(?P<file>[^:]+):(?P<line>[1-9]\d{0,6})", re.ASCII)

LinesOfFiles = Mapping[str, Mapping[int, str]]
"""By file and number from 1: a file's lines."""


class FileLines(NamedTuple):
    """The lines of a Files sheet, and where each stands."""

    lines: dict[str, dict[int, str]]
    places: dict[tuple[str, int], At]


def file_lines(cells: Mapping[CellAt, SheetCell]) -> FileLines:
    """The lines on a sheet, found by its headings in one row, and by their sources.

    Empty where these are gone.
    """
    found = FileLines({}, {})
    headings: dict[int, dict[str, int]] = {}
    for (row, column), cell in sorted(cells.items()):
        if cell.value in (SOURCE, TEXT):
            headings.setdefault(row, {}).setdefault(str(cell.value), column)
    heads = next((there for there in headings.values() if len(there) == 2), None)
    if heads is None:
        return found
    source, text = heads[SOURCE], heads[TEXT]
    for (row, column), cell in sorted(cells.items()):
        named = LINE.fullmatch(str(cell.value)) if column == source else None
        if named is None or not stem_of(named["file"]):
            continue
        file, number = named["file"], int(named["line"])
        there = cells.get((row, text))
        part = "" if there is None or there.value is None else str(there.value)
        lines = found.lines.setdefault(file, {})
        lines[number] = lines.get(number, "") + part
        found.places.setdefault((file, number), At(FILES, row, text))
    return found


def written_lines(book: Book) -> FileLines:
    """The lines that a workbook of ours holds."""
    cells = book.sheets[FILES].cells.items()
    return file_lines(
        {at: SheetCell(None, cell.content) for at, cell in cells if isinstance(cell.content, str)}
    )


class Texts(NamedTuple):
    """The texts of a workbook's files, or what is missing of them."""

    texts: dict[str, str]
    missing: tuple[Finding, ...]


def texts_in(found: Spreadsheet) -> Texts:
    """The files that a workbook was made from, as it holds them itself."""
    lines = file_lines(found.sheets.get(FILES, {})).lines
    if not lines:
        what = "with it the plan's files, of which this workbook was made"
        return Texts({}, (Finding(rules.SHEET_MISSING, FILES, what=what),))
    missing = tuple(
        Finding(rules.ROW_MISSING, FILES, what=f"{file}:{number}")
        for file, there in lines.items()
        for number in _gaps(there)
    )
    texts = {file: "\n".join(there[n] for n in sorted(there)) for file, there in lines.items()}
    return Texts(texts, missing)


def _gaps(lines: Mapping[int, str]) -> Iterator[int]:
    """The numbers that are missing; of a run, the first."""
    expected = 1
    for number in sorted(lines):
        if number != expected:
            yield expected
        expected = number + 1


def altered_lines(book: Book, found: Spreadsheet, changed: frozenset[str]) -> Iterator[Finding]:
    """Lines that are not those of the files.

    Args:
        changed: the files that are others since the workbook was written: their lines tell nothing.
    """
    if FILES not in found.sheets:
        return
    expected, there = written_lines(book), file_lines(found.sheets[FILES])
    if expected.lines and not there.lines:
        what = f"the columns {SOURCE!r} and {TEXT!r}"
        yield Finding(rules.SHEET_MISSING, FILES, what=what)
        return
    for file in dict.fromkeys((*expected.lines, *there.lines)):
        if file in changed:
            continue
        ours, theirs = expected.lines.get(file, {}), there.lines.get(file, {})
        for number in sorted({*ours, *theirs}):
            source = f"{file}:{number}"
            at = there.places.get((file, number))
            cell = at.text(FILES) if at else ""
            if number not in theirs:
                yield Finding(rules.ROW_MISSING, FILES, what=source, expected=ours[number])
            elif number not in ours:
                what = "a line that the file does not have"
                yield Finding(rules.ROW_ADDED, FILES, cell, what, found=source)
            elif ours[number].rstrip() != theirs[number].rstrip():
                yield Finding(
                    rules.TEXT_CHANGED, FILES, cell, source, ours[number], theirs[number], source
                )
