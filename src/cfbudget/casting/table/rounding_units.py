"""The unit to half of which each figure may be rounded.

Figures that stand together have the finest place among them: one printed with fewer is taken to
have nil in the others. But what is finer than a penny was worked out, and each such figure is
rounded to its own last place; a total printed coarser than all of its lines was rounded to that;
and what a file stores finer than it shows is held to what it stores.
"""

from collections.abc import Iterable, Sequence

from cfbudget.casting.table.grid import PrintedCell

CellsByPlace = Sequence[Sequence[PrintedCell | None]]
Units = Sequence[Sequence[int]]
FEW = 5
"""Of so many lines one at most is coarser than the others because it was rounded."""


def common_step(cells: Iterable[PrintedCell], *, scaled: bool) -> int:
    """The printed unit of figures that stand together: the finest of them; but a figure with a
    unit of its own (£1.2m) tells no more than it prints."""
    return min((c.step for c in cells if c.scaled is scaled and not c.nil), default=1)


def printed_units(cells: CellsByPlace) -> Units:
    """The printed unit of each figure, which is that of its member.

    Args:
        cells: by line and member.
    """
    common = [
        [common_step(filter(None, member), scaled=scaled) for scaled in (False, True)]
        for member in zip(*cells, strict=True)
    ]
    return [
        [pair[bool(cell and cell.scaled)] for cell, pair in zip(line, common, strict=True)]
        for line in cells
    ]


def line_units(cells: CellsByPlace, printed: Units, *, places: int, exact: bool) -> Units:
    """The unit to which each figure may be rounded.

    Args:
        printed: the printed unit of each.
        exact: whether figures are exact, but for what is known to be rounded.
    """
    return [
        [own_unit(cell, unit, places, exact=exact) for cell, unit in zip(line, units, strict=True)]
        for line, units in zip(cells, printed, strict=True)
    ]


def own_unit(cell: PrintedCell | None, common: int, places: int, *, exact: bool) -> int:
    """The unit of one of several figures.

    Args:
        common: the finest unit of them.
        places: how many of them the finest place has.
    """
    if cell is not None and cell.held is not None:
        return cell.last
    penny: int = 10**places // 100
    if common < penny:
        own = cell.step if cell and not cell.nil and not cell.scaled else common
        return max(common, min(own, penny))
    return 0 if exact else common


def total_units(cells: CellsByPlace, units: Units) -> Units:
    """The unit of each figure where it is the total of others: its own, if few lines are printed
    as coarse; of many it is rather the noughts at their ends that are left out."""
    finest = [
        common_step(filter(None, member), scaled=False) for member in zip(*cells, strict=True)
    ]
    coarse = set()
    counted = 0
    for at, line in enumerate(cells):
        stated = [
            cell.step > unit
            for cell, unit in zip(line, finest, strict=True)
            if cell is not None and not cell.nil and not cell.scaled and cell.held is None
        ]
        counted += bool(stated)
        if stated and all(stated):
            coarse.add(at)
    if not coarse or FEW * len(coarse) > counted + FEW - 1:
        return units
    return [
        [max(step, cell.step if cell and not cell.nil else 0) for cell, step in pairs]
        if at in coarse
        else [step for _, step in pairs]
        for at, line in enumerate(cells)
        for pairs in (list(zip(line, units[at], strict=True)),)
    ]
