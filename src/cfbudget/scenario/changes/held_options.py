"""An option as it stands in a trial, and what changes make of it."""

from typing import NamedTuple

from cfbudget.calculate.changes import changes_of
from cfbudget.plan.files import Option
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place
from cfbudget.scenario.changes.held_rates import HeldRates, held_rates
from cfbudget.scenario.changes.operators import (
    Delay,
    Deliver,
    Drop,
    OfOptions,
    SetChanges,
    SetFte,
    SetRates,
)
from cfbudget.shares import Exact
from cfbudget.years import FinancialYear

ExactByYear = dict[FinancialYear, Exact]


class HeldOption(NamedTuple):
    """An option as it stands in a trial."""

    service: str
    option: Option
    changes: ExactByYear
    steps: dict[FinancialYear, int]
    """What one in the last written place of a typed amount is worth, in pence."""
    beyond: ExactByYear
    """What has been delayed past the plan."""
    fte: ExactByYear
    """Its full-time equivalents, in hundredths; nothing where it has none."""
    fte_beyond: ExactByYear
    unknown: dict[FinancialYear, Place]
    """Where its changes are not known yet, by year, also past the plan."""
    assumed: HeldRates | None = None
    """Of an assumption, the rates that its changes follow from."""


def held(plan: Plan, service: str, option: Option, *, is_new: bool = False) -> HeldOption:
    """An option as the plan has it, or as a scenario adds it: then in changes, never levels."""
    basis = plan.options.basis if plan.options and not is_new else "change"
    changes: ExactByYear = dict(changes_of(option, basis, plan.years))
    steps = {year: figure.step for year, figure in option.changes.items()} if is_new else {}
    given = {year: figure.pence for year, figure in option.fte.items()}
    fte: ExactByYear = {year: given.get(year, 0) for year in plan.years} if given else {}
    unknown = dict(option.unknown)
    assumed = held_rates(plan, option)
    return HeldOption(service, option, changes, steps, {}, fte, {}, unknown, assumed)


def change(there: HeldOption, operation: OfOptions) -> None:
    """Change an option in place: what moves or shares its money does so to its posts too."""
    if isinstance(operation, SetChanges):
        there.changes.update({year: amount.pence for year, amount in operation.amounts.items()})
        there.steps.update({year: amount.step for year, amount in operation.amounts.items()})
        for year in operation.amounts:
            there.unknown.pop(year, None)
        return
    if isinstance(operation, SetRates):
        assert there.assumed  # the change was found to fit
        there.assumed.rates.update(operation.rates)
        rework(there)
        return
    if isinstance(operation, SetFte):
        there.fte.update({year: 0 for year in there.changes if year not in there.fte})
        there.fte.update({year: amount.pence for year, amount in operation.amounts.items()})
        return
    if isinstance(operation, Delay):
        _delay_steps(there, operation)
    if isinstance(operation, Delay | Drop):
        _move_unknown(there, operation)
    # What is done to an assumption is done to its rates: its changes follow.
    moved = (there.assumed.rates, there.assumed.beyond) if there.assumed else None
    for amounts, beyond in (moved or (there.changes, there.beyond), (there.fte, there.fte_beyond)):
        _move(amounts, beyond, operation)
    rework(there)


def rework(there: HeldOption) -> None:
    """Work out the changes of an assumption from its rates; those of others are their own."""
    if there.assumed is None:
        return
    worked = {one.year: one.change for one in there.assumed.worked()}
    there.changes.update({year: worked.get(year, 0) for year in there.changes})
    there.beyond.clear()
    there.beyond.update(there.assumed.beyond_plan())


def _move(amounts: ExactByYear, beyond: ExactByYear, operation: Delay | Deliver | Drop) -> None:
    """Change amounts in the years meant, and what has been delayed past the plan."""
    since = operation.since
    meant = [year for year in amounts if since is None or year >= since]
    if isinstance(operation, Deliver):
        for found in (amounts, beyond):
            found.update(
                {
                    year: operation.share.of(amount)
                    for year, amount in found.items()
                    if since is None or year >= since
                }
            )
    elif isinstance(operation, Drop):
        amounts.update(dict.fromkeys(meant, 0))
        beyond.clear()
    else:
        _delay(amounts, beyond, meant, operation)


def _delay(
    amounts: ExactByYear, beyond: ExactByYear, meant: list[FinancialYear], delay: Delay
) -> None:
    """Move amounts to later years; what leaves the plan is kept beyond it."""
    moving = {year: amounts[year] for year in meant}
    amounts.update(dict.fromkeys(meant, 0))
    already_beyond = dict(beyond)
    beyond.clear()
    for year, amount in (*moving.items(), *already_beyond.items()):
        later = FinancialYear(year.start + delay.years)
        goes_to = amounts if later in amounts else beyond
        goes_to[later] = goes_to.get(later, 0) + amount


def _delay_steps(there: HeldOption, delay: Delay) -> None:
    """The places of typed amounts go with them, also past the plan."""
    since = delay.since
    meant = [year for year in there.changes if since is None or year >= since]
    for year in (*meant, *there.beyond):
        later = FinancialYear(year.start + delay.years)
        if year in there.steps:
            there.steps[later] = min(there.steps[year], there.steps.get(later, there.steps[year]))


def _move_unknown(there: HeldOption, operation: Delay | Drop) -> None:
    """What is not known yet moves, or goes, as what is known does."""
    written = dict(there.unknown)
    there.unknown.clear()
    for year, place in written.items():
        if operation.since is not None and year < operation.since:
            there.unknown[year] = place
        elif isinstance(operation, Delay):
            there.unknown[FinancialYear(year.start + operation.years)] = place
