"""The letters of a page to lines of words: what stands at one height, from left to right."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cfbudget.casting.read.pdf_pages import PdfLetter, PdfPage
from cfbudget.casting.read.text_words import PrintedWord, units_of

# In sizes of the letters beside it:
LEVEL = 0.3  # letters whose heights are no further apart stand on one line
PARTED = 0.14  # a gap that parts two pieces of text; narrow columns stand no further apart
FIGURES_PARTED = 0.08  # a gap that parts two figures
APART = 0.6  # a gap that is wider than any blank within a text
RAISED = (0.15, 0.75)  # how high a note's mark stands above its line
SMALL = 0.8  # a note's mark is smaller than that, beside the letters before it
PLACES = 4  # to a point

OF_FIGURES = frozenset("0123456789()%£$€-−–")
DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class PdfLine(NamedTuple):
    """A line of words, its height in points and the size of its letters."""

    words: list[PrintedWord]
    base: float
    size: float


def lines_of(page: PdfPage) -> list[PdfLine]:
    """The lines of a page, from its top."""
    bars = sorted(page.bars)
    rows = _with_marks([_in_order(row) for row in _levels(page.letters)])
    return [found for row in rows if (found := _line(row, bars)).words]


def _levels(letters: Sequence[PdfLetter]) -> Iterator[list[PdfLetter]]:
    """Letters that stand at one height."""
    row: list[PdfLetter] = []
    for letter in sorted(letters, key=lambda letter: -letter.base):
        if row and row[0].base - letter.base > LEVEL * max(row[0].size, letter.size, 1):
            yield row
            row = []
        row.append(letter)
    if row:
        yield row


def _in_order(row: Sequence[PdfLetter]) -> list[PdfLetter]:
    """From left to right; a letter that is printed twice, to look bold, once."""
    found: list[PdfLetter] = []
    for letter in sorted(row, key=lambda letter: letter.start):
        if not any(_is_double(letter, one) for one in found[-3:]):
            found.append(letter)
    return found


def _is_double(letter: PdfLetter, one: PdfLetter) -> bool:
    """Whether a letter is printed over one. (The two of a ligature stand in just one place.)"""
    near = letter.start - one.start < 0.2 * letter.size
    return letter.text == one.text and near and letter.start > one.start


def _with_marks(rows: list[list[PdfLetter]]) -> list[list[PdfLetter]]:
    """Small raised digits put behind the letter that they follow, as marks of notes."""
    found: list[list[PdfLetter]] = []
    for above, row in pairwise([[], *rows]):
        marks = [letter for letter in above if _is_mark(letter, row)]
        if marks and len(marks) == len([one for one in above if not one.text.isspace()]):
            found.pop()
            raised = [one._replace(text=one.text.translate(DIGITS)) for one in marks]
            row = sorted([*row, *raised], key=lambda letter: letter.start)  # noqa: PLW2901
        found.append(row)
    return found


def _is_mark(letter: PdfLetter, row: Sequence[PdfLetter]) -> bool:
    at = bisect_right(row, letter.start + 0.2 * letter.size, key=lambda one: one.start)
    before = row[at - 1] if at else None
    return (
        before is not None
        and letter.size < SMALL * before.size
        and RAISED[0] < (letter.base - before.base) / before.size < RAISED[1]
        and letter.start - before.end < 0.5 * before.size
    )


def _line(row: Sequence[PdfLetter], bars: Sequence[tuple[float, float, float]]) -> PdfLine:
    size = max((letter.size for letter in row), default=1.0) or 1.0
    base = row[0].base
    across = [x for x, low, high in bars if low < base + size / 4 < high]
    pieces = list(_pieces(row))
    groups: list[list[tuple[PrintedWord, float]]] = []
    end = 0.0
    for word, left, right in pieces:
        barred = groups and bisect_left(across, end) < bisect_left(across, left)
        if groups and left - end < APART * size and not barred:
            groups[-1].append((word, right))
        else:
            groups.append([(word, right)])
        end = right
    words = [one for group in groups for one in _fields([word for word, _ in group])]
    return PdfLine(_numbered(words), base, size)


def _pieces(row: Sequence[PdfLetter]) -> Iterator[tuple[PrintedWord, float, float]]:
    """Runs of letters without a blank or a gap, with where they begin and end."""
    run: list[PdfLetter] = []
    for letter in row:
        gap = letter.start - run[-1].end if run else 0.0
        blank = letter.text.isspace()
        if run and (blank or gap > _parting(run[-1], letter)):
            yield _piece(run)
            run = []
        if not blank:
            run.append(letter)
    if run:
        yield _piece(run)


def _parting(before: PdfLetter, letter: PdfLetter) -> float:
    """How wide a gap parts two letters, in points."""
    figures = before.text in OF_FIGURES and letter.text in OF_FIGURES
    return (FIGURES_PARTED if figures else PARTED) * max(before.size, letter.size)


def _piece(run: Sequence[PdfLetter]) -> tuple[PrintedWord, float, float]:
    left, right = run[0].start, max(letter.end for letter in run)
    start = round(left * PLACES)
    text = "".join(letter.text for letter in run)
    return PrintedWord(start, max(start + 1, round(right * PLACES)), text), left, right


def _fields(pieces: Sequence[PrintedWord]) -> list[PrintedWord]:
    """Pieces with no wide gap between them: figures each for itself, else one text."""
    whole = PrintedWord(
        pieces[0].start, pieces[-1].end, " ".join(p.text for p in pieces), tuple(pieces)
    )
    units = units_of(whole)
    return units if all(unit.figure for unit in units) else [whole]


def _numbered(words: list[PrintedWord]) -> list[PrintedWord]:
    return words
