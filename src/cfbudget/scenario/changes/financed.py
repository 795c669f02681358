"""A capital programme with other amounts in what pays for it."""

from collections.abc import Mapping
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL
from cfbudget.money import Amount
from cfbudget.plan.files import CapitalProgramme, Scheme
from cfbudget.plan.financing import CapitalSource, Financing
from cfbudget.plan.values import Figure, Period

Paid = Mapping[tuple[str, str], Mapping[Period, Amount]]
"""What a source pays by period, by scheme (`total` for none) and source."""


def financing_of(programme: CapitalProgramme, scheme: str) -> Financing | None:
    """What pays for a scheme or, for `total`, for the programme."""
    if scheme == TOTAL:
        return programme.financing
    return next(found.financing for found in programme.schemes if found.id == scheme)


def financed_by(programme: CapitalProgramme, paid: Paid) -> CapitalProgramme:
    """The programme with these amounts in place of its own; all others stay."""
    schemes = tuple(
        scheme.model_copy(update={"financing": _with(scheme.id, scheme, paid)})
        for scheme in programme.schemes
    )
    update = {"schemes": schemes, "financing": _with(TOTAL, programme, paid)}
    return programme.model_copy(update=update)


def _with(scheme: str, record: Scheme | CapitalProgramme, paid: Paid) -> Financing | None:
    typed = {source: amounts for (row, source), amounts in paid.items() if row == scheme}
    if not typed:
        return record.financing
    given = record.financing or Financing.model_construct(place=record.place)
    written: Mapping[CapitalSource, Mapping[Period, Figure]] = dict(given.of_sources())
    update = {}
    for source, amounts in typed.items():
        there = next((found for name, found in written.items() if name == source), {})
        places = {period: figure.place for period, figure in there.items()}
        made = {p: Figure(*amount, places.get(p, given.place)) for p, amount in amounts.items()}
        update[source] = MappingProxyType({**there, **made})
    return given.model_copy(update=update)


def unstated(programme: CapitalProgramme) -> CapitalProgramme:
    """The programme without the printed totals of its financing."""
    schemes = tuple(
        scheme.model_copy(update={"financing": _unstated(scheme.financing)})
        for scheme in programme.schemes
    )
    return programme.model_copy(
        update={"schemes": schemes, "financing": _unstated(programme.financing)}
    )


def _unstated(financing: Financing | None) -> Financing | None:
    return financing and financing.model_copy(update={"stated": None})
