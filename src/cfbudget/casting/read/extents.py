"""Where columns stand: the places that words cover over many lines, and the gaps between."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from cfbudget.casting.read.printed_table import MOST_COLUMNS
from cfbudget.casting.read.text_words import PrintedWord
from cfbudget.read.bounds import Refused


class Extent(NamedTuple):
    """The places of a column: from `start` to `end`, which is not included."""

    start: int
    end: int

    def overlap(self, word: PrintedWord) -> int:
        """How many places a word shares with the column; below nil, how far it is from it."""
        return min(self.end, word.end) - max(self.start, word.start)


def extents(lines: Sequence[Sequence[PrintedWord]]) -> list[Extent]:
    """The columns that words make up: what they cover together, in order.

    Two words of one line stand in two columns, however the words of other lines bridge the gap:
    then it is where the fewest of them do.

    Raises:
        Refused: there are too many columns.
    """
    width = max((line[-1].end for line in lines if line), default=0)
    covered = _covered(lines, width)
    uncovered = [0, *accumulate(count == 0 for count in covered)]
    cuts: list[int] = []
    for before, word in (pair for line in lines for pair in pairwise(line)):
        if uncovered[word.start] > uncovered[before.end]:
            continue
        at = bisect_left(cuts, before.end)
        if at < len(cuts) and cuts[at] <= word.start:
            continue
        insort(cuts, min(range(before.end, word.start + 1), key=lambda at: covered[at]))
        if len(cuts) > MOST_COLUMNS:
            break
    found = _runs(covered, width, set(cuts))
    if len(found) > MOST_COLUMNS or len(cuts) > MOST_COLUMNS:
        reason = f"its figures stand in more than {MOST_COLUMNS} columns"
        raise Refused(reason, "save the table as .csv or .xlsx")
    return found


def _covered(lines: Iterable[Iterable[PrintedWord]], width: int) -> list[int]:
    """How many words cover each place."""
    steps = [0] * (width + 1)
    for line in lines:
        for word in line:
            steps[word.start] += 1
            steps[word.end] -= 1
    return list(accumulate(steps))


def _runs(covered: Sequence[int], width: int, cuts: set[int]) -> list[Extent]:
    found: list[Extent] = []
    start = None
    for at in range(width + 1):
        inside = at < width and covered[at] > 0
        if start is not None and (not inside or at in cuts):
            found.append(Extent(start, at))
            start = None
        if inside and start is None:
            start = at
    return found


def touched(columns: Sequence[Extent], word: PrintedWord) -> range:
    """The columns, in order, that a word shares places with."""
    first = bisect_right(columns, word.start, key=lambda column: column.end)
    return range(first, bisect_left(columns, word.end, lo=first, key=lambda column: column.start))


def nearest(columns: Sequence[Extent], word: PrintedWord) -> int:
    """The column that shares most places with a word, or is nearest to it; the first of equals."""
    over = touched(columns, word)
    if not over:
        over = range(max(0, over.start - 1), min(len(columns), over.start + 1))
    return max(over, key=lambda at: (columns[at].overlap(word), -at))
