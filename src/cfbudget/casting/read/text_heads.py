"""What stands above the figures of a block of text: the heads of its columns, and its titles."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from cfbudget.casting.read.extents import Extent, touched
from cfbudget.casting.read.text_words import PrintedWord, is_year

NUMBERED = re.compile(
    r"(?:table|appendix|annex|schedule|note|figure|statement) (?:\d|[A-Z]\b|[ivx]+\b)",
    re.IGNORECASE,
)
CONTINUED = re.compile(r"\bcont(?:inue[ds]|inued|'?d|\.)?\b", re.IGNORECASE)

HeadLine = Sequence[PrintedWord]


def head_of(lines: Sequence[HeadLine], figures: Sequence[Extent]) -> tuple[str, ...]:
    """The words of the line that heads most columns of figures, if it heads half of them; of what
    stands before the first of them nothing. Empty without such a line."""
    above = list(takewhile(lambda line: not _counts(line), lines))
    best: tuple[str, ...] = ()
    most = max(1, (len(figures) + 1) // 2) - 1
    for line in above:
        over = [touched(figures, word) for word in line]
        columns = {column for columns in over for column in columns}
        if len(columns) > most and len(line) > 1:
            most = len(columns)
            best = tuple(word.text for word, found in zip(line, over, strict=True) if found)
    return best


class TableHeads(NamedTuple):
    """The lines that stand above the first figures of a table."""

    lines: Sequence[HeadLine]

    @classmethod
    def of(cls, lines: Sequence[HeadLine]) -> "TableHeads":
        return cls([line for line in takewhile(lambda line: not _counts(line), lines) if line])

    def stand_above(self, lines: Sequence[HeadLine]) -> bool:
        """Whether one of these heads, of several words, stands above the figures of others."""
        texts = {_text(line) for line in self.lines if len(line) > 1}
        above = takewhile(lambda line: not _counts(line), lines)
        return any(_text(line) in texts for line in above)

    def rest_of(
        self, lines: Sequence[HeadLine], figures: Sequence[Extent]
    ) -> list[list[PrintedWord]]:
        """Lines that go on with the table, those above the figures without these heads, however
        their words are divided; a label before them stays, and one below."""
        texts = {_text(line) for line in self.lines}
        over = {found for line in self.lines if (found := _over(line, figures))}
        rest: list[list[PrintedWord]] = []
        above, headed = True, False
        for line in lines:
            above = above and not _counts(line)
            # A text alone below heads names the lines that follow, if it does so again.
            if above and _text(line) in texts and not (headed and len(line) == 1):
                rest.append([])
                headed = headed or len(line) > 1
            elif above and _over(line, figures) in over:
                rest.append([word for word in line if not touched(figures, word)])
                headed = True
            else:
                rest.append(list(line))
        return rest


def _over(line: HeadLine, figures: Sequence[Extent]) -> tuple[str, ...]:
    """The words that stand above columns of figures."""
    return tuple(word.text for word in line if touched(figures, word))


def _text(line: HeadLine) -> str:
    return " ".join(word.text for word in line)


def titles_of(lines: Sequence[HeadLine]) -> list[str]:
    """The lines with one text each above the first with several."""
    alone = list(takewhile(lambda line: len(line) < 2 and not _counts(line), lines))
    return [line[0].text for line in alone if line] if len(alone) < len(lines) else []


def is_numbered(lines: Sequence[HeadLine]) -> bool:
    """Whether a block begins with the number of a table, and does not say that it goes on."""
    line = next((line for line in lines if line), ())
    text = line[0].text if line else ""
    return bool(NUMBERED.match(text)) and not CONTINUED.search(_text(line))


def _counts(line: HeadLine) -> bool:
    """Whether a line has a figure that is no year."""
    return any(word.figure and not is_year(word.text) for word in line)
