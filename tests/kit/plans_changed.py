"""A drawn plan with one of its input figures replaced."""

from dataclasses import dataclass
from itertools import pairwise

from tests.kit.plans_sketch import CAPITAL, OPTIONS, Budget, Option, Scheme, Service, Sketch
from tests.kit.workbooks import Line


def file_of(sketch: Sketch, line: Line) -> str:
    """The file in which an input stands."""
    if line.table == "revenue":
        return next(b.file for b in sketch.budgets if line.year.startswith(str(b.year)))
    return CAPITAL if line.table == "capital" else OPTIONS


def with_figure(sketch: Sketch, line: Line, pence: int) -> Sketch:
    """The same plan with another figure for one input."""
    change = _Change(sketch, line, pence)
    if line.table == "revenue":
        return sketch._replace(budgets=tuple(map(change.budget, sketch.budgets)))
    if line.table == "capital":
        return sketch._replace(schemes=tuple(map(change.scheme, sketch.schemes or ())))
    blocks = [
        block._replace(options=tuple(map(change.option, block.options)))
        for block in sketch.blocks or ()
    ]
    return sketch._replace(blocks=tuple(blocks))


@dataclass(frozen=True)
class _Change:
    sketch: Sketch
    line: Line
    pence: int

    def replaced(self, figures: tuple[int, ...]) -> tuple[int, ...]:
        """Figures by year, with the one of the line's year replaced."""
        at = self.sketch.years.index(int(self.line.year[:4]))
        return (*figures[:at], self.pence, *figures[at + 1 :])

    def budget(self, given: Budget) -> Budget:
        if not self.line.year.startswith(str(given.year)):
            return given
        return given._replace(services=tuple(map(self.service, given.services)))

    def service(self, given: Service) -> Service:
        below = tuple(map(self.service, given.services))
        if given.id != self.line.row:
            return given._replace(services=below)
        measure, pence = self.line.measure, self.pence
        return given._replace(
            gross=pence if measure == "gross" else given.gross,
            income=pence if measure == "income" else given.income,
            net=pence if measure == "net" else given.net,
        )

    def scheme(self, given: Scheme) -> Scheme:
        if given.id != self.line.row:
            return given
        if self.line.measure == "under_development":
            return given._replace(under_development=self.pence)
        return given._replace(allocations=self.replaced(given.allocations))

    def option(self, given: Option) -> Option:
        if given.id != self.line.row:
            return given
        figures = self.replaced(self.sketch.levels(given))
        if self.sketch.basis == "level":
            figures = tuple(now - before for before, now in pairwise((0, *figures)))
        return given._replace(changes=figures)
