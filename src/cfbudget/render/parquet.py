"""Tables as a Parquet file: tidy records, amounts as exact decimals."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow
import pyarrow.parquet

# Thirteen digits before the point and a penny in £m after it, with room to spare.
AMOUNT = pyarrow.decimal128(38, 8)


def write_parquet(found: Sequence[Mapping[str, str]], target: Path) -> None:
    """One row for each tidy record; every column but `amount` is text.

    Raises:
        OSError: the file could not be written.
    """
    columns = {}
    for name in found[0] if found else ():
        values: list[str | Decimal] = [record[name] for record in found]
        if name == "amount":
            values = [Decimal(record[name]) for record in found]
        columns[name] = pyarrow.array(values, AMOUNT if name == "amount" else pyarrow.string())
    with target.open("wb") as file:  # a name may hold bytes that are no text
        pyarrow.parquet.write_table(pyarrow.table(columns), file)
