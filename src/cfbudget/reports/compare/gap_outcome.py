"""What the gaps of two plans come to in words: in which years they differ, by how much, and why."""

from collections.abc import Iterator

from cfbudget.calculate.bridge_lines import Bridge
from cfbudget.calculate.gap_bridge import GapBridge
from cfbudget.grammar import listed
from cfbudget.money import headline

GENERAL_ONLY = (
    "The net budget in the gap is what funding pays for: of a plan with several funds, that of the "
    "general fund."
)


def gap_differs(bridge: Bridge) -> bool:
    """Whether the gaps, or what they are made of, differ in any year compared."""
    return bridge.gap is not None and bool(_made_otherwise(bridge.gap))


def gap_outcome(bridge: Bridge, old: str, new: str) -> Iterator[str]:
    """The years whose gap differs, the last of them with its size; or that none does."""
    gap = bridge.gap
    if gap is None or not (parts := _made_otherwise(gap)):
        return
    named = "gap after reserves" if gap.measure == "gap" else "net budget over the cash limit"
    moved = {year: gap.new[year] - pence for year, pence in gap.old.items()}
    differing = [year for year, pence in moved.items() if pence]
    if differing:
        *before, last = differing
        size = headline(moved[last], bridge.unit)
        larger = "larger" if moved[last] > 0 else "smaller"
        also = f"; that of {listed(before)} differs too" if before else ""
        yield f"The {named} of {last} is {size} {larger} in {new} than in {old}{also}."
    else:
        verb = "differs" if len(parts) == 1 else "differ"
        yield f"The {named} is the same in both plans, though its {listed(parts)} {verb}."
    if any(bridge.difference.get(year) != pence for year, pence in gap.net_budget.items()):
        yield GENERAL_ONLY


def _made_otherwise(gap: GapBridge) -> list[str]:
    """The parts of the gap that differ in any year."""
    parts = {
        "net budget": gap.net_budget,
        "funding": gap.funding,
        "planned use of reserves": gap.reserves,
    }
    return [part for part, by_year in parts.items() if any(by_year.values())]
