"""The way in: a file, or what came on standard input, to its printed tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR
from tempfile import TemporaryDirectory
from typing import BinaryIO

from cfbudget.casting.read.boxed_text import is_half_barred, read_boxed, without_bars
from cfbudget.casting.read.delimited import read_delimited
from cfbudget.casting.read.encodings import decoded
from cfbudget.casting.read.file_kinds import HEAD, FileKind, kind_of_bytes, kind_of_text
from cfbudget.casting.read.html_tables import read_html
from cfbudget.casting.read.markdown_tables import read_markdown
from cfbudget.casting.read.pasted_text import read_pasted
from cfbudget.casting.read.pdf_tables import read_pdf
from cfbudget.casting.read.printed_ods import read_ods_tables
from cfbudget.casting.read.printed_table import (
    DIVIDE,
    LONGEST_LINE,
    MOST_BYTES,
    MOST_ROWS,
    PrintedTable,
    check_tables,
)
from cfbudget.casting.read.printed_workbook import read_workbook
from cfbudget.problem import Refusal
from cfbudget.read.bounds import Refused

Tables = tuple[PrintedTable, ...]
NAME = "name a file with a table, or - for standard input"
WITH_TABLE = "give a file with a table in it"
MOST_PDF_BYTES = 300_000_000  # of which only a page is read at a time
LARGE = Refusal(f"it has more than {MOST_BYTES // 1_000_000} MB", DIVIDE)


def _read_barred(lines: list[str]) -> list[PrintedTable]:
    return read_pasted(without_bars(lines)) if is_half_barred(lines) else read_boxed(lines)


READERS: dict[FileKind, Callable[[list[str]], list[PrintedTable]]] = {
    "markdown": read_markdown,
    "boxed": _read_barred,
    "pasted": read_pasted,
}


def read_printed(path: Path, *, sheet: str | None = None, pages: str = "") -> Tables | Refusal:
    """Every table of a file, at least one.

    Args:
        path: CSV, TSV, text, Markdown, HTML, a PDF or a workbook; by its ending, else by what it
            holds.
        sheet: the one sheet of a workbook to read; None for all.
        pages: those of a PDF to read, as `page_choice` gives them; empty for all.
    """
    try:
        return _read(_file_bytes(path), path, sheet, pages)
    except Refused as refused:
        return refused.refusal
    except FileNotFoundError:
        return Refusal("the file does not exist", "check its name and folder")
    except PermissionError:
        return Refusal("the file may not be read", "check its permissions")
    except OSError as error:
        what = (error.strerror or "unknown reason").lower()
        return Refusal(f"the file cannot be read: {what}", "check its name, and the drive it is on")


def read_printed_stream(
    stream: BinaryIO, *, sheet: str | None = None, pages: str = ""
) -> Tables | Refusal:
    """Every table of what comes in a stream, such as standard input, at least one.

    No more is taken from it than a table may have.
    """
    try:
        return _read(_bytes(stream), None, sheet, pages)
    except Refused as refused:
        return refused.refusal
    except OSError as error:
        what = (error.strerror or "unknown reason").lower()
        return Refusal(f"standard input cannot be read: {what}", NAME)


def _file_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
    except ValueError as error:
        raise Refused("no file can have this name", NAME) from error
    if S_ISDIR(status.st_mode):
        raise Refused("it is a folder, not a file", NAME)
    named_pdf = path.suffix.lower() == ".pdf"
    if status.st_size > (MOST_PDF_BYTES if named_pdf else MOST_BYTES):
        raise Refused(*LARGE)
    with path.open("rb") as file:
        return file.read(HEAD) if named_pdf else _bytes(file)


def _bytes(stream: BinaryIO) -> bytes:
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Refused(*LARGE)
    return data


def _read(data: bytes, path: Path | None, sheet: str | None, pages: str) -> Tables:
    if not data.strip():
        raise Refused("there is nothing in it", WITH_TABLE)
    kind = kind_of_bytes(data, path)
    if kind in ("workbook", "ods"):
        _leave_out(pages, "pages", "a PDF", "--page")
        return check_tables(_workbook(data, path, sheet, kind))
    _leave_out(sheet is not None, "sheets", "a workbook", "--sheet")
    if kind == "pdf":
        return check_tables(_pdf(data, path, pages))
    _leave_out(pages, "pages", "a PDF", "--page")
    text = decoded(data, page=kind == "html" or b"<table" in data[:1_000_000].lower())
    if not text.strip():
        raise Refused("there is nothing in it", WITH_TABLE)
    tables = check_tables(_text_tables(text, kind))
    if not any(any(row) for table in tables for row in table.rows):
        raise Refused("no table was found in it", WITH_TABLE)
    return tables


def _leave_out(given: object, what: str, kind: str, option: str) -> None:
    """Refuse a choice that is none in this kind of file."""
    if given:
        raise Refused(f"it has no {what}, as it is not {kind}", f"leave {option} out")


def _workbook(
    data: bytes, path: Path | None, sheet: str | None, kind: FileKind
) -> list[PrintedTable]:
    with _at_place(data, path, "book") as place:
        return read_ods_tables(place, sheet) if kind == "ods" else read_workbook(place, sheet)


def _pdf(data: bytes, path: Path | None, pages: str) -> list[PrintedTable]:
    with _at_place(data, path, "pages.pdf") as place:
        return read_pdf(place, pages)


@contextmanager
def _at_place(data: bytes, path: Path | None, name: str) -> Iterator[Path]:
    """A file's own path, or a copy of what is none: what is read from its end needs a place."""
    if path is not None and path.is_file():
        yield path
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder, name)
        copy.write_bytes(data)
        yield copy


def _text_tables(text: str, kind: FileKind | None) -> list[PrintedTable]:
    if kind == "html":
        return read_html(text)
    lines = text.split("\n")
    if kind is None:
        kind = kind_of_text(text, lines)
    if kind == "html":
        return read_html(text)
    _check_lines(lines)
    if kind in ("csv", "tsv"):
        rows, notes = read_delimited(text, "\t" if kind == "tsv" and "\t" in text else None)
        return [PrintedTable("", rows, notes)]
    tables = READERS[kind](lines)
    # A page of Markdown may hold its tables as they were copied, without a | in them.
    if tables or kind != "markdown" or not text.strip():
        return tables
    other = kind_of_text(text, lines)
    return _text_tables(text, "pasted" if other == "markdown" else other)


def _check_lines(lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            reason = f"line {number:,} has more than {LONGEST_LINE:,} characters"
            raise Refused(reason, "give a table with a row on each line")
    while lines and not lines[-1].strip():
        lines.pop()
    if len(lines) > MOST_ROWS:
        raise Refused(f"it has more than {MOST_ROWS:,} lines", DIVIDE)
