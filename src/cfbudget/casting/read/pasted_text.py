"""Pasted text to tables."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cfbudget.casting.read.aligned_text import Fields
from cfbudget.casting.read.boxed_text import has_bars, is_ruled
from cfbudget.casting.read.browser_edges import browser_edges
from cfbudget.casting.read.loose_text import is_loose, read_loose
from cfbudget.casting.read.page_furniture import furniture
from cfbudget.casting.read.printed_table import PrintedTable, TextRow, cell_text
from cfbudget.casting.read.ruled_totals import ruled_totals
from cfbudget.casting.read.text_blocks import tables_of
from cfbudget.casting.read.text_words import fields
from cfbudget.casting.stored_cells import StoredCells
from cfbudget.read.bounds import Refused

LEADERS = re.compile(r"\.{4,}|(?:\. ){6,}\.*")
MOST_WORDS = 700_000
BLANKS = str.maketrans(dict.fromkeys("\xa0\u2002\u2003\u2007\u2009\u202f\f\v", " "))


def read_pasted(lines: list[str]) -> list[PrintedTable]:
    """Tables that only blanks divide. With several, each has the first line above it for a name."""
    if sum(len(line.split()) for line in lines) > MOST_WORDS:
        reason = f"it has more than {MOST_WORDS:,} words"
        raise Refused(reason, "copy the table alone, or save it as .csv or .xlsx")
    edges = browser_edges(lines)
    lines = ["" if at in edges.lines else line for at, line in enumerate(lines)]
    plain = [_plain(line) for line in lines]
    if is_loose(plain):
        return [read_loose(plain)]
    divided = [fields(line) if line else None for line in plain]
    for number in _furniture(lines, divided):
        divided[number] = None
    totals = ruled_totals(list(map(_drawn, lines)), [line or () for line in divided])
    tables: list[PrintedTable] = []
    for table in tables_of(divided, pages=edges.pages):
        empty: list[TextRow] = [()] * table.start
        rows = (*empty, *table.rows.rows)
        ruled = totals.intersection(range(table.start, len(rows)))
        stored = StoredCells(ruled=ruled)
        tables.append(PrintedTable(cell_text(table.name), rows, table.rows.notes, stored))
    return tables


def _drawn(line: str) -> str:
    """What is drawn in a line, where it is a rule and no more."""
    line = line.translate(BLANKS).expandtabs()
    return line if is_ruled(line) and not has_bars(line) and "+" not in line else ""


def _furniture(lines: Sequence[str], divided: Sequence[Fields | None]) -> Iterator[int]:
    """The lines at the edges of pages, which a form feed begins, that are of no table."""
    starts = [0, *(at for at, line in enumerate(lines) if at and line.startswith("\f"))]
    if len(starts) < 2:
        return
    pages = [
        [line or [] for line in divided[start:end]]
        for start, end in pairwise([*starts, len(lines)])
    ]
    for start, apart in zip(starts, furniture(pages), strict=True):
        yield from (start + number for number in apart)


def _plain(line: str) -> str:
    """A line with blanks only between its words: no tabs, leaders or rules."""
    line = line.translate(BLANKS).expandtabs()
    if is_ruled(line):
        return " "
    return LEADERS.sub(lambda match: " " * len(match[0]), line).rstrip()
