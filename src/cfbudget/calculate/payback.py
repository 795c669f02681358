"""Payback: what each invest to save costs net of the savings that it funds, year by year.

Revenue options of the plan alone: capital, and what was spent or saved before the plan, are not
in these figures. Where such spending or savings may be, that is said.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import NamedTuple

from cfbudget import rules
from cfbudget.calculate.amounts import ByYear
from cfbudget.calculate.changes import changes_of, from_before, years_before
from cfbudget.calculate.namesakes import namesakes
from cfbudget.plan.files import Option
from cfbudget.plan.kinds import is_against
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear


class PaybackLine(NamedTuple):
    """An option with its cumulative change, against the opening, in pence by year.

    Plus is more spending. A one-off's reversal is in it from the year after. Where options say what
    they changed before the plan, these years are the first.
    """

    option: Option
    service: str
    cumulative_change: ByYear

    @property
    def is_approved_before(self) -> bool:
        """Whether an earlier plan has it already, so that it may have begun before this one."""
        return self.option.status == "previously-approved" and self.option.new_in is None

    @property
    def takes_back_more(self) -> bool:
        """Whether it comes to a cut of spending, or a loss of savings: then of an earlier one."""
        return any(is_against(self.option.kind, p) for p in self.cumulative_change.values())


class Payback(NamedTuple):
    """Invest to save with the savings that it funds: a pair. An orphan funds none.

    Investments that fund the same saving stand together with all their savings, so that
    nothing is counted twice.
    """

    investments: tuple[PaybackLine, ...]
    savings: tuple[PaybackLine, ...]

    @property
    def id(self) -> str:
        return f"{self.investments[0].option.id}/payback"

    @property
    def name(self) -> str:
        return " and ".join(line.option.name for line in self.investments)

    @property
    def lines(self) -> tuple[PaybackLine, ...]:
        return (*self.investments, *self.savings)

    @property
    def annual_net_cost(self) -> ByYear:
        """The pair's cumulative change in pence: plus is a net cost, minus a net saving."""
        years = self.investments[0].cumulative_change
        return {year: sum(line.cumulative_change[year] for line in self.lines) for year in years}

    @property
    def total_to_date(self) -> ByYear:
        """The annual net costs so far, added up, in pence: money over the years."""
        annual = self.annual_net_cost
        return dict(zip(annual, accumulate(annual.values()), strict=True))

    @property
    def breaks_even(self) -> FinancialYear | None:
        """The first year from which the annual net cost is nil or less to the plan's end.

        None for an orphan too: where nothing is saved, spending that ends pays for nothing.
        """
        return _from_then_on(self.annual_net_cost) if self.can_pay_back else None

    @property
    def pays_back(self) -> FinancialYear | None:
        """The first year from which the total to date is nil or less to the plan's end."""
        return _from_then_on(self.total_to_date) if self.can_pay_back else None

    @property
    def is_ahead_from_the_first_year(self) -> bool:
        """Whether no year has a net cost: then there was nothing to pay back."""
        return self.breaks_even == next(iter(self.annual_net_cost))

    @property
    def can_pay_back(self) -> bool:
        """Whether it has savings, and any figure that is not nil."""
        return bool(self.savings) and not self.changes_nothing

    @property
    def may_have_begun_before(self) -> bool:
        """Whether spending or savings before the plan may belong to it: it is incomplete."""
        return any(line.is_approved_before or line.takes_back_more for line in self.lines)

    @property
    def cannot_be_told(self) -> bool:
        """Whether there may have been something to pay back, and the plan does not say."""
        return self.is_ahead_from_the_first_year and self.may_have_begun_before

    @property
    def changes_nothing(self) -> bool:
        """Whether every figure is nil: then nothing breaks even, and nothing pays back."""
        return not any(any(line.cumulative_change.values()) for line in self.lines)


def payback(plan: Plan) -> tuple[Payback, ...]:
    """Each invest to save with the savings it funds, in the order of the options file.

    An invest to save that funds nothing is not here: `orphans` has it.
    """
    lines = _lines(plan)
    place = {line.option.id: at for at, line in enumerate(lines)}

    def in_order(ids: Iterable[str]) -> tuple[PaybackLine, ...]:
        return tuple(lines[at] for at in sorted(place[option] for option in ids))

    paying = [line.option for line in lines if line.option.funds]
    return tuple(
        Payback(in_order(investments), in_order(savings))
        for investments, savings in _together(paying)
    )


def orphans(plan: Plan) -> tuple[Payback, ...]:
    """The invest to save that fund nothing, each of which does not pay back within the plan."""
    return tuple(
        Payback((line,), ())
        for line in _lines(plan)
        if line.option.invest_to_save and not line.option.funds
    )


def unmarked(plan: Plan) -> tuple[tuple[PaybackLine, PaybackLine], ...]:
    """Investments and savings of one name, without the mark, or a reason why they are two."""
    lines = {line.option.id: line for line in _lines(plan)}
    return tuple(
        (lines[found.investment.id], lines[found.saving.id])
        for found in namesakes(plan)
        if rules.UNMARKED_PAIR.code not in found.investment.accepted
    )


def _lines(plan: Plan) -> list[PaybackLine]:
    """Every option of the plan, in the order of the file."""
    blocks = plan.options.services if plan.options else ()
    return [
        PaybackLine(option, block.service.text, _cumulative_change(plan, option))
        for block in blocks
        for option in block.options
    ]


def _cumulative_change(plan: Plan, option: Option) -> ByYear:
    basis = plan.options.basis if plan.options else "change"
    years = payback_years(plan)
    made = from_before(option, changes_of(option, basis, plan.years))
    steps = [made.get(year, 0) for year in years]
    if not option.recurs:
        # Each is taken back a year later, whether it came before the plan or in it.
        steps = [now - before for before, now in pairwise((0, *steps))]
    return MappingProxyType(dict(zip(years, accumulate(steps), strict=True)))


def payback_years(plan: Plan) -> tuple[FinancialYear, ...]:
    """The plan's years, and before them those of which options say what they changed."""
    return (*years_before(plan), *plan.years)


def _together(paying: list[Option]) -> Iterator[tuple[Collection[str], Collection[str]]]:
    """The ids of investments that share savings, directly or through others, and of these."""
    payers: dict[str, list[Option]] = {}
    for option in paying:
        for saving in option.funds:
            payers.setdefault(saving.text, []).append(option)
    met: set[str] = set()
    for first in paying:
        investments: set[str] = set()
        savings: set[str] = set()
        waiting = [first] if first.id not in met else []
        while waiting:
            option = waiting.pop()
            investments.add(option.id)
            savings |= {saving.text for saving in option.funds}
            for saving in option.funds:
                # A saving leads to its investments once, however many there are.
                waiting += payers.pop(saving.text, ())
        if investments:
            yield investments, savings
        met |= investments


def _from_then_on(amounts: ByYear) -> FinancialYear | None:
    """The first year from which every amount is nil or less; None if the last is more."""
    found = None
    for year, pence in reversed(list(amounts.items())):
        if pence > 0:
            break
        found = year
    return found
