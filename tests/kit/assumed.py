"""Plans with assumptions, and their changes worked out by another way: factor by factor."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from cfbudget.plan.plan import Plan
from tests.kit.small_plans import options, revenue
from tests.kit.support import plan_of

SERVICES = """\
  - {id: care, name: Care, gross: 1233.07, income: -377.35, amounts: {fees: -200, staff: 801}}
  - {id: schools, name: Schools, gross: 200, income: -150}
  - {id: homes, name: Homes, net: 400}"""
NAMED = "amounts: {employees: 1100}\n"


def assumed(
    *lines: str,
    contains: str = "",
    basis: str = "change",
    others: Mapping[str, str] | None = None,
) -> Plan:
    """A plan with these options; `others` are texts of other files."""
    return plan_of(assumed_texts(*lines, contains=contains, basis=basis) | dict(others or {}))


def assumed_texts(*lines: str, contains: str = "", basis: str = "change") -> dict[str, str]:
    listed = "\n".join(f"      - {{{line}}}" for line in lines)
    block = f"  - service: care\n    options:\n{listed}\n"
    return {**budget("2024-25", contains), **options(block, basis)}


def budget(year: str, contains: str = "", services: str = SERVICES) -> dict[str, str]:
    ((name, text),) = revenue(f"{services}\n", year, contains).items()
    return {name: text.replace("services:", f"{NAMED}services:", 1)}


def line(name: str, rates: str, of: str, more: str = "kind: inflation") -> str:
    """An option as a file has it: `rates` are those of the three years."""
    by_year = ", ".join(
        f"{year}: {rate}"
        for year, rate in zip(("2024-25", "2025-26", "2026-27"), rates.split(), strict=True)
    )
    return f"id: {name}, name: {name.title()}, status: new, {more}, of: {of}, rates: {{{by_year}}}"


def pennies(amount: Fraction) -> int:
    """To the penny, halves away from zero, by decimals."""
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def changes_of(plan: Plan, option: str) -> list[int]:
    """An option's changes by year, in pence."""
    assert plan.options is not None
    found = next(o for b in plan.options.services for o in b.options if o.id == option)
    return [found.changes[year].pence for year in plan.years]


ASSUMPTIONS = {
    **assumed_texts(
        line("pay", "4% 3% 2.75%", "care.gross"),
        line("charges", "2% 3% 0%", "care.fees"),
        line("prices", "0% 1.125% -1%", "employees", "kind: other"),
        line("more-prices", "3% 3% 3%", "employees"),
        "id: cut, name: Cut, kind: saving, status: new, affects: gross, changes: {2025-26: -9}",
        contains="2024-25",
    ),
    **budget(
        "2026-27",
        "2024-25, 2025-26",
        "  - {id: care, name: Care, gross: 1400, income: -400, amounts: {fees: -210}}",
    ),
}
"""Two budgets, of which each contains years; an amount that two assumptions share."""
LEVELS = """\
name: Small Council
unit: £m
basis: level
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: care
    options:
      - {%s}
      - {id: cut, name: Cut, kind: saving, status: new,
         changes: {2024-25: 0, 2025-26: -0.005, 2026-27: -0.005}}
    stated: {2024-25: 0.049, 2025-26: 0.083, total: 0.116}
""" % line("pay", "4% 3% 2.5%", "care.gross")  # noqa: UP031
ASSUMED_LEVELS = {**budget("2024-25"), "policy_options.yaml": LEVELS}
