"""The policy options of the next year's plan: the first year falls away, one more is to be filled.

Under `basis: level` they are written as changes, of which one that is not known yet may be tbc.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from cfbudget.calculate.changes import changes_of
from cfbudget.new_plan.written_fields import per_cent
from cfbudget.plan.files import Option, PolicyOptions
from cfbudget.plan.kinds import words
from cfbudget.plan.values import Figure, Stated, YearWord
from cfbudget.problem import Place
from cfbudget.years import FinancialYear

OfYear = TypeVar("OfYear")


class DroppedLine(NamedTuple):
    """A line of which nothing is left, and what it has in the year that falls away, in pence."""

    id: str
    name: str
    of: str
    """What it is, and the service or the table that it is of."""
    pence: int
    place: Place


class RolledOptions(NamedTuple):
    """The options of the next year's plan, and what became of the others."""

    options: PolicyOptions
    dropped: tuple[DroppedLine, ...]
    taken_back: tuple[DroppedLine, ...]
    """One-offs of which nothing but the reversal is left, with what is taken back."""
    funded: tuple[str, ...]
    """The names of those that are kept as an option that goes on pays for them."""
    to_fill: tuple[str, ...]
    """The names of those that have an amount to be filled in for the added year."""
    added: FinancialYear | None
    """The year that is added; None where no option goes on."""
    written_out: tuple[str, ...] = ()
    """The names of assumptions, which are now changes: what their rates are of is not known."""


class _Rolling(NamedTuple):
    """The years that fall away, and those that stay."""

    first: FinancialYear
    """The year that falls away."""
    years: tuple[FinancialYear, ...]
    """The years that stay."""
    added: FinancialYear


def rolled_options(options: PolicyOptions, names: Mapping[str, str]) -> RolledOptions:
    """The options from the second of their years on.

    Args:
        names: of the services, by id, for blocks that do not give their own.
    """
    first, *rest = (word.year for word in options.financial_years)
    rolling = _Rolling(first, tuple(rest), rest[-1].next())
    made = {
        option.id: _rolled(option, options, rolling)
        for block in options.services
        for option in block.options
    }
    goes_on = {id_ for id_, option in made.items() if _has_left(option)}
    paid_for = {
        word.text for id_, option in made.items() if id_ in goes_on for word in option.funds
    }
    kept = {id_ for id_ in made if id_ in goes_on or id_ in paid_for or _is_back(made[id_], first)}
    filled = {id_ for id_ in goes_on if made[id_].recurs}
    blocks = []
    for block in options.services:
        lines = [made[option.id] for option in block.options if option.id in kept]
        lines = [_to_fill(one, rolling.added) if one.id in filled else one for one in lines]
        lines = [_pointing(one, kept) for one in lines]
        if lines:
            update = {"options": tuple(lines), "stated": labelled(block.stated)}
            blocks.append(block.model_copy(update=update))
    years = (*rolling.years, rolling.added) if filled else rolling.years
    made_of: dict[str, object] = {
        "services": tuple(blocks),
        "financial_years": tuple(YearWord(year, options.place) for year in years),
        "basis": "change",
        "groups": (),
        "stated": labelled(options.stated),
    }
    return RolledOptions(
        options.model_copy(update=made_of),
        tuple(_lines(options, made, first, names, set(made) - kept)),
        tuple(_lines(options, made, first, names, kept - goes_on - paid_for)),
        tuple(made[id_].name for id_ in made if id_ in paid_for - goes_on),
        tuple(made[id_].name for id_ in made if id_ in filled),
        rolling.added if filled else None,
        tuple(
            option.name
            for block in options.services
            for option in block.options
            if option.is_assumption and option.id in kept
        ),
    )


def labelled(stated: Stated | None) -> Stated | None:
    """What a total is called, without what it was printed as."""
    if stated is None or not stated.label:
        return None
    return Stated(stated.label, MappingProxyType({}), stated.place)


def _rolled(option: Option, options: PolicyOptions, rolling: _Rolling) -> Option:
    """An option with what it changes in the years that stay, and what it did before."""
    all_years = (rolling.first, *rolling.years)
    if options.basis == "change":
        changes: Mapping[FinancialYear, Figure] = option.changes
    else:
        steps = changes_of(option, options.basis, all_years)
        levels = option.changes
        changes = {y: levels[y]._replace(pence=pence) for y, pence in steps.items() if pence}
    before = dict(option.before)
    gone = changes.get(rolling.first)
    if gone and gone.pence:
        before[rolling.first] = gone
    new_in = option.new_in
    if option.status == "new":
        new_in = YearWord(rolling.first, option.place)
    update: dict[str, object] = {
        "changes": only(changes, rolling.years),
        "unknown": only(option.unknown, rolling.years),
        "fte": only(option.fte, rolling.years),
        "before": MappingProxyType(before),
        "new_in": new_in,
        "status": "previously-approved",
        "stated": None,
        "was": None,
    }
    if option.is_assumption:
        update |= _written_out(option, only(changes, rolling.years))
    return option.model_copy(update=update)


def _written_out(option: Option, changes: Mapping[FinancialYear, Figure]) -> dict[str, object]:
    """An assumption as the changes that its rates come to, and a note of these.

    What they are of, a gross or a part of it, is not known before the budget is struck.
    """
    rates = ", ".join(f"{year} {per_cent(one.share)}" for year, one in option.rates.items())
    of = option.of.text if option.of else ""
    said = f"Worked out by rates of {of} until it was rolled forward: {rates}."
    return {
        "changes": MappingProxyType({year: one for year, one in changes.items() if one.pence}),
        "rates": MappingProxyType({}),
        "of": None,
        "worked": (),
        "note": f"{option.note} {said}" if option.note else said,
    }


def only(
    given: Mapping[FinancialYear, OfYear], years: tuple[FinancialYear, ...]
) -> Mapping[FinancialYear, OfYear]:
    """What is given of some years."""
    return MappingProxyType({year: one for year, one in given.items() if year in years})


def _has_left(option: Option) -> bool:
    return bool(option.unknown) or any(figure.pence for figure in option.changes.values())


def _is_back(option: Option, first: FinancialYear) -> bool:
    """Whether it is a one-off of the year that falls away: the next one takes it back."""
    return not option.recurs and first in option.before


def _to_fill(option: Option, added: FinancialYear) -> Option:
    unknown = {**option.unknown, added: option.place}
    return option.model_copy(update={"unknown": MappingProxyType(unknown)})


def _pointing(option: Option, kept: set[str]) -> Option:
    funds = tuple(word for word in option.funds if word.text in kept)
    return option if funds == option.funds else option.model_copy(update={"funds": funds})


def _lines(
    options: PolicyOptions,
    made: Mapping[str, Option],
    first: FinancialYear,
    names: Mapping[str, str],
    wanted: set[str],
) -> Iterator[DroppedLine]:
    """Some options with what they changed in the year that falls away."""
    for block in options.services:
        service = block.name or names.get(block.service.text, block.service.text)
        for option in (option for option in block.options if option.id in wanted):
            gone = made[option.id].before.get(first)
            of = f"{words(option.kind)}, {service}"
            yield DroppedLine(option.id, option.name, of, gone.pence if gone else 0, option.place)
