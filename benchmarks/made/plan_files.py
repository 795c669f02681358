"""A made plan as files that cfbudget reads: YAML, CSV, or the options as Parquet."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.made.plan import MadePlan, id_of

REVENUE = "revenue_2024_25"
OPTIONS = "policy_options"
UNIT = "£000"


def write_yaml(plan: MadePlan, folder: Path) -> None:
    _write_text(folder / f"{REVENUE}.yaml", _yaml_revenue(plan))
    _write_text(folder / f"{OPTIONS}.yaml", _yaml_options(plan))


def write_csv(plan: MadePlan, folder: Path) -> None:
    _write_revenue(plan, folder)
    keys = (*_keys(plan), ("financial_years", *plan.named_years))
    _write_rows(folder / f"{OPTIONS}.csv", (*keys, (), headings(plan), *option_rows(plan)))


def write_parquet(plan: MadePlan, folder: Path) -> None:
    """The options with the headings of a CSV file as columns, its keys as the file's metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    _write_revenue(plan, folder)
    columns = zip(*option_rows(plan), strict=True)
    named = {
        heading: pa.array([cell if cell != "" else None for cell in column], _type_of(heading, pa))
        for heading, column in zip(headings(plan), columns, strict=True)
    }
    keys = {**dict(_keys(plan)), "financial_years": ",".join(plan.named_years)}
    table = pa.table(named).replace_schema_metadata(keys)
    pq.write_table(table, folder / f"{OPTIONS}.parquet")


def _type_of(heading: str, pa: object) -> object:
    whole = heading[0].isdigit() or heading.startswith("stated")
    return pa.int64() if whole else pa.string()  # type: ignore[attr-defined]


def headings(plan: MadePlan) -> tuple[str, ...]:
    figures = (*plan.named_years, "stated", "stated.total")
    return ("service", "row", "id", "name", "kind", "status", *figures)


def option_rows(plan: MadePlan) -> Iterator[Sequence[str | int]]:
    """A row for each option, and one for the total that the plan states."""
    services = [id_of(name) for name in plan.service_names()]
    totals = [0] * plan.years
    for line in plan.lines():
        totals = [total + change for total, change in zip(totals, line.changes, strict=True)]
        said = (services[line.service], "", line.id, line.name, line.group.kind, line.group.status)
        yield (*said, *line.changes, line.stated, "")
    yield ("", "total", "", "", "", "", *totals, "", sum(totals))


def _keys(plan: MadePlan) -> tuple[tuple[str, str], ...]:
    return (("name", plan.name), ("unit", UNIT), ("exact", "true"), ("basis", "change"))


def _revenue_lines(plan: MadePlan) -> Iterator[tuple[str, str, int, int]]:
    """Services with budgets that their savings are a small share of."""
    for at, name in enumerate(plan.service_names()):
        yield id_of(name), name, 20_000 + 400 * plan.each + at, -5_000 - at


def _write_revenue(plan: MadePlan, folder: Path) -> None:
    rows = (
        ("name", plan.name),
        ("financial_year", plan.named_years[0]),
        ("unit", UNIT),
        ("exact", "true"),
        ("contains_options_of", plan.named_years[0]),
        (),
        ("id", "name", "gross", "income"),
        *_revenue_lines(plan),
    )
    _write_rows(folder / f"{REVENUE}.csv", rows)


def _write_rows(path: Path, rows: Sequence[Sequence[str | int]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _write_text(path: Path, lines: Iterator[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines)


def _yaml_revenue(plan: MadePlan) -> Iterator[str]:
    year = plan.named_years[0]
    yield f"name: {plan.name}\nfinancial_year: {year}\nunit: {UNIT}\nexact: true\n"
    yield f"contains_options_of: [{year}]\nservices:\n"
    for service, name, gross, income in _revenue_lines(plan):
        yield f"  - {{id: {service}, name: {name}, gross: {gross}, income: {income}}}\n"


def _yaml_options(plan: MadePlan) -> Iterator[str]:
    yield f"name: {plan.name}\nunit: {UNIT}\nexact: true\nbasis: change\n"
    yield f"financial_years: [{', '.join(plan.named_years)}]\nservices:\n"
    services = [id_of(name) for name in plan.service_names()]
    totals, block = [0] * plan.years, -1
    for line in plan.lines():
        totals = [total + change for total, change in zip(totals, line.changes, strict=True)]
        if line.service != block:
            block = line.service
            yield f"  - service: {services[block]}\n    options:\n"
        yield (
            f"      - id: {line.id}\n        name: {line.name}\n"
            f"        kind: {line.group.kind}\n        status: {line.group.status}\n"
            f"        changes: {{{_by_year(plan, line.changes)}}}\n        stated: {line.stated}\n"
        )
    yield f"stated: {{{_by_year(plan, totals)}, total: {sum(totals)}}}\n"


def _by_year(plan: MadePlan, amounts: Sequence[int]) -> str:
    return ", ".join(f"{y}: {amount}" for y, amount in zip(plan.named_years, amounts, strict=True))
