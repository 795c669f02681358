"""Payback as tidy records: the cells of its table, outcomes as records with a year."""

from cfbudget.layout.page import Records
from cfbudget.layout.tidy import Record
from cfbudget.tables.payback import PaybackShown, payback_table


def payback_records(shown: PaybackShown) -> Records:
    """An option may stand in several sections; its figures are there once."""
    records = dict.fromkeys(payback_table(shown).records())
    return Records(Record._fields, [record._asdict() for record in records])
