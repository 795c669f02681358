"""A plan's table in a Parquet file as CSV: its columns are the headings, its metadata the keys.

What stands above the blank row of a CSV, such as the unit, stands in the file's key-value metadata.
A row is a line; a value that is null is a blank cell.
"""

import csv
import io
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

from cfbudget import rules
from cfbudget.problem import Place, Problem, clipped
from cfbudget.read.typed_number import typed_number

if TYPE_CHECKING:
    import pyarrow

AT_ONCE = 50_000
"""Rows that are turned into text together."""
OF_WRITERS = ("ARROW:", "pandas", "org.", "geo")
"""What metadata that a program writes for itself begins with."""


def parquet_text(content: bytes, place: Place, longest: int, problems: list[Problem]) -> str | None:
    """A Parquet file's table as CSV, or None and a problem.

    Args:
        longest: how many characters it may have.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        hint = "pip install 'cfbudget[parquet]'"
        problems.append(rules.UNREADABLE.at(place, "a Parquet file needs pyarrow", hint))
        return None
    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(content))
        text = io.StringIO()
        _write_head(file.schema_arrow, text)
        for batch in file.iter_batches(batch_size=AT_ONCE):
            text.write(_rows(batch))
            if text.tell() > longest:
                message = f"its table comes to over {longest:,} characters as CSV"
                problems.append(rules.TOO_LARGE.at(place, message, "split the plan"))
                return None
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = clipped(str(error).partition("\n")[0])
        hint = "write it again, as Parquet with columns of text and numbers"
        problems.append(rules.UNREADABLE.at(place, f"it cannot be read as Parquet: {reason}", hint))
        return None
    return text.getvalue()


def _write_head(schema: "pyarrow.Schema", text: io.StringIO) -> None:
    """The file's keys with their values, a blank row, and the headings."""
    rows = csv.writer(text, lineterminator="\n")
    for key, value in sorted((schema.metadata or {}).items()):
        name = key.decode()
        if not name.startswith(OF_WRITERS):
            rows.writerow((name, value.decode()))
    rows.writerow(())
    rows.writerow(schema.names)


def _rows(batch: "pyarrow.RecordBatch") -> str:
    """The rows as CSV; with quotes only where a value needs them."""
    import pyarrow
    from pyarrow import csv as fast

    columns = pyarrow.table([_texts(column) for column in batch.columns], batch.schema.names)
    for quotes in ("none", "needed"):
        written = pyarrow.BufferOutputStream()
        options = fast.WriteOptions(include_header=False, quoting_style=quotes)
        with suppress(pyarrow.ArrowInvalid):  # a value holds a comma, a quote or a line's end
            fast.write_csv(columns, written, options)
            return str(written.getvalue().to_pybytes(), "utf-8")
    raise pyarrow.ArrowInvalid("a value cannot be written as CSV")


def _texts(column: "pyarrow.Array") -> "pyarrow.Array":
    """A column's values as they would be typed; null for a blank."""
    import pyarrow
    from pyarrow import compute, types

    if types.is_floating(column.type):
        known = compute.if_else(compute.is_nan(column), None, column).to_pylist()
        typed = [None if one is None else typed_number(Decimal(one)) for one in known]
        return pyarrow.array(typed, pyarrow.string())
    if types.is_list(column.type):
        return compute.binary_join(compute.cast(column, pyarrow.list_(pyarrow.string())), ",")
    texts = compute.cast(column, pyarrow.string())
    if compute.any(compute.starts_with(texts, "'")).as_py():
        # The reader of a table takes off one such mark.
        return compute.replace_substring_regex(texts, "^'([=+@-])", r"''\1")
    return texts
