"""Which lines of a page are running text, as stands between tables."""

from collections.abc import Sequence

from cfbudget.casting.read.pdf_lines import PdfLine
from cfbudget.casting.read.text_words import PrintedWord, is_year, units_of

WIDE = 0.7  # of all that is printed on the page: what a line of running text takes at least
LEADING = 1.8  # sizes of letters from one line of a paragraph to the next, at most
ALIKE = 0.05  # of a size: letters of one paragraph differ no more


def prose(lines: Sequence[PdfLine]) -> list[bool]:
    """For each line whether it is one of a paragraph: of lines with one text each, beneath each
    other, one at least of which is wide and runs over where figures stand."""
    words = [word for line in lines for word in line.words]
    width = max((w.end for w in words), default=0) - min((w.start for w in words), default=0)
    figures = sorted(word.start for word in words if word.figure and not is_year(word.text))
    column = figures[len(figures) // 2] if figures else 0
    wide = [_is_text(line) and _is_wide(line.words[-1], width, column) for line in lines]
    found: list[bool] = []
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or not (_is_text(lines[at]) and _follows(lines[at - 1], lines[at])):
            found += [any(wide[start:at])] * (at - start)
            start = at
    return found


def _is_wide(word: PrintedWord, width: float, column: float) -> bool:
    return word.end - word.start >= WIDE * width and word.end > column


def _is_text(line: PdfLine) -> bool:
    """Whether a line is one text, perhaps with a number or a bullet before it."""
    alone = len(line.words) == 1 or (len(line.words) == 2 and len(line.words[0].text) < 6)
    return alone and not units_of(line.words[-1])[-1].figure


def _follows(above: PdfLine, line: PdfLine) -> bool:
    size = max(above.size, line.size)
    near = above.base - line.base < LEADING * size
    return _is_text(above) and near and abs(above.size - line.size) <= ALIKE * size
