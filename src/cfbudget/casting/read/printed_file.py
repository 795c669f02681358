"""The way in: a file, or what came on standard input, to its printed tables."""

from collections.abc import Callable
from pathlib import Path
from stat import S_ISDIR
from tempfile import TemporaryDirectory
from typing import BinaryIO

from cfbudget.casting.read.boxed_text import is_half_barred, read_boxed, without_bars
from cfbudget.casting.read.delimited import read_delimited
from cfbudget.casting.read.encodings import decoded
from cfbudget.casting.read.file_kinds import FileKind, kind_of_bytes, kind_of_text
from cfbudget.casting.read.html_tables import read_html
from cfbudget.casting.read.markdown_tables import read_markdown
from cfbudget.casting.read.printed_table import (
    DIVIDE,
    LONGEST_LINE,
    MOST_BYTES,
    MOST_ROWS,
    PrintedTable,
    check_tables,
)
from cfbudget.casting.read.printed_workbook import read_workbook
from cfbudget.casting.read.text_blocks import read_pasted
from cfbudget.problem import Refusal
from cfbudget.read.bounds import Refused

Tables = tuple[PrintedTable, ...]
NAME = "name a file with a table, or - for standard input"
WITH_TABLE = "give a file with a table in it"
LARGE = Refusal(f"it has more than {MOST_BYTES // 1_000_000} MB", DIVIDE)


def _read_barred(lines: list[str]) -> list[PrintedTable]:
    return read_pasted(without_bars(lines)) if is_half_barred(lines) else read_boxed(lines)


READERS: dict[FileKind, Callable[[list[str]], list[PrintedTable]]] = {
    "markdown": read_markdown,
    "boxed": _read_barred,
    "pasted": read_pasted,
}


def read_printed(path: Path, *, sheet: str | None = None) -> Tables | Refusal:
    """Every table of a file, at least one.

    Args:
        path: CSV, TSV, text, Markdown, HTML or a workbook; by its ending, else by what it holds.
        sheet: the one sheet of a workbook to read; None for all.
    """
    try:
        return _read(_file_bytes(path), path, sheet)
    except Refused as refused:
        return refused.refusal
    except FileNotFoundError:
        return Refusal("the file does not exist", "check its name and folder")
    except PermissionError:
        return Refusal("the file may not be read", "check its permissions")
    except OSError as error:
        what = (error.strerror or "unknown reason").lower()
        return Refusal(f"the file cannot be read: {what}", "check its name, and the drive it is on")


def read_printed_stream(stream: BinaryIO, *, sheet: str | None = None) -> Tables | Refusal:
    """Every table of what comes in a stream, such as standard input, at least one.

    No more is taken from it than a table may have.
    """
    try:
        return _read(_bytes(stream), None, sheet)
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
    if status.st_size > MOST_BYTES:
        raise Refused(*LARGE)
    with path.open("rb") as file:
        return _bytes(file)


def _bytes(stream: BinaryIO) -> bytes:
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Refused(*LARGE)
    return data


def _read(data: bytes, path: Path | None, sheet: str | None) -> Tables:
    if not data.strip():
        raise Refused("there is nothing in it", WITH_TABLE)
    kind = kind_of_bytes(data, path)
    if kind == "workbook":
        return check_tables(_workbook(data, path, sheet))
    if sheet is not None:
        raise Refused("it has no sheets, as it is not a workbook", "leave --sheet out")
    text = decoded(data, page=kind == "html" or b"<table" in data[:1_000_000].lower())
    if not text.strip():
        raise Refused("there is nothing in it", WITH_TABLE)
    tables = check_tables(_text_tables(text, kind))
    if not any(any(row) for table in tables for row in table.rows):
        raise Refused("no table was found in it", WITH_TABLE)
    return tables


def _workbook(data: bytes, path: Path | None, sheet: str | None) -> list[PrintedTable]:
    if path is not None and path.is_file():
        return read_workbook(path, sheet)
    with TemporaryDirectory() as folder:  # a workbook is read from its end
        copy = Path(folder, "book.xlsx")
        copy.write_bytes(data)
        return read_workbook(copy, sheet)


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
