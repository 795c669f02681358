"""Figures that stand at the left of their column: a spreadsheet prints those so that it holds as
texts, as `(914)` of a CSV often is, beside others at the right of the same column."""

from collections.abc import Iterator, Sequence

from cfbudget.casting.read.extents import Extent, touched
from cfbudget.casting.read.text_words import PrintedWord, is_year

MINUS = ("(", "-", "−", "–")


def with_left_aligned(
    columns: Sequence[Extent], lines: Sequence[Sequence[PrintedWord]], slack: int
) -> list[Extent]:
    """The columns of figures, two as one where the figures of the first begin below each other,
    those of the second end so, no line has both and nothing else stands between.

    Args:
        slack: by how many places edges may differ that are meant to be the same.
    """
    found: list[Extent] = []
    counted = [line for line in lines if any(_is_amount(word) for word in line)]
    held = [list(_within(column, counted)) for column in columns]
    for at, column in enumerate(columns):
        if found and found[-1] == columns[at - 1]:
            both = Extent(columns[at - 1].start, column.end)
            if _is_one(held[at - 1], held[at], slack) and _is_free(both, counted):
                found[-1] = both
                continue
        found.append(column)
    return found


def _is_amount(word: PrintedWord) -> bool:
    return word.figure and not is_year(word.text)


def _within(column: Extent, lines: Sequence[Sequence[PrintedWord]]) -> Iterator[PrintedWord]:
    return (word for line in lines for word in line if word.figure and touched([column], word))


def _is_one(left: Sequence[PrintedWord], right: Sequence[PrintedWord], slack: int) -> bool:
    """Whether minus figures of several lengths begin at one place, and others end at one."""
    if not all(word.text.startswith(MINUS) for word in left):
        return False
    starts, ends = {word.start for word in left}, {word.end for word in right}
    lengths = [{word.end - word.start for word in words} for words in (left, right)]
    if not left or not right or any(max(each) - min(each) <= slack for each in lengths):
        return False
    return max(starts) - min(starts) <= slack and max(ends) - min(ends) <= slack


def _is_free(column: Extent, lines: Sequence[Sequence[PrintedWord]]) -> bool:
    """Whether each line has at most one word there, and that a figure."""
    within = [[word for word in line if touched([column], word)] for line in lines]
    return all(len(words) < 2 and all(word.figure for word in words) for words in within)
