"""Work counted in calls: what a clock would tell only on a quiet machine."""

import sys
from collections.abc import Callable
from types import FrameType


def calls(of: Callable[[], object]) -> int:
    """How many functions, generators' steps and built-ins are called while `of` runs."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        of()
    finally:
        sys.setprofile(before)
    return count


def growth(of: Callable[[int], Callable[[], object]], size: int) -> float:
    """How many times the work is where there is four times as much of it: 4 where it is linear.

    Args:
        of: what is to be done for so many things; what it needs is made before the count.
    """
    for prepared in (of(2), of(2)):  # what is imported or kept is so before the count
        prepared()
    return calls(of(4 * size)) / calls(of(size))
