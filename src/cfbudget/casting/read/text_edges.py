"""Texts divided where columns of figures have their edges: what one blank parts, as it came.

A label that comes up to its figures has one blank between them, as have the heads of narrow
columns. Where the figures of other lines end tells which blanks part two cells.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.casting.read.extents import Extent, touched
from cfbudget.casting.read.text_words import PrintedWord, is_year, parts_of, together, units_of

LineWords = list[PrintedWord]


class FigureEdges(NamedTuple):
    """The columns of figures, and where the figures of each end, in order.

    `slack` is by how many places edges may differ that are meant to be the same.
    """

    columns: Sequence[Extent]
    ends: Sequence[Sequence[int]]
    slack: int
    lefts: Sequence[int] = ()
    """Where the columns begin whose figures stand at the left of them, of several lengths."""

    def parts(self, before: PrintedWord, word: PrintedWord) -> bool:
        """Whether such a column begins between two words."""
        return any(before.end <= left <= word.start + self.slack for left in self.lefts)

    def ends_at(self, word: PrintedWord) -> int | None:
        """The column at whose edge a word ends, if it touches no other."""
        over = touched(self.columns, word)
        if len(over) != 1:
            return None
        ends = self.ends[over[0]]
        at = bisect_left(ends, word.end - self.slack)
        return over[0] if at < len(ends) and ends[at] <= word.end + self.slack else None


def edges_of(lines: Sequence[LineWords], columns: Sequence[Extent], slack: int) -> FigureEdges:
    """Where the figures that stand for themselves end."""
    ends: list[set[int]] = [set() for _ in columns]
    starts: list[set[int]] = [set() for _ in columns]
    for line in lines:
        for word in line:
            for at in touched(columns, word) if word.figure else ():
                ends[at].add(word.end)
                if not is_year(word.text):
                    starts[at].add(word.start)
    lefts = [
        min(begun)
        for begun, ended in zip(starts, ends, strict=True)
        if slack and begun and max(begun) - min(begun) <= slack < max(ended) - min(ended)
    ]
    return FigureEdges(columns, [sorted(found) for found in ends], slack, lefts)


def divided(line: LineWords, edges: FigureEdges) -> LineWords:
    """A line whose texts are parted from figures in them, and heads from each other."""
    found: LineWords = []
    years = _heads_years(line, edges)
    for word in line:
        if word.figure or not touched(edges.columns, word):
            found.append(word)
            continue
        pieces = _parted(word, edges, years=years)
        found += pieces if len(pieces) > 1 else _heads(word, edges, alone=len(line) == 1)
    return found


def _heads_years(line: LineWords, edges: FigureEdges) -> bool:
    """Whether years are the heads of columns in a line: two end where columns do."""
    units = (unit for word in line for unit in units_of(word) if is_year(unit.text))
    return sum(edges.ends_at(unit) is not None for unit in units) > 1


def _parted(word: PrintedWord, edges: FigureEdges, *, years: bool) -> LineWords:
    """The figures in a text that end where those of a column do, and what is left of it.

    Args:
        years: whether years too, as they head other columns; else they may be part of a head.
    """
    found: LineWords = []
    left: LineWords = []
    units = units_of(word)
    for unit in units if len(units) > 1 else ():
        if unit.figure and _is_within(unit, edges, years=years):
            found += [together(left)] if left else []
            found.append(unit)
            left = []
        else:
            left.append(unit)
    return [*found, together(left)] if left and found else found or [word]


def _is_within(unit: PrintedWord, edges: FigureEdges, *, years: bool) -> bool:
    at = edges.ends_at(unit)
    if at is None or is_year(unit.text):
        return at is not None and years
    return edges.columns[at].start - edges.slack <= unit.start


def _heads(word: PrintedWord, edges: FigureEdges, *, alone: bool) -> LineWords:
    """The heads of neighbouring narrow columns, with one blank between them, each for itself: up
    to the edges of columns, or, where letters are all of one width, each over its own.

    Args:
        alone: whether nothing else stands on the line, as with a title.
    """
    if len(touched(edges.columns, word)) < 2:
        return [word]
    heads = [together(part) for part in _up_to_edges(parts_of(word), edges)]
    if len(heads) > 1 and all(len(touched(edges.columns, head)) < 2 for head in heads):
        return heads
    heads = [together(part) for part in _from_lefts(parts_of(word), edges)]
    if not alone and len(heads) > 1 and all(len(touched(edges.columns, h)) < 2 for h in heads):
        return heads
    pieces = units_of(word)
    over = [touched(edges.columns, piece) for piece in pieces]
    if alone or edges.slack or any(len(columns) != 1 for columns in over):
        return [word]
    return pieces if len({columns[0] for columns in over}) == len(over) else [word]


def _from_lefts(pieces: Sequence[PrintedWord], edges: FigureEdges) -> Iterator[LineWords]:
    """The pieces of a text, those together between which no column begins."""
    part: LineWords = []
    for piece in pieces:
        if part and edges.parts(part[-1], piece):
            yield part
            part = []
        part.append(piece)
    yield part


def _up_to_edges(pieces: Sequence[PrintedWord], edges: FigureEdges) -> Iterator[LineWords]:
    """The pieces of a text, those together of which the last ends where a column does."""
    part: LineWords = []
    for piece in pieces:
        part.append(piece)
        if edges.ends_at(piece) is not None:
            yield part
            part = []
    if part:
        yield part
