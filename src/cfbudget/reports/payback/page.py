"""Payback as a page: a section for each pair, each orphan, and each pair that is not marked."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cfbudget.calculate.payback import Payback, PaybackLine
from cfbudget.calculate.present_value import net_present_benefit
from cfbudget.grammar import counted
from cfbudget.layout.page import Block, Caption, Facts, Heading, Page, Sentences, Title, page
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.table import Row, Table
from cfbudget.money import FINEST_OF_MILLIONS, MILLIONS, Unit, alike, printed, rounded
from cfbudget.reports.payback.outcome import (
    incomplete,
    outcome,
    said_beyond,
    taken_back_later,
)
from cfbudget.scenario.changes.working_copy import Beyond
from cfbudget.tables.not_known_words import outcome_excludes
from cfbudget.tables.payback import (
    ANNUAL,
    PaybackShown,
    benefit_terms,
    line_row,
    outcome_row,
    pair_rows,
    payback_table,
    said_row,
)
from cfbudget.tables.standing_sentences import CHANGE_SIGN, source_line, titled

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
TOLD_BEFORE = (
    "Revenue lines of this plan only; capital is not in it, nor what was spent and saved before "
    "the plan, but for what its options say they changed before."
)
WITH_SCENARIO = "All figures are with {}; the plan itself is as it is."
ROUNDED = (
    "Figures are rounded to {} places in {}, each from its exact value: shown ones need not add up."
)
NONE = "The plan has no invest to save."


class Section(NamedTuple):
    """Options under a heading, what they come to, and what that means in whole sentences."""

    heading: str
    rows: tuple[Row, ...]
    sentences: tuple[str, ...]


def payback_page(shown: PaybackShown) -> Page:
    table, (places, needed) = payback_table(shown), shown.places
    rounded_to = (ROUNDED.format(places, table.unit.name),) if needed > places else ()
    return page(
        (
            Title(title(shown)),
            Facts((f"{table.unit.name}; {CHANGE_SIGN}.", *rounded_to, *meaning(shown))),
            *(block for section in sections(shown) for block in _blocks(table, section)),
            *_outcomes(shown, table),
            Sentences(closing(shown)),
        )
    )


def sections(shown: PaybackShown) -> tuple[Section, ...]:
    """What is shown of each pair and orphan, and of what is not marked."""
    return (*(_section(shown, one) for one in shown.costed), *_unmarked(shown))


def _blocks(table: Table, section: Section) -> Iterator[Block]:
    years, *_ = table.panels
    yield Heading(section.heading)
    yield Caption(years.caption)
    yield panel_grid(table, years, section.rows)
    yield Sentences(section.sentences)


def _outcomes(shown: PaybackShown, table: Table) -> Iterator[Block]:
    """All pairs and orphans, one a line: what each comes to."""
    if shown.costed:
        _, outcomes, *_ = table.panels
        yield Heading(outcomes.caption)
        yield panel_grid(table, outcomes, [outcome_row(pair) for pair in shown.costed])


def title(shown: PaybackShown) -> str:
    own = titled(shown.plan.name, f"payback of invest to save, {shown.horizon}", shown.options.name)
    return f"{own}, with {shown.scenario}" if shown.scenario else own


def closing(shown: PaybackShown) -> tuple[str, ...]:
    """What is said whatever the format."""
    none = () if shown.lines else (NONE,)
    trial = (WITH_SCENARIO.format(shown.scenario),) if shown.scenario else ()
    not_in_it = NOT_IN_IT if shown.years == shown.plan.years else TOLD_BEFORE
    return (*trial, *none, *outcome_excludes(shown.lines), not_in_it)


def rate_line(shown: PaybackShown) -> tuple[str, ...]:
    """The conditions under which a net present benefit holds."""
    if shown.rate is None or not shown.costed:
        return ()
    count = len(shown.years)
    return (
        f"Rate: {shown.rate.text} a year; horizon: {shown.horizon}, "
        f"{counted(count, 'year')}, the first undiscounted; as if in real terms: "
        "the plan's figures are discounted as they stand, with no adjustment for inflation.",
    )


def meaning(shown: PaybackShown) -> Iterator[str]:
    if shown.costed:
        yield from MEANING
    if any(not line.option.recurs for line in shown.lines):
        yield ONE_OFF
    if shown.rate and shown.costed:
        yield BENEFIT
        yield from rate_line(shown)
    yield from source_line(shown.options.source)


def _section(shown: PaybackShown, pair: Payback) -> Section:
    later = taken_back_later(pair.lines, shown.plan.years[-1])
    past = (said_beyond(option, shown.options.unit) for option in _beyond(shown, pair.lines))
    unknown = outcome_excludes(pair.lines)
    said = (outcome(pair), *unknown, *incomplete(pair), *later, *past, *_benefit(shown, pair))
    name = pair.name if pair.savings else f"Orphan: {pair.name}"
    return Section(name, tuple(map(said_row, pair_rows(pair))), said)


def _benefit(shown: PaybackShown, pair: Payback) -> tuple[str, ...]:
    """The net present benefit, where a rate is given."""
    if shown.rate is None:
        return ()
    pence = net_present_benefit(pair.annual_net_cost.values(), shown.rate)
    unit = shown.options.unit
    amount = _amount(pence, unit, shown.places[0])
    return (f"{benefit_terms(shown, shown.rate)}, in {unit.name}: {amount}.",)


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
        yield Section(name, tuple(said_row(line_row(line)) for line in both), said)


def _beyond(shown: PaybackShown, lines: Iterable[PaybackLine]) -> Iterator[Beyond]:
    ids = {line.option.id for line in lines}
    return (one for one in shown.beyond if one.option in ids)
