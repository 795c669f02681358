"""The gaps of two plans as a table: from the old gap to the new one."""

from types import MappingProxyType

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.gap_bridge import GapBridge
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.problem import printable
from cfbudget.tables.compare import Bridged, bridge_title

SIGN = "a larger gap is plus; a smaller gap is minus, in brackets"
FACT = "Levels: years are not to be added up. The lines add up to the difference of the gaps."
OLD, NET, FUNDING, RESERVES, NEW = (
    f"/gap/{part}" for part in ("old", "net-budget", "funding", "reserves", "new")
)
"""Ids that no option has; records leave out the first /."""


def compared_gap(bridged: Bridged, gap: GapBridge) -> Table:
    """The old gap, what takes it to the new one, and that."""
    made = {
        OLD: gap.old,
        NET: gap.net_budget,
        FUNDING: gap.funding,
        RESERVES: gap.reserves,
        NEW: gap.new,
    }
    name = "Over the cash limit" if gap.measure == "over_cash_limit" else "Gap after reserves"
    cells = {
        Key(row, gap.measure, year): Cell(pence, is_input=row != NEW)
        for row, by_year in made.items()
        for year, pence in by_year.items()
    }
    return Table(
        name="compare",
        title=f"{bridge_title(bridged)}: {name.lower()}",
        sign=SIGN,
        facts=(FACT,),
        unit=bridged.bridge.unit,
        step=min(bridged.bridge.step, bridged.bridge.unit.pence // 10**bridged.bridge.unit.places),
        rows=(
            Row(OLD, f"{name}, {printable(bridged.old)}", "total", is_apart=False),
            Row(NET, "Net budget, new − old", "line", 1),
            Row(FUNDING, "Funding, new − old", "line", 1),
            Row(RESERVES, "Planned use of reserves, new − old", "line", 1),
            Row(
                NEW,
                f"{name}, {printable(bridged.new)}",
                "total",
                sums=(OLD, NET, FUNDING, RESERVES),
            ),
        ),
        panels=(Panel("", tuple(Column(gap.measure, year, str(year)) for year in gap.old)),),
        cells=MappingProxyType(cells),
    )
