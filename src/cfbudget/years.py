"""Financial years: 1 April to 31 March, written 2024-25."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from cfbudget.problem import Refusal, clipped

# 2024-25, 2024/25, 24-25, 24/25 and 2024-2025; the dash may be the printed en dash.
WRITTEN = re.compile(r"(\d{4}|\d{2})[-/–](\d{4}|\d{2})", re.ASCII)
CENTURY = 2000
EARLIEST, LATEST = 1900, 2199


class FinancialYear(NamedTuple):
    """The year from 1 April of `start` to 31 March of the next."""

    start: int

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    def next(self) -> "FinancialYear":
        return FinancialYear(self.start + 1)


@lru_cache(maxsize=1024)  # a plan writes few years, each many times
def parse_year(text: str) -> FinancialYear | Refusal:
    """A year as a plan writes it; anything that is not two following years is refused."""
    match = WRITTEN.fullmatch(text.strip())
    if match is None:
        return Refusal(f"{clipped(text)!r} is not a financial year", _year_hint(text))
    first, second = match.groups()
    start = int(first) if len(first) == 4 else CENTURY + int(first)
    if int(second) % 100 != (start + 1) % 100 or (len(second) == 4 and int(second) != start + 1):
        return Refusal(
            f"{text!r} is not one financial year: {second} does not follow {first}",
            f"write {FinancialYear(start)}",
        )
    if not EARLIEST <= start <= LATEST:
        return Refusal(f"{text!r} is not a year of any plan", "write a year like 2024-25")
    return FinancialYear(start)


def _year_hint(text: str) -> str:
    if re.fullmatch(r"(19|20)\d\d", text.strip()):
        start = int(text)
        return f"write {FinancialYear(start)} or {FinancialYear(start - 1)}: a year has two parts"
    year, colon, amount = text.partition(":")
    if colon and not isinstance(parse_year(year), Refusal):
        return f"put a space after the colon: {clipped(f'{year}: {amount.strip()}')}"
    return "write a year like 2024-25"


def is_unbroken(years: Iterable[FinancialYear]) -> bool:
    """Whether each year follows the one before it, in the order given."""
    return all(later == earlier.next() for earlier, later in pairwise(years))
