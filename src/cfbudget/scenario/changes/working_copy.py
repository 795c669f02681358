"""A plan as changes are made to it, one after the other: only what they touch is copied.

The plan itself is never touched. Amounts may hold a part of a penny until all is done, so that
shares of shares come to the same in any order.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.changes import changes_of
from cfbudget.calculate.funds import fenced_services
from cfbudget.calculate.not_known import NotKnown
from cfbudget.calculate.position import base_of
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.money import Amount
from cfbudget.plan.files import Option, RevenueBudget
from cfbudget.plan.financing import CapitalSource
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure, Period
from cfbudget.problem import Place
from cfbudget.scenario.changes.budget_lines import budget_with
from cfbudget.scenario.changes.financed import financing_of
from cfbudget.scenario.changes.held_funding import (
    HeldFunding,
    held_funding,
    is_used,
    use_with,
    used,
    with_change,
)
from cfbudget.scenario.changes.held_schemes import HeldScheme, moved
from cfbudget.scenario.changes.operators import (
    Add,
    BringIn,
    Delay,
    Deliver,
    Drop,
    OfFunding,
    OfOptions,
    Operation,
    PeriodAmounts,
    Reprofile,
    SetAllocations,
    SetApart,
    SetBudget,
    SetChanges,
    SetDraw,
    SetFinancing,
    SetFte,
    Uplift,
)
from cfbudget.shares import Exact, to_the_penny
from cfbudget.years import FinancialYear

ExactByYear = dict[FinancialYear, Exact]


class Beyond(NamedTuple):
    """A change that a delay takes past the last year of the plan, in pence."""

    option: str
    name: str
    year: FinancialYear
    pence: int
    recurs: bool = True


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


class WorkingCopy:
    """What stands in a plan after some changes."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.years = plan.years
        self.options: dict[str, HeldOption] = {}
        """The options that a change has touched, or added."""
        self.budgets: dict[FinancialYear, RevenueBudget] = {}
        """The budgets that a change has touched, by year."""
        self.schemes: dict[str, HeldScheme] = {}
        """The schemes that a change has touched."""
        self.financing: dict[tuple[str, str], PeriodAmounts] = {}
        """What a change has set of what pays for a scheme, or for none, by source."""
        self.funding: dict[str, HeldFunding] = {}
        """The funding lines that a change has touched."""
        self.draws: dict[str, dict[FinancialYear, Amount]] = {}
        """What reserves are drawn by, where a change has set it."""
        self.uplifts: list[Uplift] = []
        self.written = written_options(plan)

    @cached_property
    def fenced(self) -> frozenset[str]:
        """The services that funding does not pay for."""
        return fenced_services(self.plan)

    def held(self, option: str) -> HeldOption:
        """An option as it stands; from now on it counts as touched."""
        if option not in self.options:
            service, written = self.written[option]
            self.options[option] = held(self.plan, service, written)
        return self.options[option]

    def scheme(self, scheme: str) -> HeldScheme:
        """A scheme as it stands; from now on it counts as touched."""
        if scheme not in self.schemes:
            programme = self.plan.capital.schemes if self.plan.capital else ()
            written = next(found for found in programme if found.id == scheme)
            amounts = {year: figure.pence for year, figure in written.allocations.items()}
            apart = (written.under_development, written.later)
            coming, later = (figure.pence if figure else 0 for figure in apart)
            self.schemes[scheme] = HeldScheme(written, amounts, {}, coming, later, written.unknown)
        return self.schemes[scheme]

    def paid(self, scheme: str, source: CapitalSource) -> dict[Period, int]:
        """What a source pays for a scheme, or `total` for none, as it stands, in pence."""
        capital = self.plan.capital
        found = financing_of(capital, scheme) if capital else None
        written: Mapping[Period, Figure] = dict(found.of_sources()).get(source, {}) if found else {}
        typed = self.financing.get((scheme, source), {})
        paid = {period: figure.pence for period, figure in written.items()}
        return paid | {period: amount.pence for period, amount in typed.items()}

    def line(self, line: str) -> HeldFunding:
        """A funding line as it stands; from now on it counts as touched."""
        if line not in self.funding:
            lines = self.plan.funding.lines if self.plan.funding else ()
            written = next(found for found in lines if found.id == line)
            self.funding[line] = held_funding(self.plan, written)
        return self.funding[line]

    def use(self, reserve: str, year: FinancialYear) -> int:
        """What funding uses of a reserve as it stands, in pence: minus."""
        drawn = self.draws.get(reserve, {}).get(year)
        if drawn is None or not is_used(self.plan, reserve):
            return used(self.plan, reserve, year)
        return use_with(self.plan, reserve, year, drawn).pence

    def budget(self, year: FinancialYear) -> RevenueBudget:
        """A year's revenue budget as it stands."""
        if year in self.budgets:
            return self.budgets[year]
        return next(b for b in self.plan.revenue if b.financial_year.year == year)

    def make(self, operation: Operation) -> None:
        """Make one change, which has been found to fit."""
        match operation:
            case SetBudget(service, measure, year, amount):
                budget = self.budget(year)
                self.budgets[year] = budget_with(budget, service, measure, amount)
                for uplift in self.uplifts:
                    self._uplift(uplift)
            case Add(service, option):
                self.options[option.id] = held(self.plan, service, option, is_new=True)
            case Uplift():
                self.uplifts.append(operation)
                self._uplift(operation)
            case SetAllocations() | SetApart() | Reprofile() | BringIn():
                self.schemes[operation.scheme] = moved(self.scheme(operation.scheme), operation)
            case SetFinancing(scheme, source, amounts):
                set_before = self.financing.get((scheme, source), {})
                self.financing[scheme, source] = {**set_before, **amounts}
            case SetChanges() | SetFte():
                change(self.held(operation.option), operation)
            case Delay() | Deliver() | Drop():
                for each in operation.options:
                    change(self.held(each), operation)
            case _:
                self._fund(operation)

    def _fund(self, operation: OfFunding | SetDraw) -> None:
        """Make a change of what pays for the net budget."""
        if isinstance(operation, SetDraw):
            self.draws.setdefault(operation.reserve, {}).update(operation.amounts)
        else:
            line = operation.line
            self.funding[line] = with_change(self.line(line), operation)

    def _uplift(self, uplift: Uplift) -> None:
        """A new option: a share of the base amount, once or each year on what it has come to."""
        base = base_of(self.plan, uplift.since)
        assert base is not None  # the change was found to fit
        year = base.financial_year.year
        amounts = revenue_amounts(self.budget(year)).amounts
        amount: Exact = amounts[Key(uplift.service, uplift.measure, year)]
        made = held(self.plan, uplift.service, uplift.option, is_new=True)
        for year in self.years:
            if year == uplift.since or (uplift.is_yearly and year > uplift.since):
                made.changes[year] = uplift.by.of(amount)
                amount += made.changes[year]
        self.options[uplift.option.id] = made

    def fte_beyond(self) -> Iterable[Beyond]:
        """The full-time equivalents that have been delayed past the plan's last year."""
        for option, there in self.options.items():
            for year, amount in sorted(there.fte_beyond.items()):
                if hundredths := to_the_penny(amount):
                    yield Beyond(option, there.option.name, year, hundredths, there.option.recurs)

    def beyond(self) -> Iterable[Beyond]:
        """What has been delayed past the plan's last year, by option and year."""
        for option, there in self.options.items():
            for year, amount in sorted(there.beyond.items()):
                if pence := to_the_penny(amount):
                    yield Beyond(option, there.option.name, year, pence, there.option.recurs)

    def beyond_unknown(self) -> Iterable[NotKnown]:
        """The amounts that are not known yet and have been delayed past the plan's last year."""
        for option, there in self.options.items():
            for year, place in there.unknown.items():
                if year not in there.changes:
                    yield NotKnown(option, there.option.name, year, place)


def written_options(plan: Plan) -> Mapping[str, tuple[str, Option]]:
    """The plan's options by id, each with its service."""
    blocks = plan.options.services if plan.options else ()
    return {option.id: (block.service.text, option) for block in blocks for option in block.options}


def held(plan: Plan, service: str, option: Option, *, is_new: bool = False) -> HeldOption:
    """An option as the plan has it, or as a scenario adds it: then in changes, never levels."""
    basis = plan.options.basis if plan.options and not is_new else "change"
    changes: ExactByYear = dict(changes_of(option, basis, plan.years))
    steps = {year: figure.step for year, figure in option.changes.items()} if is_new else {}
    given = {year: figure.pence for year, figure in option.fte.items()}
    fte: ExactByYear = {year: given.get(year, 0) for year in plan.years} if given else {}
    return HeldOption(service, option, changes, steps, {}, fte, {}, dict(option.unknown))


def change(there: HeldOption, operation: OfOptions) -> None:
    """Change an option in place: what moves or shares its money does so to its posts too."""
    if isinstance(operation, SetChanges):
        there.changes.update({year: amount.pence for year, amount in operation.amounts.items()})
        there.steps.update({year: amount.step for year, amount in operation.amounts.items()})
        for year in operation.amounts:
            there.unknown.pop(year, None)
        return
    if isinstance(operation, SetFte):
        there.fte.update({year: 0 for year in there.changes if year not in there.fte})
        there.fte.update({year: amount.pence for year, amount in operation.amounts.items()})
        return
    if isinstance(operation, Delay):
        _delay_steps(there, operation)
    if isinstance(operation, Delay | Drop):
        _move_unknown(there, operation)
    for amounts, beyond in ((there.changes, there.beyond), (there.fte, there.fte_beyond)):
        _move(amounts, beyond, operation)


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
