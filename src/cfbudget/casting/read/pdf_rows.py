"""Which lines of a page are one row: labels and heads of several lines."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise, zip_longest
from statistics import median

from cfbudget.casting.read.pdf_lines import PLACES, PdfLine
from cfbudget.casting.read.printed_table import TextRow
from cfbudget.casting.read.text_words import is_figure, is_year, together

CLOSER = 0.93  # of the distance of rows: lines that are closer are of one cell
LEADING = 1.3  # the distance of lines within a cell, in sizes, where rows do not tell
NUMBERING = re.compile(r"\(?(\d{1,3}(?:\.\d{1,3}){0,3})[.)]?", re.ASCII)


def groups_of(lines: Sequence[PdfLine]) -> list[list[PdfLine]]:
    """The lines, in groups that may be of one row; numbers of paragraphs are of their texts."""
    lines = _numbered(lines)
    near = _row_distance(lines) * CLOSER
    groups: list[list[PdfLine]] = []
    for line in lines:
        limit = near or LEADING * max(line.size, 1)
        if groups and groups[-1][-1].base - line.base < limit:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [part for group in groups for part in ([group] if _is_row(group) else _apart(group))]


def joined_rows(rows: Sequence[TextRow], firsts: Sequence[int]) -> list[tuple[int, TextRow]]:
    """Rows of which each group is one, but where a text would stand in a cell with a figure.

    Args:
        firsts: for each row the first of its group.

    Returns:
        Each with the number of its first row, from 0.
    """
    found: list[tuple[int, TextRow]] = []
    for first, numbers in groupby(range(len(rows)), key=lambda at: firsts[at]):
        group = [rows[at] for at in numbers]
        columns = list(zip_longest(*group, fillvalue=""))
        labels = [cell for cell in columns[0] if cell] if columns else []
        told = any(not is_figure(cell) for cell in labels)  # a number among them is of a label
        if (told or _goes_together(labels)) and all(
            _goes_together([cell for cell in column if cell]) for column in columns[1:]
        ):
            found.append((first, tuple(" ".join(filter(None, column)) for column in columns)))
        else:
            found += [(first + at, row) for at, row in enumerate(group)]
    return found


def _goes_together(cells: Sequence[str]) -> bool:
    return len(cells) < 2 or not any(is_figure(cell) and not is_year(cell) for cell in cells)


def _counts(line: PdfLine) -> bool:
    """Whether a line has a figure that is no year."""
    return any(word.figure and not is_year(word.text) for word in line.words)


def _row_distance(lines: Sequence[PdfLine]) -> float:
    """How far one row of figures stands below another, in points; nil without two of them."""
    gaps = [
        above.base - below.base
        for above, below in pairwise(lines)
        if _counts(above) and _counts(below) and not above.words[0].figure
    ]
    return median(gaps) if gaps else 0.0


def _is_row(lines: Sequence[PdfLine]) -> bool:
    """Whether lines that are close to each other may be a row: one has figures, or they are heads
    of several columns."""
    counting = [line for line in lines if _counts(line) and not _ends_a_label(line, lines)]
    if len(counting) > 1:
        return False
    return any(len(line.words) > 1 for line in lines) or _is_beside(counting, lines)


def _is_beside(counting: Sequence[PdfLine], lines: Sequence[PdfLine]) -> bool:
    """Whether a figure stands beside the lines of its label, at the height of none of them."""
    if not counting or len(lines) < 3 or counting[0] in (lines[0], lines[-1]):
        return False
    start = counting[0].words[0].start
    return all(line.words[-1].end <= start for line in lines if line is not counting[0])


def _ends_a_label(line: PdfLine, lines: Sequence[PdfLine]) -> bool:
    """Whether a number alone on its line stands below a text, left of all figures: `aged under 65`
    in two lines."""
    alone = len(line.words) == 1 and line.words[0].text.isdecimal()
    start = line.words[0].start
    others = [word for one in lines if one is not line for word in one.words]
    texts = [word for word in others if not word.figure and abs(word.start - start) <= PLACES]
    return alone and bool(texts) and all(word.start > start for word in others if word.figure)


def _apart(lines: Sequence[PdfLine]) -> list[list[PdfLine]]:
    return [[line] for line in lines]


def _numbered(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """The lines with the numbers of paragraphs and rows, which count on, part of their texts."""
    numbers = [_number(line) for line in lines]
    counted = [number for number in numbers if number]
    follows = {
        number
        for one, other in pairwise(counted)
        if one[:-1] == other[:-1] and other[-1] == one[-1] + 1
        for number in (one, other)
    }
    return [
        line._replace(words=[together(line.words[:2]), *line.words[2:]])
        if number in follows
        else line
        for line, number in zip(lines, numbers, strict=True)
    ]


def _number(line: PdfLine) -> tuple[int, ...]:
    """The number that a line with a text behind it begins with: (4, 12) for 4.12."""
    if len(line.words) < 2 or line.words[1].figure:
        return ()
    match = NUMBERING.fullmatch(line.words[0].text)
    return tuple(map(int, match[1].split("."))) if match else ()
