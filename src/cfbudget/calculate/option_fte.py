"""Full-time equivalents of the policy options: changes by year, in hundredths of a post.

An option that gives none counts as nil. They are never added to money.
"""

from collections.abc import Iterator

from cfbudget.calculate.amounts import Amounts, ColumnKey, Key, add_up
from cfbudget.calculate.options import option_sums
from cfbudget.plan.files import PolicyOptions
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Stated


def gives_fte(options: PolicyOptions) -> bool:
    """Whether any option of the plan has full-time equivalents, or a total of them is stated."""
    every = (option for block in options.services for option in block.options)
    return any(option.fte for option in every) or any(stated.fte for stated in _stated(options))


def _stated(options: PolicyOptions) -> Iterator[Stated]:
    """Every printed total of the options but a line's."""
    yield from (block.stated for block in options.services if block.stated)
    yield from (group.stated for group in options.groups)
    if options.stated:
        yield options.stated


def fte_columns(plan: Plan) -> tuple[ColumnKey, ...]:
    """Each year's change, then the changes added up."""
    return (*(("fte", year) for year in plan.years), ("fte", None))


def fte_amounts(plan: Plan) -> Amounts:
    """By option, group, service and year, with the total over the years; plus is more posts."""
    if plan.options is None or not gives_fte(plan.options):
        return {}
    amounts: dict[Key, int] = {}
    for block in plan.options.services:
        for option in block.options:
            given = {year: figure.pence for year, figure in option.fte.items()}
            for year in plan.years:
                amounts[Key(option.id, "fte", year)] = given.get(year, 0)
            amounts[Key(option.id, "fte")] = sum(given.values())
    add_up(amounts, option_sums(plan), fte_columns(plan))
    return amounts


def fte_step(options: PolicyOptions) -> int:
    """What one in the finest place of the file's full-time equivalents is worth, in hundredths."""
    steps = [figure.step for one in _stated(options) for figure in one.fte.values()]
    steps += [
        figure.step
        for block in options.services
        for option in block.options
        for figure in option.fte.values()
    ]
    return min(steps, default=100)
