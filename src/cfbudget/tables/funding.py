"""Funding as a table: its lines by year, council tax with its working, reserves used."""

from collections.abc import Iterator
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, Amounts, Key
from cfbudget.calculate.funding import funding_amounts, reserve_names, rises
from cfbudget.calculate.printed_unit import shown_step
from cfbudget.layout.made_of import BandDOf, MadeOf, RiseOf, SumOf, TaxOf
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.layout.units import PENCE, RISE, TAX_BASE, share
from cfbudget.plan.funding_files import Funding, FundingLine
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place
from cfbudget.tables.standing_sentences import source_line, titled
from cfbudget.tables.total_names import noted
from cfbudget.years import FinancialYear

SIGN = "funding is minus, as income, in brackets"
PRODUCT = "Council tax = tax base × Band D, to the penny."
QUOTIENT = "Band D = amount ÷ tax base, to the penny."


def funding_table(plan: Plan, funding: Funding) -> Table:
    """Each line by year; under council tax its tax base, Band D and rise; reserves used."""
    computed = funding_amounts(plan)
    amounts, years = computed.amounts, plan.funding_years
    what = "funding" if funding.kind == "funding" else "cash limit"
    columns = tuple(Column("amount", year, str(year)) for year in years)
    risen = {
        Key(line, "rise", year): Cell(share(now - before, before))
        for (line, year), (now, before) in rises(funding, amounts).items()
    }
    return Table(
        name="funding",
        title=titled(plan.name, what, funding.name),
        sign=SIGN,
        facts=(*_workings(funding), *source_line(funding.source)),
        unit=funding.unit,
        step=shown_step(funding),
        rows=tuple(_rows(plan, funding, what)),
        panels=(Panel("", columns),),
        cells=MappingProxyType({**_cells(funding, amounts), **risen}),
        made_of=MappingProxyType(_made_of(funding, amounts)),
    )


def _workings(funding: Funding) -> Iterator[str]:
    """How a council tax is worked out, where there is one."""
    if any(line.band_d for line in funding.lines):
        yield PRODUCT
    if any(line.tax_base and line.amounts for line in funding.lines):
        yield QUOTIENT


def _rows(plan: Plan, funding: Funding, what: str) -> Iterator[Row]:
    for line in funding.lines:
        yield Row(line.id, line.name, "line", place=line.place, note=noted(line))
        if line.tax_base:
            yield from _tax_rows(line)
    ids = tuple(line.id for line in funding.lines)
    yield Row(TOTAL, f"Total {what}", "total", sums=ids, note=noted(funding))
    if not funding.reserves:
        return
    yield Row("reserves/heading", "Planned use of reserves", "heading")
    names = reserve_names(plan)
    for use in funding.reserves:
        reserve = use.reserve.text
        yield Row(
            use_row(reserve),
            names[reserve],
            "line",
            1,
            of=reserve,
            measure="reserves_used",
            place=use.place,
        )
    yield Row(
        "total/reserves",
        "Total planned use of reserves",
        "total",
        of=TOTAL,
        measure="reserves_used",
    )


def use_row(reserve: str) -> str:
    """The row of the planned use of a reserve."""
    return f"{reserve}/use"


def _tax_rows(line: FundingLine) -> Iterator[Row]:
    """What a council tax is worked out of, below its amount."""
    one, place = line.id, line.place
    yield Row(
        f"{one}/tax-base",
        "Tax base",
        "line",
        1,
        of=one,
        measure="tax_base",
        unit=TAX_BASE,
        place=place,
    )
    yield Row(
        f"{one}/band-d", "Band D, £", "line", 1, of=one, measure="band_d", unit=PENCE, place=place
    )
    yield Row(
        f"{one}/rise", "Rise in Band D", "line", 1, of=one, measure="rise", unit=RISE, place=place
    )


def _cells(funding: Funding, amounts: Amounts) -> dict[Key, Cell]:
    """Each figure with its place; given, or given as nil by leaving it out, it is an input."""
    places: dict[Key, Place] = {}
    given: set[Key] = set()
    years = [word.year for word in funding.financial_years]
    for line in funding.lines:
        places |= {Key(line.id, "amount", year): f.place for year, f in line.amounts.items()}
        places |= {Key(line.id, "tax_base", year): f.place for year, f in line.tax_base.items()}
        places |= {Key(line.id, "band_d", year): f.place for year, f in line.band_d.items()}
        given |= {Key(line.id, "amount", year) for year in years if not line.band_d}
    for use in funding.reserves:
        row = use.reserve.text
        places |= {Key(row, "reserves_used", year): f.place for year, f in use.amounts.items()}
        given |= {Key(row, "reserves_used", year) for year in years}
    given |= set(places)
    return {key: Cell(pence, places.get(key), key in given) for key, pence in amounts.items()}


def _made_of(funding: Funding, amounts: Amounts) -> dict[Key, MadeOf]:
    made: dict[Key, MadeOf] = {}
    for line in funding.lines:
        for year in line.tax_base:
            amount, base, band_d = _keys_of(line, year)
            if line.band_d:
                made[amount] = TaxOf(base, band_d)
            elif band_d in amounts:
                made[band_d] = BandDOf(amount, base)
    for line_id, year in rises(funding, amounts):
        now, before = (Key(line_id, "band_d", one) for one in (year, FinancialYear(year.start - 1)))
        made[Key(line_id, "rise", year)] = RiseOf(now, before)
    for word in funding.financial_years if funding.reserves else ():
        uses = (Key(use.reserve.text, "reserves_used", word.year) for use in funding.reserves)
        made[Key(TOTAL, "reserves_used", word.year)] = SumOf(tuple(uses))
    return made


def _keys_of(line: FundingLine, year: FinancialYear) -> tuple[Key, Key, Key]:
    return (
        Key(line.id, "amount", year),
        Key(line.id, "tax_base", year),
        Key(line.id, "band_d", year),
    )
