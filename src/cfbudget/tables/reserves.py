"""Reserves as a table: opening balance, contributions, draws and closing balance by year."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.funds import fund_name
from cfbudget.calculate.gap import net_budgets
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.reserves import OverFloor, fund_of_reserve, over_floors, reserve_amounts
from cfbudget.calculate.services import fund_row, in_order_of_funds
from cfbudget.layout.made_of import DifferenceOf, MadeOf, SumOf
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.money import nearest, said
from cfbudget.plan.funding_files import Reserves
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.problem import Place
from cfbudget.tables.standing_sentences import source_line, titled
from cfbudget.tables.total_names import named, noted
from cfbudget.years import FinancialYear

SIGN = "balances, contributions and draws are plus"
PANELS: tuple[tuple[Measure, str], ...] = (
    ("opening", "Opening balance, at the start of the year"),
    ("contribution", "Contributions"),
    ("draw", "Draws"),
    ("closing", "Closing balance = opening + contributions − draws"),
)


def reserves_table(plan: Plan, reserves: Reserves) -> Table:
    """Each reserve's balances and movements by year, and those of all together."""
    computed = reserve_amounts(plan)
    years = plan.reserve_years
    places = _places(reserves, years[0])
    lines = tuple(
        Row(
            one.id,
            one.name,
            "line",
            place=one.place,
            note=noted(one),
            fund=one.fund.text if one.fund else None,
        )
        for one in reserves.reserves
    )
    sums = {made.row: made.parts for made in computed.sums}
    subtotals = tuple(_fund_rows(plan, reserves, sums))
    label = named(reserves.stated, f"Total {reserves.name}")
    total = Row(TOTAL, label, "total", sums=sums[TOTAL], note=noted(reserves))
    total = total._replace(fund="" if subtotals else lines[0].fund if lines else None)
    given = {
        Key(one.id, measure, year)
        for one in reserves.reserves
        for measure in ("contribution", "draw")
        for year in years
    } | {Key(one.id, "opening", years[0]) for one in reserves.reserves}
    return Table(
        name="reserves",
        title=titled(plan.name, "reserves", reserves.name),
        sign=SIGN,
        facts=source_line(reserves.source),
        unit=reserves.unit,
        step=printed_step(reserves),
        rows=(*lines, *subtotals, total),
        panels=tuple(
            Panel(caption, tuple(Column(measure, year, str(year)) for year in years))
            for measure, caption in PANELS
        ),
        cells=MappingProxyType(
            {
                key: Cell(pence, places.get(key), key in given)
                for key, pence in computed.amounts.items()
            }
        ),
        notes=tuple(words.sentence for words in floor_words(plan, reserves)),
        made_of=MappingProxyType(_made_of(reserves, years)),
    )


def _fund_rows(
    plan: Plan, reserves: Reserves, sums: Mapping[str, tuple[str, ...]]
) -> Iterator[Row]:
    """The total of each fund, where the reserves are of several."""
    for fund in in_order_of_funds(map(fund_of_reserve, reserves.reserves)):
        row = fund_row(fund)
        if row in sums:
            label = f"Total {fund_name(plan, fund)}"
            yield Row(row, label, "subtotal", sums=sums[row], fund=fund)


def _places(reserves: Reserves, first: FinancialYear) -> dict[Key, Place]:
    places: dict[Key, Place] = {}
    for one in reserves.reserves:
        places[Key(one.id, "opening", first)] = one.opening.place
        places |= {Key(one.id, "contribution", y): f.place for y, f in one.contributions.items()}
        places |= {Key(one.id, "draw", y): f.place for y, f in one.draws.items()}
    return places


def _made_of(reserves: Reserves, years: tuple[FinancialYear, ...]) -> dict[Key, MadeOf]:
    made: dict[Key, MadeOf] = {}
    for one in reserves.reserves:
        before: Key | None = None
        for year in years:
            opening, paid_in, drawn, closing = (Key(one.id, m, year) for m, _ in PANELS)
            if before is not None:
                made[opening] = SumOf((before,))
            made[closing] = DifferenceOf((opening, paid_in), (drawn,))
            before = closing
    return made


class FloorWords(NamedTuple):
    """What becomes of a reserve that has a floor."""

    sentence: str
    is_below: bool
    """Whether it falls below it in any year."""


def floor_words(plan: Plan, reserves: Reserves) -> Iterator[FloorWords]:
    """Which reserves have a floor that is known, and whether they stay above it.

    A floor that is a share of the net budget is known in the years that have one.
    """
    for _, found in groupby(over_floors(plan, net_budgets(plan)), lambda over: over.reserve.id):
        years = list(found)
        name = years[0].reserve.name
        below = [_below(over, reserves) for over in years if over.is_below]
        if below:
            sentence = f"{name} falls below its floor: {'; '.join(below)}, in {reserves.unit.name}."
        else:
            is_all = len(years) == len(plan.reserve_years)
            when = "in every year" if is_all else "in the years whose net budget is known"
            sentence = f"{name} stays at or above its floor {when}."
        yield FloorWords(sentence, is_below=bool(below))


def _below(over: OverFloor, reserves: Reserves) -> str:
    least = said(nearest(over.floor.numerator, over.floor.denominator), reserves.unit)
    return f"{said(over.closing, reserves.unit)} in {over.year}, against {least}"
