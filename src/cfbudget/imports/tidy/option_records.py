"""The policy options that records hold, as changes: of an assumption what its rates come to."""

from collections.abc import Mapping, Sequence

from cfbudget.imports.drafted import Drafted
from cfbudget.imports.tidy.records import TableRecords, TidyRecord
from cfbudget.imports.tidy.revenue_records import TOTAL
from cfbudget.imports.yaml_text import Flow, FlowList, YamlValue

OF_CHANGE = "Total change, "
ONE_OFF = " (one-off)"
UNKNOWN = "tbc"


def options_of(
    records: Sequence[TidyRecord], within: Mapping[str, Sequence[str]]
) -> Drafted | None:
    """The file of options; None where there are none.

    Args:
        within: by service, those that stand within it, at any depth.
    """
    lines = TableRecords(records, "options")
    if not lines:
        return None
    years = lines.years("change")
    blocks: dict[str, list[YamlValue]] = {one: [] for one in _with_blocks(lines, within)}
    for row, found in lines.lines("change", "total"):
        blocks.setdefault(found[0].of.service, []).append(_option(lines, row, found, years))
    label = lines.label(TOTAL)
    content: dict[str, YamlValue] = {
        "name": label.removeprefix(OF_CHANGE) or label,
        "unit": lines.unit,
        "basis": "change",
        "financial_years": FlowList(years),
        "services": [
            {"service": service, "options": options} for service, options in blocks.items()
        ],
    }
    return Drafted("policy_options.yaml", "options", content)


def _with_blocks(lines: TableRecords, within: Mapping[str, Sequence[str]]) -> list[str]:
    """The services with a block of options, even an empty one: it has a row of its own beside those
    of the services within, or there are none of these."""
    services = [
        row
        for row, found in lines.by_row.items()
        if found[0].of.service == row and found[0].of.role == "subtotal"
    ]
    return [
        one
        for one in services
        if f"{one}/own" in lines.by_row or not set(within.get(one, ())) & set(services)
    ]


def _option(
    lines: TableRecords, row: str, found: Sequence[TidyRecord], years: Sequence[str]
) -> YamlValue:
    of = found[0].of
    note = found[0].note
    changes = lines.amounts(row, "change")
    said: dict[str, YamlValue] = {
        "id": row,
        "name": of.label.removesuffix(ONE_OFF),
        "kind": of.kind,
        "status": of.status.replace("-", " "),
        # A cell that is not there is one that is not known.
        "changes": Flow(
            {
                year: changes.get(year, UNKNOWN)
                for year in years
                if changes.get(year, UNKNOWN) != "0"
            }
        ),
    }
    if of.label.endswith(ONE_OFF):
        said["recurs"] = False
    for word in ("ref", "category", "portfolio", "owner"):
        if text := getattr(of, word):
            said[word] = str(text)
    fte = {y: one for y, one in lines.amounts(row, "fte").items() if y and one != "0"}
    before = lines.amounts(row, "before")
    if fte:
        said["fte"] = Flow(fte)
    if before:
        said["before"] = Flow(before)
    if note:
        said["note"] = note
    return said
