"""Totals of a list that are carried to its next page, and brought forward there.

Where a list ends on one page and goes on, one line says what is carried forward, and the next what
is brought forward: the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget.casting.search.brought_forward import BITS, CLOSING, OPENING, SHORTEST
from cfbudget.casting.search.claims import Claim
from cfbudget.casting.table.grid import PrintedCell, PrintedGrid
from cfbudget.casting.table.labels import TOTAL_WORDS, row_label, words_of
from cfbudget.casting.table.slips import is_near

IDLE = TOTAL_WORDS | words_of(
    "carried brought forward down fwd cfwd bfwd cf bf cd bd c f b d opening closing balance"
    " balances amount running to from at as on the of in page pages next previous last over"
    " sheet folio continued beginning start end year month period january february march april"
    " may june july august september october november december"
)
"""Words that do not tell which list it is."""


class PageEnd(NamedTuple):
    """The row that says what is carried forward, and the next, what is brought forward."""

    carried: int
    brought: int


class _Pair(NamedTuple):
    rows: PageEnd
    equal: bool
    """Whether it is the same in some column, in long figures."""
    slips: bool
    """Whether a slip explains it wherever it is not."""
    columns: Sequence[int]


def page_ends(grid: PrintedGrid) -> list[PageEnd]:
    """The ends of a list's pages: all where some are the same, else those that differ by slips; and
    one alone in a list that begins with no balance, as then they are not those of two accounts."""
    return [pair.rows for pair in _meant(grid)]


def brought_to_next_page(grid: PrintedGrid, found: Sequence[Claim]) -> Iterator[Claim]:
    """What is brought forward as what is carried forward, in every column where none has it."""
    known = {claim.canonical for claim in found}
    for (carried, brought), _, _, columns in _meant(grid):
        for column in columns:
            terms = ((1, (carried, column)),)
            claim = Claim("running", (brought, column), terms, down=True, bits=BITS)
            if claim.canonical not in known:
                yield claim


def _meant(grid: PrintedGrid) -> list[_Pair]:
    labels = {row: row_label(grid, row) for row in grid.rows}
    pairs = [
        _pair(grid, PageEnd(one, other))
        for one, other in zip(grid.rows, grid.rows[1:], strict=False)
        if CLOSING.search(labels[one]) and OPENING.search(labels[other])
        if words_of(labels[one]) - IDLE == words_of(labels[other]) - IDLE
        if _goes_on(grid, one, other)
    ]
    alone = len(pairs) == 1 and _ends_a_list(grid, labels, pairs[0])
    go_on = alone or any(pair.equal for pair in pairs)
    return [pair for pair in pairs if pair.columns and (go_on or pair.slips)]


def _ends_a_list(grid: PrintedGrid, labels: Mapping[int, str], pair: _Pair) -> bool:
    """Whether what is carried forward is all of the lines before it, among them no balance."""
    row = pair.rows.carried
    before = [one for one in grid.rows if one < row]
    if words_of(labels[row]) - IDLE or any(OPENING.search(labels[one]) for one in before):
        return False
    return len(before) > 1 and all(
        abs(cell.value) <= abs(grid.cells[row, column].value)
        for column in pair.columns
        for one in before
        if (cell := grid.cells.get((one, column)))
    )


def _goes_on(grid: PrintedGrid, one: int, other: int) -> bool:
    """Whether nothing stands between two rows but a page's end, or its head again."""
    heads = {text for row in grid.texts[: grid.heads] for text in row}
    return all(
        not text or text in heads or words_of(text) <= IDLE
        for row in grid.texts[one + 1 : other]
        for text in row
    )


def _pair(grid: PrintedGrid, rows: PageEnd) -> _Pair:
    cells = {
        column: (carried, brought)
        for column in grid.columns
        if (carried := grid.cells.get((rows.carried, column)))
        and (brought := grid.cells.get((rows.brought, column)))
        and (carried.value or brought.value)
    }
    apart = [pair for pair in cells.values() if pair[0].value != pair[1].value]
    long = [one for one, other in cells.values() if one.value == other.value and _is_long(one)]
    slips = all(is_near(other.value, one.value, 0) for one, other in apart)
    return _Pair(rows, bool(long), bool(apart) and slips, list(cells))


def _is_long(cell: PrintedCell) -> bool:
    return abs(cell.value) >= SHORTEST * cell.step
