"""Slips of scale: a figure or a share that is far from what it replaces.

A figure typed in another unit than its table's is a thousand times too large or too small, and the
change that was meant seldom is to a tenth or to ten times: so a hundred times is far, either way.
What is tried every day (half, double, nil, a delay) is nowhere near it.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from cfbudget import rules
from cfbudget.money import Unit, plain, said
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem
from cfbudget.scenario.changes.operators import (
    Change,
    Deliver,
    RaiseTax,
    SetRates,
    Uplift,
    UpliftFunding,
    UpliftWhole,
)
from cfbudget.scenario.changes.replaced_figures import (
    New,
    Replaced,
    of_budgets,
    of_funding,
    of_options,
    of_schemes,
)
from cfbudget.shares import Share, to_the_penny

FAR = 100
MOST_DELIVERED = 2
"""Twice what is planned: more is seldom meant, and 750% most likely is 75%."""
MOST_UPLIFTED = 1
"""The whole of a budget on top of it, or less than nothing of it."""
MOST_RAISED = Fraction(1, 4)
"""A rise of council tax that has never been: most likely 4.99% without its full stop."""
LEAST_UPLIFTED = Fraction(1, 1000)
"""Less most likely is a share of one: 0.02 for 2%."""
LARGE_BESIDE_OTHERS = 10
"""How much larger than any option a new one must be to be far, where its service is small."""


def slips_of_scale(plan: Plan, changes: tuple[Change, ...]) -> Iterator[Problem]:
    """The changes that most likely are slips of scale."""
    for change in changes:
        match change.operation:
            case Deliver():
                yield from _delivered(change, change.operation.share)
            case Uplift() | UpliftWhole() | UpliftFunding():
                yield from _uplifted(change, change.operation.by)
            case SetRates(_, rates):
                shares = (Share(rate.numerator, rate.denominator) for rate in rates.values())
                far = (problem for share in shares for problem in _uplifted(change, share))
                yield from islice(far, 1)
            case RaiseTax():
                yield from _raised(change, change.operation.by)
    for figure in (
        *of_options(plan, changes),
        *of_schemes(plan, changes),
        *of_budgets(plan, changes),
        *of_funding(plan, changes),
    ):
        yield from _large(figure) if isinstance(figure, New) else _far(figure)


def is_far(new: int, old: int) -> bool:
    """Whether an amount is a hundred times another, or a hundredth of it. Nil is neither."""
    one, other = abs(new), abs(old)
    return bool(one and other) and max(one, other) >= FAR * min(one, other)


def meant(new: int, old: int, unit: Unit) -> str:
    """What to type: the amount in the table's unit, if another unit explains it."""
    up = abs(new) < abs(old)
    guesses = [to_the_penny(new * (n if up else Fraction(1, n))) for n in (1_000, 1_000_000)]
    for guess in guesses:
        if guess and not is_far(guess, old):
            return f"figures here are in {unit.name}: write {plain(guess, unit)} if that is meant"
    return f"figures here are in {unit.name}"


def times(new: int, old: int, unit: Unit) -> str:
    """How an amount comes of another that it is far from: (573) times 698, in £000."""
    is_more = abs(new) > abs(old)
    how_often = abs(new) // abs(old) if is_more else abs(old) // abs(new)
    how = "times" if is_more else "divided by"
    return f"{said(old, unit)} {how} {how_often:,}, in {unit.name}"


def _far(one: Replaced) -> Iterator[Problem]:
    """A figure that is far above all that were there, or far below all of them."""
    is_above = is_far(one.new, one.largest) and abs(one.new) > abs(one.largest)
    is_below = is_far(one.new, one.smallest) and abs(one.new) < abs(one.smallest)
    if is_above or is_below:
        old = one.largest if is_above else one.smallest
        message = f"{one.change.words}: {times(one.new, old, one.unit)}"
        hint = meant(one.new, old, one.unit)
        yield rules.OUT_OF_LINE.at(one.change.place, message, hint)


def _large(one: New) -> Iterator[Problem]:
    """A new option of more than its service spends, and far larger than any other."""
    others = LARGE_BESIDE_OTHERS * one.largest
    bound = max(one.spending, others) if one.spending else FAR * one.largest
    if bound and abs(one.new) > bound:
        beside = (
            f"beside a service that spends {said(one.spending, one.unit)}"
            if one.spending
            else f"beside options of {said(one.largest, one.unit)} at most"
        )
        message = f"{one.change.words}: {said(one.new, one.unit)} {beside}, in {one.unit.name}"
        hint = meant(one.new, one.largest or one.spending, one.unit)
        yield rules.OUT_OF_LINE.at(one.change.place, message, hint)


def _delivered(change: Change, written: Share) -> Iterator[Problem]:
    share = Fraction(*written)
    if share > MOST_DELIVERED:
        message = f"{change.words}: more than {MOST_DELIVERED:.0%} of what is planned"
        guess = share
        while guess > 1:
            guess /= 10
    elif 0 < share <= Fraction(1, FAR):
        message, guess = f"{change.words}: next to nothing", share * 100
    else:
        return
    yield rules.OUT_OF_LINE.at(change.place, message, f"write {_written(guess)} if that is meant")


def _uplifted(change: Change, written: Share) -> Iterator[Problem]:
    share = Fraction(*written)
    if abs(share) > MOST_UPLIFTED:
        message, guess = f"{change.words}: more than the whole of it", share / 100
    elif 0 < abs(share) < LEAST_UPLIFTED:
        message, guess = f"{change.words}: next to nothing", share * 100
    else:
        return
    yield rules.OUT_OF_LINE.at(change.place, message, f"write {_written(guess)} if that is meant")


def _raised(change: Change, written: Share) -> Iterator[Problem]:
    """A rise of council tax that no council may make without a vote of its residents."""
    share = abs(Fraction(*written))
    if share > MOST_RAISED:
        message = f"{change.words}: more than {_written(MOST_RAISED)} of a year's council tax"
        guess = share
        while guess > MOST_RAISED:
            guess /= 10
        hint = f"write {_written(guess)} if that is meant"
        yield rules.OUT_OF_LINE.at(change.place, message, hint)


def _written(share: Fraction) -> Share:
    return Share(share.numerator, share.denominator)
