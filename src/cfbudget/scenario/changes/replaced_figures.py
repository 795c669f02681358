"""The figures that a scenario sets, beside what they replace and what stands with that."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.money import COUNTS, POUNDS, Unit
from cfbudget.plan.files import Option
from cfbudget.plan.plan import Plan
from cfbudget.scenario.changes.held_funding import balances, figures_of
from cfbudget.scenario.changes.held_options import held
from cfbudget.scenario.changes.operators import (
    Add,
    Change,
    SetAllocations,
    SetApart,
    SetBudget,
    SetChanges,
    SetDraw,
    SetFunding,
)
from cfbudget.scenario.changes.working_copy import WorkingCopy

Figures = dict[str, tuple[int, Change]]
"""Pence that are set, by year or what has none, each with the change that sets it."""
SMALL_BESIDE = 100
"""How often a service's largest amount is one that says nothing of what another may be."""


class Replaced(NamedTuple):
    """The largest figure that is set of an option, a scheme or a service, in pence."""

    change: Change
    new: int
    largest: int
    """The largest figure that was there."""
    smallest: int
    """The smallest that was there; nil where none is replaced."""
    unit: Unit


class New(NamedTuple):
    """The largest figure of an option that has none in the plan, and what its service spends."""

    change: Change
    new: int
    spending: int
    largest: int
    """The largest change of the plan, without its sign."""
    unit: Unit


def of_options(plan: Plan, changes: Iterable[Change]) -> Iterator[Replaced | New]:
    """What is set of each option, and each one that is added."""
    trial = WorkingCopy(plan)
    services: dict[str, str] = {}
    found: dict[str, Figures] = {}
    for change in changes:
        match change.operation:
            case SetChanges(option, amounts):
                new = {str(year): (amount.pence, change) for year, amount in amounts.items()}
                found.setdefault(option, {}).update(new)
            case Add(service, added):
                services[added.id] = service
                new = {str(year): (figure.pence, change) for year, figure in added.changes.items()}
                found.setdefault(added.id, {}).update(new)
    if not found or plan.options is None:
        return
    written = {option: _changes(plan, trial, option) for option in trial.written}
    there = (_size(option, written[option.id]) for _, option in trial.written.values())
    largest = max(there, default=0)
    for option, figures in found.items():
        if not figures:
            continue
        if any(written.get(option, {}).values()):
            yield _replaced(figures, written[option], plan.options.unit)
        else:
            service = services.get(option) or trial.written[option][0]
            pence, change = _largest(figures)
            spent = spending(plan, service)
            yield New(change, pence, spent, largest, plan.options.unit)


def _changes(plan: Plan, trial: WorkingCopy, option: str) -> Mapping[str, int]:
    """An option's changes as the plan has them: whole pence, as nothing is a share yet."""
    there = held(plan, *trial.written[option])
    return {str(year): int(pence) for year, pence in there.changes.items()}


def _size(option: Option, changes: Mapping[str, int]) -> int:
    """How large an option's largest change is, in pence; of condensed ones that of any of them."""
    if option.condensed:
        return abs(option.condensed.largest.pence) if option.condensed.largest else 0
    return max(map(abs, changes.values()), default=0)


def of_schemes(plan: Plan, changes: Iterable[Change]) -> Iterator[Replaced]:
    """What is set of each scheme: allocations, and what is under development."""
    found: dict[str, Figures] = {}
    for change in changes:
        match change.operation:
            case SetAllocations(scheme, amounts):
                new = {str(year): (amount.pence, change) for year, amount in amounts.items()}
                found.setdefault(scheme, {}).update(new)
            case SetApart(scheme, measure, amount):
                cell = measure.replace("_", " ")
                found.setdefault(scheme, {})[cell] = (amount.pence, change)
    if not found or plan.capital is None:
        return
    written: dict[str, dict[str, int]] = {}
    for line in plan.capital.schemes:
        written[line.id] = {str(year): figure.pence for year, figure in line.allocations.items()}
        if line.under_development:
            written[line.id]["under development"] = line.under_development.pence
        if line.later:
            written[line.id]["later"] = line.later.pence
    for scheme, figures in found.items():
        there = written[scheme]
        if not any(there.values()):  # then what stands beside it is the whole programme
            there = {f"{s} {at}": p for s, by_cell in written.items() for at, p in by_cell.items()}
        yield _replaced(figures, there, plan.capital.unit)


def of_budgets(plan: Plan, changes: Iterable[Change]) -> Iterator[Replaced]:
    """What is set of each service's gross, income or net."""
    budgets = {budget.financial_year.year: budget for budget in plan.revenue}
    written = {year: revenue_amounts(budget).amounts for year, budget in budgets.items()}
    for change in changes:
        if not isinstance(change.operation, SetBudget):
            continue
        service, measure, year, amount = change.operation
        amounts = written[year]
        mine = [pence for key, pence in amounts.items() if key.row == service]
        now, largest = amounts[Key(service, measure, year)], max(map(abs, mine))
        if not largest:
            largest = max(map(abs, amounts.values()))
        # A small income beside a large gross may well become a large one.
        old = now if abs(now) * SMALL_BESIDE > largest else largest
        yield Replaced(change, amount.pence, old, now, budgets[year].unit)


def of_funding(plan: Plan, changes: Iterable[Change]) -> Iterator[Replaced]:
    """What is set of each funding line, beside its own figures; and of each reserve's draws."""
    trial = WorkingCopy(plan)
    for change in changes:
        match change.operation:
            case SetFunding(line, measure, amounts) if plan.funding:
                unit = {"tax_base": COUNTS, "band_d": POUNDS}.get(measure, plan.funding.unit)
                there = figures_of(trial.line(line), measure)
                new = {str(year): (amount.pence, change) for year, amount in amounts.items()}
                yield _replaced(new, {str(year): pence for year, pence in there.items()}, unit)
            case SetDraw(reserve, amounts) if file := plan.reserves or plan.funding:
                most = max((abs(pence) for pence in balances(plan, reserve).values()), default=0)
                largest = max(amount.pence for amount in amounts.values())
                # Any part of a balance may be drawn, however small.
                yield Replaced(change, largest, most, 0, file.unit)


def _replaced(figures: Figures, written: Mapping[str, int], unit: Unit) -> Replaced:
    """The largest figure that is set, beside those that were there."""
    pence, change = _largest(figures)
    there = [old for old in written.values() if old]
    is_any_replaced = any(written.get(at) for at in figures)
    smallest = min(there, key=abs) if is_any_replaced else 0
    return Replaced(change, pence, max(there, key=abs, default=0), smallest, unit)


def _largest(figures: Figures) -> tuple[int, Change]:
    return max(figures.values(), key=lambda figure: abs(figure[0]))


def spending(plan: Plan, service: str) -> int:
    """What a service spends by the latest budget that has it, in pence; nil where none has."""
    for budget in reversed(plan.revenue):
        amounts, year = revenue_amounts(budget).amounts, budget.financial_year.year
        found = [amounts.get(Key(service, measure, year), 0) for measure in ("gross", "net")]
        if any(found):
            return max(map(abs, found))
    return 0
