"""The bridge from budget to budget in words, of two plans that have no year in common."""

from collections.abc import Iterator

from cfbudget.calculate.bridge_lines import Bridge
from cfbudget.grammar import listed
from cfbudget.money import headline


def budget_facts(bridge: Bridge) -> Iterator[str]:
    """What the two ends are, and which options are between them.

    Args:
        bridge: one from budget to budget.
    """
    then, now = _years(bridge)
    yield (
        f"No year is in both plans: this is from the {then} budget of the old one to the {now} "
        "budget of the new one, as they stand; no other year is compared."
    )
    if bridge.between:
        yield (
            f"Listed options: what those of the new plan change in {listed(bridge.between)}, "
            "which its budget contains; what they do not explain is in other movements."
        )
    else:
        yield "The new budget contains no listed options of years after the old one."


def budget_moved(bridge: Bridge, old: str, new: str) -> str:
    """By how much the new budget is higher or lower."""
    then, now = _years(bridge)
    pence = sum(bridge.difference.values())
    if not pence:
        return f"The {now} budget of {new} is the same as the {then} budget of {old}."
    word = "higher" if pence > 0 else "lower"
    size = headline(pence, bridge.unit)
    return f"The {now} budget of {new} is {size} {word} than the {then} budget of {old}."


def _years(bridge: Bridge) -> tuple[str, str]:
    assert bridge.budgets is not None, "its ends are budgets"
    then, now = (budget.financial_year.year for budget in bridge.budgets)
    return str(then), str(now)
