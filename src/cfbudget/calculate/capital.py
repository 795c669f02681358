"""The capital programme: allocations by scheme and year. Never added to revenue."""

from cfbudget.calculate.amounts import TOTAL, ColumnKey, Computed, Key, RowSum, add_up
from cfbudget.plan.files import CapitalProgramme
from cfbudget.plan.financing import Financing
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import LATER


def capital_amounts(plan: Plan) -> Computed:
    """Allocations, programme (their sum), under development, and the grand total, in pence.

    What is allocated to after the last year, where anything is, is in the programme too.

    What is under development is outside the programme and inside the total.
    """
    if plan.capital is None:
        return Computed({}, ())
    years = [word.year for word in plan.capital.financial_years]
    is_later = has_later(plan.capital)
    amounts: dict[Key, int] = {}
    for scheme in plan.capital.schemes:
        for year in years:
            figure = scheme.allocations.get(year)
            amounts[Key(scheme.id, "allocation", year)] = figure.pence if figure else 0
        programme = sum(figure.pence for figure in scheme.allocations.values())
        if is_later:
            later = scheme.later.pence if scheme.later else 0
            amounts[Key(scheme.id, "later")] = later
            programme += later
        coming = scheme.under_development.pence if scheme.under_development else 0
        amounts[Key(scheme.id, "programme")] = programme
        amounts[Key(scheme.id, "under_development")] = coming
        amounts[Key(scheme.id, "total")] = programme + coming
    sums = (RowSum(TOTAL, tuple(scheme.id for scheme in plan.capital.schemes)),)
    allocated: list[ColumnKey] = [("allocation", year) for year in years]
    allocated += [("later", None)] if is_later else []
    add_up(
        amounts,
        sums,
        [*allocated, ("programme", None), ("under_development", None), ("total", None)],
    )
    return Computed(amounts, sums)


def has_later(programme: CapitalProgramme) -> bool:
    """Whether anything is said of after the last year: a heading, an amount or a total."""
    if programme.later is not None or any(scheme.later for scheme in programme.schemes):
        return True
    return any(LATER in amounts for one in financings(programme) for _, amounts in one.of_sources())


def financings(programme: CapitalProgramme) -> tuple[Financing, ...]:
    """What pays for each scheme that says so, then for the programme."""
    given = (*(scheme.financing for scheme in programme.schemes), programme.financing)
    return tuple(financing for financing in given if financing)
