"""Reserves on both sheets: what Funding plans to use of each, beside its draw in Reserves.

The two are one figure, as rule CF310 says. What is paid in may stand in the services' budgets, or
be a plus in the funding: the use is the draw, or the draw less the contribution.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from cfbudget.calculate.amounts import Key
from cfbudget.checks.comparison import Outcome
from cfbudget.layout.table import Row, Table
from cfbudget.money import places_of
from cfbudget.workbook.book.book import Formula, Sheet, SheetBlock, Style, amount
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import (
    NIL,
    Between,
    Expression,
    Fixed,
    Is,
    Minus,
    Rounded,
    Sum,
    When,
    WordValue,
)
from cfbudget.workbook.sheets.checks_layout import DRAWS, OUTCOME, SMALL, TEXT, Columns, begin
from cfbudget.workbook.sheets.statements import LABEL, Ledger
from cfbudget.years import FinancialYear

ReserveYear = tuple[Row, FinancialYear]
"""The row of a reserve in its table, and a year."""


class DrawControls(NamedTuple):
    """The controls of all reserves and years."""

    below: int
    """The next free row."""
    block: SheetBlock | None
    """None where no reserve is on both sheets."""
    outcomes: tuple[Outcome, ...]


class _Sheets(NamedTuple):
    """The two tables, and where their figures stand."""

    funding: Table
    reserves: Table
    ledger: Ledger


def drawn_on_both(tables: Sequence[Table]) -> tuple[ReserveYear, ...]:
    """The reserves that funding uses, with the years, of both tables."""
    named = {table.name: table for table in tables}
    if "funding" not in named or "reserves" not in named:
        return ()
    funding, reserves = named["funding"], named["reserves"]
    used = {row.of for row in funding.rows if row.measure == "reserves_used"}
    years = {column.year for column in funding.columns}
    common = [c.year for c in reserves.columns if c.measure == "draw" and c.year in years]
    lines = [row for row in reserves.rows if row.role == "line" and row.id in used]
    return tuple((row, year) for row in lines for year in common if year)


def draw_controls(
    sheet: Sheet, row: int, drawn: Sequence[ReserveYear], tables: Sequence[Table], ledger: Ledger
) -> DrawControls:
    """A row for each of the reserves and years that are on both sheets."""
    if not drawn:
        return DrawControls(row, None, ())
    named = {table.name: table for table in tables}
    both = _Sheets(named["funding"], named["reserves"], ledger)
    headings = {
        "Planned use of a reserve, and its draw": LABEL,
        "Table": Columns.table,
        "Use in Funding": Columns.stated,
        "Draw, or less contribution": Columns.computed,
        "Difference": Columns.difference,
        "Outcome": Columns.outcome,
        "Id": Columns.id,
    }
    figures = frozenset({Columns.stated, Columns.computed, Columns.difference})
    row, rate = _rate(sheet, row, both)
    caption = f"Reserves: Funding uses what Reserves draws, in {both.reserves.unit.name}"
    block = begin(sheet, row + 1, caption, headings, figures)
    outcomes: list[Outcome] = []
    for at, (reserve, year) in enumerate(drawn, start=row + 2):
        identity = f"draw/{reserve.id}/{year}"
        block.rows[identity] = at
        sheet.put(at, LABEL, f"{reserve.label}: {year}", Style("label"))
        sheet.put(at, Columns.table, DRAWS, TEXT)
        sheet.put(at, Columns.id, identity, SMALL)
        outcomes.append(_put(sheet, at, both, Key(reserve.id, "draw", year), rate))
    return DrawControls(row + 3 + len(drawn), block, tuple(outcomes))


def _rate(sheet: Sheet, row: int, both: _Sheets) -> tuple[int, At | None]:
    """A cell for how many units of Reserves one of Funding is, where they differ."""
    here, there = both.reserves.unit, both.funding.unit
    if here == there:
        return row, None
    label = f"{here.name} in 1 {there.name}"
    sheet.put(row, LABEL, label, Style("label"))
    sheet.labelled[label] = (row, LABEL + 1)
    worth = Decimal(there.pence) / here.pence
    return row + 2, sheet.put(row, LABEL + 1, worth, Style("figure"))


def _put(sheet: Sheet, at: int, both: _Sheets, key: Key, rate: At | None) -> Outcome:
    """The use, plus, and the draw that it is, in the unit of Reserves; how the two compare."""
    unit = both.reserves.unit
    finest = places_of(1, unit)
    look = Style("figure", finest)
    keys = (key, key._replace(measure="contribution"))
    draw, paid_in = (both.ledger.places["reserves", key] for key in keys)
    drawn, paid = (both.reserves.cells[key].pence for key in keys)
    of_funding = key._replace(measure="reserves_used")
    use: Expression = Minus(Sum((both.ledger.places["funding", of_funding],)))
    used = -both.funding.cells[of_funding].pence
    if rate:
        use = Between(use, "*", Fixed(rate))
    one = sheet.put(at, Columns.stated, Formula(use, amount(used, unit)), look)
    is_draw = Is(Rounded(Between(draw, "-", one), finest), "=", NIL)
    relation = When(is_draw, Sum((draw,)), Between(draw, "-", paid_in))
    found = drawn if used == drawn else drawn - paid
    second = sheet.put(at, Columns.computed, Formula(relation, amount(found, unit)), look)
    apart = Rounded(Between(second, "-", one), finest)
    difference = sheet.put(at, Columns.difference, Formula(apart, amount(found - used, unit)), look)
    outcome: Outcome = "agrees" if found == used else "differs"
    said = When(Is(difference, "=", NIL), WordValue("agrees"), WordValue("differs"))
    sheet.put(at, Columns.outcome, Formula(said, outcome), OUTCOME)
    return outcome
