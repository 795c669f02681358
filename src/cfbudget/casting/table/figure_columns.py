"""Which columns hold figures, and which only number, name or grade their rows."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.heading_rows import YEARS
from cfbudget.casting.table.printed_figure import PrintedFigure, Unreadable

ReadFigures = Mapping[CellPlace, PrintedFigure | Unreadable]

NAMED = re.compile(
    r"(?:account|nominal|cost cent(?:re|er)|line|note|page|ref|row)s?(?: (?:codes?|no|number))?"
    r"|codes?|id|key|konto|kostenstelle|nr|no|rank|reference|seite"
)
"""What stands over numbers by which rows are called."""
GRADES = 100
"""A column of levels has smaller numbers than that."""
NOTES = re.compile(r"(?:note|page|ref)s?(?: (?:no|number))?")
"""What stands over the numbers of notes, in whatever order they come."""
MOST_PAGES = 1_000
LONGER = 10
"""How many times longer the figures of other columns are than the largest level."""


def figure_columns(rows: Sequence[Sequence[str]], read: ReadFigures, heads: int) -> set[int]:
    """The columns that hold figures, but for those that number or name their rows.

    Args:
        read: what the cells state, row by row.
    """
    found: dict[int, list[PrintedFigure | Unreadable]] = {}
    for (_, column), figure in read.items():
        found.setdefault(column, []).append(figure)
    words = dict.fromkeys(found, 0)
    for row in range(heads, len(rows)):
        for column, text in enumerate(rows[row]):
            if column in words and (row, column) not in read and _has_letters(text):
                words[column] += 1
    first = _first_words(rows, read, set(found), heads)
    return {
        column
        for column, figures in found.items()
        if any(isinstance(figure, PrintedFigure) for figure in figures)
        and 2 * len(figures) >= words[column]
        and not _names_rows(figures, left=column < first)
    }


def _first_words(
    rows: Sequence[Sequence[str]], read: ReadFigures, found: set[int], heads: int
) -> int:
    """The first column that has words beside a third of the figures' rows, where figures stand
    to its right; 0 where there is none."""
    lines = {row for row, _ in read if row >= heads}
    for column in label_columns(rows, found):
        words = sum(column < len(rows[row]) and bool(rows[row][column].strip()) for row in lines)
        if 3 * words >= len(lines) and any(other > column for other in found):
            return column
    return 0


def label_columns(rows: Sequence[Sequence[str]], figures: set[int]) -> list[int]:
    """The columns of words that stand beside those of figures."""
    width = max((len(line) for line in rows), default=0)
    return [
        column
        for column in range(width)
        if column not in figures
        and any(column < len(line) and line[column].strip() for line in rows)
    ]


def _has_letters(text: str) -> bool:
    return sum(character.isalpha() for character in text) > 3


def _names_rows(found: Sequence[PrintedFigure | Unreadable], *, left: bool) -> bool:
    """Whether a column counts its rows, or holds their years or codes."""
    figures = [figure for figure in found if isinstance(figure, PrintedFigure)]
    if len(figures) < 2 or len(figures) < len(found) or not all(f.plain for f in figures):
        return False
    amounts = [figure.amount for figure in figures]
    if all(amount in YEARS for amount in amounts):
        return True
    steps = {later - earlier for earlier, later in pairwise(amounts)}
    if steps == {1} and (amounts[0] in (0, 1) or amounts[0] in YEARS):
        return len(amounts) > 2 or left
    if not left:
        return False
    lengths = {len(str(amount)) for amount in amounts}
    return len(set(amounts)) == len(amounts) or (len(lengths) == 1 and max(lengths) > 2)


def grade_columns(
    read: ReadFigures, columns: set[int], heads: Sequence[Sequence[str]]
) -> frozenset[int]:
    """The columns that may hold levels, ranks, notes' numbers or other codes of their rows."""
    figures: dict[int, list[PrintedFigure]] = {column: [] for column in columns}
    unread = {column for (_, column), found in read.items() if isinstance(found, Unreadable)}
    last = max((row for row, column in read if column in columns), default=0)
    for (_, column), found in read.items():
        if column in columns and isinstance(found, PrintedFigure) and not found.percent:
            figures[column].append(found)
    plain = {
        column
        for column in columns - unread
        if len(figures[column]) > 2 and all(figure.plain for figure in figures[column])
    }
    small = {column for column in plain if _are_grades(figures[column])}
    codes = {
        column
        for column in plain - small
        if ((last, column) not in read or _is_named_so(heads, column, NAMED))
        and (_are_codes(figures[column]) or _is_of_notes(figures[column], heads, column))
    }
    others = [figures[column] for column in columns - small - codes if figures[column]]
    if not others:
        return frozenset()
    middle = min(_middle(found) for found in others)
    return frozenset(
        {c for c in small if middle >= LONGER * max(f.amount for f in figures[c])} | codes
    )


def _is_named_so(heads: Sequence[Sequence[str]], column: int, names: re.Pattern[str]) -> bool:
    """Whether a heading says that a column holds numbers by which things are called."""
    words = (line[column].strip().casefold().rstrip(".") for line in heads if column < len(line))
    return any(names.fullmatch(word) for word in words)


def _is_of_notes(
    figures: Sequence[PrintedFigure], heads: Sequence[Sequence[str]], column: int
) -> bool:
    """Whether a column holds the numbers of notes or pages, and says so."""
    few = all(figure.amount < MOST_PAGES for figure in figures)
    return few and _is_named_so(heads, column, NOTES)


def _middle(figures: Sequence[PrintedFigure]) -> Decimal:
    return sorted(abs(figure.amount) for figure in figures)[len(figures) // 2]


def _are_grades(figures: Sequence[PrintedFigure]) -> bool:
    """Whether numbers are small, and the largest stands in several rows, as no sum does that has
    two lines."""
    *_, second, first = sorted(figure.amount for figure in figures)
    return first == second and 0 < first < GRADES


def _are_codes(figures: Sequence[PrintedFigure]) -> bool:
    """Whether numbers are all of one length, or count upwards as those of notes and pages do."""
    amounts = [figure.amount for figure in figures]
    lengths = {len(str(amount)) for amount in amounts}
    counting = amounts == sorted(amounts) and amounts[-1] < MOST_PAGES
    return (len(lengths) == 1 and max(lengths) > 2) or counting
