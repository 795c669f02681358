"""The printed unit of a file: the finest place that any of its figures has."""

from collections.abc import Iterator

from cfbudget.calculate.services import with_parents
from cfbudget.plan.files import AnyTable, CapitalProgramme, RevenueBudget
from cfbudget.plan.values import Figure, Stated, StatedFigure

AnyFigure = Figure | StatedFigure


def printed_step(file: AnyTable) -> int:
    """What one in the file's finest printed place is worth, in pence."""
    return min((figure.step for figure in _figures(file)), default=file.unit.pence)


def _figures(file: AnyTable) -> Iterator[AnyFigure]:
    if file.stated:
        yield from file.stated.figures.values()
    match file:
        case RevenueBudget():
            for _, service in with_parents(file.services):
                yield from _present(service.gross, service.income, service.net)
                yield from _of(service.stated)
        case CapitalProgramme():
            for scheme in file.schemes:
                yield from scheme.allocations.values()
                yield from _present(scheme.under_development)
                yield from _of(scheme.stated)
        case _:
            for block in file.services:
                yield from _of(block.stated)
                for option in block.options:
                    yield from option.changes.values()
                    yield from _present(option.stated)


def _of(stated: Stated | None) -> Iterator[StatedFigure]:
    if stated:
        yield from stated.figures.values()


def _present(*figures: AnyFigure | None) -> Iterator[AnyFigure]:
    return (figure for figure in figures if figure is not None)
