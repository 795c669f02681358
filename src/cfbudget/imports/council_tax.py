"""The tax base and the Band D of a council tax, as a table of funding prints them.

With its Band D a line of council tax is tax base × Band D, and its printed amount is stated; where
these do not come to the amount, the amount stands, and the Band D is stated. Without a Band D it is
what the amount comes to.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.ids import id_of
from cfbudget.imports.answers import NONE
from cfbudget.imports.columns import SourceColumn
from cfbudget.imports.fates import FateName
from cfbudget.imports.printed_words import names_something, part_of_council_tax, years_in
from cfbudget.imports.reading import TableReading
from cfbudget.imports.rows import SourceRow
from cfbudget.imports.yaml_text import Flow, YamlValue
from cfbudget.years import FinancialYear

COUNCIL_TAX = re.compile(r"\bcouncil tax\b|\bprecept\b", re.IGNORECASE)
REQUIRED = re.compile(r"council tax|precept|requirement|yield|raised|income", re.IGNORECASE)
NO_BASE = "a Band D whose tax base is not printed: a plan works one out of the other"
NOT_EVERY_YEAR = "it is not printed for every year: type it by hand, see docs/plan-files.md"

CellsByYear = Mapping[FinancialYear, CellPlace]
"""A figure's cell in each year."""


class TaxPlaces(NamedTuple):
    """Where a council tax stands; each is empty where it is not printed."""

    amounts: CellsByYear
    base: CellsByYear
    band: CellsByYear


def tax_columns(columns: Iterable[SourceColumn]) -> dict[str, SourceColumn]:
    """The column of tax bases and that of Bands D, the first of each."""
    found: dict[str, SourceColumn] = {}
    for column in columns:
        if part := part_of_council_tax(column.heading):
            found.setdefault(part, column)
    return found


def years_down(reading: TableReading) -> TaxPlaces | None:
    """Where a council tax stands whose years are rows, beside a column of tax bases; None where the
    table is no such one."""
    parts = tax_columns(reading.columns)
    rows: dict[FinancialYear, int] = {}
    for row in reading.rows:
        if row.role not in ("line", "total"):
            continue
        years = years_in(row.label)
        if len(years) != 1 or years[0] in rows or names_something(row.label):
            return None
        rows[years[0]] = row.row
    if "base" not in parts or not rows:
        return None
    others = [column for column in reading.columns if column not in parts.values()]
    taxes = [column for column in others if column.says(REQUIRED)]
    amounts = taxes[:1] or (others if len(others) == 1 else [])
    for column in others:
        if column not in amounts:
            reading.leave_column(column.column, "it is no part of a council tax")
    return TaxPlaces(
        *(
            {year: (rows[year], own.column) for year in sorted(rows)} if own else {}
            for own in (next(iter(amounts), None), parts["base"], parts.get("band"))
        )
    )


def places_of_rows(
    columns: Mapping[FinancialYear, SourceColumn], tax: Mapping[str, int], amounts: int
) -> TaxPlaces:
    """Where a council tax stands.

    Args:
        tax: the rows of its base and its band.
        amounts: the row of its amounts; -1 where these are not printed.
    """
    rows = (amounts, tax.get("base", -1), tax.get("band", -1))
    return TaxPlaces(
        *(
            {year: (row, column.column) for year, column in columns.items()} if row >= 0 else {}
            for row in rows
        )
    )


def places_beside(
    reading: TableReading, columns: Mapping[FinancialYear, SourceColumn], row: int
) -> TaxPlaces | None:
    """Where a line has a tax base beside its amounts; None where it has none."""
    found: dict[str, dict[FinancialYear, CellPlace]] = {"base": {}, "band": {}}
    for year in columns:
        own = [column for column in reading.columns if column.year in (year, None)]
        for part, column in tax_columns(own).items():
            found[part][year] = (row, column.column)
    if not any(place in reading.table.grid.cells for place in found["base"].values()):
        return None
    amounts = {
        year: (row, column.column)
        for year, column in columns.items()
        if not part_of_council_tax(column.heading)
    }
    return TaxPlaces(amounts, found["base"], found["band"])


def rows_by_line(
    reading: TableReading, lines: Sequence[SourceRow], rows: Sequence[SourceRow]
) -> dict[int, dict[str, int]]:
    """The rows of tax base and Band D, by the row of the line that they are of; -1 where no line is
    printed, and they are one themselves. Which line it is, is asked where several could be.
    """
    found: dict[int, dict[str, int]] = {}
    taxes = [line for line in lines if COUNCIL_TAX.search(line.label)]
    for row in rows:
        what = part_of_council_tax(row.label)
        line = _line_of(reading, row, taxes, lines)
        if line is None:
            continue
        if what in found.get(line, {}):
            reading.leave_rows([row.row], "a second one of the same council tax")
        else:
            found.setdefault(line, {})[what] = row.row
    for line, own in list(found.items()):
        if "base" not in own:
            reading.leave_rows([own["band"]], NO_BASE)
            del found[line]
        elif line == -1 and "band" not in own:
            reading.leave_rows([own["base"]], "a tax base without its Band D or its council tax")
            del found[line]
    return found


def _line_of(
    reading: TableReading,
    row: SourceRow,
    taxes: Sequence[SourceRow],
    lines: Sequence[SourceRow],
) -> int | None:
    """The row of the line that a tax base or a Band D is of; None where none is, or is known."""
    given = reading.mapped(row.label)
    if given == NONE:
        reading.leave_rows([row.row], f"{row.label!r} is left out, as --map says")
        return None
    if given is not None:
        named = (line.row for line in lines if id_of(line.label) == given)
        if (found := next(named, None)) is not None:
            return found
        reading.trouble(
            (row.row, 0), f"no line of the table is {given!r}", "name the line's id, or none"
        )
        return None
    if not taxes:
        return -1
    if len(taxes) == 1:
        return taxes[0].row
    ids = tuple(id_of(line.label) for line in taxes)
    reading.asking.ask(
        "map",
        f"Which line of council tax is {row.label!r} of?",
        word=row.label,
        likely=ids[0],
        choices=(*ids, NONE),
    )
    return None


def council_tax(reading: TableReading, places: TaxPlaces, turn: int) -> dict[str, YamlValue] | None:
    """What a line of funding says of its council tax; None where it is a plain line.

    Args:
        turn: -1 where what pays is printed plus.
    """
    cells = reading.table.grid.cells
    years = list(places.base)
    if not years or any(places.base[year] not in cells for year in years):
        _leave(reading, places)
        return None
    has_band = bool(places.band) and all(places.band.get(year) in cells for year in years)
    if not has_band and not places.amounts:
        _leave(reading, places)
        return None
    made: dict[str, YamlValue] = {"tax_base": _hundredths(reading, places.base, "tax base")}
    if has_band and _is_product(reading, places):
        made["band_d"] = _hundredths(reading, places.band, "Band D")
        stated = _amounts(reading, places.amounts, turn, of="stated amounts")
        return {**made, "stated": {"amount": stated}} if stated else made
    made["amounts"] = _amounts(reading, places.amounts, turn, of="amounts")
    if band := _hundredths(reading, places.band, "stated Band D"):
        made["stated"] = {"band_d": band}
        reading.notes.append(
            "Tax base × Band D does not come to the council tax that is printed: the amount "
            "stands, and the Band D is stated."
        )
    return made


def _leave(reading: TableReading, places: TaxPlaces) -> None:
    for found in (places.base, places.band):
        reading.leave(found.values(), NOT_EVERY_YEAR)


def _is_product(reading: TableReading, places: TaxPlaces) -> bool:
    """Whether each printed amount is tax base × Band D, within half a unit of its last place and
    half a penny."""
    grid = reading.table.grid
    for year, place in places.amounts.items():
        amount, cell = reading.pence(place), grid.cells.get(place)
        if amount is None or cell is None or reading.unit is None:
            continue
        base, band = (grid.cells[at[year]].value for at in (places.base, places.band))
        one = 10**grid.places  # what a figure's whole number counts
        apart = abs(abs(amount) * one * one - base * band * 100)
        if 2 * apart > reading.unit.pence * cell.step * one + one * one:
            return False
    return True


def _hundredths(reading: TableReading, places: CellsByYear, of: str) -> Flow:
    fate: FateName = "stated" if of.startswith("stated") else "line"
    taken = {
        str(year): one
        for year, place in places.items()
        if (one := reading.take_hundredths(place, fate, of, str(year)))
    }
    return Flow(taken)


def _amounts(reading: TableReading, places: CellsByYear, turn: int, *, of: str) -> Flow:
    fate: FateName = "stated" if of.startswith("stated") else "line"
    taken = {
        str(year): one
        for year, place in places.items()
        if (one := reading.take(place, fate, of, str(year), turn=turn))
    }
    return Flow(taken)
