"""Tables as tidy data, CSV or JSON: exact amounts, one record for each cell."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from cfbudget.tables.table import Table
from cfbudget.tables.tidy import Record, records

# A text that begins with one of these is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBERS = frozenset({"amount", "stated", "computed", "difference", "allowance", "line", "column"})


def tables_csv(tables: Iterable[Table]) -> str:
    found = [record._asdict() for table in tables for record in records(table)]
    return csv_text(Record._fields, found)


def tables_json(tables: Iterable[Table]) -> str:
    return json_lines([record._asdict() for table in tables for record in records(table)])


def csv_text(fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """CSV with a heading line. A text that a spreadsheet would compute has a ' before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([guarded(field, row[field]) for field in fields])
    return out.getvalue()


def guarded(field: str, value: object) -> object:
    if isinstance(value, str) and field not in NUMBERS and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def json_lines(rows: Iterable[Mapping[str, object]]) -> str:
    """A JSON list with a record on each line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n" if lines else "[]\n"
