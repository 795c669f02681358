"""Whether the figures of two parts of a text stand in the same columns."""

from collections.abc import Sequence
from itertools import pairwise

from cfbudget.casting.read.extents import Extent, nearest, touched
from cfbudget.casting.read.text_words import PrintedWord


def same_columns(these: Sequence[Extent], those: Sequence[Extent], slack: int) -> bool:
    """Whether the columns of one are columns of the other, in the same order."""
    fewer, more = sorted((these, those), key=len)
    ends = [column.end for column in more]
    if len(fewer) == 1:
        # A web page that is printed without more has its figures at the left of their column.
        at_left = slack and any(abs(column.start - fewer[0].start) <= slack for column in more)
        return bool(at_left) or any(abs(end - fewer[0].end) <= slack for end in ends)
    matches = [_match(column, more, slack) for column in fewer]
    if None in matches:
        return False
    return all(earlier < later for earlier, later in pairwise(m for m in matches if m is not None))


def _match(column: Extent, columns: Sequence[Extent], slack: int) -> int | None:
    """Which of the columns it is: the one with its right edge, or the only one that it touches."""
    word = PrintedWord(column.start, column.end, "")
    over = touched(columns, word)
    for at in over:
        if abs(columns[at].end - column.end) <= slack:
            return at
    return over[0] if len(over) == 1 else None


def merged(these: Sequence[Extent], those: Sequence[Extent], slack: int) -> list[Extent]:
    """The columns of both, where they are the same columns."""
    fewer, more = sorted((these, those), key=len)
    found = list(more)
    for column in fewer:
        at = _match(column, more, slack)
        at = nearest(more, PrintedWord(column.start, column.end, "")) if at is None else at
        start, end = min(found[at].start, column.start), max(found[at].end, column.end)
        found[at] = Extent(start, end)
    return found


def moved(
    line: Sequence[PrintedWord], these: Sequence[Extent], to: Sequence[Extent]
) -> list[PrintedWord]:
    """A line with what stands in each of its columns moved to where another's has its edge.

    Args:
        these: the columns of its figures.
        to: as many columns.
    """
    found: list[PrintedWord] = []
    for word in line:
        over = touched(these, word)
        by = to[over[0]].end - these[over[0]].end if len(over) == 1 else 0
        start = max(word.start + by, found[-1].end if found else 0)
        parts = tuple(
            part._replace(start=part.start + by, end=part.end + by) for part in word.parts
        )
        found.append(PrintedWord(start, max(word.end + by, start + 1), word.text, parts))
    return found
