"""The capital programme that records hold, with what pays for it."""

from collections.abc import Sequence

from cfbudget.imports.drafted import Drafted
from cfbudget.imports.tidy.option_records import UNKNOWN
from cfbudget.imports.tidy.records import TableRecords, TidyRecord
from cfbudget.imports.tidy.revenue_records import OF_TOTAL, TOTAL, plan_name
from cfbudget.imports.yaml_text import Flow, FlowList, YamlValue

NIL = "0"


def capital_of(records: Sequence[TidyRecord]) -> Drafted | None:
    """The file of the programme; None where there is none."""
    lines, paying = TableRecords(records, "capital"), TableRecords(records, "financing")
    if not lines:
        return None
    years = lines.years("allocation")
    label = lines.label(TOTAL)
    content: dict[str, YamlValue] = {
        "name": plan_name(label),
        "unit": lines.unit,
        "financial_years": FlowList(years),
    }
    if any(one.of.measure == "later" for one in lines.all):
        content["later"] = f"After {years[-1]}"
    content["schemes"] = [
        _scheme(lines, paying, row, found[0], years) for row, found in lines.lines("allocation")
    ]
    if own := _financing(paying, ""):
        content["financing"] = own
    if not label.startswith(OF_TOTAL):
        content["stated"] = {"label": label}
    return Drafted("capital_programme.yaml", "capital", content)


def _scheme(
    lines: TableRecords, paying: TableRecords, row: str, first: TidyRecord, years: Sequence[str]
) -> YamlValue:
    said: dict[str, YamlValue] = {"id": row, "name": first.of.label}
    for word in ("service", "portfolio"):
        if text := getattr(first.of, word):
            said[word] = str(text)
    amounts = lines.amounts(row, "allocation")
    said["allocations"] = Flow(
        {year: amounts.get(year, UNKNOWN) for year in years if amounts.get(year) != NIL}
    )
    for measure in ("later", "under_development"):
        if (amount := lines.amounts(row, measure).get("", NIL)) != NIL:
            said[measure] = amount
    if financing := _financing(paying, row):
        said["financing"] = financing
    if first.note:
        said["note"] = first.note
    return said


def _financing(paying: TableRecords, scheme: str) -> dict[str, YamlValue]:
    """What pays for a scheme, by source.

    Args:
        scheme: its id; empty for the programme.
    """
    found: dict[str, YamlValue] = {}
    for row, _ in paying.lines("financing"):
        of, _, source = row.rpartition("/")
        if source == "own":
            of, source = "", of
        if of == scheme:
            amounts = paying.amounts(row, "financing")
            later = paying.amounts(row, "later").get("", NIL)
            kept = {year: amount for year, amount in amounts.items() if amount != NIL}
            kept |= {"later": later} if later != NIL else {}
            found[source] = Flow(kept or dict(list(amounts.items())[:1]))
    return found
