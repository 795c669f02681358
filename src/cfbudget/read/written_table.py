"""A CSV text as it was written: what each cell spans, so that it can be replaced in its place.

The text is one that has been read without a problem. Rows and columns count from 1, as problems
name them; offsets count characters of the text, from 0.
"""

from collections.abc import Sequence
from typing import NamedTuple


class WrittenCell(NamedTuple):
    """One cell: its text, and what it spans with its quotes. A blank spans nothing."""

    text: str
    start: int
    end: int
    is_quoted: bool


def written_rows(text: str) -> list[list[WrittenCell]]:
    """The rows of a CSV text; a blank line is a row of no cells."""
    rows: list[list[WrittenCell]] = []
    row: list[WrittenCell] = []
    at = 0
    while at < len(text):
        if text[at] in "\r\n" and not row:
            rows.append([])
            at = _after_break(text, at)
            continue
        cell, at = _cell(text, at)
        row.append(cell)
        if at < len(text) and text[at] == ",":
            at += 1
            if at < len(text) and text[at] not in "\r\n":
                continue
            row.append(WrittenCell("", at, at, is_quoted=False))
        rows.append(row)
        row = []
        at = _after_break(text, at)
    return rows


def _cell(text: str, at: int) -> tuple[WrittenCell, int]:
    """The cell that begins here, and where it ends."""
    if text[at : at + 1] != '"':
        ends = [found for mark in ",\r\n" if (found := text.find(mark, at)) >= 0]
        end = min(ends, default=len(text))
        return WrittenCell(text[at:end], at, end, is_quoted=False), end
    end = at + 1
    while text[end] != '"' or text[end : end + 2] == '""':
        end += 2 if text[end] == '"' else 1
    held = text[at + 1 : end].replace('""', '"')
    return WrittenCell(held, at, end + 1, is_quoted=True), end + 1


def _after_break(text: str, at: int) -> int:
    return at + 2 if text[at : at + 2] == "\r\n" else at + 1


def cell_text(text: str, *, in_quotes: bool) -> str:
    """A text as it stands in a cell: in quotes where it needs them, or as its old one had."""
    if in_quotes or any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def heading_row(rows: Sequence[Sequence[WrittenCell]]) -> int:
    """The number of the row of headings: the first below the blank row under the file's keys."""
    filled = [bool(any(cell.text.strip() for cell in row)) for row in rows]
    first = filled.index(True)
    blank = filled.index(False, first)
    return filled.index(True, blank) + 1
