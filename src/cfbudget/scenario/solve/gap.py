"""Solving: what has to be found, or may be spent, for a net budget to come to a figure.

The gap is target − net budget: minus has to be found, plus may be spent. It is a change of one
year, shared over the options named; without any it is a target, not a plan.
"""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.changes import changes_of, reversals_of
from cfbudget.calculate.funds import general_row
from cfbudget.calculate.position import base_of, position_amounts
from cfbudget.money import LARGEST
from cfbudget.plan.files import Option, PolicyOptions
from cfbudget.plan.plan import Plan
from cfbudget.problem import Refusal
from cfbudget.scenario.solve.fair_shares import Sharer, shared_out
from cfbudget.scenario.solve.no_answer import no_answer
from cfbudget.scenario.solve.question import (
    Asked,
    WrittenTarget,
    budgeted,
    fitting,
    name_of,
    net_of,
    net_of_gap,
    options_of,
    service_of,
    year_of,
)
from cfbudget.scenario.solve.solution import SharedBy, Solution, SolutionLine
from cfbudget.years import FinancialYear

T = TypeVar("T")


def solve(
    plan: Plan,
    *,
    service: str = TOTAL,
    year: str | FinancialYear,
    net: WrittenTarget | None = None,
    gap: WrittenTarget | None = None,
    using: Iterable[str] | str = (),
) -> Solution:
    """What has to be found, or may be spent, for a net budget to come to a figure.

    Args:
        service: a service's id, or `total` for the whole plan.
        year: such as 2025-26.
        net: the figure, in the unit of the position (that of the first revenue budget) unless
            it carries its own; never a float.
        gap: in place of it, the budget gap that the whole plan is to be left with: 0 for none.
        using: ids of options that are to close the gap, each in proportion to its size.

    Raises:
        LookupError: the plan has no such service, option, year or net budget.
        ValueError: an amount cannot be read, options do not fit, or no answer has the right sign.
        TypeError: the figure is a float.
    """
    if (net is None) == (gap is None):
        raise ValueError("give a net budget or a gap, and not both")
    if gap is not None and service != TOTAL:
        raise ValueError("a gap is the whole plan's: leave the service out")
    if missing := budgeted(plan):
        raise LookupError(missing.sentence)
    asked_of, when = _known(service_of(plan, service)), _known(year_of(plan, year))
    asked_of = asked_of if gap is None else general_row(plan)
    options = _known(options_of(plan, (using,) if isinstance(using, str) else using))
    made = solution(plan, _asked((asked_of, when), net_or_gap(plan, when, net, gap), options))
    if isinstance(made, Refusal):
        raise ValueError(made.sentence)
    return made


def net_or_gap(
    plan: Plan, year: FinancialYear, net: WrittenTarget | None, gap: WrittenTarget | None
) -> tuple[int | None, int] | Refusal:
    """The gap that is asked for, if any, and the net budget to come to, in pence."""
    if gap is not None:
        return net_of_gap(plan, year, gap)
    found = net_of(plan, net if net is not None else 0)
    return found if isinstance(found, Refusal) else (None, found)


def _asked(
    of: tuple[str, FinancialYear],
    figures: tuple[int | None, int] | Refusal,
    options: tuple[str, ...],
) -> Asked:
    if isinstance(figures, Refusal):
        raise ValueError(figures.sentence)
    gap, net = figures
    return Asked(*of, net, options, gap)


def _known(found: T | Refusal) -> T:
    if isinstance(found, Refusal):
        raise LookupError(found.sentence)
    return found


def solution(plan: Plan, asked: Asked) -> Solution | Refusal:
    """The solution of what is asked, whose names were found in the plan; or why there is none."""
    amounts = position_amounts(plan).amounts
    now = {
        year: amounts[Key(asked.service, "net_budget", year)]
        for year in plan.years
        if year >= asked.year and base_of(plan, year)
    }
    name = name_of(plan, asked.service)
    found = Solution(
        plan,
        asked.service,
        name,
        asked.year,
        asked.net,
        MappingProxyType(now),
        gap_to_leave=asked.gap,
    )
    if abs(found.gap) > LARGEST:
        return Refusal("the answer is over ten trillion pounds", "check the amount")
    if not asked.using or plan.options is None:
        return found
    return fitting(plan, asked.service, asked.using) or _using(found, plan.options, asked.using)


def _using(found: Solution, options: PolicyOptions, using: tuple[str, ...]) -> Solution | Refusal:
    """The gap shared over the options."""
    lines = [
        SolutionLine(option, block.service.text, now, now)
        for block in options.services
        for option in block.options
        if option.id in using
        for now in (changes_of(option, options.basis, found.plan.years)[found.year],)
    ]
    if not found.gap:
        return replace(found, lines=tuple(lines))
    shared_by, weights = _weights(found, options, lines)
    if not any(weights):
        reason = f"every option named is nil up to {found.year}: there is nothing to share it by"
        return Refusal(reason, "name one option, or set them yourself (cfbudget model --set)")
    sharers = (
        # What moves away from nil, in the direction of its kind, can go any way.
        Sharer(weight, line.room if found.shrinks(line) else None)
        for line, weight in zip(lines, weights, strict=True)
    )
    shares = shared_out(abs(found.gap), tuple(sharers))
    sign = 1 if found.gap > 0 else -1
    made = tuple(
        line._replace(must_be=line.now + sign * share)
        for line, share in zip(lines, shares, strict=True)
    )
    if any(abs(line.must_be) > LARGEST for line in made):
        return Refusal("the answer is over ten trillion pounds", "check the amount")
    solved = replace(found, lines=made, shared_by=shared_by if len(made) > 1 else "")
    return no_answer(solved) or solved


def _weights(
    found: Solution, options: PolicyOptions, lines: list[SolutionLine]
) -> tuple[SharedBy, list[int]]:
    """What decides the shares: the size of the changes in the year, else of the levels then."""
    if len(lines) == 1:
        return "", [1]
    changes = [abs(line.now) for line in lines]
    if any(changes):
        return "change", changes
    return "cumulative change", [abs(_level(line.option, options, found)) for line in lines]


def _level(option: Option, options: PolicyOptions, found: Solution) -> int:
    """The option's cumulative change in the year, its reversals too."""
    years = found.plan.years
    changes = changes_of(option, options.basis, years)
    taken_back = reversals_of(option, years, years[0])
    return sum(changes[y] + taken_back.get(y, 0) for y in years if y <= found.year)
