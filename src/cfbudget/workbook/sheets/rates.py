"""How many of the position's units another unit is."""

from typing import NamedTuple

from cfbudget.money import Unit
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Between, Expression, Fixed


class Rates(NamedTuple):
    """The cells that hold how many of the position's units another unit is, by its name."""

    cells: dict[str, At]

    def converted(self, at: At, unit: Unit) -> Expression:
        """A cell of another sheet, in the position's unit."""
        rate = self.cells.get(unit.name)
        return Between(at, "*", Fixed(rate)) if rate else at
