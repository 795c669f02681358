"""What is worth a look in a scenario that is not wrong."""

from collections.abc import Iterable, Iterator, Mapping

from cfbudget import rules
from cfbudget.calculate.amounts import Key
from cfbudget.calculate.not_known import not_known
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.plan.kinds import KINDS, a, is_against, right_sign
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem
from cfbudget.scenario.changes.contributions import Contribution
from cfbudget.scenario.changes.held_funding import drawn, figures_of
from cfbudget.scenario.changes.held_options import held
from cfbudget.scenario.changes.operators import (
    Add,
    Change,
    Delay,
    Deliver,
    Drop,
    Operation,
    SetAllocations,
    SetApart,
    SetBudget,
    SetChanges,
    SetDraw,
    SetFinancing,
    SetFunding,
    SetRates,
)
from cfbudget.scenario.changes.pairs import moved_apart
from cfbudget.scenario.changes.scale import slips_of_scale
from cfbudget.scenario.changes.uplifts import uplifts_to_look_at
from cfbudget.scenario.changes.working_copy import WorkingCopy
from cfbudget.shares import to_the_penny
from cfbudget.years import FinancialYear


def warnings(plan: Plan, changes: tuple[Change, ...]) -> Iterator[Problem]:
    trial = WorkingCopy(plan)
    for change in changes:
        yield from _already_so(trial, change)
        yield from _sign_against_kind(change)
        yield from _sign_set(trial, change)
    yield from moved_apart(trial, changes)
    yield from uplifts_to_look_at(plan, changes)
    yield from slips_of_scale(plan, changes)


def _already_so(trial: WorkingCopy, change: Change) -> Iterator[Problem]:
    """A `to` that is today's value."""
    same: list[str] = []
    match change.operation:
        case SetChanges(option, amounts) if option in trial.written:
            written = _changes(trial, option)
            same = [str(year) for year, a in amounts.items() if written[year] == a.pence]
        case SetRates(option, rates):
            assumed = held(trial.plan, *trial.written[option]).assumed
            given = assumed.rates if assumed else {}
            same = [str(year) for year, rate in rates.items() if given.get(year) == rate]
        case SetBudget(service, measure, year, amount):
            now = revenue_amounts(trial.budget(year)).amounts[Key(service, measure, year)]
            same = [str(year)] if now == amount.pence else []
        case SetAllocations(scheme, amounts):
            held_ = trial.scheme(scheme).allocations
            same = [str(year) for year, a in amounts.items() if held_.get(year, 0) == a.pence]
        case SetApart(scheme, measure, amount):
            there = trial.scheme(scheme)
            now = there.later if measure == "later" else there.under_development
            same = [measure.replace("_", " ")] if now == amount.pence else []
        case SetFinancing(scheme, source, amounts):
            paid = trial.paid(scheme, source)
            same = [str(period) for period, a in amounts.items() if paid.get(period, 0) == a.pence]
        case SetFunding(line, measure, amounts):
            written_ = figures_of(trial.line(line), measure)
            same = [str(year) for year, a in amounts.items() if written_.get(year, 0) == a.pence]
        case SetDraw(reserve, amounts):
            plan = trial.plan
            same = [
                str(year) for year, a in amounts.items() if drawn(plan, reserve, year) == a.pence
            ]
    if same:
        message = f"this is today's value: {change.words} ({', '.join(same)} is so already)"
        yield rules.ALREADY_SO.at(change.place, message, "leave it out, or write another")


def _changes(trial: WorkingCopy, option: str) -> Mapping[FinancialYear, int]:
    there = held(trial.plan, *trial.written[option])
    return {year: to_the_penny(amount) for year, amount in there.changes.items()}


def _sign_against_kind(change: Change) -> Iterator[Problem]:
    """An added saving that adds to spending, or an added investment that cuts it."""
    if not isinstance(change.operation, Add):
        return
    option = change.operation.option
    total = sum(figure.pence for figure in option.changes.values())
    if is_against(option.kind, total):
        does = "adds to spending" if total > 0 else "cuts spending"
        message = f"{option.name!r} is called {a(option.kind)} and {does}"
        hint = right_sign(option.kind)
        yield rules.SIGN_AGAINST_KIND.at(change.place, message, hint)


def _sign_set(trial: WorkingCopy, change: Change) -> Iterator[Problem]:
    """A set that turns a saving into spending, an investment into a saving, or income plus."""
    match change.operation:
        case SetChanges(id_, amounts) if id_ in trial.written:
            option, written = trial.written[id_][1], _changes(trial, id_)
            wrong = -KINDS[option.kind].sign
            turned = [y for y, a in amounts.items() if a.pence * wrong > 0 >= written[y] * wrong]
            if turned:
                does = "add to spending" if wrong > 0 else "cut spending"
                listed = ", ".join(str(year) for year in turned)
                message = f"{option.name!r} is {a(option.kind)}, and would {does} in {listed}"
                hint = right_sign(option.kind)
                yield rules.SIGN_AGAINST_KIND.at(change.place, message, hint)
        case SetBudget(_, measure, _, amount):
            if (measure == "income" and amount.pence > 0) or (
                measure == "gross" and amount.pence < 0
            ):
                sign = "plus" if amount.pence > 0 else "minus"
                message = f"{change.words}: {measure} is {sign} here"
                hint = "gross is plus, income minus, whatever sign a file prints"
                yield rules.INCOME_PLUS.at(change.place, message, hint)


def _lines(operation: Operation) -> tuple[str, ...]:
    """The options or the scheme that a change is made to."""
    match operation:
        case Delay(options) | Deliver(options) | Drop(options):
            return options
        case SetChanges(option, _) | SetRates(option, _):
            return (option,)
        case SetAllocations(scheme, _):
            return (scheme,)
        case Add(_, option):
            return (option.id,) if not option.unknown else ()
    return ()


def without_effect(
    plan: Plan, made: Iterable[Contribution], said: Iterable[Problem]
) -> Iterator[Problem]:
    """Changes that change no figure, but for those of which that is said already.

    A budget that is set is a figure of its own, also where no year of the plan stands on it; and
    so is a draw where no funding uses the reserve. What a change does to an amount that is not
    known yet is in no figure.
    """
    unknown = {one.row for one in not_known(plan)}
    places = {problem.place for problem in said}
    for one in made:
        figures = (one.net_budget, one.capital, one.financing, one.funding, one.fte)
        is_nil = not any(any(amounts.values()) for amounts in figures)
        is_budget = isinstance(one.change.operation, SetBudget | SetDraw)
        if (
            is_nil
            and not is_budget
            and unknown.isdisjoint(_lines(one.change.operation))
            and one.change.place not in places
        ):
            message = f"this changes no figure of the plan: {one.change.words}"
            hint = "leave it out, or look at what it is to change"
            yield rules.ALREADY_SO.at(one.change.place, message, hint)
