"""What a trial does to full-time equivalents, in sentences: its pages show money first."""

from collections import Counter
from collections.abc import Iterator

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.option_fte import fte_amounts
from cfbudget.money import FTE, printed, signed
from cfbudget.scenario.changes.applied import Applied
from cfbudget.years import FinancialYear


def fte_words(applied: Applied) -> Iterator[str]:
    """How the plan's full-time equivalents differ by year, and what delays take past the plan."""
    was, now = fte_amounts(applied.baseline), fte_amounts(applied.plan)
    moves: dict[FinancialYear, int] = {}
    for year in applied.plan.years:
        key = Key(TOTAL, "fte", year)
        if moved := now.get(key, 0) - was.get(key, 0):
            moves[year] = moved
    if moves:
        last, key = applied.plan.years[-1], Key(TOTAL, "fte")
        listed = ", ".join(f"{_signed(moved)} in {year}" for year, moved in moves.items())
        before, after = (_shown(amounts.get(key, 0)) for amounts in (was, now))
        yield f"Full-time equivalents: {listed}; {after} by {last}, {before} in the baseline."
    beyond: Counter[FinancialYear] = Counter()
    for one in applied.fte_beyond:
        beyond[one.year] += one.pence
    if beyond:
        nets = ", ".join(f"{_shown(net)} in {year}" for year, net in beyond.items())
        yield f"Full-time equivalents beyond the plan, in none of its figures: net {nets}."


def _shown(hundredths: int) -> str:
    return printed(hundredths, FTE, FTE.places)


def _signed(hundredths: int) -> str:
    return signed(hundredths, FTE, FTE.places)
