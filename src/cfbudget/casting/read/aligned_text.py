"""Text in columns that only blanks divide: a row is a line of the text.

Where figures stand under one another is a column, over all lines of a block, so that a blank cell
stays blank. What is left of the first figures, or between columns of them, is text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from cfbudget.casting.read.extents import Extent, extents, nearest, touched
from cfbudget.casting.read.left_aligned import with_left_aligned
from cfbudget.casting.read.printed_table import TextRow, row_of
from cfbudget.casting.read.text_edges import divided, edges_of
from cfbudget.casting.read.text_words import PrintedWord, is_year, units_of
from cfbudget.problem import clipped

Fields = list[PrintedWord]

# What is hardly part of a label: with a comma, a point, brackets or three digits.
AMOUNT = re.compile(r"[-−–(£$€]*\d[\d,]*(?:[,.]\d+|\d\d|\))[\d,.)%]*", re.ASCII)


def figure_columns(lines: Sequence[Fields], slack: int = 0) -> list[Extent]:
    """The columns that figures make up."""
    counted = [line for line in lines if _has_figure(line)]
    columns = extents([[word for word in line if word.figure] for line in counted])
    return with_left_aligned(columns, lines, slack)


class AlignedRows(NamedTuple):
    """The rows of a table, one for each line, and notes on them."""

    rows: tuple[TextRow, ...]
    notes: tuple[str, ...] = ()


def aligned_rows(
    lines: Sequence[Fields], slack: int = 0, firsts: Sequence[int] = ()
) -> AlignedRows:
    """The rows of a table, each line given as its fields.

    Args:
        slack: by how many places edges may differ that are meant to be the same.
        firsts: for each line the first of those that may be one row with it, where that is known.
    """
    figures = _without_heads_alone(lines, figure_columns(lines, slack))
    edges = edges_of(lines, figures, slack)
    lines = [divided(line, edges) for line in lines]
    texts = _text_columns([line for line in lines if _counts(line)], figures)
    columns = sorted([*figures, *texts, *_label_column(lines, min([*figures, *texts]))])
    first = next((at for at, line in enumerate(lines) if len(line) > 1 or _has_figure(line)), 0)
    first -= head_lines_above(lines, first, figures, firsts)
    titles = [row_of(word.text for word in line) for line in lines[:first]]
    rows = (*titles, *(_row(line, columns, figures, slack) for line in lines[first:]))
    unread = [word for line in lines[first:] for word in _unread(line, figures)]
    return AlignedRows(rows, _notes(unread))


def head_lines_above(
    lines: Sequence[Fields], first: int, figures: Sequence[Extent], firsts: Sequence[int]
) -> int:
    """How many lines with one text, right above the first with several, are no titles: they begin
    the head of one column, whose cell has more lines than those beside it.

    Args:
        firsts: for each line the first of those that may be one row with it; empty where that is
            not known, as in a text, where a title may stand just above.
    """
    labels = max((line[0].end for line in lines if _counts(line) and not line[0].figure), default=0)
    count = 0
    while count < first and len(firsts) > first:
        line = lines[first - count - 1]
        if len(line) != 1 or firsts[first - count - 1] != firsts[first]:
            break
        if line[0].start < labels or len(touched(figures, line[0])) != 1:
            break
        count += 1
    return count


def _without_heads_alone(lines: Sequence[Fields], figures: list[Extent]) -> list[Extent]:
    """Columns without those of years alone that stand where the column to the right of them begins:
    its own figures end further right, and no head of its own stands beside them."""
    filled = {at for line in lines if _counts(line) for w in line for at in touched(figures, w)}
    heads = [[touched(figures, w) for w in line] for line in lines if not _counts(line)]
    beside = {
        first[-1]
        for line in heads
        for first, second in pairwise(over for over in line if over)
        if second[0] == first[-1] + 1
    }
    return [
        column
        for at, column in enumerate(figures)
        if at in filled or at + 1 not in filled or at in beside
    ]


def _unread(line: Fields, figures: Sequence[Extent]) -> Iterator[PrintedWord]:
    """The texts that end in a figure which stands where a column has none in this line."""
    filled = {at for word in line if word.figure for at in touched(figures, word)}
    for word in line if _counts(line) or len(line) == 1 else ():
        last = units_of(word)[-1] if " " in word.text and not word.figure else word
        over = set(touched(figures, last)) - filled
        if over and last is not word and AMOUNT.fullmatch(last.text) and not is_year(last.text):
            yield word


def _notes(words: Sequence[PrintedWord]) -> tuple[str, ...]:
    if not words:
        return ()
    what = "1 figure stands inside a label and was not read"
    if len(words) > 1:
        what = f"{len(words):,} figures stand inside labels and were not read"
    return (f"{what}: {clipped(words[0].text)}",)


def _has_figure(line: Fields) -> bool:
    """Whether a line has a figure; a year alone is a title."""
    return any(word.figure for word in line) and (len(line) > 1 or not is_year(line[0].text))


def _label_column(lines: Sequence[Fields], leftmost: Extent) -> list[Extent]:
    """A column for labels that stand on lines of their own, between those of their figures."""
    between = lines[next((at for at, line in enumerate(lines) if _counts(line)), 0) :]
    alone = [line[0] for line in between if len(line) == 1 and not line[0].figure]
    start = min((word.start for word in alone), default=leftmost.start)
    return [Extent(start, leftmost.start)] if start < leftmost.start else []


def _counts(line: Fields) -> bool:
    """Whether a line has a figure that is no year, so that it is no head."""
    return any(word.figure and not is_year(word.text) for word in line)


def _text_columns(lines: Sequence[Fields], figures: Sequence[Extent]) -> list[Extent]:
    """The columns of text, from the lines that have figures too."""
    starts = [column.start for column in figures]
    zones: dict[int, list[Fields]] = {}
    for line in lines:
        texts = [_free(word, starts) for word in line if not _is_in(word, line, figures)]
        for zone, words in groupby(texts, key=lambda word: bisect_right(starts, word.start)):
            zones.setdefault(zone, []).append(list(words))
    return [column for zone in zones.values() for column in extents(_whole(zone))]


def _whole(zone: Sequence[Fields]) -> Sequence[Fields]:
    """The texts of one zone. Two blanks now and then stand within a label, and divide nothing."""
    several = sum(len(words) > 1 for words in zone)
    if several >= max(2, len(zone) // 5):
        return zone
    return [[PrintedWord(words[0].start, words[-1].end, "")] for words in zone]


def _is_in(word: PrintedWord, line: Fields, figures: Sequence[Extent]) -> bool:
    """Whether a word stands in a column of figures: a figure, or words such as `n/a`."""
    if word.figure or not touched(figures, word):
        return word.figure
    return word is not line[0] or word.start >= figures[0].start


def _free(word: PrintedWord, starts: Sequence[int]) -> PrintedWord:
    """A word up to where the next figures begin."""
    at = bisect_right(starts, word.start)
    return word._replace(end=min([word.end, *starts[at : at + 1]]))


def _spanned(word: PrintedWord, figures: Sequence[Extent], slack: int) -> list[Extent]:
    """The columns that a head stands above, if these are several: it covers half of each, and does
    not end where the last of them does, as its own head would."""
    over = [figures[at] for at in touched(figures, word)]
    if len(over) < 2 or abs(word.end - over[-1].end) <= slack:
        return []
    return over if all(2 * c.overlap(word) >= c.end - c.start for c in over) else []


def _row(line: Fields, columns: Sequence[Extent], figures: Sequence[Extent], slack: int) -> TextRow:
    cells = [""] * len(columns)
    counted = _has_figure(line)
    for word in line:
        label = word is line[0] and not word.figure and word.start < figures[0].start and counted
        over = [c for c in columns if c.start <= word.start < c.end] if label else []
        at = columns.index(over[0]) if over else nearest(columns, word)
        if len(line) > 1 and not _counts(line) and not touched(columns, word):
            # Its figures end further right: a head may begin where its column does.
            at = min(bisect_right(columns, word.start, key=lambda c: c.start), len(columns) - 1)
        if not counted and (spanned := _spanned(word, figures, slack)):
            at = columns.index(spanned[0])  # a head of several stands above the first
        if len(line) == 1 and not word.figure and word.start < columns[0].end:
            at = 0
        cells[at] = f"{cells[at]} {word.text}".strip()
    return row_of(cells)
