"""What each change of a scenario contributes: what it touches, before it and after it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.position import base_of, position_years
from cfbudget.calculate.revenue import own_nets
from cfbudget.plan.financing import CapitalSource
from cfbudget.plan.values import LATER, Period
from cfbudget.scenario.changes.held_options import HeldOption
from cfbudget.scenario.changes.operators import (
    Add,
    BringIn,
    Change,
    Operation,
    RaiseTax,
    Reprofile,
    SetAllocations,
    SetApart,
    SetBudget,
    SetChanges,
    SetDraw,
    SetFinancing,
    SetFte,
    SetFunding,
    SetRates,
    Uplift,
    UpliftFunding,
    UpliftWhole,
    made_by,
)
from cfbudget.scenario.changes.working_copy import WorkingCopy
from cfbudget.shares import to_the_penny
from cfbudget.years import FinancialYear

NOTHING: Mapping[Period, int] = MappingProxyType({})
NO_POSTS: Mapping[FinancialYear, int] = MappingProxyType({})


class Contribution(NamedTuple):
    """What one change does to the plan's totals, in pence; plus is more spending."""

    change: Change
    net_budget: Mapping[FinancialYear, int]
    """By year, against the baseline: a level, and not to be added up over years."""
    capital: Mapping[Period | None, int]
    """By period of the programme; under None what is under development."""
    financing: Mapping[Period, int] = NOTHING
    """What pays for it more, by period; it is no spending."""
    funding: Mapping[FinancialYear, int] = MappingProxyType({})
    """By year, what it does to funding and to reserves used: minus is more of them."""
    funded: Mapping[FinancialYear, int] = MappingProxyType({})
    """By year, what of it is in the net budget that funding pays for, of the general fund."""
    fte: Mapping[FinancialYear, int] = NO_POSTS
    """Full-time equivalents more, by year, in hundredths; it is no money."""

    @property
    def is_apart_from_gap(self) -> bool:
        """Whether what it does to the gap is not what it does to the net budget."""
        return any(self.funding.values()) or self.funded != self.net_budget

    @property
    def gap(self) -> Mapping[FinancialYear, int]:
        """By year, what it does to the gap: a level, and not to be added up over years."""
        years = dict.fromkeys((*self.funded, *self.funding))
        return {y: self.funded.get(y, 0) + self.funding.get(y, 0) for y in years}


class Touched(NamedTuple):
    """What of a trial a change may alter."""

    options: tuple[str, ...] = ()
    budget: FinancialYear | None = None
    scheme: str | None = None
    paid: tuple[str, CapitalSource] | None = None
    line: str | None = None
    reserve: str | None = None


def contribution(trial: WorkingCopy, change: Change) -> Contribution:
    """Make a change, and say what it does. Contributions add up to the whole difference."""
    touched = touched_by(change.operation, trial)
    before = _Standing(trial, touched)
    trial.make(change.operation)
    after = _Standing(trial, touched)
    return Contribution(
        change,
        {
            year: after.net_budget[year] - before.net_budget[year]
            for year in position_years(trial.plan)
        },
        {
            year: after.capital[year] - before.capital[year]
            for year in (*trial.plan.capital_years, LATER, None)
        },
        {period: paid - before.financing[period] for period, paid in after.financing.items()},
        {year: after.funding[year] - before.funding[year] for year in trial.plan.funding_years},
        {year: after.funded[year] - before.funded[year] for year in position_years(trial.plan)},
        {year: posts - before.fte[year] for year, posts in after.fte.items()},
    )


def touched_by(operation: Operation, trial: WorkingCopy) -> Touched:
    """What a change may alter in a trial as it stands."""
    match operation:
        case SetBudget(_, _, year, _):
            # What a service is uplifted by, and an assumption, follow their base amounts.
            uplifted = (one for uplift in trial.uplifts for one in made_by(uplift))
            return Touched((*uplifted, *trial.assumed_on(operation)), year)
        case Add() | Uplift():
            return Touched((operation.option.id,))
        case UpliftWhole():
            return Touched(made_by(operation))
        case SetChanges(option, _) | SetRates(option, _) | SetFte(option, _):
            return Touched((option,))
        case SetAllocations() | SetApart() | Reprofile() | BringIn():
            return Touched(scheme=operation.scheme)
        case SetFinancing(scheme, source, _):
            return Touched(paid=(scheme, source))
        case SetFunding() | RaiseTax() | UpliftFunding():
            return Touched(line=operation.line)
        case SetDraw(reserve, _):
            return Touched(reserve=reserve)
        case _:
            return Touched(operation.options)


class _Standing:
    """What some parts of a trial come to, by year."""

    def __init__(self, trial: WorkingCopy, touched: Touched) -> None:
        self.net_budget: Counter[FinancialYear] = Counter()
        self.funded: Counter[FinancialYear] = Counter()
        self.capital: Counter[Period | None] = Counter()
        self.financing: Counter[Period] = Counter()
        self.funding: Counter[FinancialYear] = Counter()
        if touched.line is not None:
            line = trial.line(touched.line)
            self.funding.update({year: line.amount(year) for year in trial.plan.funding_years})
        if touched.reserve is not None:
            years = trial.plan.funding_years
            self.funding.update({year: trial.use(touched.reserve, year) for year in years})
        self.fte: Counter[FinancialYear] = Counter()
        if touched.paid is not None:
            self.financing.update(trial.paid(*touched.paid))
        for option in touched.options:
            if option in trial.options or option in trial.written:
                there = trial.held(option)
                self._add(trial, there.service, levels(there, position_years(trial.plan)))
                posts = there.fte | there.fte_beyond
                self.fte.update({year: to_the_penny(amount) for year, amount in posts.items()})
        if touched.budget is not None:
            years_on = list(_standing_on(trial, touched.budget))
            for service, net in own_nets(trial.budget(touched.budget)).items():
                self._add(trial, service, dict.fromkeys(years_on, net))
        if touched.scheme is not None:
            scheme = trial.scheme(touched.scheme)
            self.capital.update(scheme.allocations)
            self.capital[LATER] += scheme.later
            self.capital[None] += scheme.under_development

    def _add(self, trial: WorkingCopy, service: str, amounts: Mapping[FinancialYear, int]) -> None:
        """Amounts of a service, which funding pays for but where it is ring-fenced."""
        self.net_budget.update(amounts)
        if service not in trial.fenced:
            self.funded.update(amounts)


def levels(there: HeldOption, years: Iterable[FinancialYear]) -> Mapping[FinancialYear, int]:
    """An option's cumulative change by year, with the reversals of a one-off, in pence."""
    changes = [to_the_penny(there.changes.get(year, 0)) for year in years]
    if not there.option.recurs:
        changes = [now - before for now, before in zip(changes, (0, *changes), strict=False)]
    return dict(zip(years, accumulate(changes), strict=True))


def _standing_on(trial: WorkingCopy, budget: FinancialYear) -> Iterable[FinancialYear]:
    """The years whose net budget stands on a year's revenue budget."""
    for year in position_years(trial.plan):
        base = base_of(trial.plan, year)
        if base and base.financial_year.year == budget:
            yield year
