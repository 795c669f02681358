"""A plan as changes are made to it, one after the other: only what they touch is copied.

The plan itself is never touched. Amounts may hold a part of a penny until all is done, so that
shares of shares come to the same in any order.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.assumptions import assumptions_of
from cfbudget.calculate.base_amounts import base_amounts
from cfbudget.calculate.funds import fenced_services
from cfbudget.calculate.not_known import NotKnown
from cfbudget.calculate.position import base_of
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.money import Amount
from cfbudget.plan.files import Option, RevenueBudget
from cfbudget.plan.financing import CapitalSource
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure, Period
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
from cfbudget.scenario.changes.held_options import HeldOption, change, held, rework
from cfbudget.scenario.changes.held_rates import current_bases
from cfbudget.scenario.changes.held_schemes import HeldScheme, moved
from cfbudget.scenario.changes.operators import (
    Add,
    BringIn,
    Delay,
    Deliver,
    Drop,
    OfFunding,
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
    SetRates,
    Uplift,
    UpliftWhole,
    options_of,
)
from cfbudget.shares import Exact, to_the_penny, whole_pennies
from cfbudget.years import FinancialYear


class Beyond(NamedTuple):
    """A change that a delay takes past the last year of the plan, in pence."""

    option: str
    name: str
    year: FinancialYear
    pence: int
    recurs: bool = True


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
        self.uplifts: list[Uplift | UpliftWhole] = []
        self.written = written_options(plan)

    @cached_property
    def fenced(self) -> frozenset[str]:
        """The services that funding does not pay for."""
        return fenced_services(self.plan)

    def held(self, option: str) -> HeldOption:
        """An option as it stands; from now on it counts as touched."""
        if option not in self.options:
            service, written = self.written[option]
            found = held(self.plan, service, written)
            self.options[option] = found
            self._rebase(found)
        return self.options[option]

    def assumed_on(self, operation: SetBudget) -> tuple[str, ...]:
        """The assumptions of an amount that a change of a budget moves."""
        service, measure, year, amount = operation
        now = self.budget(year)
        before, after = base_amounts(now), base_amounts(budget_with(now, service, measure, amount))
        return tuple(
            option.id
            for option in assumptions_of(self.plan)
            if option.of and before.get(option.of.text) != after.get(option.of.text)
        )

    def _rebase(self, there: HeldOption) -> None:
        """Work an assumption out on the budgets as they stand."""
        if there.assumed and self.budgets:
            bases = current_bases(self.plan, there.option, self.budgets.values())
            there.assumed.bases.update(bases)
            rework(there)

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
            case SetBudget():
                self._set_budget(operation)
            case Add(service, option):
                self.options[option.id] = held(self.plan, service, option, is_new=True)
            case Uplift() | UpliftWhole():
                self.uplifts.append(operation)
                self._uplift(operation)
            case SetAllocations() | SetApart() | Reprofile() | BringIn():
                self.schemes[operation.scheme] = moved(self.scheme(operation.scheme), operation)
            case SetFinancing(scheme, source, amounts):
                set_before = self.financing.get((scheme, source), {})
                self.financing[scheme, source] = {**set_before, **amounts}
            case SetChanges() | SetRates() | SetFte() | Delay() | Deliver() | Drop():
                for each in options_of(operation):
                    change(self.held(each), operation)
            case _:
                self._fund(operation)

    def _set_budget(self, operation: SetBudget) -> None:
        """Set an amount of a budget, and what follows from it: uplifts and assumptions."""
        service, measure, year, amount = operation
        following = self.assumed_on(operation)
        self.budgets[year] = budget_with(self.budget(year), service, measure, amount)
        for uplift in self.uplifts:
            self._uplift(uplift)
        for option in following:
            self._rebase(self.held(option))

    def _fund(self, operation: OfFunding | SetDraw) -> None:
        """Make a change of what pays for the net budget."""
        if isinstance(operation, SetDraw):
            self.draws.setdefault(operation.reserve, {}).update(operation.amounts)
        else:
            line = operation.line
            self.funding[line] = with_change(self.line(line), operation)

    def _uplift(self, uplift: Uplift | UpliftWhole) -> None:
        """A new option: a share of the base amount, once or each year on what it has come to."""
        if isinstance(uplift, UpliftWhole):
            self._uplift_whole(uplift)
            return
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

    def _uplift_whole(self, uplift: UpliftWhole) -> None:
        """New options, one a service: to the penny they come to the share of the whole."""
        base = base_of(self.plan, uplift.since)
        assert base is not None  # the change was found to fit
        year = base.financial_year.year
        amounts = revenue_amounts(self.budget(year)).amounts
        made = {
            service: held(self.plan, service, option, is_new=True)
            for service, option in uplift.options.items()
        }
        owns: dict[str, Exact] = {
            service: amounts[Key(service, uplift.measure, year)] for service in made
        }
        for year in self.years:
            if year == uplift.since or (uplift.is_yearly and year > uplift.since):
                more = {service: uplift.by.of(amount) for service, amount in owns.items()}
                for service, pence in whole_pennies(more).items():
                    made[service].changes[year] = pence
                owns = {service: amount + more[service] for service, amount in owns.items()}
        self.options |= {there.option.id: there for there in made.values()}

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
