"""Every total of a plan, as records: one for each cell."""

from collections.abc import Iterable, Iterator, Mapping

from cfbudget.layout.page import Records
from cfbudget.layout.table import Table
from cfbudget.layout.tidy import Record


def totals_records(tables: Iterable[Table], *, notes: bool) -> Records:
    """The tables' cells.

    Args:
        notes: whether the notes of rows are wanted, as a last field.
    """
    fields = (*Record._fields, "note") if notes else Record._fields
    return Records(fields, [row for table in tables for row in _rows(table, notes=notes)])


def _rows(table: Table, *, notes: bool) -> Iterator[Mapping[str, object]]:
    noted = {(row.of or row.id): row.note for row in table.rows if row.note}
    for record in table.records():
        made: dict[str, object] = record._asdict()
        if notes:
            made["note"] = noted.get(record.row, "")
        yield made
