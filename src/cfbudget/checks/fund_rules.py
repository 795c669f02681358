"""Funds: which of them there are, whose a service is, and whether a ring fence holds."""

from collections.abc import Iterator

from cfbudget import rules
from cfbudget.calculate.funds import Fenced, fenced, fund_names, funds, net_budget_key
from cfbudget.calculate.not_known import position_lacks
from cfbudget.calculate.position import position_amounts
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.services import GENERAL, fund_of, with_parents
from cfbudget.checks.rule_runs import Check, Problems, warn
from cfbudget.grammar import listed
from cfbudget.ids import ID, RESERVED, did_you_mean, id_of
from cfbudget.money import priced
from cfbudget.plan.files import AnyTable, RevenueBudget
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Word
from cfbudget.problem import Place, Problem, clipped


def funds_within(plan: Plan) -> Problems:
    """A service is of the fund of the service that it is within."""
    for budget in plan.revenue:
        above: dict[str, str] = {}
        for parent, service in with_parents(budget.services):
            own = fund_of(service) if service.fund or not parent else above[parent]
            above[service.id] = above[parent] if parent else own
            if parent and service.fund and own != above[parent]:
                message = (
                    f"{service.name!r} is of the fund {clipped(own)!r} and within a service of "
                    f"the fund {above[parent]!r}"
                )
                hint = "a fund is said of a service that is within no other"
                yield rules.FUND_WITHIN.at(service.fund.place, message, hint)


def unknown_funds(plan: Plan) -> Problems:
    """A fund is one that the budgets list or, where they list none, has an id."""
    named = [fund.id for budget in plan.revenue for fund in budget.funds]
    for budget in plan.revenue:
        for _, service in with_parents(budget.services):
            if service.fund:
                yield from _unknown(service.fund, named)
    known = [*named, *(funds(plan) if plan.revenue else ()), GENERAL]
    for reserve in plan.reserves.reserves if plan.reserves else ():
        if reserve.fund:
            yield from _unknown(reserve.fund, known if plan.revenue else ())


def _unknown(fund: Word, known: list[str] | tuple[str, ...]) -> Iterator[Problem]:
    text = fund.text
    if text in RESERVED or not ID.fullmatch(text):
        hint = f"write {id_of(text)}" if id_of(text) not in {"", *RESERVED} else "write hra"
        yield rules.BAD_ID.at(fund.place, f"{clipped(text)!r} is not an id of a fund", hint)
    elif known and text not in known and text != GENERAL:
        hint = did_you_mean(text, known, f"the funds are {listed(dict.fromkeys(known))}")
        yield rules.UNKNOWN_FUND.at(fund.place, f"unknown fund {clipped(text)!r}", hint)


def repeated_funds(plan: Plan) -> Problems:
    """A budget names each fund once, and a service is of one fund in every year."""
    first: dict[str, tuple[str, Place]] = {}
    for budget in plan.revenue:
        yield from _repeats(budget)
        for service in budget.services:
            fund, place = first.setdefault(service.id, (fund_of(service), service.place))
            if fund_of(service) != fund:
                message = (
                    f"{service.name!r} is of the fund {fund_of(service)!r} here, and of "
                    f"{fund!r} in {place.source}"
                )
                hint = "write the same fund in every year's budget"
                at = service.fund.place if service.fund else service.place
                yield rules.OTHER_FUND.at(at, message, hint)


def _repeats(budget: RevenueBudget) -> Problems:
    seen: set[str] = set()
    for fund in budget.funds:
        if fund.id in seen:
            message = f"the fund {fund.id!r} is named twice"
            yield rules.REPEATED_ID.at(fund.place, message, "delete one of them")
        seen.add(fund.id)


def fenced_reserves_used(plan: Plan) -> Problems:
    """What pays for the general fund's net budget is no ring-fenced reserve."""
    reserves = plan.reserves.reserves if plan.reserves else ()
    of = {one.id: one.fund.text for one in reserves if one.fund}
    for use in plan.funding.reserves if plan.funding else ():
        fund = of.get(use.reserve.text, GENERAL)
        if fund != GENERAL:
            message = f"funding uses {use.reserve.text!r}, a reserve of the fund {fund!r}"
            hint = "funding is the general fund's: leave the use to the reserve's own draws"
            yield rules.FENCED_RESERVE.at(use.reserve.place, message, hint)


def open_fences(plan: Plan) -> Problems:
    """A ring-fenced fund balances, or its reserves move by as much."""
    if not plan.revenue or funds(plan) == (GENERAL,):
        return
    names, unit = fund_names(plan), plan.revenue[0].unit
    left: dict[str, list[Fenced]] = {}
    lacks = position_lacks(plan)
    for one in fenced(plan, position_amounts(plan).amounts):
        if net_budget_key(plan, one) in lacks:
            continue  # what it spends is not known yet
        if abs(one.left) > _allowed(plan):
            left.setdefault(one.fund, []).append(one)
    for fund, years in left.items():
        record = next(s for b in plan.revenue for s in b.services if fund_of(s) == fund)
        amounts = listed(_apart(one, priced(one.left, unit)) for one in years)
        message = f"{names[fund]!r} is ring-fenced, and neither balances nor moves its reserves: "
        hint = f"check its services, or let a reserve of fund: {fund} move in reserves.yaml"
        yield warn(rules.OPEN_FENCE, record, f"{message}{amounts}", hint)


def _apart(one: Fenced, size: str) -> str:
    return f"{size} {'is met by nothing' if one.left > 0 else 'goes nowhere'} in {one.year}"


def _allowed(plan: Plan) -> int:
    """What rounding may come to: half a printed unit for each line; nil of exact files."""
    files: tuple[AnyTable, ...] = (*plan.revenue, *([plan.options] if plan.options else []))
    blocks = plan.options.services if plan.options else ()
    options = [option for block in blocks for option in block.options]
    # What is worked out to the penny is printed in no unit, by exact files too.
    lines = sum(len(plan.years) for option in options if option.is_assumption)
    if not all(file.exact for file in files):
        services = {s.id for budget in plan.revenue for _, s in with_parents(budget.services)}
        lines += len(services)
        lines += sum(one.condensed.number if one.condensed else 1 for one in options)
    return lines * max(map(printed_step, files)) // 2


FUND_CONSISTENCY = (
    Check(rules.FUND_WITHIN, funds_within, ("funds",)),
    Check(rules.UNKNOWN_FUND, unknown_funds, ("funds",), needs=("revenue",)),
    Check(rules.OTHER_FUND, repeated_funds, ("funds",)),
    Check(rules.FENCED_RESERVE, fenced_reserves_used, ("funds",)),
)
FUND_MEANING = (Check(rules.OPEN_FENCE, open_fences, ("funds",)),)
