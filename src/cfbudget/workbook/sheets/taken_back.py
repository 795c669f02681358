"""Which figures of the options a one-off takes back in a year."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.position import taken_back_in
from cfbudget.plan.files import Option
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear


def taken_back_keys(plan: Plan, option: Option, year: FinancialYear) -> Iterator[Key]:
    """The figures of the options that a one-off takes back in a year: of before the plan, one."""
    if before := taken_back_in(plan).get(year):
        yield Key(option.id, "change", before)
    just_before = FinancialYear(plan.years[0].start - 1)
    if year == plan.years[0] and just_before in option.before:
        yield Key(option.id, "before", just_before)
