"""A whole council that is small enough to check by hand: a net budget, funding, a reserve. In £m.

The net budget is 100, 100 and 104. Council tax is 50,000.55 × £1,500.25 in the first year.
"""

from cfbudget.plan.plan import Plan
from tests.kit.support import plan_of

YEARS = "2024-25, 2025-26, 2026-27"
REVENUE = """\
name: Small Council
financial_year: 2024-25
unit: £m
contains_options_of: []
services:
  - {id: care, name: Care, net: 60}
  - {id: schools, name: Schools, net: 40}
"""
OPTIONS = """\
name: Small Council
unit: £m
basis: change
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: care
    options:
      - {id: fees, name: Fees, kind: saving, status: new, changes: {2025-26: -3, 2026-27: -2}}
      - {id: demand, name: Demand, kind: demand, status: new, changes: {2025-26: 3, 2026-27: 6}}
"""
LINES = """\
  - {id: rates, name: Business rates, amounts: {2024-25: -18, 2025-26: -18, 2026-27: -18}}
  - id: council-tax
    name: Council tax
    tax_base: {2024-25: 50000.55, 2025-26: 50500, 2026-27: 51000}
    band_d: {2024-25: 1500.25, 2025-26: 1575.11, 2026-27: 1637.96}"""
USES = "  - {reserve: general, amounts: {2024-25: -6, 2025-26: -4}}"
RESERVES = """\
name: Small Council
unit: £m
financial_years: [2024-25, 2025-26, 2026-27]
reserves:
  - {id: general, name: General, opening: 30, draws: {2024-25: 6, 2025-26: 4}}
"""


def funding(
    lines: str = LINES,
    *,
    years: str = YEARS,
    kind: str = "funding",
    unit: str = "£m",
    reserves: str = USES,
) -> str:
    """The text of a funding file; `lines` and `reserves` are the lines of its lists."""
    head = f"name: Small Council\nunit: {unit}\nfinancial_years: [{years}]\nkind: {kind}\n"
    return f"{head}lines:\n{lines}\n" + (f"reserves:\n{reserves}\n" if reserves else "")


FUNDING = funding()


def with_funding(
    lines: str = LINES,
    *,
    years: str = YEARS,
    kind: str = "funding",
    unit: str = "£m",
    reserves: str | None = None,
) -> dict[str, str]:
    """The council's texts with such a funding file, and without its reserves' balances."""
    used = USES if reserves is None and lines == LINES else reserves or ""
    return {
        "revenue_2024_25.yaml": REVENUE,
        "policy_options.yaml": OPTIONS,
        "funding.yaml": funding(lines, years=years, kind=kind, unit=unit, reserves=used),
    }


def council() -> Plan:
    """The whole council."""
    return plan_of({**with_funding(), "reserves.yaml": RESERVES})


STATED = """\
stated:
  total: {2024-25: -94247}
  reserves_used: {2024-25: -6000}
  gap_before_reserves: {2024-25: 5752}
  gap: {2024-25: -248, 2025-26: n/a}
  annual_gap: {2025-26: -2595}
"""
BY_AMOUNT = """\
  - {id: police, name: Police, tax_base: {2024-25: 50001, 2025-26: 50500, 2026-27: 51000},
     amounts: {2024-25: -1234, 2025-26: -1300, 2026-27: -1400}, stated: {band_d: {2024-25: 24.68}}}
"""
WHOLE_COUNCIL = {
    **with_funding(),
    "funding.yaml": funding(
        LINES.replace("-18", "-18000") + "\n    stated: {amount: {2024-25: -75013}}\n" + BY_AMOUNT,
        unit="£000",
        reserves=USES.replace("-6", "-6000").replace("-4}", "-4000}"),
    )
    + STATED,
    "reserves.yaml": RESERVES.replace(
        "draws:", "floor: 15%, stated: {closing: {2025-26: 20}}, draws:"
    ),
}
"""The same council with its funding in £000, two kinds of tax lines, and figures of every kind
stated."""
