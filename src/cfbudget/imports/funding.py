"""A table of what pays for the net budget to funding: its lines, use of reserves, and the gap."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cfbudget.ids import id_of
from cfbudget.imports.answers import NONE
from cfbudget.imports.columns import SourceColumn
from cfbudget.imports.council_tax import (
    COUNCIL_TAX,
    TaxPlaces,
    council_tax,
    places_beside,
    places_of_rows,
    rows_by_line,
    years_down,
)
from cfbudget.imports.drafted import Drafted, Ids
from cfbudget.imports.gap_rows import GAP, gap_made_of
from cfbudget.imports.printed_words import part_of_council_tax, says_total
from cfbudget.imports.reading import TableReading
from cfbudget.imports.revenue import FUNDING as FUNDED_BY
from cfbudget.imports.rows import SourceRow
from cfbudget.imports.tree import Tree, tree_of
from cfbudget.imports.yaml_text import Flow, FlowList, YamlValue
from cfbudget.imports.year_columns import year_columns
from cfbudget.read.folder import FUNDING
from cfbudget.years import FinancialYear, is_unbroken

RESERVE = re.compile(r"\breserves?\b|\bbalances\b", re.IGNORECASE)
ANNUAL = re.compile(r"\bannual\b|\bin[- ]year\b|\bincremental\b", re.IGNORECASE)
BEFORE = re.compile(r"\bbefore\b", re.IGNORECASE)
SPENT = re.compile(r"\bnet (?:budget|revenue|expenditure|cost)|\bbase budget\b", re.IGNORECASE)
NOT_LASTING = re.compile(r"\bcollection fund\b|\bone[- ]off\b|\bsurplus\b|\bdeficit\b", re.I)
IN_REVENUE = "it is of the net budget, which stands in revenue files"
NO_PLACE = "a total for which funding has no place"


class Parts(NamedTuple):
    """The rows of a table of funding, by what they are."""

    lines: list[SourceRow]
    uses: list[SourceRow]
    """The planned use of each reserve."""
    stated: dict[str, SourceRow]
    """The totals, by what funding calls them."""
    tax: list[SourceRow]
    """The rows of tax bases and Bands D."""
    gap_turn: int = 1
    """-1 where a shortfall is printed minus: a plan has it plus."""


def funding(reading: TableReading) -> list[Drafted]:
    """The file of a table's funding."""
    if tax := years_down(reading):
        return [_of_tax_alone(reading, tax)]
    rows = _of_funding(reading)
    columns = _columns(reading, rows)
    tree = tree_of(reading.rows)
    parts = _parts(reading, rows, tree)
    turn = -1 if _are_plus(reading, parts.lines, columns) else 1
    if turn < 0:
        reading.notes.append("What pays is printed plus; a plan has it minus.")
    ids = Ids((*reading.known.services, *reading.known.reserves))
    content: dict[str, YamlValue] = {
        "name": reading.title(""),
        "unit": reading.unit.name if reading.unit else "",
    }
    if reading.table.casting.exact:
        content["exact"] = True
    content["financial_years"] = FlowList(map(str, columns))
    content |= {"kind": "funding", "source": ""}
    taxes = rows_by_line(reading, parts.lines, parts.tax)
    lines = [_line(reading, row, columns, turn, ids, taxes.get(row.row, {})) for row in parts.lines]
    if -1 in taxes:
        lines.append(_tax_alone(reading, columns, taxes[-1], ids))
    content["lines"] = [line for line in lines if line]
    for column in reading.columns:
        if part_of_council_tax(column.heading):
            reading.leave_column(column.column, "a total of it has no place in funding")
    uses = [_use(reading, row, columns, turn) for row in parts.uses]
    if any(uses):
        content["reserves"] = [use for use in uses if use]
    if stated := _stated(reading, parts, columns, turn):
        content["stated"] = stated
    return [Drafted(FUNDING, "funding", content)]


def _of_funding(reading: TableReading) -> list[SourceRow]:
    """The rows that say what pays: those below `Financed by`, where there is such a heading."""
    for at, row in enumerate(reading.rows):
        if row.role == "heading" and FUNDED_BY.search(row.label):
            reading.leave_rows((above.row for above in reading.rows[:at]), IN_REVENUE)
            return reading.rows[at + 1 :]
    return list(reading.rows)


def _columns(reading: TableReading, rows: Sequence[SourceRow]) -> dict[FinancialYear, SourceColumn]:
    """For each year the column that has most of the rows' figures."""
    numbers = {row.row for row in rows}
    found: dict[FinancialYear, SourceColumn] = {}
    all_columns = year_columns(reading)
    for year, every in all_columns.years.items():
        own = [column for column in every if not part_of_council_tax(column.heading)] or every
        filled = {
            column.column: sum((row, column.column) in reading.table.grid.cells for row in numbers)
            for column in own
        }
        found[year] = max(own, key=lambda column: filled[column.column])
        for column in own:
            if column is not found[year] and not part_of_council_tax(column.heading):
                reading.leave_column(column.column, "funding has one figure for each year")
    for column in (*all_columns.totals, *filter(None, [all_columns.later])):
        reading.leave_column(column.column, "funding has no totals over the years")
    return found


def _parts(reading: TableReading, rows: Sequence[SourceRow], tree: Tree) -> Parts:
    gap = next((row for row in rows if row.sum and GAP.search(row.label)), None)
    made_of = gap_made_of(reading, gap)
    parts = Parts([], [], {}, [], -1 if made_of.short_is_minus else 1)
    spent = {at for at in made_of.spent if not RESERVE.search(reading.labels.get(at, ""))}
    for row in rows:
        if row.role not in ("line", "total"):
            continue
        if GAP.search(row.label):
            parts.stated.setdefault(_gap_of(row.label), row)
        elif row.row in spent or (SPENT.search(row.label) and not COUNCIL_TAX.search(row.label)):
            reading.leave_rows([row.row], IN_REVENUE)
        elif part_of_council_tax(row.label):
            parts.tax.append(row)
        elif row.role == "line" or (COUNCIL_TAX.search(row.label) and not says_total(row.label)):
            (parts.uses if RESERVE.search(row.label) else parts.lines).append(row)
    for row in rows:
        if row.role == "total" and row not in (*parts.lines, *parts.uses):
            _place_total(reading, tree, parts, row)
    return parts


def _gap_of(label: str) -> str:
    if ANNUAL.search(label):
        return "annual_gap"
    return "gap_before_reserves" if BEFORE.search(label) and RESERVE.search(label) else "gap"


def _place_total(reading: TableReading, tree: Tree, parts: Parts, row: SourceRow) -> None:
    """A total that funding has a place for, or one that is left out."""
    if row in parts.stated.values():
        return
    own = set(tree.lines_of(row.row))
    if own and own == {use.row for use in parts.uses} and RESERVE.search(row.label):
        parts.stated.setdefault("reserves_used", row)
    elif own and own == {line.row for line in parts.lines}:
        parts.stated.setdefault("total", row)
    else:
        reading.leave_rows([row.row], NO_PLACE)


def _are_plus(
    reading: TableReading, lines: Sequence[SourceRow], columns: dict[FinancialYear, SourceColumn]
) -> bool:
    """Whether what pays is printed without a minus."""
    given = reading.asking.told("income")
    if given is not None:
        return given == "plus"
    cells = reading.table.grid.cells
    found = [cells.get((row.row, column.column)) for row in lines for column in columns.values()]
    return sum(cell.value for cell in found if cell) > 0


def _line(
    reading: TableReading,
    row: SourceRow,
    columns: dict[FinancialYear, SourceColumn],
    turn: int,
    ids: Ids,
    tax: Mapping[str, int],
) -> dict[str, YamlValue] | None:
    if reading.is_left_out(row.label):
        reading.leave_rows([row.row], f"{row.label!r} is left out, as --map says")
        return None
    made: dict[str, YamlValue] = {
        "id": ids.of(reading.mapped(row.label) or row.label),
        "name": row.label,
    }
    places = (
        places_of_rows(columns, tax, row.row) if tax else places_beside(reading, columns, row.row)
    )
    if places and (said := council_tax(reading, places, turn)):
        return {**made, **said}
    lasts = not NOT_LASTING.search(row.label)
    if not lasts:
        made["recurs"] = False
    amounts = Flow()
    for year, column in columns.items():
        place = (row.row, column.column)
        taken = reading.take(place, "line", "amounts", str(year), turn=turn)
        if taken and (taken.pence or lasts):
            amounts[str(year)] = taken
        elif lasts:
            amounts[str(year)] = "0"
            reading.notes.append(f"A blank is read as nil: {reading.named(place)}.")
    made["amounts"] = amounts
    return made


def _of_tax_alone(reading: TableReading, places: TaxPlaces) -> Drafted:
    """The file of a table that has nothing but a council tax by year."""
    printed = [reading.pence(place) or 0 for place in places.amounts.values()]
    years = list(places.base)
    if not is_unbroken(years):
        reading.trouble(None, "its years do not follow one another", "choose rows with --rows")
    said = council_tax(reading, places, -1 if sum(printed) > 0 else 1)
    line: dict[str, YamlValue] = {"id": "council-tax", "name": "Council tax", **(said or {})}
    content: dict[str, YamlValue] = {
        "name": reading.title(""),
        "unit": reading.unit.name if reading.unit else "",
        "financial_years": FlowList(map(str, years)),
        "kind": "funding",
        "source": "",
        "lines": [line] if said else [],
    }
    return Drafted(FUNDING, "funding", content)


def _tax_alone(
    reading: TableReading,
    columns: Mapping[FinancialYear, SourceColumn],
    tax: Mapping[str, int],
    ids: Ids,
) -> dict[str, YamlValue] | None:
    """A council tax of which only tax base and Band D are printed."""
    said = council_tax(reading, places_of_rows(columns, tax, -1), 1)
    return {"id": ids.of("Council tax"), "name": "Council tax", **said} if said else None


def _use(
    reading: TableReading, row: SourceRow, columns: dict[FinancialYear, SourceColumn], turn: int
) -> dict[str, YamlValue] | None:
    """The planned use of a reserve: that of the plan, or one that is named here."""
    known = reading.known.reserves
    reserve = reading.mapped(row.label)
    if reserve is None and known:
        same = (one for one, name in known.items() if id_of(row.label) in (one, id_of(name)))
        reserve = next(same, None) or reading.asking.ask(
            "map",
            f"Which reserve is {row.label!r}?",
            word=row.label,
            likely=next(iter(known)),
            choices=(*known, NONE),
        )
    if reserve == NONE:
        reading.leave_rows([row.row], f"{row.label!r} is left out, as --map says")
        return None
    amounts = Flow()
    for year, column in columns.items():
        taken = reading.take(
            (row.row, column.column), "line", "use of reserves", str(year), turn=turn
        )
        if taken and taken.pence:
            amounts[str(year)] = taken
    named: dict[str, YamlValue] = {} if known else {"name": row.label}
    return {"reserve": reserve or id_of(row.label), **named, "amounts": amounts}


def _stated(
    reading: TableReading, parts: Parts, columns: dict[FinancialYear, SourceColumn], turn: int
) -> dict[str, YamlValue]:
    """What the table's totals state, by year. A gap is plus where it is a shortfall."""
    found: dict[str, YamlValue] = {}
    for what, row in parts.stated.items():
        own = turn if what in ("total", "reserves_used") else parts.gap_turn
        amounts = Flow()
        for year, column in columns.items():
            place = (row.row, column.column)
            said = f"stated {what.replace('_', ' ')}"
            if taken := reading.take(place, "stated", said, str(year), turn=own):
                amounts[str(year)] = taken
        if amounts:
            found[what] = amounts
    label = parts.stated.get("gap") or parts.stated.get("total")
    return {**({"label": label.label} if label and found else {}), **found}
