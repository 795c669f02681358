"""Inputs that an approved budget contains, and what it means to type over one.

An approved budget does not move. A workbook's formulas then move the opening, as another plan
with that budget would have it; a scenario of the same change is a forecast against the budget.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from cfbudget.grammar import agreed, listed, plural
from cfbudget.plan.plan import Plan
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.sheets.statements import Input
from cfbudget.years import FinancialYear

Approved = Mapping[FinancialYear, FinancialYear]
"""By year of a change: the year of the first budget that contains it."""


def approved(plan: Plan) -> Approved:
    """The years whose options an approved budget contains."""
    found: dict[FinancialYear, FinancialYear] = {}
    for budget in plan.revenue if plan.options else ():
        for word in budget.contains_options_of:
            if word.year in plan.years:
                found.setdefault(word.year, budget.financial_year.year)
    return found


def approved_inputs(contained: Approved, inputs: Iterable[Input]) -> dict[At, FinancialYear]:
    """The cells of the options' inputs that a budget contains, each with its year."""
    return {
        given.at: year
        for given in inputs
        if (given.table.name == "options" and given.column.measure != "fte")
        or given.row.measure == "rate"
        if (year := given.column.year) and year in contained
    }


def approved_words(contained: Approved, projected: Collection[FinancialYear] = ()) -> str:
    """What becomes of a change that an approved budget contains, and how to try one instead.

    Args:
        projected: the years of budgets that are not approved yet.
    """
    years, budgets = sorted(contained), sorted(set(contained.values()))
    if not set(budgets).isdisjoint(projected):
        return _projected_words(years, budgets)
    which = plural(len(budgets), "budget")
    stands = f"{agreed(len(budgets), 'does')} not move"
    return (
        f"Options of {listed(years)} are in the approved {which} of {listed(budgets)}, which "
        f"{stands}: typed over in a workbook, one moves the opening in its place. As a scenario "
        "the same change is a forecast against the approved budget, and changes the budgets after "
        "it: cfbudget verify FILE.xlsx --save-scenario FILE.yaml, then cfbudget model --scenario "
        "FILE.yaml."
    )


def _projected_words(years: Sequence[FinancialYear], budgets: Sequence[FinancialYear]) -> str:
    """The same where a budget is projected, and moves with its options in a scenario."""
    which = plural(len(budgets), "budget")
    return (
        f"Options of {listed(years)} are in the {which} of {listed(budgets)}: typed over in a "
        "workbook, one moves the opening, and not the net budget. As a scenario the same change "
        "moves a projected net budget, and is a forecast against an approved one: cfbudget verify "
        "FILE.xlsx --save-scenario FILE.yaml, then cfbudget model --scenario FILE.yaml."
    )
