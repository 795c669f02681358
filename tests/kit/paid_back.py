"""Plans of an invest to save and what it pays for, small enough to check by hand."""

from cfbudget.calculate.payback import Payback, orphans, payback, unmarked
from cfbudget.cli.rate import parse_rate
from cfbudget.layout.tidy import Record
from cfbudget.plan.plan import Plan
from cfbudget.tables.payback import PaybackShown, payback_table
from tests.kit.support import plan_of

THOUSAND = 100_000  # pence
SPEND = "kind: investment, status: new, invest_to_save: true"
SAVE = "kind: saving, status: new"


def made(lines: str, years: str = "2024-25, 2025-26, 2026-27", basis: str = "change") -> Plan:
    """A plan of one service's options, written without their braces, in £000."""
    options = "\n".join(f"      - {{{line.strip()}}}" for line in lines.strip().splitlines())
    return plan_of(
        {
            "policy_options.yaml": f"""\
name: Small Council
unit: £000
basis: {basis}
financial_years: [{years}]
services:
  - service: care
    options:
{options}
"""
        }
    )


def records_of(found: PaybackShown) -> list[Record]:
    """The records, once each."""
    return [*dict.fromkeys(payback_table(found).records())]


def paired(cost: tuple[int, ...], saved: tuple[int, ...], basis: str = "change") -> Plan:
    """A plan with one pair: an investment's and a saving's figures by year, in £000."""
    years = [f"{start}-{start - 1999}" for start in range(2024, 2024 + len(cost))]

    def written(figures: tuple[int, ...]) -> str:
        return ", ".join(f"{year}: {figure}" for year, figure in zip(years, figures, strict=True))

    return made(
        f"""
        id: post, name: Post, {SPEND}, funds: [less], changes: {{{written(cost)}}}
        id: less, name: Less, {SAVE}, changes: {{{written(saved)}}}
        """,
        ", ".join(years),
        basis,
    )


def pair(cost: tuple[int, ...], saved: tuple[int, ...], basis: str = "change") -> Payback:
    (found,) = payback(paired(cost, saved, basis))
    return found


SHARED = f"""
id: one, name: One, {SPEND}, funds: [shared], changes: {{2024-25: 40}}
id: alone, name: Alone, {SPEND}, funds: [other], changes: {{2024-25: 7}}
id: shared, name: Shared, {SAVE}, changes: {{2025-26: -30}}
id: second-saving, name: Second saving, {SAVE}, changes: {{2026-27: -25}}
id: other, name: Other, {SAVE}, changes: {{2024-25: -7}}
id: two, name: Two, {SPEND}, funds: [shared, second-saving], changes: {{2024-25: 10}}
id: unmarked, name: Unmarked, kind: investment, status: new, funds: [second-saving], changes: {{}}
"""


def shown(plan: Plan, rate: str | None = None) -> PaybackShown:
    assert plan.options is not None
    given = parse_rate(rate) if rate else None
    return PaybackShown(plan, plan.options, payback(plan), orphans(plan), given, unmarked(plan))
