"""Payback as a page: a section for each pair, and one for the invest to save that fund nothing."""

from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.calculate.payback import Payback, PaybackLine
from cfbudget.calculate.present_value import Rate, net_present_benefit
from cfbudget.calculate.printed import printed_step
from cfbudget.money import FINEST_OF_MILLIONS, MILLIONS, Unit, alike, places_of, printed, rounded
from cfbudget.plan.files import PolicyOptions
from cfbudget.plan.plan import Plan
from cfbudget.tables.payback_outcome import outcome, taken_back_later
from cfbudget.tables.wording import CHANGE_SIGN, source_line, titled

CAPTION = "Cumulative change, against the opening (the budget before the plan)"
ANNUAL = "Annual net cost"
TO_DATE = "Total to date, against the opening"
MEANING = (
    "Each pair: an invest to save with the savings it funds. Investments that fund the same "
    "saving stand together, so that nothing is counted twice.",
    f"{ANNUAL}: the cumulative change of the pair in that year, against the opening; in brackets "
    "it is a net saving.",
    "Total to date: the annual net costs so far, added up. It is money over the years, never a "
    "budget level.",
    "Breaks even: the first year from which the annual net cost is nil or less to the end of the "
    "plan. Pays back: the same of the total to date.",
)
ONE_OFF = "One-off: its reversal is in its cumulative change from the year after."
BENEFIT = (
    "Net present benefit: the annual net costs, not the changes, discounted, with the sign turned: "
    "a benefit is plus; a cost is minus, in brackets."
)
NOT_IN_IT = (
    "Revenue lines of this plan only; capital, and spending and savings before the plan, are not "
    "in it."
)
NONE = "The plan has no invest to save."


class Shown(NamedTuple):
    """What of a plan's payback is asked for, and the rate, if one is given."""

    plan: Plan
    options: PolicyOptions
    pairs: tuple[Payback, ...]
    orphans: tuple[PaybackLine, ...]
    rate: Rate | None = None

    @property
    def horizon(self) -> str:
        """The years that are in the figures: 2024-25 to 2027-28."""
        first, last = self.plan.years[0], self.plan.years[-1]
        return str(first) if first == last else f"{first} to {last}"


class Line(NamedTuple):
    """A label, and pence in every year of the plan."""

    label: str
    pence: tuple[int, ...]


class Section(NamedTuple):
    """Options under a heading, what they come to, and what that means in whole sentences."""

    heading: str
    lines: tuple[Line, ...]
    results: tuple[Line, ...]
    sentences: tuple[str, ...]


class PaybackPage(NamedTuple):
    """What every renderer of words and grids walks."""

    title: str
    facts: tuple[str, ...]
    unit: Unit
    places: int
    years: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]


def payback_page(shown: Shown) -> PaybackPage:
    plan, options = shown.plan, shown.options
    # All that the options print, so that what is shown adds up.
    places = places_of(printed_step(options), options.unit)
    return PaybackPage(
        title=titled(plan.name, f"payback of invest to save, {shown.horizon}", options.name),
        facts=(f"{options.unit.name}; {CHANGE_SIGN}.", *_facts(shown)),
        unit=options.unit,
        places=places,
        years=tuple(map(str, plan.years)),
        sections=(*(_pair(shown, pair, places) for pair in shown.pairs), *_orphans(shown)),
        closing=closing(shown),
    )


def closing(shown: Shown) -> tuple[str, ...]:
    """What is said whatever the format."""
    none = () if shown.pairs or shown.orphans else (NONE,)
    return (*none, NOT_IN_IT)


def rate_line(shown: Shown) -> tuple[str, ...]:
    """The conditions under which a net present benefit holds."""
    if shown.rate is None or not shown.pairs:
        return ()
    count = len(shown.plan.years)
    return (
        f"Rate: {shown.rate.text} a year; horizon: {shown.horizon}, "
        f"{count} year{'s' if count != 1 else ''}, the first undiscounted; as if in real terms: "
        "the plan's figures are discounted as they stand, with no adjustment for inflation.",
    )


def label_of(line: PaybackLine) -> str:
    option = line.option
    return option.name if option.recurs else f"{option.name} (one-off)"


def _facts(shown: Shown) -> Iterator[str]:
    if shown.pairs:
        yield from MEANING
    lines = [*(line for pair in shown.pairs for line in pair.lines), *shown.orphans]
    if any(not line.option.recurs for line in lines):
        yield ONE_OFF
    if shown.rate and shown.pairs:
        yield BENEFIT
        yield from rate_line(shown)
    yield from source_line(shown.options.source)


def _pair(shown: Shown, pair: Payback, places: int) -> Section:
    # An investment and its saving often bear the same name.
    said = {"investment": "Investment", "saving": "Saving"}
    options = (_line(line, f"{said[line.option.kind]}: {label_of(line)}") for line in pair.lines)
    results = (
        Line(ANNUAL, tuple(pair.annual_net_cost.values())),
        Line(TO_DATE, tuple(pair.total_to_date.values())),
    )
    later = taken_back_later(pair.lines, shown.plan.years[-1])
    sentences = (outcome(pair), *later, *_benefit(shown, pair, places))
    return Section(pair.name, tuple(options), results, sentences)


def _benefit(shown: Shown, pair: Payback, places: int) -> tuple[str, ...]:
    """The net present benefit, where a rate is given."""
    if shown.rate is None:
        return ()
    pence = net_present_benefit(pair.annual_net_cost.values(), shown.rate)
    unit = shown.options.unit
    return (f"{benefit_terms(shown, shown.rate)}, in {unit.name}: {_amount(pence, unit, places)}.",)


def benefit_terms(shown: Shown, rate: Rate) -> str:
    """What a net present benefit is nothing without: the rate, the horizon, and its prices."""
    return f"Net present benefit at {rate.text}, {shown.horizon}, as if in real terms"


def _amount(pence: int, unit: Unit, places: int) -> str:
    """The benefit in a sentence; one too small for the shown places is shown to the penny."""
    shown = min(places, FINEST_OF_MILLIONS) if unit is MILLIONS else places
    fits = rounded(pence, unit, shown) != 0
    text = printed(pence, unit, shown) if fits else alike(unit, pence)[0]
    return f"{text}, a net cost" if pence < 0 else text


def _orphans(shown: Shown) -> Iterator[Section]:
    if shown.orphans:
        lines = tuple(_line(line, label_of(line)) for line in shown.orphans)
        sentence = (
            "It names no saving that it funds, so its payback cannot be told."
            if len(lines) == 1
            else "They name no saving that they fund, so their payback cannot be told."
        )
        later = taken_back_later(shown.orphans, shown.plan.years[-1])
        yield Section("Orphans: invest to save that funds nothing", lines, (), (sentence, *later))


def _line(line: PaybackLine, label: str) -> Line:
    return Line(label, tuple(line.cumulative_change.values()))
