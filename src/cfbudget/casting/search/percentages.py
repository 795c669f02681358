"""Percentages: a part of a whole, or the change from one figure to another.

The whole may be one cell for all (each line as a share of the total), another figure of the same
line (spent as a share of the budget), or the total that the line itself is part of.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget.casting.search.evidence import MISS, worth
from cfbudget.casting.search.nested_totals import MARGIN
from cfbudget.casting.search.percent_claims import PercentClaim, PercentKind, share_outcome
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedCell, PrintedGrid

MOST_WHOLES = 60
"""The most cells of a column that are tried as the whole of all its others."""
MOST_COLUMNS = 30
NATURAL = 6


class Shares(NamedTuple):
    """Percentages of one column, or row, that are all made alike."""

    shares: tuple[PercentClaim, ...]
    bits: int
    natural: int
    """The bits by which a reader would think of it before other ways that come to the same."""


def find_shares(
    grid: PrintedGrid,
    parents: Mapping[CellPlace, CellPlace],
    totals: set[int],
    *,
    down: bool,
    exact: bool,
) -> Iterator[Shares]:
    """What each line of percentages is made of.

    Args:
        parents: for a cell, the total that it is part of.
        totals: the rows (or columns) that are totals of others.
        down: whether percentages stand in columns; else in rows.
    """
    lines, members = (grid.columns, grid.rows) if down else (grid.rows, grid.columns)
    if len(lines) > MOST_COLUMNS:
        return
    values = {line: _line(grid, line, members, down=down) for line in lines}
    for line in lines:
        percents = {m: c for m, c in values[line].items() if c.percent and not c.nil}
        if len(percents) < 2 or 2 * len(percents) < len(values[line]):
            continue
        search = _PercentSearch(grid, line, percents, values, parents, totals, down, exact)
        best = max(_options(search), key=lambda found: found.bits + found.natural, default=None)
        if best:
            wholes = {share.whole for share in best.shares}
            shares = (s for s in best.shares if s.part not in wholes or not _is_all(grid, s))
            yield best._replace(shares=tuple(shares))


def _is_all(grid: PrintedGrid, share: PercentClaim) -> bool:
    """Whether it is the 100% that stands beside a whole."""
    hundred: int = 100 * 10**grid.places
    return grid.cells[share.total].value == hundred


class _PercentSearch(NamedTuple):
    grid: PrintedGrid
    line: int
    percents: Mapping[int, PrintedCell]
    values: Mapping[int, Mapping[int, PrintedCell]]
    parents: Mapping[CellPlace, CellPlace]
    totals: set[int]
    down: bool
    exact: bool

    def place(self, line: int, member: int) -> CellPlace:
        return (member, line) if self.down else (line, member)


def _line(
    grid: PrintedGrid, line: int, members: Sequence[int], *, down: bool
) -> dict[int, PrintedCell]:
    places = {member: (member, line) if down else (line, member) for member in members}
    return {member: grid.cells[at] for member, at in places.items() if at in grid.cells}


def _options(search: _PercentSearch) -> Iterator[Shares]:
    """Every way to make the percentages that the figures bear out."""
    amounts = [
        line
        for line, cells in search.values.items()
        if line != search.line and not any(cell.percent for cell in cells.values())
    ]
    for part in amounts:
        yield from _of_one_whole(search, part)
        yield from _judged(search, _of_parents(search, part), 8, natural=NATURAL)
        for whole in amounts:
            if part != whole:
                for kind in ("percentage", "percentage change"):
                    shares = _beside(search, kind, part, whole)
                    natural = NATURAL if kind == "percentage" else 0
                    cost = 2 * len(amounts).bit_length() + 1
                    yield from _judged(search, shares, cost, natural=natural)


def _of_one_whole(search: _PercentSearch, part: int) -> Iterator[Shares]:
    cells = search.values[part]
    likely = [m for m in cells if m in search.totals]
    wholes = likely + [m for m in cells if m not in search.totals]
    for whole in wholes[:MOST_WHOLES]:
        shares = [
            PercentClaim("percentage", search.place(search.line, m), search.place(part, m), at)
            for m in search.percents
            if m in cells and m != whole and (at := search.place(part, whole))
        ]
        own = sum(search.parents.get(share.part) == share.whole for share in shares)
        natural = NATURAL if 2 * own > len(shares) else 0
        cost = len(cells).bit_length() - 4 * (whole in likely)
        yield from _judged(search, shares, cost - _whole_hundred(search, whole), natural=natural)


def _whole_hundred(search: _PercentSearch, whole: int) -> int:
    """The bits that a printed 100% beside the whole is worth."""
    cell = search.percents.get(whole)
    return 8 if cell and cell.value == 100 * 10**search.grid.places else 0


def _of_parents(search: _PercentSearch, part: int) -> list[PercentClaim]:
    return [
        PercentClaim("percentage", search.place(search.line, m), at, search.parents[at])
        for m in search.percents
        if (at := search.place(part, m)) in search.parents and m in search.values[part]
    ]


def _beside(search: _PercentSearch, kind: PercentKind, part: int, whole: int) -> list[PercentClaim]:
    return [
        PercentClaim(
            kind, search.place(search.line, m), search.place(part, m), search.place(whole, m)
        )
        for m in search.percents
        if m in search.values[part] and m in search.values[whole]
    ]


def _judged(
    search: _PercentSearch, shares: Sequence[PercentClaim], cost: int, *, natural: int
) -> Iterator[Shares]:
    """The percentages, where most of them are what they would be: rounded, or all cut off; those
    of minus wholes all with their sign, or all with the other."""
    found = _counted(search, shares, most=len(shares) // 2)
    if found.misses and (turned := _with_other_sign(search.grid, shares)):
        other = _counted(search, turned, most=len(shares) // 2)
        if other.misses < found.misses:
            shares, found = turned, other
    if found.misses:
        cut = [share._replace(cut=True) for share in shares]
        other = _counted(search, cut, most=len(shares) // 4)
        if 4 * other.misses <= len(shares) and (
            not other.misses
            or 4 * other.misses <= _counted(search, shares, most=len(shares)).misses
        ):
            shares, found = cut, other
    if found.holds > found.misses and found.bits >= cost + MARGIN:
        yield Shares(tuple(shares), found.bits, natural)


def _with_other_sign(grid: PrintedGrid, shares: Sequence[PercentClaim]) -> list[PercentClaim]:
    """The same with the other sign where the whole is minus; none where no whole is, or all parts
    have the sign of theirs, so that nothing is a variance."""
    values = [(grid.cells[one.part].value, grid.cells[one.whole].value) for one in shares]
    change = any(one.kind == "percentage change" for one in shares)
    if not (change or any(part * whole < 0 for part, whole in values)):
        return []
    turned = [
        one._replace(sign=-1) if whole < 0 else one
        for one, (_, whole) in zip(shares, values, strict=True)
    ]
    return turned if turned != list(shares) else []


class _Count(NamedTuple):
    """How many percentages are what they would be, how many are not, and what that says."""

    holds: int
    misses: int
    bits: int


def _counted(search: _PercentSearch, shares: Sequence[PercentClaim], *, most: int) -> _Count:
    """What percentages say, up to one miss more than the most that they may have."""
    bits = holds = misses = 0
    seen: set[tuple[int, int]] = set()
    for share in shares:
        outcome = share_outcome(search.grid, share, exact=search.exact)
        if outcome is None:
            continue
        cell = search.grid.cells[share.total]
        if outcome == "differs":
            misses += 1
            bits -= MISS
            if misses > most:
                break
            continue
        part = search.grid.cells[share.part].value
        holds += 1
        whole = search.grid.cells[share.whole].value
        if cell.value and part != whole and (cell.value, part) not in seen:
            seen.add((cell.value, part))
            bits += worth(cell.value // cell.step, 1, 1)
    return _Count(holds, misses, bits)
