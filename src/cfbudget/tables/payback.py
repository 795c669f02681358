"""Payback as a table: each pair's lines and what they come to, and when it breaks even.

A pair has three rows of one id: its annual net cost, its total to date, and its outcome, which is
a year, an amount, or a fact.
"""

from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.payback import Payback, PaybackLine, payback_years
from cfbudget.calculate.present_value import Rate, net_present_benefit
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.layout.made_of import Discounted, FirstYearOver, MadeOf, SumOf
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.layout.units import FACT, PER_CENT, YEAR
from cfbudget.money import needed_places, places_of
from cfbudget.plan.files import PolicyOptions
from cfbudget.plan.kinds import heading
from cfbudget.plan.plan import Plan
from cfbudget.scenario.changes.working_copy import Beyond
from cfbudget.tables.option_row import option_row
from cfbudget.tables.standing_sentences import CHANGE_SIGN
from cfbudget.years import FinancialYear

CAPTION = "Cumulative change, against the opening (the budget before the plan)"
ANNUAL = "Annual net cost"
TO_DATE = "Total to date, against the opening"
OUTCOMES = "When each breaks even and pays back"
MOST_PLACES = 3


class PaybackShown(NamedTuple):
    """What of a plan's payback is asked for, and the rate, if one is given."""

    plan: Plan
    options: PolicyOptions
    pairs: tuple[Payback, ...]
    orphans: tuple[Payback, ...]
    rate: Rate | None = None
    unmarked: tuple[tuple[PaybackLine, PaybackLine], ...] = ()
    """Investments and savings of one name that are not marked as invest to save."""
    scenario: str = ""
    """What the scenario is called with which all this is, if it is with one."""
    beyond: tuple[Beyond, ...] = ()
    """What the scenario moves past the plan."""

    @property
    def costed(self) -> tuple[Payback, ...]:
        """All that has an annual net cost: the pairs, then the orphans."""
        return (*self.pairs, *self.orphans)

    @property
    def lines(self) -> tuple[PaybackLine, ...]:
        """Every option that is shown."""
        of_unmarked = (line for both in self.unmarked for line in both)
        return (*(line for one in self.costed for line in one.lines), *of_unmarked)

    @property
    def horizon(self) -> str:
        """The years that are in the figures: 2024-25 to 2027-28."""
        first, last = self.years[0], self.years[-1]
        return str(first) if first == last else f"{first} to {last}"

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """These years: the plan's, and those before it that its options tell of."""
        return payback_years(self.plan)

    @property
    def places(self) -> tuple[int, int]:
        """How many places figures have, and how many would show all of them exactly.

        All that the options print, and what a scenario's shares need, so that what is shown
        adds up.
        """
        unit = self.options.unit
        by_line = (needed_places(unit, *one.cumulative_change.values()) for one in self.lines)
        needed = max(by_line, default=0)
        return max(places_of(printed_step(self.options), unit), min(needed, MOST_PLACES)), needed


def payback_table(shown: PaybackShown) -> Table:
    """Every pair and orphan with its outcome, and what is not marked, one below the other."""
    unit = shown.options.unit
    cells: dict[Key, Cell] = {}
    made: dict[Key, MadeOf] = {}
    for line in shown.lines:
        cells |= _line_cells(line)
    for orphan in shown.orphans:
        cells[Key(orphan.lines[0].option.id, "orphan")] = Cell(1)
    for one in (line for both in shown.unmarked for line in both):
        cells[Key(one.option.id, "unmarked")] = Cell(1)
    for pair in shown.costed:
        cells |= _pair_cells(pair, shown.rate)
        made |= _pair_made_of(pair)
    for pair in shown.costed[1:] if shown.rate else ():
        # One cell is the rate; the others repeat it.
        rate, first = Key(pair.id, "rate"), Key(shown.costed[0].id, "rate")
        cells[rate], made[rate] = Cell(cells[first].pence), SumOf((first,))
    return Table(
        name="payback",
        title=f"{shown.plan.name}: payback of invest to save",
        sign=CHANGE_SIGN,
        facts=(),
        unit=unit,
        step=max(unit.pence // 10 ** shown.places[0], 1),
        rows=tuple(_rows(shown)),
        panels=(Panel(caption(shown), _years(shown)), Panel(OUTCOMES, _outcomes(shown)), MARKS),
        cells=MappingProxyType(cells),
        made_of=MappingProxyType(made),
    )


MARKS = Panel(
    "Marks",
    (
        Column("orphan", None, "Orphan", unit=FACT),
        Column("unmarked", None, "Not marked", unit=FACT),
    ),
)


def caption(shown: PaybackShown) -> str:
    """What the figures by year are, and what they are against."""
    if shown.years == shown.plan.years:
        return CAPTION
    return f"Cumulative change, against the budget before {shown.years[0]}, as options tell of it"


def _years(shown: PaybackShown) -> tuple[Column, ...]:
    return tuple(Column("cumulative_change", year, str(year)) for year in shown.years)


def _outcomes(shown: PaybackShown) -> tuple[Column, ...]:
    is_any = any(pair.may_have_begun_before for pair in shown.costed)
    incomplete = (Column("incomplete", None, "Incomplete", unit=FACT),) if is_any else ()
    years = (
        Column("breaks_even", None, "Breaks even", unit=YEAR),
        Column("pays_back", None, "Pays back", unit=YEAR),
    )
    if shown.rate is None:
        return (*years, *incomplete)
    places = needed_places(PER_CENT, _per_cent(shown.rate))
    return (
        *years,
        Column("rate", None, "Rate", unit=PER_CENT._replace(places=places)),
        Column(
            "net_present_benefit",
            None,
            "Net present benefit",
            terms=benefit_terms(shown, shown.rate),
        ),
        *incomplete,
    )


def _per_cent(rate: Rate) -> int:
    """A rate as a cell holds it."""
    return int(rate.a_year * 100 * PER_CENT.pence)


def benefit_terms(shown: PaybackShown, rate: Rate) -> str:
    """What a net present benefit is nothing without: the rate, the horizon, and its prices."""
    return f"Net present benefit at {rate.text}, {shown.horizon}, as if in real terms"


# -- rows -----------------------------------------------------------------------------------


def _rows(shown: PaybackShown) -> Iterator[Row]:
    for pair in shown.costed:
        yield from pair_rows(pair)
        yield outcome_row(pair)
    for both in shown.unmarked:
        yield from map(line_row, both)


def line_row(line: PaybackLine) -> Row:
    return option_row(line.option, line.service)


def pair_rows(pair: Payback) -> Iterator[Row]:
    """The options of a pair, and what they come to in each year and up to it."""
    yield from map(line_row, pair.lines)
    whole = outcome_row(pair)
    ids = tuple(line.option.id for line in pair.lines)
    yield whole._replace(sums=ids, measure="annual_net_cost", is_apart=True)
    yield whole._replace(measure="total_to_date")


def said_row(row: Row) -> Row:
    """A row as it stands in its section: what a pair comes to, or an option with its kind.

    An investment and its saving often bear the same name.
    """
    if row.measure:
        return row._replace(label=ANNUAL if row.measure == "annual_net_cost" else TO_DATE)
    return row._replace(label=f"{heading(row.kind)}: {row.label}")


def outcome_row(pair: Payback) -> Row:
    services = {line.service for line in pair.lines}
    service = services.pop() if len(services) == 1 else ""
    return Row(pair.id, pair.name, "total", service=service, is_apart=False)


# -- cells ----------------------------------------------------------------------------------


def _line_cells(line: PaybackLine) -> Iterator[tuple[Key, Cell]]:
    for year, pence in line.cumulative_change.items():
        yield Key(line.option.id, "cumulative_change", year), Cell(pence, is_input=True)


def _pair_cells(pair: Payback, rate: Rate | None) -> Iterator[tuple[Key, Cell]]:
    for year, pence in pair.annual_net_cost.items():
        yield Key(pair.id, "annual_net_cost", year), Cell(pence)
    for year, pence in pair.total_to_date.items():
        yield Key(pair.id, "total_to_date", year), Cell(pence)
    if not pair.changes_nothing and not pair.cannot_be_told:
        yield Key(pair.id, "breaks_even"), Cell(_start(pair.breaks_even))
        yield Key(pair.id, "pays_back"), Cell(_start(pair.pays_back))
    if rate:
        yield Key(pair.id, "rate"), Cell(_per_cent(rate), is_input=True)
        benefit = net_present_benefit(pair.annual_net_cost.values(), rate)
        yield Key(pair.id, "net_present_benefit"), Cell(benefit)
    if pair.may_have_begun_before:
        yield Key(pair.id, "incomplete"), Cell(1)


def _start(year: FinancialYear | None) -> int:
    return year.start if year else 0


def _pair_made_of(pair: Payback) -> Iterator[tuple[Key, MadeOf]]:
    """What a pair's figures are made of; what never pays back is no formula."""
    years = list(pair.annual_net_cost)
    costs = tuple(Key(pair.id, "annual_net_cost", year) for year in years)
    to_date = tuple(Key(pair.id, "total_to_date", year) for year in years)
    for at, key in enumerate(to_date, start=1):
        yield key, SumOf(costs[:at])
    yield Key(pair.id, "net_present_benefit"), Discounted(costs, Key(pair.id, "rate"))
    if pair.can_pay_back:
        yield Key(pair.id, "breaks_even"), FirstYearOver(costs)
        yield Key(pair.id, "pays_back"), FirstYearOver(to_date)
