"""What options changed in the years before the plan: by option, group, service and year.

It is in no total of the plan. What a one-off changed in the year right before is taken back in the
plan's first year, and payback counts from what came before.
"""

from cfbudget.calculate.amounts import Amounts, Key, add_up
from cfbudget.calculate.changes import years_before
from cfbudget.calculate.options import option_sums
from cfbudget.plan.plan import Plan


def before_amounts(plan: Plan) -> Amounts:
    """Pence by row and year before the plan; plus is more spending. Empty where none is said."""
    years = years_before(plan)
    if plan.options is None or not years:
        return {}
    amounts: dict[Key, int] = {}
    for block in plan.options.services:
        for option in block.options:
            for year in years:
                given = option.before.get(year)
                amounts[Key(option.id, "before", year)] = given.pence if given else 0
    add_up(amounts, option_sums(plan), [("before", year) for year in years])
    return amounts
