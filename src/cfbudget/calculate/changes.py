"""What each policy option does to the base budget, year by year."""

from collections.abc import Mapping

from cfbudget.plan.files import Option
from cfbudget.plan.plan import Plan
from cfbudget.plan.text_fields import Basis
from cfbudget.years import FinancialYear


def knows_changes(plan: Plan) -> bool:
    """Whether the changes are known: a budget may contain options that the plan lacks."""
    contains = any(budget.contains_options_of for budget in plan.revenue)
    return plan.options is not None or not contains


def reversal_row(row: str) -> str:
    """The row of the reversals of an option's, or a service's, one-off changes."""
    return f"{row}/reversals"


def changes_of(
    option: Option, basis: Basis, years: tuple[FinancialYear, ...]
) -> Mapping[FinancialYear, int]:
    """The option's change in every year of the plan, in pence, against the year before.

    Under `basis: level` the file holds cumulative changes, and a change is the step from one
    level to the next.
    """
    given = option.changes
    written = {year: given[year].pence if year in given else 0 for year in years}
    if basis == "change":
        return written
    before = (0, *written.values())
    return {
        year: level - earlier
        for (year, level), earlier in zip(written.items(), before, strict=False)
    }


def reversals_of(
    option: Option, years: tuple[FinancialYear, ...], first: FinancialYear
) -> Mapping[FinancialYear, int]:
    """What a one-off takes back: each change with its sign turned, in the next of the years.

    A change of the last of them is taken back after them, and is not here. What it changed in the
    year right before the plan is taken back in the first year of it.

    Args:
        first: the plan's first year: of the years that there are budgets of, some may be earlier.
    """
    if option.recurs:
        return {}
    taken_back = {
        next((later for later in years if later > year), None): -figure.pence
        for year, figure in option.changes.items()
    }
    if just_before := option.before.get(FinancialYear(first.start - 1)):
        taken_back[first] = -just_before.pence
    return {year: pence for year, pence in taken_back.items() if year and pence}


def years_before(plan: Plan) -> tuple[FinancialYear, ...]:
    """The years before the plan of which options have changes, without a gap up to its first."""
    blocks = plan.options.services if plan.options else ()
    given = [year for block in blocks for option in block.options for year in option.before]
    if not given:
        return ()
    return tuple(map(FinancialYear, range(min(given).start, plan.years[0].start)))


def from_before(option: Option, changes: Mapping[FinancialYear, int]) -> dict[FinancialYear, int]:
    """An option's changes with those of years before the plan, where it has any."""
    if not option.before:
        return dict(changes)
    earlier = {year: figure.pence for year, figure in sorted(option.before.items())}
    return {**earlier, **changes}
