"""The capital programme of the next year's plan: its first year falls away, and carries nothing
forward but what is named.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.capital import has_later
from cfbudget.money import nearest
from cfbudget.new_plan.rolled_options import DroppedLine, labelled, only
from cfbudget.plan.files import CapitalProgramme, Scheme
from cfbudget.plan.financing import NAMES, CapitalSource, Financing
from cfbudget.plan.values import Figure, Period, YearWord
from cfbudget.years import FinancialYear

Carried = Mapping[str, int]
"""By scheme, what of the year that falls away is spent in the next one, in pence."""


class RolledCapital(NamedTuple):
    """The programme of the next year's plan, and what falls away."""

    programme: CapitalProgramme
    fallen: tuple[DroppedLine, ...]
    """Each scheme's allocation of the year that falls away, where it has any."""
    dropped: tuple[str, ...]
    """The ids of schemes of which nothing is left."""
    to_fill: tuple[str, ...]
    """The names of schemes that have an allocation to be filled in for the added year."""
    added: FinancialYear | None
    """The year that is added; None where no scheme goes on, or a later column holds it."""


def rolled_capital(
    programme: CapitalProgramme, first: FinancialYear, carried: Carried
) -> RolledCapital:
    """The programme without its years up to `first`, the year that falls away."""
    years = tuple(word.year for word in programme.financial_years if word.year > first)
    into = first.next()
    made = [_rolled(one, years, (into, carried.get(one.id, 0))) for one in programme.schemes]
    kept = [scheme for scheme in made if _has_left(scheme)]
    goes_on = {
        one.id
        for one in programme.schemes
        if only(one.unknown, years) or any(f.pence for f in only(one.allocations, years).values())
    }
    added = years[-1].next() if goes_on and not has_later(programme) else None
    if added:
        kept = [_to_fill(scheme, added) if scheme.id in goes_on else scheme for scheme in kept]
    own = {one.id: _paid(one, first, carried.get(one.id, 0)) for one in programme.schemes}
    schemes = tuple(_financed(scheme, years, into, own[scheme.id]) for scheme in kept)
    rest = sum(carried.values()) - sum(sum(paid.values()) for paid in own.values())
    shared = programme.financing
    update = {
        "schemes": schemes,
        "financial_years": tuple(
            YearWord(year, programme.place) for year in (*years, *([added] if added else []))
        ),
        "financing": _with(shared, years, into, _shares(shared, first, rest)),
        "stated": labelled(programme.stated),
    }
    named = {scheme.id for scheme in kept}
    return RolledCapital(
        programme.model_copy(update=update),
        tuple(_fallen(programme.schemes, programme.name, first)),
        tuple(one.id for one in programme.schemes if one.id not in named),
        tuple(scheme.name for scheme in kept if scheme.id in goes_on) if added else (),
        added,
    )


def _fallen(schemes: Iterable[Scheme], of: str, first: FinancialYear) -> Iterable[DroppedLine]:
    for one in schemes:
        pence = sum(f.pence for year, f in one.allocations.items() if year <= first)
        if pence:
            yield DroppedLine(one.id, one.name, of, pence, one.place)


def _rolled(
    scheme: Scheme, years: tuple[FinancialYear, ...], more: tuple[FinancialYear, int]
) -> Scheme:
    """A scheme in the years that stay, with what is carried into the first of them."""
    allocations = dict(only(scheme.allocations, years))
    into, pence = more
    if pence:
        step = min((figure.step for figure in scheme.allocations.values()), default=1)
        there = allocations.get(into, Figure(0, step, scheme.place))
        allocations[into] = there._replace(pence=there.pence + pence)
    update = {
        "allocations": MappingProxyType(dict(sorted(allocations.items()))),
        "unknown": only(scheme.unknown, years),
        "stated": None,
        "was": None,
    }
    return scheme.model_copy(update=update)


def _has_left(scheme: Scheme) -> bool:
    given = (*scheme.allocations.values(), scheme.later, scheme.under_development)
    return bool(scheme.unknown) or any(figure.pence for figure in given if figure)


def _to_fill(scheme: Scheme, added: FinancialYear) -> Scheme:
    unknown = MappingProxyType({**scheme.unknown, added: scheme.place})
    return scheme.model_copy(update={"unknown": unknown})


# -- what pays for it -----------------------------------------------------------------------

PaidBySource = Mapping[CapitalSource, int]
"""By source, what pays for what is carried forward, in pence."""


def _paid(scheme: Scheme, first: FinancialYear, pence: int) -> PaidBySource:
    """What of a scheme's own sources goes with a part of its allocation: the same share."""
    gone = scheme.allocations.get(first)
    if not pence or gone is None or scheme.financing is None:
        return {}
    own = _of_year(scheme.financing, first)
    share = nearest(sum(own.values()) * pence, gone.pence)
    return _split(own, min(share, pence))


def _shares(financing: Financing | None, first: FinancialYear, pence: int) -> PaidBySource:
    """What the programme's sources pay of what is left, in proportion to what each paid."""
    if financing is None or pence <= 0:
        return {}
    own = _of_year(financing, first)
    return _split(own, min(pence, sum(own.values())))


def _of_year(financing: Financing, year: FinancialYear) -> dict[CapitalSource, int]:
    """What each source pays in a year, in pence."""
    given = financing.of_sources()
    return {source: amounts[year].pence for source, amounts in given if year in amounts}


def _split(own: Mapping[CapitalSource, int], pence: int) -> PaidBySource:
    """An amount in proportion to others, to the penny: an odd one goes to the largest."""
    whole = sum(own.values())
    if pence <= 0 or whole <= 0:
        return {}
    found = {source: amount * pence // whole for source, amount in own.items()}
    largest = max(own, key=lambda source: own[source])
    found[largest] += pence - sum(found.values())
    return found


def _financed(
    scheme: Scheme, years: tuple[FinancialYear, ...], into: FinancialYear, more: PaidBySource
) -> Scheme:
    return scheme.model_copy(update={"financing": _with(scheme.financing, years, into, more)})


def _with(
    financing: Financing | None,
    years: tuple[FinancialYear, ...],
    into: FinancialYear,
    more: PaidBySource,
) -> Financing | None:
    """Sources in the years that stay, with what is carried into the first of them."""
    if financing is None:
        return None
    update: dict[str, object] = {"stated": None}
    is_any = False
    given = dict(financing.of_sources())
    for source in NAMES:
        amounts = given.get(source, {})
        kept: dict[Period, Figure] = {
            period: figure
            for period, figure in amounts.items()
            if not isinstance(period, FinancialYear) or period in years
        }
        if pence := more.get(source, 0):
            step = min((figure.step for figure in amounts.values()), default=1)
            there = kept.get(into, Figure(0, step, financing.place))
            kept[into] = there._replace(pence=there.pence + pence)
        update[source] = MappingProxyType(kept) if kept else None
        is_any = is_any or bool(kept)
    return financing.model_copy(update=update) if is_any else None
