"""Shares such as 60% or 2.5%: exact, and rounded only when an amount is at last needed."""

import re
from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import NamedTuple

from cfbudget.money import nearest
from cfbudget.problem import Refusal, clipped

Exact = int | Fraction
"""Pence, perhaps with a part of a penny while several shares are taken one of the other."""

WRITTEN = re.compile(r"(?P<sign>[-+−–])?(?P<whole>\d{1,9})(?:\.(?P<part>\d{1,6}))?\s*%", re.ASCII)
LARGEST = 1000


class Share(NamedTuple):
    """A share, as a fraction of whole numbers."""

    numerator: int
    denominator: int

    def of(self, amount: Exact) -> Exact:
        """That share of an amount, exactly."""
        product = amount * self.numerator
        if isinstance(product, int) and product % self.denominator == 0:
            return product // self.denominator
        return Fraction(product) / self.denominator

    def __str__(self) -> str:
        # What is written has six places at most, so that this is exact.
        whole, millionths = divmod(abs(self.numerator) * 10**8 // self.denominator, 10**6)
        sign = "-" if self.numerator < 0 else ""
        part = f".{millionths:06d}".rstrip("0").rstrip(".")
        return f"{sign}{whole}{part}%"


def to_the_penny(amount: Exact) -> int:
    """An exact amount in whole pence, rounded half away from zero."""
    return nearest(amount.numerator, amount.denominator)


def whole_pennies(amounts: Mapping[str, Exact]) -> dict[str, int]:
    """Exact amounts in whole pence that come to what they are together, to the penny.

    Each is rounded down; the odd pennies go to those that lost most, the first of equals first.
    """
    found = {name: floor(amount) for name, amount in amounts.items()}
    odd = to_the_penny(sum(amounts.values(), Fraction(0))) - sum(found.values())
    lost = sorted(amounts, key=lambda name: found[name] - amounts[name])
    for name in lost[:odd]:
        found[name] += 1
    return found


def _with_sign(written: str) -> str:
    """What to type: 0.6 may be meant as 60%."""
    parts = Fraction(written) * 100
    if parts <= 100 and parts.denominator == 1:
        return f"write {parts}%, or {written}% if that is meant"
    return f"write {written}%"


def is_share(text: str) -> bool:
    """Whether a written value is a share or a rate, and no amount."""
    return WRITTEN.fullmatch(text.strip()) is not None


def parse_share(text: str) -> Share | Refusal:
    """A share as it is written: 60%, 2.5%, -1%."""
    written = text.strip()
    match = WRITTEN.fullmatch(written)
    if match is None:
        if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", written, re.ASCII):
            return Refusal(f"{clipped(written)!r} has no % sign", _with_sign(written))
        return Refusal(f"{clipped(written)!r} is not a share", "write a share like 60% or 2.5%")
    part = match["part"] or ""
    scale = 100 * 10 ** len(part)
    numerator = int(match["whole"] + part)
    if numerator > LARGEST * scale // 100:
        return Refusal(f"{written!r} is over {LARGEST}%", "check the figure")
    found = Fraction(-numerator if match["sign"] in ("-", "−", "–") else numerator, scale)
    return Share(found.numerator, found.denominator)
