"""The printed unit of a file: the finest place that any of its figures has."""

from collections.abc import Iterator

from cfbudget.calculate.services import with_parents
from cfbudget.plan.files import (
    AnyTable,
    CapitalProgramme,
    PolicyOptions,
    RevenueBudget,
    ServiceOptions,
)
from cfbudget.plan.financing import Financing
from cfbudget.plan.funding_files import Funding, FundingLine, Reserve, Reserves
from cfbudget.plan.values import Figure, Stated, StatedByYear, StatedFigure

PlanFile = AnyTable | Funding | Reserves
AnyFigure = Figure | StatedFigure


def printed_step(file: PlanFile) -> int:
    """What one in the file's finest printed place is worth, in pence."""
    usual: int = file.unit.pence
    if isinstance(file, PolicyOptions) and any(map(_has_assumption, file.services)):
        usual //= 10**file.unit.places  # all of them may be worked out: none is printed
    return min([figure.step for figure in _figures(file)], default=usual)


def _has_assumption(block: ServiceOptions) -> bool:
    return any(option.is_assumption for option in block.options)


def shown_step(file: PlanFile) -> int:
    """What one in the finest place is worth that is shown, in pence.

    A tax base × Band D comes to pence: it is shown in the unit's usual places at least.
    """
    step = printed_step(file)
    if isinstance(file, Funding) and any(line.band_d for line in file.lines):
        usual: int = file.unit.pence // 10**file.unit.places
        return min(step, usual)
    return step


def _figures(file: PlanFile) -> Iterator[AnyFigure]:
    if file.stated:
        yield from file.stated.figures.values()
    match file:
        case RevenueBudget():
            for _, service in with_parents(file.services):
                yield from _present(service.gross, service.income, service.net)
                yield from _of(service.stated)
        case CapitalProgramme():
            yield from _programme(file)
        case Funding():
            yield from _funding(file)
        case Reserves():
            for reserve in file.reserves:
                yield from _reserve(reserve)
        case _:
            yield from _options(file)


def _programme(programme: CapitalProgramme) -> Iterator[AnyFigure]:
    yield from _financing(programme.financing)
    for scheme in programme.schemes:
        yield from scheme.allocations.values()
        yield from _present(scheme.later, scheme.under_development)
        yield from _of(scheme.stated)
        yield from _financing(scheme.financing)


def _options(options: PolicyOptions) -> Iterator[AnyFigure]:
    for group in options.groups:
        yield from _of(group.stated)
    for block in options.services:
        yield from _of(block.stated)
        for option in block.options:
            # What an assumption comes to is worked out to the penny, and not printed so.
            if not option.is_assumption:
                yield from option.changes.values()
            if option.stated is not None:
                yield option.stated


def _funding(funding: Funding) -> Iterator[AnyFigure]:
    for line in funding.lines:
        yield from _funding_line(line)
    for use in funding.reserves:
        yield from use.amounts.values()


def _funding_line(line: FundingLine) -> Iterator[AnyFigure]:
    """A line's amounts; a Band D and a tax base are in units of their own."""
    yield from line.amounts.values()
    if line.stated:
        figures = line.stated.figures.items()
        yield from (figure for (measure, _), figure in figures if measure == "amount")


def _reserve(reserve: Reserve) -> Iterator[AnyFigure]:
    yield reserve.opening
    yield from reserve.contributions.values()
    yield from reserve.draws.values()
    yield from _of(reserve.stated)


def _of(stated: Stated | StatedByYear | None) -> Iterator[StatedFigure]:
    if stated:
        yield from stated.figures.values()


def _financing(financing: Financing | None) -> Iterator[AnyFigure]:
    for _, amounts in financing.of_sources() if financing else ():
        yield from amounts.values()
    for stated in financing.stated.of_rows() if financing and financing.stated else ():
        yield from _of(stated[1])


def _present(*figures: AnyFigure | None) -> Iterator[AnyFigure]:
    return (figure for figure in figures if figure is not None)
