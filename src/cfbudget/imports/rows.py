"""What each row is: a line, a total with the rows that it adds up, a heading, a note."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Literal, NamedTuple

from cfbudget.imports.columns import WordRole
from cfbudget.imports.headings import heading_rows
from cfbudget.imports.printed_words import says_total, without_total
from cfbudget.imports.row_sums import AddedRows, repeated_rows, row_sums
from cfbudget.imports.source_tables import SourceTable, heads_columns
from cfbudget.plan.values import is_tbc

RowRole = Literal["line", "total", "heading", "note", "unstated", "again"]

LONG = 100
"""Characters: more are a note and no heading."""
NOTE = re.compile(r"^(?:\*|†|‡|\(?\d\)|\[|notes?\b|source\b)", re.IGNORECASE)
BULLET = re.compile(r"^[-–•·▪]\s+")
GOES_ON = re.compile(r"(?:[&,/–-]|\b(?:and|of|for|the|to|by))$", re.IGNORECASE)
"""What a heading ends with that goes on in the next line."""
NO_LABEL = "(no label)"


class SourceRow(NamedTuple):
    """A row below the headings."""

    row: int
    role: RowRole
    label: str
    """Its words, of several columns those of the name; empty where it has none."""
    words: Mapping[int, str]
    """The words of each of its label columns that has some."""
    sum: AddedRows | None = None
    """What a total adds up; None of the others."""


def source_rows(table: SourceTable, roles: Mapping[int, WordRole]) -> list[SourceRow]:
    """The rows below the column headings, in order.

    Args:
        roles: what the columns of words are.
    """
    found = _nil_headings(table, list(_whole_headings(_rows(table, roles))))
    again = repeated_rows(table)
    sums = {**_said_sums(table, found), **row_sums(table.casting)}
    sums = _turned_round(sums, {row.row: row.label for row in found}, again)
    headings = {row.row for row in found if row.role == "heading"}
    return [
        row._replace(role="total", sum=_without(sums[row.row], headings))
        if row.role == "line" and row.row in sums
        else row._replace(role="again")
        if row.role == "line" and row.row in again
        else row
        for row in found
    ]


def _rows(table: SourceTable, roles: Mapping[int, WordRole]) -> Iterator[SourceRow]:
    heads = heading_rows(table)
    start = max(heads, default=table.first - 1) + 1
    figures = set(table.grid.rows)
    last = max(figures, default=0)
    columns = table.grid.columns
    for at in range(start, len(table.rows)):
        words = {c: text for c in table.grid.labels if (text := table.text(at, c))}
        label = _label(words, roles)
        stands = [text for column in columns if (text := table.text(at, column))]
        if at in figures:
            yield SourceRow(at, "line", label, words)
        elif stands and not heads_columns(table.rows[at]):
            yield SourceRow(at, "line" if any(map(is_tbc, stands)) else "unstated", label, words)
        elif words:
            is_note = at > last or len(label) > LONG or NOTE.match(label)
            yield SourceRow(at, "note" if is_note else "heading", label, words)


def _whole_headings(rows: Iterable[SourceRow]) -> Iterator[SourceRow]:
    """Rows, of which headings that go on in the next line are one."""
    begun: SourceRow | None = None
    for row in rows:
        whole = row
        if begun is not None and row.role == "heading":
            whole = row._replace(label=f"{begun.label} {row.label}", row=begun.row)
        elif begun is not None:
            yield begun
        begun = whole if row.role == "heading" and GOES_ON.search(row.label) else None
        if begun is None:
            yield whole
    if begun is not None:
        yield begun


def _nil_headings(table: SourceTable, rows: list[SourceRow]) -> list[SourceRow]:
    """A row in capitals whose figures are all nil is a heading where others in capitals have no
    figures at all."""
    if not any(row.role == "heading" and row.label.isupper() for row in rows):
        return rows
    filled: dict[int, list[int]] = {}
    for (row, _), cell in table.grid.cells.items():
        filled.setdefault(row, []).append(cell.value)
    return [
        row._replace(role="heading")
        if row.role == "line" and row.label.isupper() and not any(filled.get(row.row, [1]))
        else row
        for row in rows
    ]


def _label(words: Mapping[int, str], roles: Mapping[int, WordRole]) -> str:
    """A row's own words: those of its name, else of the column nearest to the figures."""
    named = next((words[c] for c, role in roles.items() if role == "name" and c in words), "")
    levels = [words[c] for c, role in roles.items() if role == "level" and c in words]
    texts = [named, *reversed(levels), *(words[c] for c in words if roles[c] == "other")]
    label = BULLET.sub("", next((text for text in texts if text), ""))
    return "" if label.casefold() == NO_LABEL else label


def _turned_round(
    sums: Mapping[int, AddedRows], labels: Mapping[int, str], again: Mapping[int, int]
) -> dict[int, AddedRows]:
    """Where what is left of a line that is called a total stands below it, the line is the total
    of what was taken off and what is left."""
    found = dict(sums)
    printed = {first: second for second, first in again.items()}
    for row, one in sums.items():
        first, *others = sorted(one.terms, reverse=True)
        is_left = first[0] > 0 and others and all(sign < 0 for sign, _ in others)
        total = first[1]
        if is_left and total not in sums and says_total(labels.get(total, "")):
            if says_total(labels.get(row, "")):
                continue
            found[total] = AddedRows((*((1, at) for _, at in others), (1, row)), one.proved)
            del found[row]
            if row in printed:
                found[row] = AddedRows(((1, printed[row]),))
    return found


def _without(found: AddedRows, rows: Set[int]) -> AddedRows:
    """A sum without rows that add nothing."""
    return found._replace(terms=tuple(term for term in found.terms if term[1] not in rows))


def _said_sums(table: SourceTable, rows: list[SourceRow]) -> dict[int, AddedRows]:
    """The totals that only their labels tell of: those of the lines since the heading they name,
    or since the total before."""
    proved = row_sums(table.casting)
    found: dict[int, AddedRows] = {}
    open_lines: list[int] = []
    headings: list[tuple[int, str]] = []
    for row in rows:
        if row.role == "heading":
            headings.append((row.row, row.label.casefold()))
        if row.role != "line":
            continue
        if row.row in proved:
            open_lines = [at for at in open_lines if at not in proved[row.row].rows]
        elif says_total(row.label) and open_lines:
            name = without_total(row.label).casefold()
            since = max((at for at, words in headings if name and words == name), default=-1)
            terms = tuple((1, at) for at in open_lines if at > since)
            if terms:
                found[row.row] = AddedRows(terms, proved=False)
                open_lines = [at for at in open_lines if at <= since]
        open_lines.append(row.row)
    return found
