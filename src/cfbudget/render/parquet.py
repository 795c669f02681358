"""Tables as a Parquet file: tidy records, amounts as exact decimals."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow
import pyarrow.parquet

# Thirteen digits before the point and a penny in £m after it, with room to spare.
AMOUNT = pyarrow.decimal128(38, 8)


def write_parquet(fields: Sequence[str], records: Sequence[Sequence[str]], target: Path) -> None:
    """One row for each tidy record; every column but `amount` is text.

    Args:
        records: each with a value for every field.

    Raises:
        OSError: the file could not be written.
    """
    columns = {}
    for along, name in enumerate(fields):
        values: list[str | Decimal] = [record[along] for record in records]
        if name == "amount":
            values = [Decimal(record[along]) for record in records]
        columns[name] = pyarrow.array(values, AMOUNT if name == "amount" else pyarrow.string())
    with target.open("wb") as file:  # a name may hold bytes that are no text
        pyarrow.parquet.write_table(pyarrow.table(columns), file)
