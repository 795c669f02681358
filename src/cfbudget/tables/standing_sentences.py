"""The sentences that stand with every table, so that no figure can be misread."""

from cfbudget.calculate.forecasts import Forecast
from cfbudget.grammar import listed, plural
from cfbudget.money import Unit, alike
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Source
from cfbudget.years import FinancialYear

SIGN = "spending is plus; income and savings are minus, in brackets"
CHANGE_SIGN = "more spending is plus; less spending is minus, in brackets"


def titled(plan: str, what: str, own: str) -> str:
    """A title that names the plan, and the table by its own name where that is another."""
    return f"{plan}: {what}" if own == plan else f"{plan}: {what} ({own})"


def on_projected(plan: Plan) -> str:
    """What a title says of figures that stand on a budget that is projected; else nothing."""
    years = plan.projected_years
    if not years:
        return ""
    return f", on the projected {plural(len(years), 'budget')} of {listed(years)}"


def lacking_tables(plan: Plan) -> tuple[str, ...]:
    """Which tables the plan does not have, in a sentence."""
    return (f"The plan has no {' and no '.join(plan.lacks)}.",) if plan.lacks else ()


def source_line(source: Source | None, of: str = "") -> tuple[str, ...]:
    """Where figures come from.

    Args:
        of: which of several tables is meant, in words.
    """
    return (f"Source{of}: {source}.",) if source else ()


def forecast_heading(year: FinancialYear) -> str:
    """How a year is headed in which a trial forecasts how the approved budget turns out."""
    return f"Forecast {year}"


def against_budget(forecast: Forecast, unit: Unit) -> str:
    """How a year would turn out against its approved budget, which does not move."""
    year, budget, over = forecast
    would_be, stated, by = alike(unit, budget + over, budget, abs(over), has_pence=False)
    spend = "as budgeted"
    if over:
        spend = f"{'overspend' if over > 0 else 'underspend'} {by}"
    return f"{year}: forecast {would_be} against a budget of {stated}: {spend}, in {unit.name}."
