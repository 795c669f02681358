"""What one row stands for that many plain lines of a long plan were added up to."""

from array import array
from collections.abc import Mapping
from typing import Annotated, NamedTuple

from pydantic import ValidationInfo

from cfbudget.plan.values import Figure
from cfbudget.plan.written_field import Written
from cfbudget.years import FinancialYear

CONDENSED = "\0condensed"
"""The key of such a row's lines, which no file can hold."""


class CondensedLines(NamedTuple):
    """The lines behind a row, of one service, kind and status, each held to every rule alone."""

    number: int
    """How many they are."""
    agreeing: int
    """How many of them state a total, which agrees to the penny."""
    changing: Mapping[FinancialYear | None, int]
    """How many change something in a year and, under None, over all years."""
    sizes: "array[int]"
    """Of each line that changes anything, how large its largest change is, in pence."""
    largest: Figure | None
    """The largest change of them all."""
    most: int
    """The most that one of them comes to over the years, in pence, without its sign."""


def _as_it_is(value: CondensedLines | None, info: ValidationInfo) -> CondensedLines | None:
    return value


CondensedField = Annotated[CondensedLines | None, Written(_as_it_is, schema=None)]
