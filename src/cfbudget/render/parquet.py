"""Tables as a Parquet file: tidy records, amounts as exact decimals."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pyarrow
import pyarrow.parquet

from cfbudget.tables.table import Table
from cfbudget.tables.tidy import Record, records

# Thirteen digits before the point and a penny in £m after it, with room to spare.
AMOUNT = pyarrow.decimal128(38, 8)


def write_parquet(tables: Iterable[Table], target: Path) -> None:
    """One row for each cell; every column but `amount` is text.

    Raises:
        OSError: the file could not be written.
    """
    found = [record for table in tables for record in records(table)]
    columns = {}
    for name in Record._fields:
        values = [getattr(record, name) for record in found]
        if name == "amount":
            values = [Decimal(value) for value in values]
        columns[name] = pyarrow.array(values, AMOUNT if name == "amount" else pyarrow.string())
    pyarrow.parquet.write_table(pyarrow.table(columns), target)
