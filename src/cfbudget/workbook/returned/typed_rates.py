"""Assumptions with other rates, or of other named amounts, than the plan's files say."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.assumptions import assumptions_of
from cfbudget.layout.units import PER_CENT
from cfbudget.plan.files import Option, RevenueBudget, Service
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure, WrittenRate
from cfbudget.problem import Refusal
from cfbudget.shares import Share
from cfbudget.workbook.returned.changed_inputs import ChangedInput, ChangeFields, TypedAmounts
from cfbudget.years import FinancialYear

Named = Mapping[tuple[FinancialYear, str], int]
"""In pence, by the year of a budget and what an assumption calls the amount."""


def with_typed_rates(plan: Plan, typed: TypedAmounts) -> Plan:
    """The plan with the rates and the named amounts that were typed; nothing is worked out yet."""
    options = plan.options
    if options is None or not assumptions_of(plan):
        return plan
    blocks = tuple(
        block.model_copy(update={"options": tuple(_rated(one, typed) for one in block.options)})
        for block in options.services
    )
    named = dict(_named(plan, typed))
    revenue = tuple(_budget(budget, named) for budget in plan.revenue)
    options = options.model_copy(update={"services": blocks})
    return replace(plan, options=options, revenue=revenue)


def _rated(option: Option, typed: TypedAmounts) -> Option:
    rates = dict(option.rates)
    for year, written in option.rates.items():
        if amount := typed.get(("assumptions", Key(option.id, "rate", year))):
            rates[year] = WrittenRate(_share(amount.pence), written.place)
    return option.model_copy(update={"rates": MappingProxyType(rates)})


def _share(value: int) -> Fraction:
    """A rate from what its cell holds."""
    return Fraction(value, 100 * PER_CENT.pence)


def _named(plan: Plan, typed: TypedAmounts) -> Iterator[tuple[tuple[FinancialYear, str], int]]:
    for option in assumptions_of(plan):
        for one in option.worked:
            amount = typed.get(("assumptions", Key(option.id, "base_amount", one.year)))
            if amount and option.of:
                yield (one.budget, option.of.text), amount.pence


def _budget(budget: RevenueBudget, named: Named) -> RevenueBudget:
    year = budget.financial_year.year

    def amounts_of(start: str, written: Mapping[str, Figure]) -> Mapping[str, Figure]:
        return MappingProxyType(
            {
                name: figure._replace(pence=named.get((year, f"{start}{name}"), figure.pence))
                for name, figure in written.items()
            }
        )

    def service_of(service: Service) -> Service:
        update: dict[str, object] = {"amounts": amounts_of(f"{service.id}.", service.amounts)}
        if service.services:
            update["services"] = tuple(map(service_of, service.services))
        return service.model_copy(update=update)

    services = tuple(map(service_of, budget.services))
    update = {"services": services, "amounts": amounts_of("", budget.amounts)}
    return budget.model_copy(update=update)


def rate_changes(inputs: list[ChangedInput]) -> list[ChangeFields] | Refusal:
    """What was typed over rates, as changes of a scenario; or why it cannot be said."""
    found: dict[str, dict[str, str]] = {}
    for one in inputs:
        if one.table != "assumptions":
            continue
        if one.key.measure != "rate":
            what = f"{one.key.row}: the amount that its rates are of"
            hint = "change it in the revenue file; a scenario sets rates alone"
            return Refusal(f"{what} cannot be a change of a scenario", hint)
        share = _share(one.pence)
        rate = str(Share(share.numerator, share.denominator))
        found.setdefault(one.key.row, {})[str(one.key.year)] = rate
    return [{"set": row, "to": rates} for row, rates in found.items()]
