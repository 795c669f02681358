"""CSV and its kin: a row is a record, as a spreadsheet would number it."""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from cfbudget.casting.read.printed_table import TextRow, check_row, row_of, trimmed
from cfbudget.read.bounds import Refused

DELIMITERS = "\t;|,"  # where two are as good, the rarer in text and figures first
SAMPLE = 1_000  # lines
LONGEST_FIELD = 20  # lines; a quoted text of more has lost its second mark

QUOTED = re.compile(r'"[^"]*"')
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
SEP = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
# As our own CSV writes a text that a spreadsheet would compute.
GUARDED = ("'=", "'+", "'-", "'@")
CLOSE = "put the second quotation mark where the text ends, or take the first away"


def read_delimited(text: str, delimiter: str | None) -> tuple[tuple[TextRow, ...], tuple[str, ...]]:
    """The rows of a CSV, and notes on them.

    Args:
        text: with line feeds only. A first line `sep=;`, as Excel writes, is no row.
        delimiter: None to find it.

    Raises:
        Refused: a quotation mark is never closed, or the table is over a bound.
    """
    lines = text.split("\n")
    if match := SEP.fullmatch(lines[0].strip("\ufeff \r")):
        return _records(lines, 1, match[1])
    return _records(lines, 0, delimiter or best_delimiter(lines)[0])


def best_delimiter(lines: list[str]) -> tuple[str, float]:
    """What most evenly divides the lines, and the share of lines that it divides alike.

    Commas that part thousands are not counted, nor what stands within quotation marks.
    """
    said = [line for line in lines if line.strip()][:SAMPLE]
    sample = [QUOTED.sub("", record) for record in _whole_records(said)]
    best, share = ",", 0.0
    for delimiter in DELIMITERS:
        plain = [THOUSANDS.sub("", line) for line in sample] if delimiter == "," else sample
        counts = Counter(line.count(delimiter) for line in plain)
        del counts[0]
        if counts and (found := max(counts.values()) / len(sample)) > share:
            best, share = delimiter, found
    return best, share


def _whole_records(lines: list[str]) -> Iterator[str]:
    """Lines put together within which a quotation mark is not closed, unless none closes it."""
    odd = [line.count('"') % 2 for line in lines]
    at = 0
    while at < len(lines):
        end = at + 1
        if odd[at]:
            closing = (n for n in range(end, min(len(lines), at + LONGEST_FIELD + 1)) if odd[n])
            end = next(closing, at) + 1
        yield " ".join(lines[at:end])
        at = end


class _Lines:
    """Lines as the csv module takes them, with those of the current record kept."""

    def __init__(self, lines: list[str], skipped: int) -> None:
        self.lines = lines
        self.at = self.first = skipped

    def __iter__(self) -> Iterator[str]:
        while self.at < len(self.lines):
            if self.at - self.first > LONGEST_FIELD:
                reason = (
                    f"a quotation mark on line {self.first + 1:,} is not closed within "
                    f"{LONGEST_FIELD} lines"
                )
                raise Refused(reason, CLOSE)
            self.at += 1
            yield self.lines[self.at - 1] + "\n"

    @property
    def record(self) -> list[str]:
        return self.lines[self.first : self.at]


def _records(
    lines: list[str], skipped: int, delimiter: str
) -> tuple[tuple[TextRow, ...], tuple[str, ...]]:
    while lines and not lines[-1].strip():
        lines.pop()
    source = _Lines(lines, skipped)
    rows: list[TextRow] = []
    notes: list[str] = []
    cells = 0
    try:
        for fields in csv.reader(source, delimiter=delimiter):
            row = row_of(map(_unguarded, fields))
            cells += len(row)
            check_row(len(rows) + 1, row, cells)
            rows.append(row)
            if len(source.record) > 1:
                notes += _run_on(source, delimiter)
            source.first = source.at
    except csv.Error as error:
        reason = f"line {source.first + 1:,} cannot be read as CSV"
        raise Refused(reason, "look for a quotation mark without its second") from error
    return trimmed(rows), tuple(notes)


def _run_on(source: _Lines, delimiter: str) -> list[str]:
    """Look at a record of several lines: is it one, or has a mark been forgotten?"""
    record = source.record
    if source.at == len(source.lines):
        try:
            list(csv.reader([f"{line}\n" for line in record], delimiter=delimiter, strict=True))
        except csv.Error as error:
            if "end of data" in str(error):
                reason = f"a quotation mark on line {source.first + 1:,} is never closed"
                raise Refused(reason, CLOSE) from error
    if all(line.count(delimiter) < 2 for line in record[1:]):
        return []
    return [
        f"lines {source.first + 1:,} to {source.at:,} are one row, as a quotation mark is closed "
        "only then"
    ]


def _unguarded(field: str) -> str:
    return field[1:] if field.startswith(GUARDED) else field
