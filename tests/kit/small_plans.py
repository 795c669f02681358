"""Plans small enough to check by hand, and their amounts by year. In £000."""

from cfbudget.calculate.amounts import Amounts, Key
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.years import FinancialYear

THOUSAND = 100_000  # pence
FIRST, SECOND, THIRD = (FinancialYear(start) for start in (2024, 2025, 2026))


def revenue(services: str, year: str = "2024-25", contains: str = "2024-25") -> dict[str, str]:
    """A year's revenue file; `services` are the lines of its list."""
    return {
        f"revenue_{year.replace('-', '_')}.yaml": f"""\
name: Small Council
financial_year: {year}
unit: £000
contains_options_of: [{contains}]
services:
{services}"""
    }


def options(
    blocks: str, basis: str = "change", years: str = "2024-25, 2025-26, 2026-27"
) -> dict[str, str]:
    """The options file; `blocks` are the lines of its services."""
    return {
        "policy_options.yaml": f"""\
name: Small Council
unit: £000
basis: {basis}
financial_years: [{years}]
services:
{blocks}"""
    }


def years_of(plan: Plan, amounts: Amounts, row: str, measure: Measure) -> list[int]:
    """A row's figures in each year of the plan, in £000."""
    pence = [amounts[Key(row, measure, year)] for year in plan.years]
    assert not any(figure % THOUSAND for figure in pence)
    return [figure // THOUSAND for figure in pence]


def opening(amounts: Amounts, row: str, year: FinancialYear | None = None) -> int:
    """A row's opening, in £000."""
    return amounts[Key(row, "opening", year)] // THOUSAND


NESTED = """\
  - id: people
    name: People
    services:
      - {id: care, name: Care, gross: 100, income: -20}
      - id: learning
        name: Learning
        services:
          - {id: schools, name: Schools, gross: 200, income: -150}
          - {id: music, name: Music, gross: 10, income: -4}
  - {id: roads, name: Roads, gross: 50, income: 0}
"""
ON_THE_PARENT = """\
  - service: people
    options:
      - {id: review, name: Review, kind: saving, status: new, changes: {2024-25: -6, 2025-26: -4}}
  - service: care
    options:
      - {id: demand, name: Demand, kind: investment, status: new, changes: {2025-26: 10}}
"""
