"""What pays for a whole council, and its reserves, as records hold them."""

from collections.abc import Sequence

from cfbudget.imports.drafted import Drafted
from cfbudget.imports.tidy.records import TableRecords, TidyRecord
from cfbudget.imports.tidy.revenue_records import OF_TOTAL, TOTAL, plan_name
from cfbudget.imports.yaml_text import Flow, FlowList, YamlValue

CASH_LIMIT = "Total cash limit"


def funding_of(records: Sequence[TidyRecord], name: str) -> Drafted | None:
    """The file of funding; None where there is none.

    Args:
        name: what the plan is called: the records of funding do not say it.
    """
    lines = TableRecords(records, "funding")
    if not lines:
        return None
    years = lines.years("amount")
    kept = {one.of.row for one in records if one.of.table == "reserves"}
    is_limit = lines.label(TOTAL) == CASH_LIMIT
    content: dict[str, YamlValue] = {
        "name": name,
        "unit": _unit(lines),
        "financial_years": FlowList(years),
        "kind": "cash_limit" if is_limit else "funding",
        "lines": [_line(lines, row, found, years) for row, found in lines.lines("amount")],
    }
    uses: list[YamlValue] = []
    for row, found in lines.lines("reserves_used"):
        use: dict[str, YamlValue] = {"reserve": row}
        if row not in kept:
            use["name"] = found[0].of.label
        uses.append({**use, "amounts": Flow(lines.amounts(row, "reserves_used"))})
    if uses:
        content["reserves"] = uses
    return Drafted("funding.yaml", "funding", content)


def _unit(lines: TableRecords) -> str:
    """The unit of its amounts: a Band D is always in pounds."""
    amounts = (one.of.unit for one in lines.all if one.of.measure == "amount")
    return next(amounts, lines.unit)


def _line(
    lines: TableRecords, row: str, found: Sequence[TidyRecord], years: Sequence[str]
) -> YamlValue:
    said: dict[str, YamlValue] = {"id": row, "name": found[0].of.label}
    amounts = lines.amounts(row, "amount")
    base, band = lines.amounts(row, "tax_base"), lines.amounts(row, "band_d")
    if base and _is_product(lines, row):
        said |= {"tax_base": Flow(base), "band_d": Flow(band)}
    elif base:
        said |= {"tax_base": Flow(base), "amounts": Flow(amounts)}
    else:
        said["amounts"] = Flow(amounts)
    if len(amounts) < len(years):
        said["recurs"] = False
    if found[0].note:
        said["note"] = found[0].note
    return said


def _is_product(lines: TableRecords, row: str) -> bool:
    """Whether tax base × Band D come to the amounts; else Band D is what was worked out."""
    by = {(one.of.measure, one.of.year): one.value or 0 for one in lines.by_row[row]}
    return all(
        abs(100 * amount + by.get(("tax_base", year), 0) * by.get(("band_d", year), 0)) <= 50
        for (measure, year), amount in by.items()
        if measure == "amount"
    )


def reserves_of(records: Sequence[TidyRecord]) -> Drafted | None:
    """The file of reserves; None where there is none."""
    lines = TableRecords(records, "reserves")
    if not lines:
        return None
    years = lines.years("opening")
    label = lines.label(TOTAL)
    content: dict[str, YamlValue] = {
        "name": plan_name(label),
        "unit": lines.unit,
        "financial_years": FlowList(years),
        "reserves": [
            _reserve(lines, row, found[0], years[0]) for row, found in lines.lines("opening")
        ],
    }
    if not label.startswith(OF_TOTAL):
        content["stated"] = {"label": label}
    return Drafted("reserves.yaml", "reserves", content)


def _reserve(lines: TableRecords, row: str, first: TidyRecord, year: str) -> YamlValue:
    said: dict[str, YamlValue] = {"id": row, "name": first.of.label}
    if first.of.fund not in ("", "general"):
        said["fund"] = first.of.fund
    if opening := lines.amounts(row, "opening").get(year):  # without it the file is refused
        said["opening"] = opening
    for key, measure in (("contributions", "contribution"), ("draws", "draw")):
        amounts = {y: one for y, one in lines.amounts(row, measure).items() if one != "0"}
        if amounts:
            said[key] = Flow(amounts)
    if first.note:
        said["note"] = first.note
    return said
