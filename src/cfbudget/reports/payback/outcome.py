"""What comes of an invest to save, in whole sentences."""

from collections.abc import Iterable

from cfbudget.calculate.payback import Payback, PaybackLine
from cfbudget.money import Unit, exactly
from cfbudget.plan.kinds import words
from cfbudget.scenario.changes.working_copy import Beyond
from cfbudget.years import FinancialYear

NOT_WITHIN = "not within the plan"


def outcome(pair: Payback) -> str:
    """When the pair breaks even and pays back."""
    even, back = pair.breaks_even, pair.pays_back
    if pair.changes_nothing:
        return "Nothing changes: every figure is nil, so nothing breaks even and nothing pays back."
    if not pair.savings:
        return f"It names no saving that it funds. Breaks even and pays back: {NOT_WITHIN}."
    if pair.cannot_be_told:
        return (
            "No year of the plan has a net cost. Whether there was something to pay back before it "
            "cannot be told."
        )
    if pair.is_ahead_from_the_first_year:
        return _ahead(pair)
    if even == back:
        return f"Breaks even and pays back{_when(even)}."
    if back is not None and (even is None or back < even):
        return f"Breaks even{_when(even)}; pays back{_when(back)}. {_costs_later(pair, back)}"
    if back is None:
        return f"Breaks even{_when(even)}; pays back{_when(back)}."
    return f"Breaks even{_when(even)} and pays back{_when(back)}."


def incomplete(pair: Payback) -> tuple[str, ...]:
    """What of the pair may stand before the plan: neither spending nor savings of it are here."""
    first, *_ = pair.annual_net_cost
    reasons = (
        (
            f"previously approved, so it may have begun before {first}",
            [line for line in pair.lines if line.is_approved_before],
        ),
        (
            f"it takes back more than it brings, so it began before {first} or a sign is wrong",
            [line for line in pair.lines if line.takes_back_more and not line.is_approved_before],
        ),
    )
    return tuple(
        f"Incomplete: {why}. What was spent or saved then is not in these figures"
        f"{_which(lines, pair)}."
        for why, lines in reasons
        if lines
    )


def _which(lines: list[PaybackLine], pair: Payback) -> str:
    """Which of a pair's lines are meant, unless all are; both often bear the same name."""
    if len(lines) == len(pair.lines):
        return ""
    return f": {', '.join(f'{line.option.name} ({words(line.option.kind)})' for line in lines)}"


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


def said_beyond(moved: Beyond, unit: Unit) -> str:
    """What a scenario moves past the plan's last year: it is in no figure, and not lost."""
    name = moved.name if moved.recurs else f"{moved.name} (one-off)"
    return (
        f"Beyond the plan: {name}, {exactly(moved.pence, unit)} in {moved.year}, in {unit.name}; "
        "it is in no figure here."
    )
