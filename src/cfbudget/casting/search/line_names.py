"""What the lines of a table are called, and which one line a name means."""

import re
from collections.abc import Mapping, Sequence

from cfbudget.casting.table.labels import TOTAL_WORDS

NUMBER = re.compile(
    r"\s*(?:line|box|row)?\s*\(?(\d{1,3}|[a-z])\)?(?:[.):]|(?=[\s=])|$)", re.IGNORECASE
)
"""The number or letter that a label begins with."""
BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
LETTER = re.compile(r"\s*[a-z]\s*", re.IGNORECASE)
STATED = re.compile(r"[=:].*")
WORD = re.compile(r"[^\W_]+")
IDLE = frozenset(["the", "all", "for", "year", "this"])
"""Words that make no other name."""

NameWords = tuple[str, ...]


class LineNames:
    """The names of lines: their labels whole, without what stands in brackets or behind `=`, and
    without their number or letter; and a letter alone.

    Args:
        labels: for each line the texts that it is called by.
    """

    def __init__(self, labels: Mapping[int, Sequence[str]]) -> None:
        self._exact: dict[NameWords, set[int]] = {}
        self._loose: dict[NameWords, set[int]] = {}
        for line, texts in labels.items():
            for words in {name for text in texts for name in _names(text)}:
                self._exact.setdefault(words, set()).add(line)
                self._loose.setdefault(_without_totals(words), set()).add(line)

    def line_of(self, name: str, besides: int) -> int | None:
        """The one line of that name; None where there is none, or another.

        `Income` also means `Total income`, if no other line is called so; `Total income` nothing
        else.
        """
        words = _words(name)
        plain = _without_totals(words)
        lines = (self._loose if plain == words else self._exact).get(words, set()) - {besides}
        return next(iter(lines)) if words and len(lines) == 1 else None


def _names(label: str) -> set[NameWords]:
    plain = STATED.sub("", BRACKETED.sub(" ", label))
    number = NUMBER.match(label)
    texts = [label, plain]
    if number:
        texts.append(NUMBER.sub("", plain, count=1))
    if number and number[1].isalpha():  # a numeral heads what is no formula as well
        texts.append(number[1])
    texts += [inner for inner in BRACKETED.findall(label) if LETTER.fullmatch(inner)]
    return {words for text in texts if (words := _words(text))}


def _words(text: str) -> NameWords:
    return tuple(word for word in WORD.findall(text.casefold()) if word not in IDLE)


def _without_totals(words: NameWords) -> NameWords:
    return tuple(word for word in words if word not in TOTAL_WORDS)
