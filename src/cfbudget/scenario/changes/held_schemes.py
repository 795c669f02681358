"""A capital scheme as it stands in a trial, and what a change makes of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.money import Amount
from cfbudget.plan.files import Scheme
from cfbudget.problem import Place
from cfbudget.scenario.changes.operators import (
    BringIn,
    OfSchemes,
    Reprofile,
    SetAllocations,
    SetApart,
    YearAmounts,
)
from cfbudget.years import FinancialYear


class HeldScheme(NamedTuple):
    """A scheme as it stands in a trial."""

    scheme: Scheme
    allocations: dict[FinancialYear, int]
    steps: dict[FinancialYear, int]
    under_development: int
    later: int
    unknown: Mapping[FinancialYear, Place]
    """Where its allocations are not known yet, by year."""


def moved(there: HeldScheme, operation: OfSchemes) -> HeldScheme:
    """A scheme after a change."""
    match operation:
        case SetApart(_, measure, amount):
            if measure == "later":
                return there._replace(later=amount.pence)
            return there._replace(under_development=amount.pence)
        case SetAllocations(_, amounts):
            held = {year: amount.pence for year, amount in amounts.items()}
            unknown = {y: place for y, place in there.unknown.items() if y not in held}
            made = _with(there, {**there.allocations, **held}, amounts)
            return made._replace(unknown=unknown)
        case Reprofile(_, source, to, amount):
            changes: YearAmounts = MappingProxyType(
                {source: amount._replace(pence=-amount.pence), to: amount}
            )
            return _with(there, _added(there, changes), changes)
        case BringIn(_, amounts):
            brought = sum(amount.pence for amount in amounts.values())
            left = there.under_development - brought
            return _with(there, _added(there, amounts), amounts)._replace(under_development=left)


def _added(there: HeldScheme, amounts: YearAmounts) -> dict[FinancialYear, int]:
    held = dict(there.allocations)
    for year, amount in amounts.items():
        held[year] = held.get(year, 0) + amount.pence
    return held


def _with(
    there: HeldScheme, allocations: dict[FinancialYear, int], typed: Mapping[FinancialYear, Amount]
) -> HeldScheme:
    steps = {**there.steps, **{year: amount.step for year, amount in typed.items()}}
    return there._replace(allocations=allocations, steps=steps)
