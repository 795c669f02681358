"""Pasted text to tables."""

import re

from cfbudget.casting.read.boxed_text import is_ruled
from cfbudget.casting.read.loose_text import is_loose, read_loose
from cfbudget.casting.read.printed_table import PrintedTable, TextRow, cell_text
from cfbudget.casting.read.text_blocks import tables_of
from cfbudget.casting.read.text_words import fields
from cfbudget.read.bounds import Refused

LEADERS = re.compile(r"\.{4,}|(?:\. ){6,}\.*")
MOST_WORDS = 700_000
BLANKS = str.maketrans(dict.fromkeys("\xa0\u2002\u2003\u2007\u2009\u202f\f\v", " "))


def read_pasted(lines: list[str]) -> list[PrintedTable]:
    """Tables that only blanks divide. With several, each has the first line above it for a name."""
    if sum(len(line.split()) for line in lines) > MOST_WORDS:
        reason = f"it has more than {MOST_WORDS:,} words"
        raise Refused(reason, "copy the table alone, or save it as .csv or .xlsx")
    plain = [_plain(line) for line in lines]
    if is_loose(plain):
        return [read_loose(plain)]
    tables: list[PrintedTable] = []
    for table in tables_of([fields(line) if line else None for line in plain]):
        empty: list[TextRow] = [()] * table.start
        rows = (*empty, *table.rows.rows)
        tables.append(PrintedTable(cell_text(table.name), rows, table.rows.notes))
    return tables


def _plain(line: str) -> str:
    """A line with blanks only between its words: no tabs, leaders or rules."""
    line = line.translate(BLANKS).expandtabs()
    if is_ruled(line):
        return " "
    return LEADERS.sub(lambda match: " " * len(match[0]), line).rstrip()
