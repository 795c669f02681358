"""The tables of a plan, by name."""

from collections.abc import Callable, Iterable, Mapping

from cfbudget.calculate.amounts import PLAN_TABLES, TableName
from cfbudget.calculate.assumptions import assumptions_of
from cfbudget.calculate.capital import financings
from cfbudget.calculate.gap import gap_amounts
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.tables.assumptions import assumptions_table
from cfbudget.tables.capital import capital_table
from cfbudget.tables.financing import financing_table
from cfbudget.tables.funding import funding_table
from cfbudget.tables.gap import gap_table
from cfbudget.tables.options import options_table
from cfbudget.tables.position import position_table
from cfbudget.tables.reserves import reserves_table
from cfbudget.tables.revenue import revenue_table
from cfbudget.years import FinancialYear, parse_year


def revenue(plan: Plan, year: str | FinancialYear | None = None) -> Table:
    """The revenue budget of a year (as 2024-25), or of the latest: gross, income and net.

    Raises:
        LookupError: the plan has no revenue budget, or none of that year.
    """
    wanted = parse_year(year) if isinstance(year, str) else year
    for budget in reversed(plan.revenue):
        if wanted in (None, budget.financial_year.year):
            return revenue_table(plan, budget)
    raise LookupError(f"{plan.folder} has no revenue budget{f' of {year}' if year else ''}")


def capital(plan: Plan) -> Table:
    """The capital programme: allocations by scheme and year, and what is under development.

    Raises:
        LookupError: the plan has no capital programme.
    """
    if plan.capital is None:
        raise LookupError(f"{plan.folder} has no capital programme")
    return capital_table(plan, plan.capital)


def financing(plan: Plan) -> Table:
    """What pays for the capital programme: sources by year, and what is unfinanced.

    Raises:
        LookupError: the plan says nothing of what pays for capital.
    """
    if plan.capital is None or not financings(plan.capital):
        raise LookupError(f"{plan.folder} has no capital financing")
    return financing_table(plan, plan.capital)


def options(plan: Plan) -> Table:
    """The policy options: changes by option and year, savings minus and investments plus.

    Raises:
        LookupError: the plan has no policy options.
    """
    if plan.options is None:
        raise LookupError(f"{plan.folder} has no policy options")
    return options_table(plan, plan.options)


def assumptions(plan: Plan) -> Table:
    """The base amount, rate, level and change of each assumption by year.

    Raises:
        LookupError: the plan has no assumptions.
    """
    if plan.options is None or not assumptions_of(plan):
        raise LookupError(f"{plan.folder} has no assumptions")
    return assumptions_table(plan, plan.options)


def position(plan: Plan) -> Table:
    """Opening, change, cumulative change, total to date and net budget by service and year.

    Raises:
        LookupError: the plan has neither a revenue budget nor policy options.
    """
    if not plan.revenue and plan.options is None:
        raise LookupError(f"{plan.folder} has neither a revenue budget nor policy options")
    return position_table(plan)


def gap(plan: Plan) -> Table:
    """Net budget, funding and gap by year: levels, never added up over years; plus is a shortfall.

    Raises:
        LookupError: the plan has no funding, or no year has both it and a net budget.
    """
    found = gap_table(plan, plan.funding) if plan.funding else None
    if found is None:
        raise LookupError(f"{plan.folder} has no year with a net budget and funding")
    return found


def funding(plan: Plan) -> Table:
    """What pays for the net budget by line and year, minus, with the planned use of reserves.

    Raises:
        LookupError: the plan has no funding.
    """
    if plan.funding is None:
        raise LookupError(f"{plan.folder} has no funding")
    return funding_table(plan, plan.funding)


def reserves(plan: Plan) -> Table:
    """Opening, contributions, draws and closing by reserve and year, all plus.

    Raises:
        LookupError: the plan has no reserves.
    """
    if plan.reserves is None:
        raise LookupError(f"{plan.folder} has no reserves")
    return reserves_table(plan, plan.reserves)


MAKERS: Mapping[TableName, Callable[[Plan], Table]] = {
    "capital": capital,
    "financing": financing,
    "options": options,
    "assumptions": assumptions,
    "position": position,
    "gap": gap,
    "funding": funding,
    "reserves": reserves,
}
"""What makes the one table of each name; of revenue there is one for each year's budget."""


def plan_tables(plan: Plan, names: Iterable[TableName] = PLAN_TABLES) -> tuple[Table, ...]:
    """The named tables that the plan has: one revenue table for each year's budget."""
    made: list[Table] = []
    not_there = lacking(plan)
    for name in names:
        if name in not_there:
            continue
        if name == "revenue":
            made += [revenue_table(plan, budget) for budget in plan.revenue]
        else:
            made.append(MAKERS[name](plan))
    return tuple(made)


def lacking(plan: Plan) -> tuple[TableName, ...]:
    """The tables that cannot be made from what the plan has."""
    there: dict[TableName, bool] = {
        "revenue": bool(plan.revenue),
        "capital": plan.capital is not None,
        "financing": plan.capital is not None and bool(financings(plan.capital)),
        "options": plan.options is not None,
        "assumptions": bool(assumptions_of(plan)),
        "position": bool(plan.revenue) or plan.options is not None,
        "gap": bool(gap_amounts(plan)),
        "funding": plan.funding is not None,
        "reserves": plan.reserves is not None,
    }
    return tuple(name for name in PLAN_TABLES if not there[name])
