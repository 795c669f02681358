"""Figures that stand at the left of their column: a spreadsheet prints those so that it holds as
texts, as `(914)` or `+0.0` of a CSV often is, and a dash for nil, beside others at the right of the
same column."""

import re
from collections.abc import Iterator, Sequence

from cfbudget.casting.read.extents import Extent, touched
from cfbudget.casting.read.text_words import PrintedWord, is_year

MINUS, PLUS = ("(", "-", "−", "–"), "+"
NIL = re.compile(r"[-−–—.]+|n/a|[-+−–(£$€]*0*(?:\.0*)?[)%]*", re.ASCII | re.IGNORECASE)

LineOfWords = Sequence[PrintedWord]


def with_left_aligned(
    columns: Sequence[Extent], lines: Sequence[LineOfWords], slack: int
) -> list[Extent]:
    """The columns of figures, two as one where the figures of the first begin below each other,
    those of the second end so, no line has both and nothing else stands between.

    Args:
        slack: by how many places edges may differ that are meant to be the same.
    """
    found: list[Extent] = []
    counted = [line for line in lines if any(_is_amount(word) for word in line)]
    heads = [line for line in lines if not any(_is_amount(word) for word in line)]
    held = [list(_within(column, counted)) for column in columns]
    for at, column in enumerate(columns):
        if found and found[-1] == columns[at - 1]:
            pair = (columns[at - 1], column)
            both = Extent(pair[0].start, pair[1].end)
            if (
                _is_one(held[at - 1], held[at], slack)
                and _is_free(both, counted)
                and not any(_heads_each(line, pair) for line in heads)
            ):
                found[-1] = both
                continue
        found.append(column)
    return found


def _is_amount(word: PrintedWord) -> bool:
    return word.figure and not is_year(word.text)


def _within(column: Extent, lines: Sequence[LineOfWords]) -> Iterator[PrintedWord]:
    return (word for line in lines for word in line if word.figure and touched([column], word))


def _is_one(left: LineOfWords, right: LineOfWords, slack: int) -> bool:
    """Whether what a spreadsheet may hold as texts begins at one place, and other figures end at
    one: nils and what has a plus, or minus figures of several lengths."""
    if not left or not right:
        return False
    starts, ends = {word.start for word in left}, {word.end for word in right}
    if max(starts) - min(starts) > slack or max(ends) - min(ends) > slack:
        return False
    if all(NIL.fullmatch(word.text) or word.text.startswith(PLUS) for word in left):
        return not any(word.text.startswith(PLUS) for word in right)
    if not all(word.text.startswith(MINUS) for word in left):
        return False
    # Were one at the right among them, the minus figures of one column would stand at both sides.
    others = not any(word.text.startswith(MINUS) for word in right)
    return _is_of_several_lengths(left, slack) and (others or _is_of_several_lengths(right, slack))


def _is_of_several_lengths(words: LineOfWords, slack: int) -> bool:
    lengths = {word.end - word.start for word in words}
    return max(lengths) - min(lengths) > slack


def _is_free(column: Extent, lines: Sequence[LineOfWords]) -> bool:
    """Whether each line has at most one word there, and that a figure."""
    within = [[word for word in line if touched([column], word)] for line in lines]
    return all(len(words) < 2 and all(word.figure for word in words) for words in within)


def _heads_each(line: LineOfWords, columns: tuple[Extent, Extent]) -> bool:
    """Whether a line without figures has a word for each of two columns."""
    over = [list(touched(columns, word)) for word in line]
    return [0] in over and [1] in over
