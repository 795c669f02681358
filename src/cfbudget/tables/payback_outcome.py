"""What comes of an invest to save, in whole sentences."""

from collections.abc import Iterable

from cfbudget.calculate.payback import Payback, PaybackLine
from cfbudget.years import FinancialYear

NOT_WITHIN = "not within the plan"


def outcome(pair: Payback) -> str:
    """When the pair breaks even and pays back."""
    even, back = pair.breaks_even, pair.pays_back
    if pair.changes_nothing:
        return "Nothing changes: every figure is nil, so nothing breaks even and nothing pays back."
    if pair.is_ahead_from_the_first_year:
        return _ahead(pair)
    if even == back:
        return f"Breaks even and pays back{_when(even)}."
    if back is not None and (even is None or back < even):
        return f"Breaks even{_when(even)}; pays back{_when(back)}. {_costs_later(pair, back)}"
    if back is None:
        return f"Breaks even{_when(even)}; pays back{_when(back)}."
    return f"Breaks even{_when(even)} and pays back{_when(back)}."


def taken_back_later(lines: Iterable[PaybackLine], last: FinancialYear) -> tuple[str, ...]:
    """One-offs of the last year: the figures hold what the year after takes back."""
    names = [
        line.option.name
        for line in lines
        if not line.option.recurs
        and last in line.option.changes
        and line.option.changes[last].pence
    ]
    if not names:
        return ()
    return (f"Taken back in {last.next()}, after the plan: {', '.join(names)} (one-off).",)


def _when(year: FinancialYear | None) -> str:
    return f" in {year}" if year else f": {NOT_WITHIN}"


def _ahead(pair: Payback) -> str:
    """A pair without a year of net cost had nothing to pay back: no period is claimed."""
    first, *_ = pair.annual_net_cost
    ahead = [year for year, pence in pair.total_to_date.items() if pence]
    if not ahead:
        return "No year has a net cost or a net saving, so there is nothing to pay back."
    nothing = "no year has a net cost, so there is nothing to pay back"
    if ahead[0] != first:
        return f"Nil at first, and ahead from {ahead[0]}: {nothing}."
    return f"Ahead from the first year, {first}: {nothing}."


def _costs_later(pair: Payback, back: FinancialYear) -> str:
    """Savings that come early pay back before costs that follow them: it may not last."""
    dear = [str(y) for y, pence in pair.annual_net_cost.items() if y > back and pence > 0]
    return f"After that it has a net cost, in {', '.join(dear)}, which adds to the total to date."
