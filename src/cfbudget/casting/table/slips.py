"""The slips by which a printed figure goes wrong: a digit, two digits, a sign.

Such a slip leaves most of the figure as it was, so that a figure that is one slip away from what
it should be says nearly as much for a relation as one that agrees.
"""

from typing import Literal

Slip = Literal[
    "one digit differs",
    "two digits are exchanged",
    "a digit is missing",
    "a digit is too many",
    "the sign is the other",
    "it has a point where a comma should be",
]


def slip_between(stated: int, wanted: int) -> Slip | None:
    """The one slip that makes the stated figure of the wanted one; None if it takes more."""
    if stated == -wanted:
        return "the sign is the other"
    if (stated < 0) != (wanted < 0):
        return None
    if stated * 1000 == wanted:
        return "it has a point where a comma should be"
    here, there = str(abs(stated)), str(abs(wanted))
    if len(here) == len(there):
        return _same_length(here, there)
    if len(here) + 1 == len(there):
        return "a digit is missing" if _one_less(here, there) else None
    if len(there) + 1 == len(here):
        return "a digit is too many" if _one_less(there, here) else None
    return None


def _same_length(here: str, there: str) -> Slip | None:
    differ = [at for at, pair in enumerate(zip(here, there, strict=True)) if pair[0] != pair[1]]
    if len(differ) == 1:
        return "one digit differs"
    if len(differ) == 2 and differ[1] == differ[0] + 1:
        first, second = differ
        if here[first] == there[second] and here[second] == there[first]:
            return "two digits are exchanged"
    return None


def _one_less(short: str, long: str) -> bool:
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def is_near(stated: int, wanted: int, tolerance: int, step: int = 1) -> bool:
    """Whether a figure of at least four digits is one slip from the wanted one, or differs from
    it by one digit in a place that rounding does not reach.

    Args:
        tolerance: twice the difference that rounding explains.
        step: the printed unit, in which rounding moves the wanted figure.
    """
    if max(abs(stated), abs(wanted)) < 300 * max(1, tolerance):
        return False
    reach = min(3, tolerance // (2 * max(1, step)))
    if any(slip_between(stated, wanted + by * step) for by in range(-reach, reach + 1)):
        return True
    off, place = abs(stated - wanted), 1
    while place * 10 <= off:
        place *= 10
    if place <= 2 * tolerance:
        return False
    rest = off % place
    return 2 * min(rest, place - rest) <= tolerance
