"""The capital programme: allocations by scheme and year. Never added to revenue."""

from cfbudget.calculate.amounts import TOTAL, ColumnKey, Computed, Key, RowSum, add_up
from cfbudget.plan.plan import Plan


def capital_amounts(plan: Plan) -> Computed:
    """Allocations, programme (their sum), under development, and the grand total, in pence.

    What is under development is outside the programme and inside the total.
    """
    if plan.capital is None:
        return Computed({}, ())
    years = [word.year for word in plan.capital.financial_years]
    amounts: dict[Key, int] = {}
    for scheme in plan.capital.schemes:
        for year in years:
            figure = scheme.allocations.get(year)
            amounts[Key(scheme.id, "allocation", year)] = figure.pence if figure else 0
        programme = sum(figure.pence for figure in scheme.allocations.values())
        coming = scheme.under_development.pence if scheme.under_development else 0
        amounts[Key(scheme.id, "programme")] = programme
        amounts[Key(scheme.id, "under_development")] = coming
        amounts[Key(scheme.id, "total")] = programme + coming
    sums = (RowSum(TOTAL, tuple(scheme.id for scheme in plan.capital.schemes)),)
    allocated: list[ColumnKey] = [("allocation", year) for year in years]
    add_up(
        amounts,
        sums,
        [*allocated, ("programme", None), ("under_development", None), ("total", None)],
    )
    return Computed(amounts, sums)
