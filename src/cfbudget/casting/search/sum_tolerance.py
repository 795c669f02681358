"""How far a sum may be out for its figures to be only rounded."""

from collections.abc import Iterator, Mapping, Sequence

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedCell, PrintedGrid
from cfbudget.casting.table.rounding_units import common_step, own_unit

Term = tuple[int, CellPlace]
"""A sign, 1 or -1, and a cell."""

PlacedValues = Mapping[CellPlace, int]
"""Values that some cells are taken to have instead of the printed ones."""


def value_of(grid: PrintedGrid, place: CellPlace, taken: PlacedValues) -> int:
    """A cell's value as printed; what is not stated is nil."""
    if place in taken:
        return taken[place]
    cell = grid.cells.get(place)
    return cell.value if cell else 0


def sum_tolerance(
    grid: PrintedGrid,
    total: CellPlace,
    terms: Sequence[Term],
    taken: PlacedValues,
    *,
    exact: bool,
) -> int:
    """Twice the difference that rounding explains, in the figures as printed.

    That is one printed unit for the total and one for each term that is not nil; of exact figures
    only for what is known to be rounded. It is the whole difference where the figures add up as
    they are stored.
    """
    search = _Sum(grid, total, terms, taken)
    units = list(search.units(exact=exact))
    allowed = sum(unit for unit, _ in units)
    if search.is_held:
        left = search.off(stored=True)
        if 2 * abs(left) <= sum(unit for _, unit in units):
            return max(allowed, 2 * abs(search.off(stored=False)))
    return allowed


class _Sum:
    """A printed total with its terms."""

    def __init__(
        self, grid: PrintedGrid, total: CellPlace, terms: Sequence[Term], taken: PlacedValues
    ) -> None:
        self.grid, self.total, self.terms, self.taken = grid, total, terms, taken
        self.cells = [
            cell for at in (total, *(at for _, at in terms)) if (cell := grid.cells.get(at))
        ]

    @property
    def is_held(self) -> bool:
        """Whether more is stored for one of its figures than is shown."""
        return any(cell.held is not None for cell in self.cells)

    def off(self, *, stored: bool) -> int:
        """Computed − stated, in the figures as printed or as they are stored."""
        return sum(
            sign * self._value(place, stored=stored)
            for sign, place in (*self.terms, (-1, self.total))
        )

    def _value(self, place: CellPlace, *, stored: bool) -> int:
        cell = self.grid.cells.get(place)
        if stored and cell and place not in self.taken:
            return cell.exactly
        return value_of(self.grid, place, self.taken)

    def units(self, *, exact: bool) -> Iterator[tuple[int, int]]:
        """What each figure that counts may be rounded to: as printed, and as it is stored."""
        common = {one: common_step(self.cells, scaled=one) for one in (False, True)}
        counted = [at for _, at in self.terms if value_of(self.grid, at, self.taken)]
        for place in (self.total, *counted):
            cell = self.grid.cells.get(place)
            unit = common[cell is not None and cell.scaled]
            own = own_unit(cell, unit, self.grid.places, exact=exact)
            if place == self.total and cell and self._is_coarsest(cell):
                own = max(own, cell.step)
            held = cell is not None and cell.held is not None
            yield max(unit, cell.step) if cell and held else own, own

    def _is_coarsest(self, total: PrintedCell) -> bool:
        """Whether the total is printed coarser than each of its lines."""
        cells = (self.grid.cells.get(place) for _, place in self.terms)
        lines = [cell for cell in cells if cell is not None and not cell.nil]
        return (
            bool(lines)
            and not (total.nil or total.scaled or total.held is not None)
            and all(cell.step < total.step for cell in lines)
        )
