"""The words of a pasted line with where they stand, and which of them are figures."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

SIGN = "[-+−–]"
FIGURE = re.compile(
    rf"{SIGN}?\(?{SIGN}?[£$€]?{SIGN}?(?:\d[\d,.]*|\.\d+)(?:%|bn|[kmKM])?\)?[-−–]?%?[*†‡⁰¹²³⁴-⁹]*"
    r"|[-–—]+|\.|n/a",
    re.ASCII | re.IGNORECASE,
)
YEAR = re.compile(r"(?:\d\d|\d{4})[-/–](?:\d\d|\d{4})", re.ASCII)
FIELD = re.compile(r"\S+(?: \S+)*")
# What leads a figure or ends it, and is none: a blank beside it parts nothing.
LEADING = re.compile(rf"{SIGN}?\(?{SIGN}?[£$€]?{SIGN}?")
NILS, CURRENCIES = frozenset("-−–"), frozenset("£$€")
DIGITS = frozenset("£$€.0123456789")
BEGINNING = frozenset("-+−–—(£$€.0123456789nN")
UNIT = re.compile(r"[£$€]['’]?000(?:['’]?s)?|[£$€]['’]?[kKmM]|[£$€]")
ENDING = frozenset({")", "%", "%)", ")%"})
GROUP = re.compile(r"\d{3}\)?", re.ASCII)
GROUPED = re.compile(rf"{SIGN}?\(?[£$€]?\d{{1,3}}(?: \d{{3}}){{0,4}}", re.ASCII)


class PrintedWord(NamedTuple):
    """What stands at the places `start` to `end` (not included) of a line.

    `parts` are its pieces, which blanks part, where letters are not all of one width; else each
    letter takes one place.
    """

    start: int
    end: int
    text: str
    parts: tuple["PrintedWord", ...] = ()

    @property
    def figure(self) -> bool:
        return is_figure(self.text)


def is_figure(text: str) -> bool:
    """Whether a text is a figure, a sign for nil, or a year, blanks within it apart."""
    if len(text) > 60 or UNIT.fullmatch(text):
        return False
    return FIGURE.fullmatch(text.replace(" ", "")) is not None or is_year(text)


def is_year(text: str) -> bool:
    return YEAR.fullmatch(text) is not None


def fields(line: str) -> list[PrintedWord]:
    """A line divided at two blanks or more, and figures at one."""
    found: list[PrintedWord] = []
    for match in FIELD.finditer(line):
        begins = match[0][0] in BEGINNING and " " in match[0]
        word = PrintedWord(match.start(), match.end(), match[0])
        pieces = units_of(word) if begins else []
        if len(pieces) > 1 and all(piece.figure for piece in pieces):
            found += pieces
        else:
            found.append(word)
    return found


def units(text: str, *, signed: bool = True, grouped: bool = True) -> list[PrintedWord]:
    """A text divided at single blanks, but not within a figure: `£ 1,234`, `( 310)`.

    Args:
        signed: whether `- 3.5` is one figure; else a nil and another.
        grouped: whether `1 234` is one figure; else two.
    """
    return _units(_parts(text, 0), signed=signed, grouped=grouped)


def units_of(word: PrintedWord) -> list[PrintedWord]:
    """A word divided at single blanks, but not within a figure."""
    return _units(parts_of(word), signed=True, grouped=True)


def parts_of(word: PrintedWord) -> Sequence[PrintedWord]:
    """A word divided at every blank."""
    return word.parts or list(_parts(word.text, word.start))


def together(words: Sequence[PrintedWord]) -> PrintedWord:
    """Words that stand beside each other as one, with a blank between them."""
    parts = tuple(part for word in words for part in word.parts or (word,))
    text = " ".join(word.text for word in words)
    return PrintedWord(words[0].start, words[-1].end, text, parts)


def _parts(text: str, start: int) -> Iterator[PrintedWord]:
    for match in re.finditer(r"\S+", text):
        yield PrintedWord(start + match.start(), start + match.end(), match[0])


def _units(parts: Iterable[PrintedWord], *, signed: bool, grouped: bool) -> list[PrintedWord]:
    found: list[PrintedWord] = []
    for word in parts:
        before = found[-1].text if found else ""
        one = _leads(before, word.text, signed) or (word.text in ENDING and before[-1:].isdigit())
        if one or (grouped and GROUP.fullmatch(word.text) and GROUPED.fullmatch(before)):
            word = together([found.pop(), word])  # noqa: PLW2901
        found.append(word)
    return found


def _leads(before: str, text: str, signed: bool) -> bool:  # noqa: FBT001
    """Whether the first of two pieces is the sign, bracket or £ of the other."""
    before = before.replace(" ", "") if len(before) < 12 else ""
    if not before or LEADING.fullmatch(before) is None or (before in NILS and not signed):
        return False
    return text in CURRENCIES or (text[0] in DIGITS and is_figure(text))
