"""Tables as tidy data, CSV or JSON: exact amounts, one record for each cell."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from cfbudget.problem import UNSHOWN, printable
from cfbudget.tables.table import Table
from cfbudget.tables.tidy import Record, records

# A text that begins with one of these is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNSHOWN_IN_JSON = re.compile(f"[{UNSHOWN}]")
NUMBERS = frozenset({"amount", "stated", "computed", "difference", "allowance", "line", "column"})


def tables_csv(tables: Iterable[Table], *, notes: bool = False) -> str:
    """Records as CSV, with the rows' notes as a last field where they are wanted."""
    fields = (*Record._fields, "note") if notes else Record._fields
    return csv_text(fields, _table_records(tables, notes=notes))


def tables_json(tables: Iterable[Table], *, notes: bool = False) -> str:
    """Records as JSON, with the rows' notes as a last field where they are wanted."""
    return json_lines(_table_records(tables, notes=notes))


def _table_records(tables: Iterable[Table], *, notes: bool) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for table in tables:
        noted = {row.id: row.note for row in table.rows}
        for record in records(table):
            note = {"note": noted[record.row]} if notes else {}
            found.append({**record._asdict(), **note})
    return found


def csv_text(fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """CSV with a heading line. A text that a spreadsheet would compute has a ' before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([guarded(field, row[field]) for field in fields])
    return out.getvalue()


def guarded(field: str, value: object) -> object:
    """What stands in a field for people: nothing that a spreadsheet or a terminal would act on."""
    if not isinstance(value, str) or field in NUMBERS:
        return "" if value is None else value
    text = printable(value)
    return f"'{text}" if value.startswith(FORMULA) else text


def json_lines(rows: Iterable[Mapping[str, object]]) -> str:
    """A JSON list with a record on each line."""
    lines = ",\n".join(json_text(row) for row in rows)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def json_text(value: object, indent: int | None = None) -> str:
    """JSON that can be read as it stands; what a terminal would act on in a name is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return UNSHOWN_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
