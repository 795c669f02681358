"""What stands at the edges of pages and is of no table: their numbers, and what is repeated."""

import re
from collections.abc import Iterator, Sequence

from cfbudget.casting.read.text_words import PrintedWord, is_year

PageLine = Sequence[PrintedWord]

NUMBER = re.compile(r"[1-9]\d{0,3}", re.ASCII)
NEAR = 4  # places; figures that end no further apart may stand in one column
EDGE = 6  # lines at the top and at the bottom of a page
PAGE = re.compile(
    r"\W*(?P<word>page|p\.?|pg\.?)?\s*(?P<number>\d{1,4})\s*(?:(?:of|/)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(?P<text>.*\D) (?P<number>\d{1,3})\W*|(?P<first>\d{1,3}) (?P<rest>\D.*)")


def furniture(pages: Sequence[Sequence[PageLine]]) -> list[set[int]]:
    """For each page the lines, from 0, that are of no table: its number, and what stands at the
    same edge of the page before, without a figure in it."""
    found: list[set[int]] = [set() for _ in pages]
    for at, page in enumerate(pages):
        before = pages[at - 1] if at else ()
        after = pages[at + 1] if at + 1 < len(pages) else ()
        for direction in (1, -1):
            earlier = [_text(before[n]) for n in _edge(before, direction)]
            others = [*_numbers(before, direction, 1), *_numbers(after, direction, -1)]
            for number in _edge(page, direction):
                line = page[number]
                if (
                    _is_number(line, others)
                    or _is_apart(page, number)
                    or (not _is_row(line) and _is_again(line, earlier))
                ):
                    found[at].add(number)
    return found


def _edge(page: Sequence[PageLine], direction: int) -> list[int]:
    """The lines with words at the top of a page (1), or from its bottom upwards (-1)."""
    lines = [number for number, line in enumerate(page) if line]
    return lines[::direction][: min(EDGE, max(1, len(lines) // 2))]


def _text(line: PageLine) -> str:
    return " ".join(word.text for word in line)


def _is_again(line: PageLine, earlier: Sequence[str]) -> bool:
    """Whether a line stands on the page before, but for the page's number in it."""
    text = _text(line)
    words, number = _without_number(text)
    return text in earlier or (
        number is not None and (words, number - 1) in map(_without_number, earlier)
    )


def _without_number(text: str) -> tuple[str, int | None]:
    match = NUMBERED.fullmatch(text)
    if match is None:
        return text, None
    return match["text"] or match["rest"], int(match["number"] or match["first"])


def _numbers(page: Sequence[PageLine], direction: int, step: int) -> Iterator[int]:
    """The numbers that this page would have, by those at the edge of its neighbour."""
    for number in _edge(page, direction)[:2]:
        if match := PAGE.fullmatch(_text(page[number])):
            yield int(match["number"]) + step


def _is_number(line: PageLine, others: Sequence[int]) -> bool:
    """Whether a line is a page's number: it says so, or its neighbours' count on."""
    match = PAGE.fullmatch(_text(line))
    return match is not None and (match["word"] is not None or int(match["number"]) in others)


def _is_apart(page: Sequence[PageLine], number: int) -> bool:
    """Whether the first or last line of a page is a number alone, below or above no column."""
    line = page[number]
    said = [at for at, other in enumerate(page) if other]
    if number not in (said[0], said[-1]) or len(line) != 1 or not NUMBER.fullmatch(line[0].text):
        return False
    ends = (word.end for at in said if at != number for word in page[at] if word.figure)
    return all(abs(end - line[0].end) > NEAR for end in ends)


def _is_row(line: PageLine) -> bool:
    """Whether a line heads columns, or has a figure that is no year and no page's number."""
    figures = [word for word in line if word.figure and not is_year(word.text)]
    return len(line) > 2 or len(figures) > 1 or (bool(figures) and not line[-1].text.isdigit())
