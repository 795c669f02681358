"""Formulas by numbers or letters of lines: `1+2+3-(4+5+6)`, `A less B`, `sum of lines 1 to 6`."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

FormulaStrength = Literal["sure", "stated", "loose"]
"""How surely a text is a formula: of several lines, in brackets or behind `=`, or elsewhere, where
`Ages 5-7` may be none."""
SignedNames = tuple[tuple[int, str], ...]
NamesBetween = Callable[[str, str], Sequence[str]]
"""The names of the lines from one to another, with both; none where there is no such run."""

TOKEN = re.compile(
    r"\s*(?:(?P<sign>[-+−–]|(?:less|minus|plus)\b)|(?P<to>to\b)|(?P<open>[(\[])|(?P<close>[)\]])"
    r"|(?P<word>(?:(?:sum|total) of|lines?|rows?|box(?:es)?|items?)\b)"
    r"|(?P<name>\d{1,3}|[a-z])(?![\w%/]|[.,]\d))",
    re.IGNORECASE,
)
BEGIN = re.compile(
    r"(?<![\w.,])\(?(?:(?:line|row|box|item)\s+)?(?:\d{1,3}|[a-z])\)?\s*"
    r"(?:[-+−–]|(?:less|minus|plus)\b)",
    re.IGNORECASE,
)
EQUALS = re.compile(r"=|\bequals?\b", re.IGNORECASE)
FURTHER = re.compile(r"\s*[x×*/÷%+−–-](?!\w{2})", re.IGNORECASE)
"""What makes more of a formula than can be read of it."""
JOINS = re.compile(
    r"(?:(?<!\w)(?:\d{1,3}|[a-z])\)?\s*[x×*/÷%+−–-]|\b(?:less|minus|plus))\s*$", re.IGNORECASE
)
AGES = re.compile(r"\s*(\d{1,3})[-−–](\d{1,3})\s*")
PLUS = frozenset(["+", "plus"])


class ReferenceFormula(NamedTuple):
    """Signed names of lines."""

    terms: SignedNames
    strength: FormulaStrength


class _Reading(NamedTuple):
    """As much of a text as is a formula, from its beginning to its end, and the number of signs."""

    terms: SignedNames = ()
    end: int = 0
    signs: int = 0


def reference_formulas(
    text: str, between: NamesBetween, *, beside: bool = False
) -> Iterator[ReferenceFormula]:
    """The formulas that may stand in a text, which begins behind the line's own name.

    Args:
        beside: whether the text stands beside a label, in a column of its own.
    """
    if beside:
        yield from _formulas(text, between, whole=True, introduced=True)
    for inner in _bracketed(text):
        yield from _formulas(inner, between, whole=True, introduced=True)
    for match in EQUALS.finditer(text):
        yield from _formulas(text[match.end() :], between, whole=False, introduced=True)
    for match in BEGIN.finditer(text):
        yield from _formulas(text[match.start() :], between, whole=False, introduced=False)


def is_reference(text: str) -> bool:
    """Whether a text is such a formula and nothing else, so that it is no line's name."""
    return any(_formulas(text, lambda one, other: (one, other), whole=True, introduced=False))


def _bracketed(text: str) -> Iterator[str]:
    """What stands in brackets, with all brackets within, and is no part of a longer formula."""
    depth = start = 0
    for at, character in enumerate(text):
        if character in "([":
            start = start if depth else at + 1
            depth += 1
        elif character in ")]" and depth:
            depth -= 1
            part = JOINS.search(text[: start - 1]) or FURTHER.match(text[at + 1 :])
            if not (depth or part):
                yield text[start:at]


def _formulas(
    text: str, between: NamesBetween, *, whole: bool, introduced: bool
) -> Iterator[ReferenceFormula]:
    """The formula that a text begins with, or is as a whole, if it does."""
    read, rest = _Reading(), ""
    for read in _readings(text, between):
        rest = text[read.end :]
    if len(read.terms) < 2 or FURTHER.match(rest) or (whole and rest.strip()):
        return
    ages = AGES.fullmatch(text)
    if read.signs > 1:
        yield ReferenceFormula(read.terms, "sure")
    elif introduced and not (ages and int(ages[1]) < int(ages[2])):
        yield ReferenceFormula(read.terms, "stated")
    else:
        yield ReferenceFormula(read.terms, "loose")


def _readings(text: str, between: NamesBetween) -> Iterator[_Reading]:
    """Each part from the beginning of a text that is a formula, the shortest first."""
    reader, at = _Reader(between), 0
    while match := TOKEN.match(text, at):
        at = match.end()
        if not reader.take(match.lastgroup or "", match[match.lastgroup or 0].casefold()):
            return
        if reader.is_whole:
            yield _Reading(tuple(reader.terms), at, reader.signs)


class _Reader:
    """A formula that is read piece by piece."""

    def __init__(self, between: NamesBetween) -> None:
        self.terms: list[tuple[int, str]] = []
        self.signs = 0
        self._between = between
        self._sign, self._outer = 1, [1]
        self._awaited, self._ranged, self._worded = True, False, False

    @property
    def is_whole(self) -> bool:
        return len(self._outer) == 1 and not (self._awaited or self._ranged)

    def take(self, kind: str, text: str) -> bool:
        """Read one piece; False where it cannot stand there."""
        if kind == "word":
            self._worded = True
            return True
        if (kind in ("name", "open")) is not (self._awaited or self._ranged):
            return False
        if kind == "name":
            return self._range_to(text) if self._ranged else self._name(text)
        if kind == "sign":
            self._sign, self._awaited = 1 if text in PLUS else -1, True
            self.signs += 1
        elif kind == "open":
            self._outer.append(self._outer[-1] * self._sign)
            self._sign = 1
        elif kind == "to":
            self._ranged = True
        elif len(self._outer) > 1:
            self._outer.pop()
        else:
            return False
        return True

    def _name(self, text: str) -> bool:
        self.terms.append((self._outer[-1] * self._sign, text))
        self._sign, self._awaited = 1, False
        return True

    def _range_to(self, text: str) -> bool:
        sign, last = self.terms[-1]
        names = self._between(last, text)
        self.terms += [(sign, name) for name in names[1:]]
        self._ranged = False
        return bool(names) and (self._worded or last.isalpha())
