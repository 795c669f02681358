"""Printed tables for tests, read from bytes or from a file."""

import io
from pathlib import Path

from cfbudget.casting.read.printed_file import read_printed, read_printed_stream
from cfbudget.casting.read.printed_table import PrintedTable
from cfbudget.problem import Refusal


def pasted(text: str | bytes) -> tuple[PrintedTable, ...]:
    """The tables of what comes on standard input."""
    found = read_printed_stream(io.BytesIO(text.encode() if isinstance(text, str) else text))
    assert not isinstance(found, Refusal), found
    return found


def only(text: str | bytes) -> tuple[tuple[str, ...], ...]:
    """The rows of the one table on standard input."""
    (table,) = pasted(text)
    return table.rows


def saved(path: Path, text: str | bytes) -> tuple[PrintedTable, ...]:
    """The tables of a file."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    found = read_printed(path)
    assert not isinstance(found, Refusal), found
    return found


def refused(path: Path, text: str | bytes, sheet: str | None = None) -> Refusal:
    """Why a file is refused."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    found = read_printed(path, sheet=sheet)
    assert isinstance(found, Refusal), found
    assert found.reason
    assert found.hint
    return found
