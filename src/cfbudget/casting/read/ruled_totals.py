"""Lines drawn above or below a figure of pasted text, as accountants mark a total.

A line is such a one only where it spans figures and no words, and figures that could be added stand
above it: not the line below headings, the frame of a table, or one that parts all its rows.
"""

import re
from collections.abc import Sequence

from cfbudget.casting.read.text_words import PrintedWord, is_year

SEGMENT = re.compile(r"[-=_─━═]{2,}")
DOUBLE = frozenset("=═")
YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
FEWEST = 2
"""The lines that stand above a total since the last line drawn."""

Words = Sequence[PrintedWord]


def ruled_totals(drawn: Sequence[str], words: Sequence[Words]) -> frozenset[int]:
    """The lines of a text, from 0, that a line drawn says to be totals.

    Args:
        drawn: for each line what is drawn in it, where that is all; else an empty text.
        words: for each line the words in it.
    """
    found: set[int] = set()
    counted = 0
    for at, line in enumerate(drawn):
        if not line:
            begins = at and not words[at - 1] and not drawn[at - 1]
            if begins and words[at] and not any(word.figure for word in words[at]):
                counted = 0  # what is headed here is another table, or another part
            counted += _is_line(words[at]) or at in found
            continue
        above, below = (
            words[other] if 0 <= other < len(words) and not drawn[other] else ()
            for other in (at - 1, at + 1)
        )
        if _spans(line, above, below) and (_is_line(above) or at - 1 in found):
            if any(word.figure for word in below):
                found |= {at + 1} if counted >= FEWEST else set()
            elif DOUBLE & set(line) and counted > FEWEST:
                found.add(at - 1)
        counted = int(at - 1 in found)  # what is added further down
    return frozenset(found)


def _is_line(words: Words) -> bool:
    """Whether a label stands before figures, which are not all years."""
    figures = [word.text for word in words if word.figure]
    years = all(is_year(text) or YEAR.fullmatch(text) for text in figures)
    return bool(figures) and not words[0].figure and not years


def _spans(line: str, *beside: Words) -> bool:
    """Whether each part of a line drawn has a figure right above or below it, and none a word."""
    words = [word for one in beside for word in one]
    for part in SEGMENT.finditer(line):
        met = [word for word in words if part.start() < word.end and word.start < part.end()]
        if not met or not all(word.figure for word in met):
            return False
    return True
