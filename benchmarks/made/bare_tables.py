"""A made plan as a table of figures alone, as an analyst gets it: CSV, Parquet, or a sheet."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.made.plan import MadePlan


def write_bare_csv(plan: MadePlan, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_rows(plan))


def write_bare_parquet(plan: MadePlan, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    heads, *rows = _rows(plan)
    columns = zip(*rows, strict=True)
    pq.write_table(pa.table(dict(zip(map(str, heads), map(list, columns), strict=True))), path)


def write_bare_sheet(plan: MadePlan, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Options")
        for at, row in enumerate(_rows(plan)):
            sheet.write_row(at, 0, row)


def _rows(plan: MadePlan) -> Iterator[Sequence[str | int]]:
    names = plan.service_names()
    yield ("service", "kind", "status", "name", *plan.named_years, "stated")
    for line in plan.lines():
        said = (names[line.service], line.group.kind, line.group.status, line.name)
        yield (*said, *line.changes, line.stated)
