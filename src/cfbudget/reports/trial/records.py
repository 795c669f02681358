"""A trial as tidy data: the records of every table, with the fields `scenario` and `forecast`.

A figure whose `forecast` is yes tells how an approved budget would turn out, or by how much it
would be missed; the budget itself, which does not move, is the baseline's.
"""

from collections.abc import Iterator

from cfbudget.layout.page import Records
from cfbudget.layout.table import Table, Variant
from cfbudget.layout.tidy import Record
from cfbudget.tables.trial import TrialTables

FIELDS = (*Record._fields, "scenario", "forecast")


def trial_records(trial: TrialTables) -> Iterator[dict[str, str]]:
    """One record for each cell of the baseline, of the scenario and of the difference."""
    for shown in trial.tables:
        for table in shown:
            yield from variant_records(table)
    for table in trial.attributions:
        yield from variant_records(table, "difference")
    if trial.beyond:
        yield from variant_records(trial.beyond, "scenario")


def variant_records(table: Table, variant: Variant = "") -> Iterator[dict[str, str]]:
    """A table's records with which of the three it is, and whether it is a forecast.

    Args:
        variant: which it is where the table itself does not say.
    """
    scenario = table.variant or variant
    forecast = {(c.measure, str(c.year)) for c in table.columns if c.is_forecast}
    for record in table.records():
        is_forecast = scenario != "baseline" and (record.measure, record.year) in forecast
        yield {
            **record._asdict(),
            "scenario": scenario,
            "forecast": "yes" if is_forecast else "",
        }


def scenario_records(trial: TrialTables) -> Records:
    return Records(FIELDS, trial_records(trial))
