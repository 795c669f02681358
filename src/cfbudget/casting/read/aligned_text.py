"""Text in columns that only blanks divide: a row is a line of the text.

Where figures stand under one another is a column, over all lines of a block, so that a blank cell
stays blank. What is left of the first figures, or between columns of them, is text.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from cfbudget.casting.read.extents import Extent, extents, nearest, touched
from cfbudget.casting.read.printed_table import TextRow, row_of
from cfbudget.casting.read.text_words import PrintedWord, is_year, units

Fields = list[PrintedWord]


def figure_columns(lines: Sequence[Fields]) -> list[Extent]:
    """The columns that figures make up."""
    return extents([[word for word in line if word.figure] for line in lines if _has_figure(line)])


def aligned_rows(lines: Sequence[Fields]) -> list[TextRow]:
    """The rows of a block, each line given as its fields."""
    figures = figure_columns(lines)
    if not figures:
        return [row_of(word.text for word in line) for line in lines]
    lines = [_split_off(line, figures) for line in lines]
    texts = _text_columns([line for line in lines if _has_figure(line)], figures)
    columns = sorted([*figures, *texts])
    first = next((at for at, line in enumerate(lines) if len(line) > 1 or _has_figure(line)), 0)
    titles = [row_of(word.text for word in line) for line in lines[:first]]
    return [*titles, *(_row(line, columns, figures) for line in lines[first:])]


def _has_figure(line: Fields) -> bool:
    """Whether a line has a figure; a year alone is a title."""
    return any(word.figure for word in line) and (len(line) > 1 or not is_year(line[0].text))


def _split_off(line: Fields, figures: Sequence[Extent]) -> Fields:
    """A label that comes up to a column of figures has one blank between it and the figure."""
    found: Fields = []
    for word in line:
        pieces = [] if word.figure else units(word.text, word.start)
        off: Fields = []
        while len(pieces) > 1 and _ends(pieces[-1], figures):
            off.insert(0, pieces.pop())
        if off:
            end = pieces[-1].end
            found.append(PrintedWord(word.start, end, word.text[: end - word.start]))
            found += off
        else:
            found += _heads(word, figures)
    return found


def _ends(word: PrintedWord, figures: Sequence[Extent]) -> bool:
    """Whether a piece is a figure that ends where those of a column do, and lies within it. (A
    year may be part of a head.)"""
    if not word.figure or is_year(word.text):
        return False
    over = [figures[at] for at in touched(figures, word)]
    return len(over) == 1 and over[0].start <= word.start and word.end == over[0].end


def _heads(word: PrintedWord, figures: Sequence[Extent]) -> Fields:
    """The heads of neighbouring narrow columns, with one blank between them, each for itself."""
    if word.figure or len(touched(figures, word)) < 2:
        return [word]
    pieces = units(word.text, word.start)
    over = [touched(figures, piece) for piece in pieces]
    alone = all(len(columns) == 1 for columns in over)
    return pieces if alone and len({columns[0] for columns in over}) == len(over) else [word]


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


def _row(line: Fields, columns: Sequence[Extent], figures: Sequence[Extent]) -> TextRow:
    cells = [""] * len(columns)
    counted = _has_figure(line)
    for word in line:
        label = word is line[0] and not word.figure and word.start < figures[0].start and counted
        over = [c for c in columns if c.start <= word.start < c.end] if label else []
        at = columns.index(over[0]) if over else nearest(columns, word)
        if len(line) == 1 and not word.figure and word.start < columns[0].end:
            at = 0
        cells[at] = f"{cells[at]} {word.text}".strip()
    return row_of(cells)
