"""A discount rate as it is typed: 3.5%. There is no default one."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from fractions import Fraction

    from cfbudget.calculate.present_value import Rate

NUMBER = re.compile(r"(?P<sign>[-+−–]?)(?P<size>(?:0|[1-9]\d*)(?:\.\d+)?)", re.ASCII)
LONGEST = 20


def parse_rate(given: str) -> "Rate":
    """The rate, exactly.

    Raises:
        typer.BadParameter: it is no rate from 0% to 100%; this ends the command with 2.
    """
    from fractions import Fraction

    from cfbudget.calculate.present_value import Rate
    from cfbudget.problem import clipped

    written = given.strip()
    number = written.removesuffix("%").rstrip()
    match = NUMBER.fullmatch(number)
    if match is None or len(number) > LONGEST:
        raise _refused(f"{clipped(given)!r} is not a rate: write it like 3.5%")
    rate = Fraction(match["size"]) / 100
    if number == written:
        as_share = f"{written}% if it is a rate per cent"
        if 0 < rate * 100 < 1 and not match["sign"]:
            as_share = f"{_shown(rate * 10_000)}%, or {as_share}"
        raise _refused(f"{given!r} has no % sign: write {as_share}")
    if match["sign"] not in ("", "+") and rate:
        raise _refused(f"{given!r} is below nil: write a rate from 0% to 100%")
    if rate > 1:
        raise _refused(f"{given!r} is over 100%: write a rate from 0% to 100%")
    return Rate(f"{match['size']}%", rate)


def _refused(message: str) -> typer.BadParameter:
    return typer.BadParameter(message, param_hint="'--rate'")


def _shown(rate: "Fraction") -> str:
    """A rate per cent as a plain decimal: 3.5."""
    return f"{Decimal(rate.numerator) / rate.denominator:f}"
