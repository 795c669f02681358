"""Tidy records read from CSV: one for each cell of a plan's tables."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget import rules
from cfbudget.layout.tidy import Record
from cfbudget.money import COUNTS, FTE, UNITS, Amount, parse_amount, parse_count, parse_fte
from cfbudget.problem import Place, Problem, Refusal, clipped

HEADINGS = ("table", "row", "label", "role", "measure", "year", "unit", "amount")
"""What records are known by."""
TABLES = ("revenue", "capital", "financing", "options", "position", "funding", "reserves")
OF_A_TRIAL = ("scenario", "cause")
"""Fields of the records of a scenario, and of a comparison."""

RecordKey = tuple[str, str, str, str]
"""The table, row, measure and year of a record."""


class TidyRecord(NamedTuple):
    """A record, with its amount as a number and the line of the file that it stands on."""

    of: Record
    value: int | None
    """In pence, of counts and full-time equivalents in hundredths; None of a share."""
    line: int
    note: str = ""

    @property
    def key(self) -> RecordKey:
        return (self.of.table, self.of.row, self.of.measure, self.of.year)

    @property
    def compared(self) -> str | int:
        """What it is compared by: the number, or a share as it is written."""
        return self.of.amount if self.value is None else self.value


class RecordsRead(NamedTuple):
    """The records of a file, or what is wrong with it."""

    records: tuple[TidyRecord, ...]
    problems: tuple[Problem, ...]


def are_records(first_line: str) -> bool:
    """Whether a CSV file that begins so holds tidy records."""
    try:
        headings = next(csv.reader(io.StringIO(first_line, newline="")), [])
    except csv.Error:  # whoever reads the file says what it is
        return False
    return set(HEADINGS) <= {heading.strip() for heading in headings}


def read_records(text: str, file: str) -> RecordsRead:
    """The records of a CSV text; what cannot be one is a problem at its line.

    Args:
        file: its name, for problems.
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        broken = rules.UNREADABLE_TABLE.at(
            Place(file), f"not CSV: {error}", "write the records again with cfbudget totals -f csv"
        )
        return RecordsRead((), (broken,))
    headings = [heading.strip() for heading in rows[0]] if rows else []
    if other := [field for field in OF_A_TRIAL if field in headings]:
        hint = "write those of the plan itself: cfbudget totals -f csv -o plan.csv"
        message = f"records with the field {other[0]} are not those of one plan"
        return RecordsRead((), (rules.UNREADABLE_TABLE.at(Place(file, 1), message, hint),))
    found: list[TidyRecord] = []
    problems: list[Problem] = []
    seen: dict[RecordKey, int] = {}
    others: dict[str, int] = {}
    for line, cells in enumerate(rows[1:], start=2):
        if not any(cells):
            continue
        one = _record(dict(zip(headings, cells, strict=False)), line)
        place = Place(file, line)
        if isinstance(one, Refusal):
            problems.append(rules.UNREADABLE_TABLE.at(place, one.reason, one.hint))
        elif one.of.table not in TABLES:
            others.setdefault(one.of.table, line)
        elif one.key in seen:
            message = f"the same figure stands on line {seen[one.key]}"
            hint = "write the records again: none stands twice"
            problems.append(rules.UNREADABLE_TABLE.at(place, message, hint))
        else:
            seen[one.key] = line
            found.append(one)
    for table, line in others.items():
        message = f"{clipped(table)!r} is no table of a plan's own"
        hint = "write those of the plan itself: cfbudget totals -f csv -o plan.csv"
        problems.append(rules.UNREADABLE_TABLE.at(Place(file, line), message, hint))
    problems += _without_money(found, file) if not problems else []
    if not found and not problems:
        hint = "write them again with cfbudget totals -f csv"
        problems.append(rules.UNREADABLE_TABLE.at(Place(file), "no record in the file", hint))
    return RecordsRead(tuple(found), tuple(problems))


def _without_money(records: Sequence[TidyRecord], file: str) -> list[Problem]:
    """A problem for each table of which no record is an amount: its file has no unit then."""
    lines: dict[str, int] = {}
    for one in records:
        lines.setdefault(one.of.table, one.line)
    counted = {one.of.table for one in records if one.of.unit in UNITS}
    hint = "write the whole table: cfbudget totals -f csv -o plan.csv"
    return [
        rules.UNREADABLE_TABLE.at(
            Place(file, line), f"no record of the {table} is an amount of money", hint
        )
        for table, line in lines.items()
        if table not in counted
    ]


def _record(cells: Mapping[str, str], line: int) -> TidyRecord | Refusal:
    given = {field: _text(cells.get(field, "")) for field in (*Record._fields, "note")}
    note = given.pop("note")
    of = Record(**given)
    found = _value(of) if of.table in TABLES else None
    if isinstance(found, Refusal):
        return found
    return TidyRecord(of, found.pence if found else None, line, note)


def tidy_record(of: Record) -> TidyRecord:
    """A record that a table of ours gives."""
    found = _value(of)
    return TidyRecord(of, found.pence if isinstance(found, Amount) else None, 0)


def _text(cell: str) -> str:
    """A cell without the mark that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _value(of: Record) -> Amount | Refusal | None:
    if of.unit == "%":
        return None
    if of.unit == FTE.name:
        return parse_fte(of.amount)
    if of.unit == COUNTS.name:
        return parse_count(of.amount)
    if of.unit not in UNITS:
        return Refusal(f"{clipped(of.unit)!r} is no unit", f"write {', '.join(UNITS)}")
    return parse_amount(of.amount, UNITS[of.unit])


class TableRecords:
    """The records of one table, by row."""

    def __init__(self, records: Iterable[TidyRecord], table: str) -> None:
        self.all = [one for one in records if one.of.table == table]
        self.by_row: dict[str, list[TidyRecord]] = {}
        for one in self.all:
            self.by_row.setdefault(one.of.row, []).append(one)

    def __bool__(self) -> bool:
        return bool(self.all)

    @property
    def unit(self) -> str:
        """The unit of its money."""
        return next(one.of.unit for one in self.all if one.of.unit in UNITS)

    def years(self, *measures: str) -> list[str]:
        """The years that measures have, in order."""
        return sorted({one.of.year for one in self.all if one.of.measure in measures} - {""})

    def lines(self, *measures: str) -> Iterator[tuple[str, Sequence[TidyRecord]]]:
        """The rows that are lines, and have any of the measures: each with its records of them."""
        for row, records in self.by_row.items():
            found = [one for one in records if one.of.measure in measures]
            if found and found[0].of.role == "line":
                yield row, found

    def amounts(self, row: str, measure: str) -> dict[str, str]:
        """The amounts of a row as they are written, by year."""
        found = self.by_row.get(row, ())
        return {one.of.year: one.of.amount for one in found if one.of.measure == measure}

    def label(self, row: str) -> str:
        found = self.by_row.get(row)
        return found[0].of.label if found else ""
