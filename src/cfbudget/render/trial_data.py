"""A trial as tidy data: the records of every table, with the field `scenario`."""

from collections.abc import Iterator

from cfbudget.render.data import csv_text, json_lines
from cfbudget.tables.tidy import Record, records
from cfbudget.tables.trial import TrialTables

FIELDS = (*Record._fields, "scenario")


def trial_records(trial: TrialTables) -> Iterator[dict[str, str]]:
    """One record for each cell of the baseline, of the scenario and of the difference."""
    for shown in trial.tables:
        for name, table in zip(shown._fields, shown, strict=True):
            for record in records(table):
                yield {**record._asdict(), "scenario": name}
    for table in trial.attributions:
        for record in records(table):
            yield {**record._asdict(), "scenario": "difference"}


def trial_csv(trial: TrialTables) -> str:
    return csv_text(FIELDS, trial_records(trial))


def trial_json(trial: TrialTables) -> str:
    return json_lines(trial_records(trial))
