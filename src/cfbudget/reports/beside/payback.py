"""When each invest to save pays back: in the baseline and in each scenario, in columns."""

from collections.abc import Iterator, Mapping, Sequence

from cfbudget.calculate.payback import Payback, payback
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.grammar import agreed, counted
from cfbudget.layout.grid import CellContent, Grid, GridRow, ShownFigure
from cfbudget.layout.page import Block, Facts, Sentences, Title
from cfbudget.layout.units import YEAR
from cfbudget.money import Unit, needed_places, places_of
from cfbudget.plan.files import PolicyOptions
from cfbudget.reports.payback.outcome import NOT_WITHIN, incomplete
from cfbudget.reports.payback.page import NOT_IN_IT
from cfbudget.tables.alternatives import BASELINE, Alternatives
from cfbudget.tables.not_known_words import outcome_excludes
from cfbudget.tables.payback import MOST_PLACES, TO_DATE
from cfbudget.tables.standing_sentences import CHANGE_SIGN
from cfbudget.years import FinancialYear

MEANING = {
    "no": NOT_WITHIN,
    "nil": "nothing of it is left, so that nothing is to be paid back",
    "?": "it may have begun before the plan, so that it cannot be told",
    "none": "there is no such pair",
}
"""What a cell says in place of a year."""
Pairs = Mapping[str, Payback]
"""The pairs of a plan by id."""


def payback_blocks(shown: Alternatives) -> Iterator[Block]:
    """Each pair that a scenario alters: when it pays back, what it comes to by the last year."""
    plans = (shown.plan, *(one.applied.plan for one in shown.each))
    options = next((plan.options for plan in plans if plan.options), None)
    found = [{pair.id: pair for pair in payback(plan)} for plan in plans]
    names = {pair.id: pair.name for pairs in found for pair in pairs.values()}
    if options is None or not names:
        return
    each = {pair: [pairs.get(pair) for pairs in found] for pair in names}
    differ = [pair for pair in names if _differs(each[pair])]
    rows = [row for pair in differ for row in _rows(names[pair], each[pair], options)]
    said = {cell for row in rows for cell in row.cells if isinstance(cell, str)}
    words = tuple(f"{short}: {what}." for short, what in MEANING.items() if short in said)
    yield Title(f"{shown.plan.name}: payback of each invest to save, side by side")
    yield Facts((f"{options.unit.name}; {CHANGE_SIGN}.", *words) if rows else ())
    yield Grid((options.unit.name, BASELINE, *shown.names), rows, name="payback")
    alike = [names[pair] for pair in names if pair not in differ]
    before = (said for pair in differ for said in _incomplete(names[pair], each[pair]))
    yield Sentences((_alike(alike), *before, NOT_IN_IT))


def _alike(names: Sequence[str]) -> str:
    if not names:
        return "Every pair differs from the baseline in some scenario."
    which = f"{counted(len(names), 'pair')} {agreed(len(names), 'is')}"
    return f"{which} in every scenario as in the baseline (cfbudget payback): {'; '.join(names)}."


def _incomplete(name: str, pairs: Sequence[Payback | None]) -> Iterator[str]:
    """What of a pair may stand before the plan, or is not known, in any of the scenarios."""
    said = dict.fromkeys(words for pair in pairs if pair for words in incomplete(pair))
    said |= dict.fromkeys(words for pair in pairs if pair for words in outcome_excludes(pair.lines))
    yield from (f"{name}: {words[0].lower()}{words[1:]}" for words in said)


def _differs(pairs: Sequence[Payback | None]) -> bool:
    first = pairs[0].annual_net_cost if pairs[0] else None
    return any((pair.annual_net_cost if pair else None) != first for pair in pairs[1:])


def _rows(name: str, pairs: Sequence[Payback | None], options: PolicyOptions) -> Iterator[GridRow]:
    last = next(max(pair.total_to_date) for pair in pairs if pair)
    amounts = [pair.total_to_date[last] if pair else None for pair in pairs]
    yield GridRow(name, [], "bold")
    yield GridRow("Breaks even", [_when(p, p.breaks_even if p else None) for p in pairs], "", 1)
    yield GridRow("Pays back", [_when(p, p.pays_back if p else None) for p in pairs], "", 1)
    yield GridRow(f"{TO_DATE}, by {last}", _figures(amounts, options), "", 1)


def _when(pair: Payback | None, year: FinancialYear | None) -> CellContent:
    if pair is None:
        return "none"
    if pair.changes_nothing:
        return "nil"
    if pair.cannot_be_told:
        return "?"
    return ShownFigure(year.start, YEAR, 0) if year else "no"


def _figures(amounts: Sequence[int | None], options: PolicyOptions) -> list[CellContent]:
    unit: Unit = options.unit
    needed = max(needed_places(unit, pence) for pence in amounts if pence is not None)
    places = max(places_of(printed_step(options), unit), min(needed, MOST_PLACES))
    return ["" if pence is None else ShownFigure(pence, unit, places) for pence in amounts]
