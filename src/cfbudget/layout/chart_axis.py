"""Where the axis of a chart begins, so that small steps between large amounts can be seen."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from cfbudget.money import Unit, printed


class ChartAxis(NamedTuple):
    """Where an axis begins, in its unit, and the words to say of it; None and none for nil."""

    minimum: Decimal | None
    words: str


def axis_of(amounts: Sequence[int], unit: Unit) -> ChartAxis:
    """The axis of some amounts, in pence."""
    start = _start(amounts)
    if not start:
        return ChartAxis(None, "")
    return ChartAxis(start / unit.pence, f"; the axis begins at {printed(int(start), unit, 0)}")


def _start(amounts: Sequence[int]) -> Decimal | None:
    low, high = Decimal(min(amounts)), Decimal(max(amounts))
    if low < 0 or high == low or low < high / 2:
        return None
    step = Decimal(1).scaleb((high - low).adjusted())
    start = ((low - (high - low) / 2) / step).to_integral_value(ROUND_FLOOR) * step
    return max(start, Decimal(0)) or None
