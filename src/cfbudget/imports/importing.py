"""The way in: the tables of a file, read as one kind of a plan's files."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from cfbudget.imports.answers import Asking
from cfbudget.imports.capital import capital
from cfbudget.imports.drafted import Drafted, source_of
from cfbudget.imports.funding import funding
from cfbudget.imports.headings import headings_of
from cfbudget.imports.known import Known
from cfbudget.imports.options import options
from cfbudget.imports.reading import TableReading
from cfbudget.imports.reserves import reserves as read_reserves
from cfbudget.imports.revenue import revenue
from cfbudget.imports.source_tables import SourceTable
from cfbudget.plan.files import RevenueBudget, Service
from cfbudget.read.folder_plan import read_texts

TableKind = Literal["revenue", "capital", "options", "funding", "reserves"]
KINDS: tuple[TableKind, ...] = get_args(TableKind)
BUILDERS: Mapping[TableKind, Callable[[TableReading], list[Drafted]]] = {
    "revenue": revenue,
    "capital": capital,
    "options": options,
    "funding": funding,
    "reserves": read_reserves,
}
TELLING: Mapping[TableKind, re.Pattern[str]] = {
    "revenue": re.compile(r"revenue|\bgross\b|\bincome\b|\bnet (?:budget|cost|exp)", re.I),
    "capital": re.compile(r"capital|scheme", re.I),
    "options": re.compile(r"option|saving|proposal|pressure|growth|investment|changes", re.I),
    "funding": re.compile(r"fund|council tax|business rates|financed|resources", re.I),
    "reserves": re.compile(r"reserve|balance|opening|closing", re.I),
}


class Drafts(NamedTuple):
    """What a table came to so far: its files, where nothing is left to ask."""

    reading: TableReading
    files: list[Drafted]


def chosen_table(
    tables: Sequence[SourceTable], kind: TableKind, asking: Asking
) -> SourceTable | None:
    """The table that is meant; None where that is still to be asked, or is none of them."""
    if len(tables) == 1 and asking.told("table") is None:
        return tables[0]
    likely = max(tables, key=lambda table: (_likeness(table, kind), -table.number))
    listed = "; ".join(f"{table.number} {_said(table)}" for table in tables)
    given = asking.ask(
        "table",
        f"The file holds {len(tables)} tables: {listed}. Which one is meant?",
        likely=str(likely.number),
        choices=tuple(str(table.number) for table in tables),
    )
    if given is None:
        return None
    named = (table for table in tables if table.name.casefold() == given.casefold())
    numbered = (table for table in tables if str(table.number) == given)
    return next(numbered, next(named, None))


def _said(table: SourceTable) -> str:
    name = table.name if len(table.name) <= 60 else f"{table.name[:57]}..."
    return name or f"from row {table.first + 1}"


def _likeness(table: SourceTable, kind: TableKind) -> int:
    """How many of a table's words speak of a kind."""
    words = [text for texts in headings_of(table).values() for text in texts]
    words += [table.name, table.name]
    words += [table.text(row, c) for row in range(len(table.rows)) for c in table.grid.labels]
    return sum(bool(TELLING[kind].search(word)) for word in words)


def draft(table: SourceTable, kind: TableKind, asking: Asking, known: Known, file: str) -> Drafts:
    """A table read as one kind of file.

    Args:
        file: the source's name, as the written files name it.
    """
    reading = TableReading(table, asking, known)
    files = BUILDERS[kind](reading)
    for one in files:
        if not one.content.get("name"):
            one.content["name"] = known.name or file.rsplit(".", 1)[0] or file
        one.content["source"] = source_of(file, table.name)
    return Drafts(reading, files)


def known_of(texts: Mapping[str, str]) -> Known:
    """What a plan's files say that an import must keep to."""
    plan = read_texts(texts).plan
    newest: RevenueBudget | None = plan.revenue[-1] if plan.revenue else None
    services = dict(_named(newest.services)) if newest else {}
    years = plan.options.financial_years if plan.options else ()
    kept = plan.reserves.reserves if plan.reserves else ()
    reserves = {reserve.id: reserve.name for reserve in kept}
    name = newest.name if newest else ""
    return Known(services, tuple(word.year for word in years), reserves, name)


def _named(services: tuple[Service, ...]) -> list[tuple[str, str]]:
    found = []
    for service in services:
        found.append((service.id, service.name))
        found += _named(service.services or ())
    return found
