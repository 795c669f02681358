"""The plain options of a table: CSV text to the same with a row in place of each group of them."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import NamedTuple

from cfbudget.condensed.condensed_text import CondensedText
from cfbudget.condensed.plain_group import GroupRow, PlanOfLines
from cfbudget.condensed.plain_lines import KeptLines, PlainLines
from cfbudget.money import UNITS
from cfbudget.years import FinancialYear, parse_year

FIELDS = ("service", "kind", "status", "id", "name")
STATED = "stated"
AT_ONCE = 2_000
"""Rows that are looked at together."""


def csv_plan(text: str, file: str, services: Mapping[str, str], prefix: str) -> PlanOfLines | None:
    """What the head of a table says that its options need; None where it is not plain itself."""
    head: dict[str, list[str]] = {}
    try:
        for row in csv.reader(_lines(text), strict=True):
            if not any(map(str.strip, row)):
                break
            key, parts = row[0].strip(), ",".join(row[1:]).split(",")
            if key in head:
                return None
            head[key] = [part.strip() for part in parts if part.strip()]
    except csv.Error:
        return None
    unit, basis = ("".join(head.get(key, ())) for key in ("unit", "basis"))
    years = [parse_year(text) for text in head.get("financial_years", ())]
    known = tuple(year for year in years if isinstance(year, FinancialYear))
    if unit not in UNITS or basis != "change" or not known or len(known) < len(years):
        return None
    return PlanOfLines(file, UNITS[unit], known, services, prefix)


def condensed_csv(text: str, plan: PlanOfLines, kept: KeptLines) -> CondensedText | None:
    """The table's text condensed; None where it is no plain table.

    Args:
        kept: options that stay as they are.
    """
    rows = enumerate(_rows(text), start=1)
    others: dict[int, list[str]] = {}
    try:
        headings = _headings(rows, others)
        columns = _columns(headings, plan)
        if columns is None:
            return None
        lines = PlainLines(plan, kept)
        _take(rows, columns, lines, others)
    except csv.Error:
        return None
    found = lines.found
    for number, group in enumerate(found):
        row = group.row(plan, lines.pence.step)
        others[row.line] = columns.cells_of(row, plan.row_id(number))
    rows_of_groups = frozenset(group.lines[0] for group in found)
    return CondensedText(_written(others), lines, rows_of_groups)


class _OptionColumns(NamedTuple):
    """Where a row has what: columns from 0."""

    width: int
    fields: tuple[int, ...]
    stated: int | None
    years: tuple[int | None, ...]
    """Of each year of the plan."""
    others: tuple[int, ...]

    def of_plain(self, rows: Sequence[list[str]]) -> list[Sequence[str]] | None:
        """The columns of an option's values in some rows; None where any row has something else."""
        if set(map(len, rows)) != {self.width}:
            return None
        columns = list(zip(*rows, strict=True))
        if any(any(columns[at]) for at in self.others):
            return None
        blank = [""] * len(rows)
        wanted = (*self.fields, self.stated, *self.years)
        return [blank if column is None else columns[column] for column in wanted]

    def cells_of(self, row: GroupRow, identity: str) -> list[str]:
        cells = [""] * self.width
        for column, cell in zip(
            self.fields, (row.service, row.kind, row.status, identity, row.name), strict=True
        ):
            cells[column] = cell
        for year, change in zip(self.years, row.changes, strict=True):
            if year is not None:
                cells[year] = change
        return cells


def _headings(rows: Iterator[tuple[int, list[str]]], others: dict[int, list[str]]) -> list[str]:
    """The row of headings, below the blank rows that end the head; all that is read is kept."""
    is_below = False
    for number, row in rows:
        others[number] = row
        is_filled = any(map(str.strip, row))
        if is_filled and is_below:
            return [cell.strip() for cell in row]
        is_below = is_below or (not is_filled and number > 1)
    return []


def _columns(headings: Sequence[str], plan: PlanOfLines) -> _OptionColumns | None:
    """Where the options have what; None where a heading is missing, twice or of no year."""
    at = {heading: column for column, heading in enumerate(headings) if heading}
    years = {text: parse_year(text) for text in at if text[0].isdigit()}
    known = [year for year in years.values() if isinstance(year, FinancialYear)]
    if len(at) < len(headings) or len(set(known)) < len(years) or not set(known) <= {*plan.years}:
        return None
    if not known or not at.keys() >= {*FIELDS}:
        return None
    by_year = {year: at[text] for text, year in years.items()}
    columns = tuple(by_year.get(year) for year in plan.years)
    used = {*(at[field] for field in FIELDS), *by_year.values(), at.get(STATED)}
    others = tuple(column for column in at.values() if column not in used)
    fields = tuple(at[field] for field in FIELDS)
    return _OptionColumns(len(headings), fields, at.get(STATED), columns, others)


def _take(
    rows: Iterator[tuple[int, list[str]]],
    columns: _OptionColumns,
    lines: PlainLines,
    others: dict[int, list[str]],
) -> None:
    """Have every row taken that is a plain option; all others are kept as they are."""
    while some := list(islice(rows, AT_ONCE)):
        at, written = zip(*some, strict=True)
        by_column = columns.of_plain(written)
        if by_column is None:
            could_be = [one for one in some if columns.of_plain([one[1]]) is not None]
            known = {number for number, _ in could_be}
            others.update(one for one in some if any(one[1]) and one[0] not in known)
            if not could_be:
                continue
            at, written = zip(*could_be, strict=True)
            by_column = columns.of_plain(written) or []
        is_taken = lines.take(by_column, at)
        if not all(is_taken):
            left = zip(at, written, is_taken, strict=True)
            others.update((number, row) for number, row, taken in left if not taken)


def _rows(text: str) -> Iterator[list[str]]:
    """The cells of each row; where nothing is quoted they are what stands between commas."""
    lines = text.replace("\r\n", "\n")
    if '"' in lines or "\r" in lines:
        return csv.reader(_lines(text), strict=True)
    return map(str.split, lines.split("\n"), repeat(","))


def _lines(text: str) -> Iterable[str]:
    """The text line by line; StringIO would take four bytes for each character of it."""
    return io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline="")


def _written(rows: Mapping[int, Sequence[str]]) -> str:
    """The rows as CSV, each where it stood."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    last = 0
    for number in sorted(rows):
        text.write("\n" * (number - last - 1))
        writer.writerow(rows[number])
        last = number
    return text.getvalue()
