"""Plans to compare, and the lines of their bridge. Amounts are in £000."""

from cfbudget.calculate.bridge_lines import Bridge
from cfbudget.plan.plan import Plan
from cfbudget.tables.compare import Bridged
from tests.kit.pages import bridge_grid
from tests.kit.small_plans import options, revenue
from tests.kit.support import plan_of

SERVICES = """\
  - {id: care, name: Care, net: 100}
  - {id: roads, name: Roads, net: 50}
"""


def option(name: str, changes: str, **more: str) -> str:
    """An option's line; a saving and new unless `more` says otherwise."""
    given = {"kind": "saving", "status": "new", "id": name.lower(), **more}
    rest = ", ".join(f"{key}: {value}" for key, value in given.items())
    return f"      - {{name: {name}, {rest}, changes: {{{changes}}}}}\n"


def block(service: str, *lines: str) -> str:
    listed = f"\n{''.join(lines)}" if lines else " []\n"
    return f"  - service: {service}\n    options:{listed}"


def care(*lines: str) -> str:
    return block("care", *lines)


def plan(
    blocks: str,
    services: str = SERVICES,
    contains: str = "",
    years: str = "2024-25, 2025-26, 2026-27",
    basis: str = "change",
) -> Plan:
    return plan_of(
        {**revenue(services, contains=contains), **options(blocks, basis=basis, years=years)}
    )


FEES = option("Fees", "2024-25: -10, 2025-26: -5")


def next_year(blocks: str, services: str = "  - {id: care, name: Care, net: 93}\n") -> Plan:
    texts = revenue(services, "2025-26", "2025-26")
    return plan_of({**texts, **options(blocks, years="2025-26, 2026-27, 2027-28")})


def labels(bridge: Bridge) -> list[str]:
    return [row.label for row in bridge_grid(Bridged(bridge, "a", "b", ("P", "P"))).rows]
