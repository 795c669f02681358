"""What is asked to be solved, found in a plan: a service, a year, an amount, and options."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL
from cfbudget.calculate.funds import fund_names
from cfbudget.calculate.gap import gap_amounts, net_budgets
from cfbudget.calculate.position import base_of
from cfbudget.calculate.services import fund_row, service_tree, services_of, walk
from cfbudget.ids import did_you_mean_id
from cfbudget.money import parse_amount
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Word
from cfbudget.problem import Place, Refusal, clipped
from cfbudget.scenario.changes.aims import Names
from cfbudget.scenario.changes.working_copy import written_options
from cfbudget.years import FinancialYear, parse_year

WrittenTarget = str | int | Decimal
"""An amount as a caller gives it: a text, or a number in the unit of the position."""


GAPS = ("gap", "over_cash_limit")
"""What is left of a net budget after all that pays for it; or what is over a cash limit."""


class Asked(NamedTuple):
    """A net budget that a service is to come to in a year, in pence, with these options."""

    service: str
    """A service's id, or `total` for the whole plan."""
    year: FinancialYear
    net: int
    using: tuple[str, ...] = ()
    gap: int | None = None
    """The budget gap that the net budget leaves, where that was asked for."""


def budgeted(plan: Plan) -> Refusal | None:
    """Why a plan has no net budget at all, if it has none."""
    if not plan.revenue:
        reason = "the plan has no revenue budget, and so no net budget to solve for"
        return Refusal(reason, "add its revenue budget")
    if not _years(plan):
        reason = "the plan has no net budget: none of its years stands on a revenue budget"
        return Refusal(reason, "add a revenue budget of a year of the plan")
    return None


def service_of(plan: Plan, given: str) -> str | Refusal:
    """The id of a service, or `total`."""
    names = {node.id: node.name for node in walk(service_tree(plan))}
    if given == TOTAL or given in names or given in _funds(plan):
        return given
    listed = f"the services are {', '.join(names)}, and total for the whole plan"
    hint = did_you_mean_id(given, {**names, TOTAL: f"Total {plan.name}"}, listed)
    return Refusal(f"unknown service {clipped(given)!r}", hint)


def name_of(plan: Plan, service: str) -> str:
    """A service's name, or a fund's; the plan's own for `total`."""
    names = {node.id: node.name for node in walk(service_tree(plan))} | _funds(plan)
    return plan.name if service == TOTAL else names[service]


def _funds(plan: Plan) -> dict[str, str]:
    """What each fund is called, by its row, of a plan with several."""
    names = fund_names(plan)
    return {fund_row(fund): name for fund, name in names.items()} if len(names) > 1 else {}


def year_of(plan: Plan, given: str | FinancialYear) -> FinancialYear | Refusal:
    """A year in which the plan has a net budget."""
    year = parse_year(given) if isinstance(given, str) else given
    if isinstance(year, Refusal):
        return year
    years = ", ".join(map(str, _years(plan)))
    if year not in plan.years:
        return Refusal(f"{year} is outside the plan", f"its net budgets are of {years}")
    if base_of(plan, year) is None:
        reason = f"{year} has no net budget: no revenue budget stands at or before it"
        return Refusal(reason, f"the net budgets are of {years}")
    return year


def net_of(plan: Plan, given: WrittenTarget) -> int | Refusal:
    """The pence of an amount written in the position's unit, that of the first revenue budget.

    Raises:
        TypeError: it is no text, whole number or Decimal; a float is never exact.
    """
    if isinstance(given, bool) or not isinstance(given, str | int | Decimal):
        kind = type(given).__name__
        raise TypeError(f"an amount is a text, an int or a Decimal, and never a {kind}")
    text = f"{given:f}" if isinstance(given, Decimal) else str(given)
    found = parse_amount(text, plan.revenue[0].unit)
    return found if isinstance(found, Refusal) else found.pence


def net_of_gap(plan: Plan, year: FinancialYear, given: WrittenTarget) -> tuple[int, int] | Refusal:
    """The gap that is wanted, and the net budget that leaves it, in pence.

    It is what funding and reserves pay for in the year, and the gap besides.

    Raises:
        TypeError: the amount is no text, whole number or Decimal; a float is never exact.
    """
    wanted = net_of(plan, given)
    if isinstance(wanted, Refusal):
        return wanted
    gaps = {key.year: p for key, p in gap_amounts(plan).items() if key.measure in GAPS}
    if year not in gaps:
        known = ", ".join(map(str, gaps))
        reason = f"{year} has no gap: the plan does not say what pays for its net budget"
        hint = f"the gaps are of {known}" if known else "add funding.yaml"
        return Refusal(reason, hint)
    return wanted, net_budgets(plan)[year] - gaps[year] + wanted


def options_of(plan: Plan, given: Iterable[str]) -> tuple[str, ...] | Refusal:
    """The ids of options, each given alone or several with commas between them.

    A group, such as `education/saving`, stands for its options as it does in a scenario.
    """
    names = Names(plan)
    found: list[str] = []
    for text in (part.strip() for each in given for part in each.split(",")):
        aimed = names.aimed(Word(text, Place("")))
        if aimed is None:
            problem = names.problems[-1]
            return Refusal(problem.message, problem.hint or "write an option's id")
        found += aimed.options
    return tuple(found)


def fitting(plan: Plan, service: str, using: tuple[str, ...]) -> Refusal | None:
    """Why options cannot be used for a service: one stands twice, or belongs to another."""
    for option in using:
        if using.count(option) > 1:
            return Refusal(f"{option!r} is named twice", "name each option once")
    written = written_options(plan)
    for option in using:
        if written[option][1].is_assumption:
            reason = f"{option!r} follows from its rates: nothing can be shared over it"
            hint = f"try another rate: cfbudget model --set {option}@{plan.years[-1]}=2%"
            return Refusal(reason, hint)
    if service == TOTAL:
        return None
    nodes = {node.id: node for node in walk(service_tree(plan))}
    within = {node.id for node in services_of(plan, service)}
    for option in using:
        owner = written[option][0]
        if owner not in within:
            reason = (
                f"{option!r} belongs to {nodes[owner].name} ({owner}), not to "
                f"{name_of(plan, service)} ({service}): it does not move that net budget"
            )
            return Refusal(reason, f"solve for {owner}, or name options of {service}")
    return None


def _years(plan: Plan) -> tuple[FinancialYear, ...]:
    return tuple(year for year in plan.years if base_of(plan, year))
