"""The bridge from an old plan to a new one, as records: its cells with their causes."""

from collections.abc import Iterator, Mapping

from cfbudget.layout.page import Records
from cfbudget.layout.tidy import Record
from cfbudget.tables.compare import NEW, OLD, Bridged, bridge_table, causes_of
from cfbudget.tables.compare_gap import compared_gap

FIELDS = (*Record._fields, "cause", "forecast")
BEYOND = "beyond the plan"


def bridge_records(bridged: Bridged) -> Records:
    return Records(FIELDS, bridged_records(bridged))


def bridged_records(bridged: Bridged) -> Iterator[Mapping[str, str]]:
    """One for each cell; amounts are plain, exact decimals."""
    causes = causes_of(bridged.bridge)
    old, new = bridged.bridge.forecast_years
    forecast = {OLD: old, NEW: new}
    for record in bridge_table(bridged).records():
        years = {str(year) for year in forecast.get(record.row, old | new)}
        row, year = record.row.removeprefix("/"), record.year
        if record.row == OLD and bridged.bridge.budgets:
            year = str(bridged.bridge.budgets[0].financial_year.year)
        yield {
            **record._replace(row=row, year=year)._asdict(),
            "cause": causes.get(record.row, ""),
            "forecast": "yes" if record.year in years else "",
        }
    if bridged.bridge.gap:
        for record in compared_gap(bridged, bridged.bridge.gap).records():
            row = record.row.removeprefix("/")
            yield {**record._replace(row=row)._asdict(), "cause": "", "forecast": ""}
    if bridged.beyond:
        for record in bridged.beyond.records():
            yield {**record._asdict(), "cause": BEYOND, "forecast": ""}
