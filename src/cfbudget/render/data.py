"""Tidy data as CSV or JSON: exact amounts, one record for each cell."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from cfbudget.layout.page import Records
from cfbudget.problem import UNSHOWN, printable

# A text that begins with one of these is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNSHOWN_IN_JSON = re.compile(f"[{UNSHOWN}]")
NUMBERS = frozenset(
    {
        "amount",
        "contribution",
        "stated",
        "computed",
        "difference",
        "allowance",
        "begins",
        "ends",
        "limit",
        "line",
        "column",
    }
)


def records_csv(records: Records) -> str:
    return csv_text(records.fields, records.rows)


def records_json(records: Records) -> str:
    """A list with a record on each line, or the whole of which the records are a part."""
    if records.whole is None:
        return json_lines(records.rows)
    return json_text(records.whole, indent=1) + "\n"


def csv_text(fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """CSV with a heading line. A text that a spreadsheet would compute has a ' before it."""
    return csv_line(fields) + csv_lines(fields, ([row[field] for field in fields] for row in rows))


def csv_line(values: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()


def csv_lines(fields: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Lines of CSV below no heading: each row has a value for every field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    texts: dict[str, object] = {}
    """What was made of a text: most of them stand in many rows."""
    for row in rows:
        cells = []
        for field, value in zip(fields, row, strict=True):
            if not isinstance(value, str) or field in NUMBERS:
                cells.append(guarded(field, value))
            else:
                if value not in texts:
                    texts[value] = guarded(field, value)
                cells.append(texts[value])
        writer.writerow(cells)
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
