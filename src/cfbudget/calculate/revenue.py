"""One year's revenue budget: gross, income and net of every service, and up its tree."""

from collections.abc import Iterable, Iterator

from cfbudget.calculate.amounts import Computed, Key, RowSum
from cfbudget.calculate.services import fund_of, whole_sums
from cfbudget.plan.files import RevenueBudget, Service
from cfbudget.plan.values import Figure, Measure
from cfbudget.years import FinancialYear

MEASURES: tuple[Measure, ...] = ("gross", "income", "net")


def revenue_amounts(budget: RevenueBudget) -> Computed:
    """Gross (+), income (−) and net (their sum) by service, as this budget nests them, in pence.

    Where a service states its net alone, it and all above it have a net alone.
    """
    year = budget.financial_year.year
    sums = (
        *_sums(budget.services),
        *whole_sums((service.id, fund_of(service)) for service in budget.services),
    )
    amounts = dict(_line_amounts(budget.services, year))
    for row, parts in sums:
        for measure in MEASURES:
            figures = [amounts.get(Key(part, measure, year)) for part in parts]
            known = [figure for figure in figures if figure is not None]
            if len(known) == len(parts):
                amounts[Key(row, measure, year)] = sum(known)
    return Computed(amounts, sums)


def own_nets(budget: RevenueBudget) -> dict[str, int]:
    """The net of each service that has amounts of its own, in pence."""
    amounts = _line_amounts(budget.services, budget.financial_year.year)
    return {key.row: pence for key, pence in amounts if key.measure == "net"}


def _sums(services: Iterable[Service]) -> Iterator[RowSum]:
    for service in services:
        if service.services is not None:
            yield from _sums(service.services)
            yield RowSum(service.id, tuple(below.id for below in service.services))


def _line_amounts(services: Iterable[Service], year: FinancialYear) -> Iterator[tuple[Key, int]]:
    for service in services:
        if service.services is not None:
            yield from _line_amounts(service.services, year)
        elif service.net is not None:
            yield Key(service.id, "net", year), service.net.pence
        else:
            gross, income = _pence(service.gross), _pence(service.income)
            yield Key(service.id, "gross", year), gross
            yield Key(service.id, "income", year), income
            yield Key(service.id, "net", year), gross + income


def _pence(figure: Figure | None) -> int:
    return figure.pence if figure else 0
