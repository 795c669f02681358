"""The gap as a table: the net budget, its funding and the reserves used, line below line."""

from collections.abc import Iterator
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, Amounts, Key
from cfbudget.calculate.funding import funding_amounts, reserve_names
from cfbudget.calculate.funds import fund_names, general_row
from cfbudget.calculate.gap import gap_amounts, net_budgets
from cfbudget.calculate.not_known import gap_lacks, position_lacks, unknown_changes
from cfbudget.calculate.printed_unit import PlanFile, shown_step
from cfbudget.calculate.services import GENERAL
from cfbudget.layout.made_of import DifferenceOf, MadeOf, SumOf
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.plan.funding_files import Funding
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.tables.funding import use_row
from cfbudget.tables.gap_words import gap_notes
from cfbudget.tables.not_known_words import left_out_note
from cfbudget.tables.standing_sentences import on_projected
from cfbudget.years import FinancialYear

NET_BUDGET, FUNDING = "net-budget", "funding"
"""The rows that repeat what other tables come to."""
CAPTION = "Levels, not to be added up over years; plus is a shortfall"
LIMIT_CAPTION = "Levels, not to be added up over years; plus is over the cash limit"


def gap_table(plan: Plan, funding: Funding) -> Table | None:
    """Net budget, funding and gap of each year that has both; None where none has."""
    gaps = gap_amounts(plan)
    years = sorted({key.year for key in gaps if key.year is not None})
    if not years:
        return None
    is_limit = funding.kind == "cash_limit"
    measure: Measure = "over_cash_limit" if is_limit else "gap"
    columns = tuple(Column(measure, year, str(year)) for year in years)
    amounts = {**_repeated(plan, funding, years), **gaps}
    files: tuple[PlanFile, ...] = (
        *plan.revenue,
        *([plan.options] if plan.options else []),
        funding,
    )
    unit = files[0].unit
    lacks = {*gap_lacks(plan), *_net_budgets_lacking(plan)}
    what = "net budget against the cash limit" if is_limit else "gap between net budget and funding"
    return Table(
        name="gap",
        title=f"{plan.name}: {what}{on_projected(plan)}",
        sign="spending is plus; funding and use of reserves are minus, in brackets",
        facts=(),
        unit=unit,
        step=min(map(shown_step, files)),
        rows=tuple(_limit_rows(plan) if is_limit else _rows(plan, funding)),
        panels=(Panel(LIMIT_CAPTION if is_limit else CAPTION, columns),),
        cells=MappingProxyType(
            {key: Cell(pence, lacks=key in lacks) for key, pence in amounts.items()}
        ),
        notes=(*gap_notes(plan, funding, gaps), *left_out_note(unknown_changes(plan))),
        made_of=MappingProxyType(_made_of(funding, gaps)),
    )


def _repeated(plan: Plan, funding: Funding, years: list[FinancialYear]) -> Amounts:
    """What stands in other tables: the net budget, the total of funding, each reserve's use."""
    nets, funded = net_budgets(plan), funding_amounts(plan).amounts
    amounts: dict[Key, int] = {}
    for year in years:
        amounts[Key(NET_BUDGET, "net_budget", year)] = nets[year]
        amounts[Key(FUNDING, "amount", year)] = funded[Key(TOTAL, "amount", year)]
        for use in funding.reserves:
            reserve = use.reserve.text
            used = funded[Key(reserve, "reserves_used", year)]
            amounts[Key(use_row(reserve), "reserves_used", year)] = used
    return amounts


def _net_budgets_lacking(plan: Plan) -> Iterator[Key]:
    """The net budgets, as this table repeats them, that exclude what is not known yet."""
    row = general_row(plan)
    for key in position_lacks(plan):
        if (key.row, key.measure) == (row, "net_budget"):
            yield key._replace(row=NET_BUDGET)


def _limit_rows(plan: Plan) -> Iterator[Row]:
    yield Row(NET_BUDGET, net_budget_label(plan), "line", measure="net_budget", is_repeat=True)
    yield Row(FUNDING, "Cash limit", "line", measure="amount", is_repeat=True)
    yield Row(
        "over-cash-limit",
        "Over (or under) the cash limit",
        "total",
        of=TOTAL,
        measure="over_cash_limit",
    )


def _rows(plan: Plan, funding: Funding) -> Iterator[Row]:
    yield Row(NET_BUDGET, net_budget_label(plan), "line", measure="net_budget", is_repeat=True)
    yield Row(FUNDING, "Total funding", "line", measure="amount", is_repeat=True)
    yield _gap_row("Gap before reserves", "gap_before_reserves")
    names = reserve_names(plan)
    for use in funding.reserves:
        reserve = use.reserve.text
        label, row = names[reserve], use_row(reserve)
        yield Row(row, label, "line", 1, measure="reserves_used", place=use.place, is_repeat=True)
    yield _gap_row("Gap after reserves", "gap")
    yield _gap_row("Annual gap: more than the year before", "annual_gap")


def net_budget_label(plan: Plan) -> str:
    """What funding pays for, which of a plan with several funds is a part of the whole."""
    there = fund_names(plan)
    return f"Net budget, {there[GENERAL]}" if len(there) > 1 and GENERAL in there else "Net budget"


def _gap_row(label: str, measure: Measure) -> Row:
    return Row(measure.replace("_", "-"), label, "total", of=TOTAL, measure=measure)


def _made_of(funding: Funding, gaps: Amounts) -> dict[Key, MadeOf]:
    made: dict[Key, MadeOf] = {}
    for key in gaps:
        year = key.year
        assert year is not None, "every gap is of a year"
        if key.measure == "gap":
            uses = (use_row(use.reserve.text) for use in funding.reserves)
            parts = [Key(use, "reserves_used", year) for use in uses]
            made[key] = SumOf((Key(TOTAL, "gap_before_reserves", year), *parts))
        elif key.measure == "annual_gap":
            gap = key._replace(measure="gap")
            before = gap._replace(year=FinancialYear(year.start - 1))
            made[key] = DifferenceOf((gap,), (before,)) if before in gaps else SumOf((gap,))
        else:
            parts = [Key(NET_BUDGET, "net_budget", year), Key(FUNDING, "amount", year)]
            made[key] = SumOf(tuple(parts))
    return made
