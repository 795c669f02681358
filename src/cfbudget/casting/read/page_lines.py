"""The lines of all pages of a PDF one after the other, as tables are looked for in them."""

from collections.abc import Iterator, Sequence

from cfbudget.casting.read.aligned_text import Fields
from cfbudget.casting.read.pdf_lines import PdfLine
from cfbudget.casting.read.pdf_paragraphs import prose
from cfbudget.casting.read.text_words import is_year

GAP = 2.2  # sizes of letters from one line to the next; more is an empty line

LineGroups = Sequence[Sequence[PdfLine]]
"""The lines of a page, those together that may be one row."""


class PageLines:
    """`lines` are all lines, None where there is a gap, `pages` the page of each, and `firsts` the
    first line of its group. Behind `breaks` no table goes on: running text stands there, and
    figures below it."""

    def __init__(self) -> None:
        self.lines: list[Fields | None] = []
        self.pages: list[int] = []
        self.firsts: list[int] = []
        self.breaks: list[int] = []

    def add(self, page: int, groups: LineGroups, apart: set[int]) -> None:
        """Add a page, without the lines, from 0, that are to be left apart."""
        above: PdfLine | None = None
        text, was_prose = -1, False
        for at, (first, line, is_prose) in enumerate(_flat(groups)):
            if at in apart:
                continue
            wide = above and above.base - line.base > GAP * max(line.size, above.size)
            if wide or is_prose is not was_prose:
                self._put(None, page)
            number = self._put(line.words, page, to_row=not first and not wide)
            if is_prose:
                text = number
            elif text >= 0 and _counts(line):
                self.breaks.append(text)
                text = -1
            above, was_prose = line, is_prose
        self._put(None, page)

    def _put(self, line: Fields | None, page: int, *, to_row: bool = False) -> int:
        number = len(self.lines)
        self.firsts.append(self.firsts[-1] if to_row else number)
        self.lines.append(line)
        self.pages.append(page)
        return number


def _flat(groups: LineGroups) -> Iterator[tuple[bool, PdfLine, bool]]:
    """Each line with whether it is the first of its group, and whether it is running text."""
    told = iter(prose([line for group in groups for line in group]))
    for group in groups:
        for at, line in enumerate(group):
            yield at == 0, line, next(told)


def _counts(line: PdfLine) -> bool:
    return any(word.figure and not is_year(word.text) for word in line.words)
