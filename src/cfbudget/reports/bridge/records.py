"""The bridge from an old plan to a new one, as records."""

from collections.abc import Iterator, Mapping

from cfbudget.calculate.bridge_lines import Bridge
from cfbudget.layout.page import Records
from cfbudget.layout.tidy import Record
from cfbudget.money import plain
from cfbudget.reports.bridge.page import Bridged, BridgedRow, bridged_rows
from cfbudget.years import FinancialYear

FIELDS = (*Record._fields, "cause", "forecast")
BEYOND = "beyond the plan"


def bridge_records(bridged: Bridged) -> Records:
    return Records(FIELDS, bridged_records(bridged))


def bridged_records(bridged: Bridged) -> Iterator[Mapping[str, str]]:
    """One for each cell; amounts are plain, exact decimals."""
    old, new = bridged.bridge.forecast_years
    forecast = {"old": old, "new": new}
    for row in bridged_rows(bridged):
        for year in bridged.bridge.years if row.role != "heading" else ():
            yield {
                **_record(row, year, bridged.bridge)._asdict(),
                "cause": row.cause,
                "forecast": "yes" if year in forecast.get(row.id, old | new) else "",
            }
    if bridged.beyond:
        for record in bridged.beyond.records():
            yield {**record._asdict(), "cause": BEYOND, "forecast": ""}


def _record(row: BridgedRow, year: FinancialYear, bridge: Bridge) -> Record:
    line = row.line
    return Record(
        "compare",
        row.id,
        row.label,
        row.role,
        "net_budget",
        str(year),
        bridge.unit.name,
        plain(row.amounts[year], bridge.unit),
        line.now.place.source if line else "",
        line.service if line else "",
        line.now.kind if line else "",
        line.now.status if line else "",
    )
