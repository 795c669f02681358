"""A table of schemes, with allocations by year, to a capital programme."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cfbudget.ids import id_of
from cfbudget.imports.capital_financing import Sources, programme_financing, scheme_financing
from cfbudget.imports.columns import SourceColumn
from cfbudget.imports.drafted import Drafted, Ids
from cfbudget.imports.reading import TableReading
from cfbudget.imports.rows import SourceRow
from cfbudget.imports.services import service_of
from cfbudget.imports.tree import tree_of
from cfbudget.imports.yaml_text import Flow, FlowList, Taken, YamlValue
from cfbudget.imports.year_columns import TOTAL, year_columns
from cfbudget.read.folder import CAPITAL
from cfbudget.years import FinancialYear

UNDER_DEVELOPMENT = re.compile(
    r"under development|\bpipeline\b|not yet approved|\buncommitted\b|\bprovisional\b", re.I
)
NO_SUBTOTALS = "a capital programme's file has no place for the total of some of its schemes"


class SchemeColumns(NamedTuple):
    """A programme's columns."""

    allocations: dict[FinancialYear, SourceColumn]
    later: SourceColumn | None
    programme: SourceColumn | None
    under_development: SourceColumn | None
    total: SourceColumn | None
    sources: Sources


def capital(reading: TableReading) -> list[Drafted]:
    """The file of a table's capital programme."""
    development = next((c for c in reading.columns if c.says(UNDER_DEVELOPMENT)), None)
    columns = _columns(reading, development)
    tree = tree_of(reading.rows)
    financing = programme_financing(reading, tree)
    schemes = _schemes(reading, columns, set(financing.rows))
    years = [str(year) for year in columns.allocations]
    top = tree.top if tree.top not in financing.rows else None
    label = tree.rows[top].label if top is not None else ""
    content: dict[str, YamlValue] = {
        "name": reading.title(label),
        "unit": reading.unit.name if reading.unit else "",
    }
    if reading.table.casting.exact:
        content["exact"] = True
    content["financial_years"] = FlowList(years)
    if columns.later is not None:
        content["later"] = columns.later.words[-1]
    content |= {"source": "", "schemes": [*schemes]}
    if made := financing.drafted(reading, columns.allocations, columns.later, columns.programme):
        content["financing"] = made
    if top is not None and (stated := _stated(reading, columns, top)):
        content["stated"] = {**({"label": label} if label else {}), **stated}
    totals = (row.row for row in reading.rows if row.role == "total")
    reading.leave_rows((row for row in totals if row != top), NO_SUBTOTALS)
    return [Drafted(CAPITAL, "capital", content)]


def _columns(reading: TableReading, development: SourceColumn | None) -> SchemeColumns:
    """Which column is what: of several of one year, the total is the allocation and the others
    say what pays for it."""
    found = year_columns(reading, [development] if development else [])
    totals = found.totals
    allocations: dict[FinancialYear, SourceColumn] = {}
    sources: Sources = {}
    for year, own in found.years.items():
        whole = next((column for column in own if column.says(TOTAL)), own[0])
        allocations[year] = whole
        rest = [column for column in own if column is not whole]
        sources |= {column.column: (column, year) for column in rest}
    total = totals[-1] if len(totals) > 1 else None
    programme = totals[0] if totals else None
    if programme and total is None and development and _adds(reading, programme, development):
        programme, total = None, programme
    for column in totals[1:-1]:
        reading.leave_column(column.column, "a total of some of the columns")
    return SchemeColumns(allocations, found.later, programme, development, total, sources)


def _adds(reading: TableReading, total: SourceColumn, part: SourceColumn) -> bool:
    """Whether a total across adds a column."""
    return any(
        total.column in equation and part.column in equation for equation in reading.equations
    )


def _schemes(
    reading: TableReading, columns: SchemeColumns, others: set[int]
) -> Iterable[dict[str, YamlValue]]:
    ids = Ids(reading.known.services)
    section = ""
    found = []
    for row in reading.rows:
        if row.role == "heading":
            section = row.label
        elif row.role == "line" and row.row not in others:
            if reading.is_left_out(row.label):
                reading.leave_rows([row.row], f"{row.label!r} is left out, as --map says")
            else:
                found.append(_scheme(reading, columns, row, section, ids))
    return found


def _scheme(
    reading: TableReading, columns: SchemeColumns, row: SourceRow, section: str, ids: Ids
) -> dict[str, YamlValue]:
    made: dict[str, YamlValue] = {
        "id": ids.of(row.label or f"row-{row.row + 1}", within=id_of(section)),
        "name": row.label or f"Row {row.row + 1}",
    }
    made |= _whose(reading, row, section)
    if allocations := _allocations(reading, columns, row.row):
        made["allocations"] = allocations
    for key, part in (("later", columns.later), ("under_development", columns.under_development)):
        taken = part and reading.take((row.row, part.column), "line", key.replace("_", " "))
        if taken and taken.pence:
            made[key] = taken
    if financing := scheme_financing(reading, columns.sources, row.row):
        made["financing"] = financing
    if stated := _totals(reading, columns, row.row):
        made["stated"] = Flow(stated)
    return made


def _whose(reading: TableReading, row: SourceRow, section: str) -> dict[str, YamlValue]:
    """The service of a scheme, where its section is one; else its portfolio."""
    group = _word(reading, row, "level") or section
    if group and (service := service_of(reading, group, must_be_known=True)):
        return {"service": service}
    portfolio = _word(reading, row, "portfolio") or group
    return {"portfolio": portfolio} if portfolio else {}


def _allocations(reading: TableReading, columns: SchemeColumns, row: int) -> Flow:
    """A scheme's allocations by year; a nil is left out."""
    found = Flow()
    for year, column in columns.allocations.items():
        place = (row, column.column)
        taken = reading.take(place, "line", "allocations", str(year))
        if taken and taken.pence:
            found[str(year)] = taken
        elif taken is None and reading.is_tbc(place):
            found[str(year)] = "tbc"
    return found


def _word(reading: TableReading, row: SourceRow, wanted: str) -> str:
    """What stands beside a row in a column of words."""
    found = [row.words[c] for c, role in reading.roles.items() if role == wanted and c in row.words]
    return found[-1] if found and found[-1] != row.label else ""


def _totals(reading: TableReading, columns: SchemeColumns, row: int) -> dict[str, Taken]:
    """What a row states across: its programme and its total."""
    parts = (("programme", columns.programme), ("total", columns.total))
    return {
        key: taken
        for key, column in parts
        if column and (taken := reading.take((row, column.column), "stated", f"stated {key}"))
    }


def _stated(reading: TableReading, columns: SchemeColumns, row: int) -> dict[str, Taken]:
    """What the total of all schemes states, by year and across."""
    found: dict[str, Taken] = {}
    for year, column in columns.allocations.items():
        place = (row, column.column)
        if taken := reading.take(place, "stated", "stated allocations", str(year)):
            found[str(year)] = taken
    parts = (
        ("later", columns.later),
        ("programme", columns.programme),
        ("under_development", columns.under_development),
        ("total", columns.total),
    )
    for key, part in parts:
        said = f"stated {key.replace('_', ' ')}"
        if part and (taken := reading.take((row, part.column), "stated", said)):
            found[key] = taken
    return found
