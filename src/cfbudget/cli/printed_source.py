"""A printed table as a command takes it: a file or standard input, a sheet, pages of a PDF."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from cfbudget.cli.output import print_found

if TYPE_CHECKING:
    from cfbudget.casting.read.printed_table import PrintedTable

STDIN = "standard input"
EXPORTED = frozenset({"About", "Checks", "Files"})
"""Sheets that every exported workbook has."""


def source_file(file: str | None, command: str) -> Path | None:
    """The file to read; None for standard input.

    Args:
        command: how it is typed with a file, for the message where none is named.
    """
    if file == "-" or (file is None and not sys.stdin.isatty()):
        return None
    if file is None:
        raise typer.BadParameter(
            f"name a file with a table, or pipe one in: {command}; "
            "- reads what is typed or pasted, up to Ctrl+D",
            param_hint="'FILE'",
        )
    if not file:
        raise typer.BadParameter("it names no file", param_hint="'FILE'")
    return Path(file)


def chosen_pages(typed: str | None) -> str:
    """The pages that are chosen; empty for all."""
    from cfbudget.casting.read.page_choice import page_choice

    try:
        return "" if typed is None else page_choice(typed)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="'--page'") from error


def printed_tables(
    source: Path | None, sheet: str | None, pages: str
) -> "tuple[PrintedTable, ...]":
    """The tables of a file or of standard input; what cannot be read ends the command with 2."""
    from cfbudget.casting.read.printed_file import read_printed, read_printed_stream
    from cfbudget.problem import Refusal

    if source is None:
        found = read_printed_stream(sys.stdin.buffer, sheet=sheet, pages=pages)
    else:
        found = read_printed(source, sheet=sheet, pages=pages)
    if isinstance(found, Refusal):
        raise unreadable(source, found.reason, found.hint)
    return found


def unreadable(source: Path | None, reason: str, hint: str) -> typer.Exit:
    """Say why a printed table cannot be taken, and end with 2."""
    from cfbudget import rules
    from cfbudget.problem import Place

    place = Place(STDIN if source is None else str(source))
    print_found("", [rules.UNREADABLE_TABLE.at(place, reason, hint)], {})
    return typer.Exit(2)


def book_form(tables: "tuple[PrintedTable, ...]") -> Literal["exported", "template", ""]:
    """Whether tables are those of a workbook that `cfbudget export` wrote, or of one that a plan
    was typed into."""
    from cfbudget.read.folder import stem_of

    if {table.name for table in tables} >= EXPORTED:
        return "exported"
    firsts = {table.name: table.rows[0][0] for table in tables if table.rows and table.rows[0]}
    return "template" if any(stem_of(n) and first == "name" for n, first in firsts.items()) else ""
