"""The revenue budgets that records hold: one for each year, with services nested as they add up."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cfbudget.imports.drafted import Drafted
from cfbudget.imports.tidy.records import TableRecords, TidyRecord
from cfbudget.imports.tidy.service_tree import (
    FoundService,
    FoundTree,
    ServiceFigures,
    service_tree,
)
from cfbudget.imports.yaml_text import FlowList, YamlValue

TOTAL = "total"
OF_TOTAL = "Total "


class BudgetRecords(NamedTuple):
    """A year's budget, as it can be written once the years that it contains are known."""

    year: str
    content: Mapping[str, YamlValue]
    tree: FoundTree

    def drafted(self, contains: Sequence[str]) -> Drafted:
        content = {**self.content, "contains_options_of": FlowList(contains)}
        keys = ("name", "financial_year", "unit", "contains_options_of", "funds", "services")
        named = {key: content[key] for key in (*keys, "stated") if key in content}
        return Drafted(f"revenue_{self.year.replace('-', '_')}.yaml", "revenue", named)


def revenue_of(records: Sequence[TidyRecord]) -> list[BudgetRecords] | None:
    """The budgets, oldest first; None where no nesting of services adds up."""
    lines = TableRecords(records, "revenue")
    years = lines.years("gross", "income", "net")
    found = [_budget(lines, year, records, is_last=year == years[-1]) for year in years]
    return None if None in found else [one for one in found if one is not None]


def plan_name(label: str) -> str:
    """What a plan, a service or a fund is called whose total has a label."""
    return label.removeprefix(OF_TOTAL) or label


def _budget(
    every: TableRecords, year: str, records: Sequence[TidyRecord], *, is_last: bool
) -> BudgetRecords | None:
    lines = TableRecords([one for one in every.all if one.of.year == year], "revenue")
    options = TableRecords(records, "options") if is_last else TableRecords((), "options")
    services = [
        ServiceFigures(row, found[0].of.role != "line", _figures(found), _figures(found))
        for row, found in lines.by_row.items()
        if found[0].of.service == row
    ]
    total = _figures(lines.by_row.get(TOTAL, ()))
    tree = service_tree([_with_changes(one, options) for one in services], total)
    # The last budget may have no service of an option: then its figures alone must do.
    tree = tree or service_tree(services, total)
    if tree is None:
        return None
    return BudgetRecords(year, _content(lines, year, tree), tree)


def _with_changes(one: ServiceFigures, options: TableRecords) -> ServiceFigures:
    """A service with what its options change by year."""
    changes = {
        record.of.year: record.value or 0
        for record in options.by_row.get(one.id, ())
        if record.of.measure == "change"
    }
    own = dict.fromkeys(changes, 0)
    for _, records in options.lines("change"):
        for record in records:
            if record.of.service == one.id and record.of.year in own:
                own[record.of.year] += record.value or 0
    within = {year: amount - own[year] for year, amount in changes.items()}
    return one._replace(figures={**one.figures, **changes}, within={**one.within, **within})


def _figures(records: Iterable[TidyRecord]) -> dict[str, int]:
    return {one.of.measure: one.value for one in records if one.value is not None}


def _content(lines: TableRecords, year: str, tree: FoundTree) -> dict[str, YamlValue]:
    label = lines.label(TOTAL)
    content: dict[str, YamlValue] = {
        "name": plan_name(label),
        "financial_year": year,
        "unit": lines.unit,
        "services": [_service(lines, one, is_top=True) for one in tree.services],
    }
    funds: list[YamlValue] = [
        {"id": row.partition("/")[2], "name": plan_name(lines.label(row))}
        for row in lines.by_row
        if row.startswith(f"{TOTAL}/") and row != f"{TOTAL}/general"
    ]
    if funds:
        content["funds"] = funds
    if not label.startswith(OF_TOTAL):
        content["stated"] = {"label": label}
    return content


def _service(lines: TableRecords, one: FoundService, *, is_top: bool) -> YamlValue:
    first = lines.by_row[one.id][0]
    label = first.of.label
    said: dict[str, YamlValue] = {"id": one.id, "name": plan_name(label) if one.within else label}
    if first.of.fund not in ("", "general") and is_top:
        said["fund"] = first.of.fund
    if first.note:
        said["note"] = first.note
    if one.within:
        said["services"] = [_service(lines, part, is_top=False) for part in one.within]
        if not label.startswith(OF_TOTAL):
            said["stated"] = {"label": label}
        return said
    amounts = {record.of.measure: record.of.amount for record in lines.by_row[one.id]}
    wanted = ("gross", "income") if "gross" in amounts else ("net",)
    return {**said, **{measure: amounts[measure] for measure in wanted if measure in amounts}}
