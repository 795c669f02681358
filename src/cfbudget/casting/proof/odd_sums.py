"""Sums of a workbook's own that are odd: a line left out, a total typed in among formulas.

Only what its own formulas contradict is odd: that neighbours add other lines, or none adds the
line at a sum's end.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.addresses import cell_name
from cfbudget.casting.results import OddSum
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import row_label
from cfbudget.casting.table.own_sums import OwnSums, SignedCells

PART = re.compile(r"\b(?:of which|including|included|memo\w*|note)\b", re.IGNORECASE)

NEAR = 4
"""A typed total is within one part in so many of what its lines come to."""

Shape = tuple[tuple[int, int, int], ...]
"""A sum's signed cells by how far they stand from it."""


def odd_sums(grid: PrintedGrid, own: OwnSums, formulas: Mapping[CellPlace, str]) -> list[OddSum]:
    """Every odd sum, in the order of its cells."""
    book = _Sheet(grid, own, formulas)
    found: dict[CellPlace, OddSum] = {}
    for down in (True, False):
        for odd in (*_among_neighbours(book, down=down), *_short(book, down=down)):
            found.setdefault(odd[0], OddSum(_name(odd[0]), formulas.get(odd[0], ""), odd[1]))
    return [found[place] for place in sorted(found)]


class _Sheet(NamedTuple):
    grid: PrintedGrid
    own: OwnSums
    formulas: Mapping[CellPlace, str]


def _name(place: CellPlace) -> str:
    return cell_name(place[0] + 1, place[1] + 1)


def _shape(total: CellPlace, terms: SignedCells) -> Shape:
    return tuple(sorted((sign, row - total[0], column - total[1]) for sign, (row, column) in terms))


def _among_neighbours(book: _Sheet, *, down: bool) -> Iterator[tuple[CellPlace, str]]:
    """Cells of a line of sums that are typed in, or add other lines than most of it.

    Args:
        down: whether the sums add rows, so that their line is a row.
    """
    shapes: dict[int, dict[CellPlace, Shape]] = {}
    for total, terms in book.own.sums.items():
        if total in book.grid.cells and all((at[1] == total[1]) is down for _, at in terms):
            shapes.setdefault(total[0 if down else 1], {})[total] = _shape(total, terms)
    for line, sums in shapes.items():
        (usual, times), *_ = Counter(sums.values()).most_common(1)
        others = [at for at in book.grid.cells if at[0 if down else 1] == line]
        typed = [at for at in others if at not in book.formulas and _would_add(book, at, usual)]
        if times > 1 and len(typed) < times:
            like = _name(next(at for at, shape in sums.items() if shape == usual))
            for at in typed:
                yield at, f"it is typed in, where {times:,} beside it are sums, as {like} is"
        for at, shape in sums.items():
            missing = _only_in(shape, usual)
            unlike = len(sums) - times
            enough = times > (unlike if _are_beside(missing, down=down) else 2 * unlike)
            if enough and missing and not _only_in(usual, shape):
                names = " and ".join(_name((at[0] + r, at[1] + c)) for _, r, c in missing[:3])
                if any(_counts(book, (at[0] + r, at[1] + c)) for _, r, c in missing):
                    yield at, f"it leaves out {names}, where {times:,} beside it add such lines"


def _only_in(shape: Shape, usual: Shape) -> Shape:
    """What a usual sum adds and this one does not."""
    return tuple(term for term in usual if term not in shape)


def _are_beside(terms: Shape, *, down: bool) -> bool:
    """Whether there is one line alone, and it stands right beside the sum that leaves it out."""
    return len(terms) == 1 and abs(terms[0][1 if down else 2]) == 1


def _counts(book: _Sheet, place: CellPlace) -> bool:
    cell = book.grid.cells.get(place)
    return cell is not None and bool(cell.exactly)


def _would_add(book: _Sheet, place: CellPlace, shape: Shape) -> bool:
    """Whether a sum of this shape would have figures to add where a typed one stands, and come
    near it: what is far from it is rather a figure of another kind."""
    cell = book.grid.cells[place]
    terms = [(sign, (place[0] + row, place[1] + column)) for sign, row, column in shape]
    stated = [(sign, book.grid.cells[at]) for sign, at in terms if at in book.grid.cells]
    if cell.dash or len(stated) < 2 or any(one.percent is not cell.percent for _, one in stated):
        return False
    would = sum(sign * one.exactly for sign, one in stated)
    return NEAR * abs(would - cell.exactly) <= abs(would) and 2 * len(stated) > len(terms)


def _short(book: _Sheet, *, down: bool) -> Iterator[tuple[CellPlace, str]]:
    """Sums of an area that end one line before their total, with a figure there that no formula
    of the sheet names."""
    for total, terms in book.own.sums.items():
        lines = sorted(at[0 if down else 1] for _, at in terms)
        other = {at[1 if down else 0] for _, at in terms}
        here = total[0 if down else 1]
        if other != {total[1 if down else 0]} or lines != list(range(lines[0], lines[-1] + 1)):
            continue
        left = lines[-1] + 1 if here == lines[-1] + 2 else None
        left = lines[0] - 1 if here == lines[0] - 2 else left
        if left is None:
            continue
        at = (left, total[1]) if down else (total[0], left)
        if _is_left_out(book, at, down=down):
            yield total, f"it leaves out {_name(at)} beside it, which no formula adds"


def _is_left_out(book: _Sheet, place: CellPlace, *, down: bool) -> bool:
    """Whether a figure is typed in, is an amount, and stands in no formula."""
    cell = book.grid.cells.get(place)
    if cell is None or not cell.exactly or cell.percent:
        return False
    if place in book.formulas or place in book.own.named:
        return False
    return not (down and PART.search(row_label(book.grid, place[0])))
