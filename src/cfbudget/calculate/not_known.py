"""Amounts that are not known yet (tbc): they are in no figure, and here is which figures lack them.

What a figure lacks is found by giving each unknown amount a size that no other comes to, and
working the figures out once more: whatever way an amount takes to a figure, it is seen there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import Amounts, Key
from cfbudget.calculate.capital import capital_amounts
from cfbudget.calculate.gap import gap_amounts
from cfbudget.calculate.options import option_amounts
from cfbudget.calculate.position import position_amounts
from cfbudget.plan.files import Option, PolicyOptions, Scheme
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure
from cfbudget.problem import Place
from cfbudget.years import FinancialYear

SIZE = 10**6
"""More than twice as often as an amount is counted in any figure: once for each year at most."""


class NotKnown(NamedTuple):
    """An amount of a line that is not known yet."""

    row: str
    name: str
    year: FinancialYear
    place: Place


LeftOut = Mapping[Key, tuple[NotKnown, ...]]
"""By figure, what it lacks; a figure that lacks nothing is not there."""

NOTHING: LeftOut = MappingProxyType({})

Which = tuple[str, FinancialYear]


def unknown_changes(plan: Plan) -> tuple[NotKnown, ...]:
    """The changes of options that are not known yet, in the order of the file."""
    return tuple(
        one for option in _options(plan.options) if option.unknown for one in unknown_of(option)
    )


def unknown_allocations(plan: Plan) -> tuple[NotKnown, ...]:
    """The allocations of schemes that are not known yet, in the order of the file."""
    schemes = plan.capital.schemes if plan.capital else ()
    return tuple(one for scheme in schemes for one in unknown_of(scheme))


def not_known(plan: Plan) -> tuple[NotKnown, ...]:
    """All that a plan does not know yet."""
    return (*unknown_changes(plan), *unknown_allocations(plan))


def options_lack(plan: Plan) -> LeftOut:
    """What each figure of the policy options lacks."""
    return _lack(plan, lambda changed: option_amounts(changed).amounts)


def position_lacks(plan: Plan) -> LeftOut:
    """What each figure of the position lacks; what a budget contains already it does not lack."""
    return _lack(plan, lambda changed: position_amounts(changed).amounts)


def gap_lacks(plan: Plan) -> LeftOut:
    """What each gap lacks: what the net budget does that it is made of."""
    return _lack(plan, gap_amounts)


def capital_lacks(plan: Plan) -> LeftOut:
    """What each figure of the capital programme lacks."""
    there = unknown_allocations(plan)
    if plan.capital is None or not there:
        return NOTHING
    sizes = _sizes(there)
    schemes = tuple(
        scheme.model_copy(update={"allocations": _given(scheme.allocations, scheme, sizes)})
        for scheme in plan.capital.schemes
    )
    sized = replace(plan, capital=plan.capital.model_copy(update={"schemes": schemes}))
    return _apart(capital_amounts(plan).amounts, capital_amounts(sized).amounts, there)


def _lack(plan: Plan, amounts: Callable[[Plan], Amounts]) -> LeftOut:
    struck = plan.struck_with
    lines = [line for line in (*_options(plan.options), *_options(struck)) if line.unknown]
    there = tuple({(one.row, one.year): one for line in lines for one in unknown_of(line)}.values())
    if not there:
        return NOTHING
    sizes = _sizes(there)
    sized = replace(plan, options=_sized(plan.options, sizes), struck_with=_sized(struck, sizes))
    return _apart(amounts(plan), amounts(sized), there)


def _options(options: PolicyOptions | None) -> Iterator[Option]:
    for block in options.services if options else ():
        yield from block.options


def unknown_of(line: Option | Scheme) -> Iterator[NotKnown]:
    """The amounts of a line that are not known yet."""
    for year, place in line.unknown.items():
        yield NotKnown(line.id, line.name, year, place)


def _sizes(there: tuple[NotKnown, ...]) -> Mapping[Which, int]:
    return {(one.row, one.year): SIZE**at for at, one in enumerate(there)}


def _sized(options: PolicyOptions | None, sizes: Mapping[Which, int]) -> PolicyOptions | None:
    """The options with a size in place of what is not known."""
    if options is None:
        return None
    blocks = []
    for block in options.services:
        made = tuple(
            option.model_copy(update={"changes": _given(option.changes, option, sizes)})
            for option in block.options
        )
        blocks.append(block.model_copy(update={"options": made}))
    return options.model_copy(update={"services": tuple(blocks)})


def _given(
    written: Mapping[FinancialYear, Figure], line: Option | Scheme, sizes: Mapping[Which, int]
) -> Mapping[FinancialYear, Figure]:
    found = dict(written)
    for year, place in line.unknown.items():
        known = found[year].pence if year in found else 0
        found[year] = Figure(known + sizes[line.id, year], 1, place)
    return MappingProxyType(found)


def _apart(known: Amounts, sized: Amounts, there: tuple[NotKnown, ...]) -> LeftOut:
    found: dict[Key, tuple[NotKnown, ...]] = {}
    for key, pence in sized.items():
        if differs := pence - known[key]:
            found[key] = tuple(_counted(differs, there))
    return MappingProxyType(found)


def _counted(size: int, there: tuple[NotKnown, ...]) -> Iterator[NotKnown]:
    """Which of the amounts a size is made of, each counted some times over, or taken off."""
    half = SIZE // 2
    for one in there:
        times = (size + half) % SIZE - half
        if times:
            yield one
        size = (size - times) // SIZE
