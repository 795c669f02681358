"""One printed percentage: what it would be of its part and whole, and what it may be printed as."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedCell, PrintedGrid

PercentKind = Literal["percentage", "percentage change"]
Ratio = tuple[int, int]
"""An exact percentage: what stands above the line, and what below it, over nil."""


class PercentClaim(NamedTuple):
    """A printed percentage with its part and its whole; of a change, with the later figure and
    the earlier."""

    kind: PercentKind
    total: CellPlace
    part: CellPlace
    whole: CellPlace
    cut: bool = False
    """Whether what is beyond its places was cut off, and not rounded."""
    sign: int = 1
    """-1 where it has the other sign, as a percentage of a minus whole may: that of a variance."""


def ratio(share: PercentClaim, part: int, whole: int) -> Ratio | None:
    """The exact percentage of these; None of a whole that is nil."""
    if not whole:
        return None
    above = 100 * share.sign * (part - whole if share.kind == "percentage change" else part)
    return (-above if whole < 0 and share.kind == "percentage" else above), abs(whole)


def computed_share(grid: PrintedGrid, share: PercentClaim) -> int | None:
    """The percentage to its printed places, in whole numbers of the grid's finest place."""
    exact = ratio(share, grid.cells[share.part].exactly, grid.cells[share.whole].exactly)
    if exact is None:
        return None
    above, below = exact[0] * 10**grid.places, exact[1] * grid.cells[share.total].step
    whole, part = divmod(abs(above), below)
    rounded: int = (whole + (2 * part >= below)) * grid.cells[share.total].step
    return -rounded if above < 0 else rounded


def share_outcome(
    grid: PrintedGrid, share: PercentClaim, *, exact: bool
) -> Literal["agrees", "rounding", "differs"] | None:
    """How a printed percentage stands to its part and whole; None where the whole is nil, or one
    of them cannot be read."""
    if any(place not in grid.cells for place in (share.total, share.part, share.whole)):
        return None
    computed = computed_share(grid, share)
    if computed is None:
        return None
    stated = grid.cells[share.total]
    if computed == stated.value:
        return "agrees"
    return "rounding" if _rounds(grid, share, exact=exact) else "differs"


def _rounds(grid: PrintedGrid, share: PercentClaim, *, exact: bool) -> bool:
    """Whether some part and whole that round to the printed ones make the percentage."""
    ends, stated = _ends(grid, share, exact=exact), grid.cells[share.total]
    over, under = _widths(share, stated.step, ends)
    scale, twice = 2 * 10**grid.places, 2 * stated.value
    return any(scale * above <= (twice + under) * below for above, below in ends) and any(
        scale * above >= (twice - over) * below for above, below in ends
    )


def _widths(share: PercentClaim, step: int, ends: Sequence[Ratio]) -> tuple[int, int]:
    """Twice by how much a percentage may be printed over, and under, what made it: half a printed
    unit either way, or a whole one towards nil where it is cut off."""
    if not share.cut:
        return step, step
    over = 2 * step if any(above < 0 for above, _ in ends) else 0
    return over, 2 * step if any(above > 0 for above, _ in ends) else 0


def _ends(grid: PrintedGrid, share: PercentClaim, *, exact: bool) -> list[Ratio]:
    """The percentages that the least and the most that the part and the whole may be make; none of
    a whole that is nil."""
    part, whole = grid.cells[share.part], grid.cells[share.whole]
    rooms = [_room(cell, exact=exact) for cell in (part, whole)]
    return [
        made
        for a in (-rooms[0], rooms[0])
        for b in (-rooms[1], rooms[1])
        if (made := ratio(share, 2 * part.exactly + a, 2 * whole.exactly + b)) is not None
    ]


def share_range(
    grid: PrintedGrid, share: PercentClaim, *, exact: bool
) -> tuple[Fraction, Fraction] | None:
    """The least and the most that a percentage may be printed as, in units of the grid's finest
    place: of any part and whole that round to the printed ones, or of these if they are exact,
    and as much over or under as rounding or cutting explains. None of a whole that is nil."""
    ends = _ends(grid, share, exact=exact)
    if not ends:
        return None
    over, under = _widths(share, grid.cells[share.total].step, ends)
    made = [Fraction(above * 10**grid.places, below) for above, below in ends]
    return min(made) - Fraction(under, 2), max(made) + Fraction(over, 2)


def _room(cell: PrintedCell, *, exact: bool) -> int:
    """The unit to half of which a part or a whole may be rounded."""
    if cell.held is not None:
        return cell.last
    return 0 if exact else cell.step
