"""What a table leaves out because it is not known yet (tbc), in words."""

from collections.abc import Iterable, Iterator

from cfbudget.calculate.not_known import NotKnown, unknown_of
from cfbudget.calculate.payback import PaybackLine
from cfbudget.grammar import counted, listed
from cfbudget.plan.values import TBC
from cfbudget.years import FinancialYear

MOST = 6
"""How many lines a sentence names; of more it says how many others there are."""


def lines_not_known(there: Iterable[NotKnown]) -> str:
    """How many lines, and which: 2 lines not yet known (tbc): Fees 2025-26; Rents 2026-27."""
    years: dict[str, list[FinancialYear]] = {}
    names: dict[str, str] = {}
    for one in there:
        years.setdefault(one.row, []).append(one.year)
        names[one.row] = one.name
    named = [f"{names[row]} {listed(of_row)}" for row, of_row in years.items()]
    if len(named) > MOST:
        named = [*named[: MOST - 1], f"and {len(named) - MOST + 1} more"]
    return f"{counted(len(years), 'line')} not yet known ({TBC}): {'; '.join(named)}"


def left_out_note(there: Iterable[NotKnown]) -> Iterator[str]:
    """What totals lack."""
    if lines := tuple(there):
        yield f"The totals exclude {lines_not_known(lines)}."


def outcome_excludes(lines: Iterable[PaybackLine]) -> Iterator[str]:
    """Changes that are not known yet: what breaks even or pays back may be otherwise with them."""
    options = {line.option.id: line.option for line in lines}
    if there := [one for option in options.values() for one in unknown_of(option)]:
        yield f"Excludes {lines_not_known(there)}. With it the outcome may be another."
