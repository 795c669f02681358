"""A table as a pandas DataFrame: the only place where pandas is imported."""

from decimal import Decimal

import pandas

from cfbudget.tables.table import Table
from cfbudget.tables.tidy import Record, records


def to_frame(table: Table) -> pandas.DataFrame:
    """A row for each cell; `amount` holds Decimals, in the table's unit."""
    frame = pandas.DataFrame(list(records(table)), columns=list(Record._fields))
    frame["amount"] = frame["amount"].map(Decimal).astype(object)
    return frame
