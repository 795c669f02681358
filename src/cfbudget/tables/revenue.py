"""The revenue budget of a year as a table: services in their order, totals below them."""

from collections.abc import Iterator
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, Amounts, Key
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.calculate.services import with_parents
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.plan.files import RevenueBudget, Service
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure, Measure
from cfbudget.problem import Place
from cfbudget.tables.fund_rows import fund_rows, with_funds
from cfbudget.tables.standing_sentences import SIGN, source_line, titled
from cfbudget.tables.total_names import named, noted
from cfbudget.years import FinancialYear

PROJECTED = (
    "Projected: worked out from the plan of an earlier year, until the approved budget replaces it."
)


def revenue_table(plan: Plan, budget: RevenueBudget) -> Table:
    """Gross, income and net by service, and their totals."""
    year = budget.financial_year.year
    computed = revenue_amounts(budget)
    inputs = _inputs(budget)
    cells = {
        key: Cell(pence, inputs.get(key), key in inputs) for key, pence in computed.amounts.items()
    }
    sums = {made.row: made.parts for made in computed.sums}
    columns = (
        Column("gross", year, "Gross"),
        Column("income", year, "Income"),
        Column("net", year, "Net", (("gross", year), ("income", year))),
    )
    return Table(
        name="revenue",
        title=titled(plan.name, f"{budget_words(budget)} {year}", budget.name),
        sign=f"{SIGN}; net = gross + income",
        facts=(
            *_projected(budget),
            *_net_alone(computed.amounts, year),
            *source_line(budget.source),
        ),
        unit=budget.unit,
        step=printed_step(budget),
        rows=with_funds(
            plan,
            (
                *(row for service in budget.services for row in _rows(service, 0)),
                *fund_rows(plan, sums),
                Row(
                    TOTAL,
                    named(budget.stated, f"Total {budget.name}"),
                    "total",
                    sums=sums[TOTAL],
                    note=noted(budget),
                ),
            ),
        ),
        panels=(Panel("", columns),),
        cells=MappingProxyType(cells),
    )


def budget_words(budget: RevenueBudget) -> str:
    """What a budget is: one that is projected is not struck."""
    return "projected revenue budget" if budget.projected else "revenue budget"


def _projected(budget: RevenueBudget) -> tuple[str, ...]:
    return (PROJECTED,) if budget.projected else ()


def _net_alone(amounts: Amounts, year: FinancialYear) -> tuple[str, ...]:
    if Key(TOTAL, "gross", year) in amounts:
        return ()
    return ("Where a service prints its net alone, it and the totals above it have no gross.",)


def _rows(service: Service, depth: int) -> Iterator[Row]:
    below = service.services
    if below is None:
        yield Row(
            service.id,
            service.name,
            "line",
            depth,
            service=service.id,
            place=service.place,
            note=noted(service),
        )
        return
    yield Row(f"{service.id}/heading", service.name, "heading", depth, service=service.id)
    for child in below:
        yield from _rows(child, depth + 1)
    sums = tuple(child.id for child in below)
    label = named(service.stated, f"Total {service.name}")
    yield Row(service.id, label, "subtotal", depth, sums, service=service.id, note=noted(service))


def _inputs(budget: RevenueBudget) -> dict[Key, Place]:
    """Where each figure that the file gives, rather than we compute, stands."""
    year = budget.financial_year.year
    places: dict[Key, Place] = {}
    for _, service in with_parents(budget.services):
        given: dict[Measure, Figure | None] = {
            "gross": service.gross,
            "income": service.income,
            "net": service.net,
        }
        for measure, figure in given.items():
            if figure is not None:
                places[Key(service.id, measure, year)] = figure.place
    return places
