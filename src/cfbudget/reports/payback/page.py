"""Payback as a page: a section for each pair, each orphan, and each pair that is not marked."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cfbudget.calculate.payback import Payback, PaybackLine
from cfbudget.calculate.present_value import Rate, net_present_benefit
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.grammar import counted
from cfbudget.layout.grid import Grid, GridRow, ShownFigure
from cfbudget.layout.page import Block, Caption, Facts, Heading, Page, Sentences, Title, page
from cfbudget.money import (
    FINEST_OF_MILLIONS,
    MILLIONS,
    Unit,
    alike,
    places_of,
    plain,
    printed,
    rounded,
)
from cfbudget.plan.files import PolicyOptions
from cfbudget.plan.kinds import heading
from cfbudget.plan.plan import Plan
from cfbudget.reports.payback.outcome import incomplete, outcome, said_beyond, taken_back_later
from cfbudget.scenario.changes.working_copy import Beyond
from cfbudget.tables.standing_sentences import CHANGE_SIGN, source_line, titled

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
WITH_SCENARIO = "All figures are with {}; the plan itself is as it is."
ROUNDED = (
    "Figures are rounded to {} places in {}, each from its exact value: shown ones need not add up."
)
MOST_PLACES = 3
NONE = "The plan has no invest to save."


class PaybackShown(NamedTuple):
    """What of a plan's payback is asked for, and the rate, if one is given."""

    plan: Plan
    options: PolicyOptions
    pairs: tuple[Payback, ...]
    orphans: tuple[Payback, ...]
    rate: Rate | None = None
    unmarked: tuple[tuple[PaybackLine, PaybackLine], ...] = ()
    """Investments and savings of one name that are not marked as invest to save."""
    scenario: str = ""
    """What the scenario is called with which all this is, if it is with one."""
    beyond: tuple[Beyond, ...] = ()
    """What the scenario moves past the plan."""

    @property
    def costed(self) -> tuple[Payback, ...]:
        """All that has an annual net cost: the pairs, then the orphans."""
        return (*self.pairs, *self.orphans)

    @property
    def lines(self) -> tuple[PaybackLine, ...]:
        """Every option that is shown."""
        of_unmarked = (line for both in self.unmarked for line in both)
        return (*(line for one in self.costed for line in one.lines), *of_unmarked)

    @property
    def horizon(self) -> str:
        """The years that are in the figures: 2024-25 to 2027-28."""
        first, last = self.plan.years[0], self.plan.years[-1]
        return str(first) if first == last else f"{first} to {last}"


class SectionLine(NamedTuple):
    """A label, and pence in every year of the plan."""

    label: str
    pence: tuple[int, ...]


class Section(NamedTuple):
    """Options under a heading, what they come to, and what that means in whole sentences."""

    heading: str
    lines: tuple[SectionLine, ...]
    results: tuple[SectionLine, ...]
    sentences: tuple[str, ...]


def payback_page(shown: PaybackShown) -> Page:
    unit, (places, needed) = shown.options.unit, places_shown(shown)
    rounded_to = (ROUNDED.format(places, unit.name),) if needed > places else ()
    return page(
        (
            Title(title(shown)),
            Facts((f"{unit.name}; {CHANGE_SIGN}.", *rounded_to, *meaning(shown))),
            *(block for section in sections(shown) for block in _blocks(shown, section, places)),
            Sentences(closing(shown)),
        )
    )


def sections(shown: PaybackShown) -> tuple[Section, ...]:
    """What is shown of each pair and orphan, and of what is not marked."""
    places, _ = places_shown(shown)
    return (*(_section(shown, one, places) for one in shown.costed), *_unmarked(shown))


def places_shown(shown: PaybackShown) -> tuple[int, int]:
    """How many places figures have, and how many would show all of them exactly.

    All that the options print, and what a scenario's shares need, so that what is shown adds up.
    """
    printed_places = places_of(printed_step(shown.options), shown.options.unit)
    needed = max((_places_needed(shown, line) for line in shown.lines), default=0)
    return max(printed_places, min(needed, MOST_PLACES)), needed


def _blocks(shown: PaybackShown, section: Section, places: int) -> Iterator[Block]:
    yield Heading(section.heading)
    yield Caption(CAPTION)
    yield _grid(shown, section, places)
    yield Sentences(section.sentences)


def _grid(shown: PaybackShown, section: Section, places: int) -> Grid:
    """The section's figures as the plan prints its options, a column for each year."""

    def cells(line: SectionLine) -> list[ShownFigure]:
        return [ShownFigure(pence, shown.options.unit, places) for pence in line.pence]

    rows = [GridRow(line.label, cells(line)) for line in section.lines]
    for at, line in enumerate(section.results):
        rows.append(GridRow(line.label, cells(line), "bold", apart=at == 0))
    return Grid((shown.options.unit.name, *map(str, shown.plan.years)), rows)


def _places_needed(shown: PaybackShown, line: PaybackLine) -> int:
    """How many places show every figure of a line exactly."""
    figures = (plain(pence, shown.options.unit) for pence in line.cumulative_change.values())
    return max(len(figure.partition(".")[2]) for figure in figures)


def title(shown: PaybackShown) -> str:
    own = titled(shown.plan.name, f"payback of invest to save, {shown.horizon}", shown.options.name)
    return f"{own}, with {shown.scenario}" if shown.scenario else own


def closing(shown: PaybackShown) -> tuple[str, ...]:
    """What is said whatever the format."""
    none = () if shown.lines else (NONE,)
    trial = (WITH_SCENARIO.format(shown.scenario),) if shown.scenario else ()
    return (*trial, *none, NOT_IN_IT)


def rate_line(shown: PaybackShown) -> tuple[str, ...]:
    """The conditions under which a net present benefit holds."""
    if shown.rate is None or not shown.costed:
        return ()
    count = len(shown.plan.years)
    return (
        f"Rate: {shown.rate.text} a year; horizon: {shown.horizon}, "
        f"{counted(count, 'year')}, the first undiscounted; as if in real terms: "
        "the plan's figures are discounted as they stand, with no adjustment for inflation.",
    )


def label_of(line: PaybackLine) -> str:
    option = line.option
    return option.name if option.recurs else f"{option.name} (one-off)"


def meaning(shown: PaybackShown) -> Iterator[str]:
    if shown.costed:
        yield from MEANING
    if any(not line.option.recurs for line in shown.lines):
        yield ONE_OFF
    if shown.rate and shown.costed:
        yield BENEFIT
        yield from rate_line(shown)
    yield from source_line(shown.options.source)


def _section(shown: PaybackShown, pair: Payback, places: int) -> Section:
    results = (
        SectionLine(ANNUAL, tuple(pair.annual_net_cost.values())),
        SectionLine(TO_DATE, tuple(pair.total_to_date.values())),
    )
    later = taken_back_later(pair.lines, shown.plan.years[-1])
    past = (said_beyond(option, shown.options.unit) for option in _beyond(shown, pair.lines))
    said = (outcome(pair), *incomplete(pair), *later, *past, *_benefit(shown, pair, places))
    name = pair.name if pair.savings else f"Orphan: {pair.name}"
    return Section(name, _lines(pair.lines), results, said)


def _benefit(shown: PaybackShown, pair: Payback, places: int) -> tuple[str, ...]:
    """The net present benefit, where a rate is given."""
    if shown.rate is None:
        return ()
    pence = net_present_benefit(pair.annual_net_cost.values(), shown.rate)
    unit = shown.options.unit
    return (f"{benefit_terms(shown, shown.rate)}, in {unit.name}: {_amount(pence, unit, places)}.",)


def benefit_terms(shown: PaybackShown, rate: Rate) -> str:
    """What a net present benefit is nothing without: the rate, the horizon, and its prices."""
    return f"Net present benefit at {rate.text}, {shown.horizon}, as if in real terms"


def _amount(pence: int, unit: Unit, places: int) -> str:
    """The benefit in a sentence; one too small for the shown places is shown to the penny."""
    shown = min(places, FINEST_OF_MILLIONS) if unit is MILLIONS else places
    fits = rounded(pence, unit, shown) != 0
    text = printed(pence, unit, shown) if fits else alike(unit, pence)[0]
    return f"{text}, a net cost" if pence < 0 else text


def _unmarked(shown: PaybackShown) -> Iterator[Section]:
    """What may belong together: its figures, and what to write where it does."""
    for investment, saving in shown.unmarked:
        both = (investment, saving)
        said = (
            f"One name, not marked as invest to save: where the one pays for the other, add funds: "
            f"[{saving.option.id}] to {investment.option.id}.",
            *taken_back_later(both, shown.plan.years[-1]),
            *(said_beyond(option, shown.options.unit) for option in _beyond(shown, both)),
        )
        name = f"Not marked as invest to save: {investment.option.name}"
        yield Section(name, _lines(both), (), said)


def _beyond(shown: PaybackShown, lines: Iterable[PaybackLine]) -> Iterator[Beyond]:
    ids = {line.option.id for line in lines}
    return (one for one in shown.beyond if one.option in ids)


def _lines(lines: Iterable[PaybackLine]) -> tuple[SectionLine, ...]:
    """The cumulative changes; an investment and its saving often bear the same name."""
    return tuple(
        SectionLine(
            f"{heading(line.option.kind)}: {label_of(line)}", tuple(line.cumulative_change.values())
        )
        for line in lines
    )
