"""Formulas that labels state by the names of other lines: `Surplus (income less expenditure)`."""

import re
from collections.abc import Iterator, Mapping, Sequence

from cfbudget.casting.search.line_names import BRACKETED, NUMBER, LineNames
from cfbudget.casting.search.stated_formulas import LONGEST, SignedLines, StatedFormula

OPERATORS = r"less|minus|plus|excluding|excl\.?|net of|\+"
WORDED = re.compile(rf"\s+({OPERATORS})\s+", re.IGNORECASE)
WITH_DASHES = re.compile(rf"\s+({OPERATORS}|[-−–])\s+", re.IGNORECASE)
"""A dash between names is an operator only in brackets or behind `=`: it joins labels too."""
JOINED = re.compile(r"\s*(?:,|&|\band\b)\s*", re.IGNORECASE)
PLUS = frozenset(["plus", "+"])


def formulas_by_name(labels: Mapping[int, Sequence[str]]) -> Iterator[StatedFormula]:
    """Of each line the first formula that its texts state, if they state one."""
    names = LineNames(labels)
    for line, texts in labels.items():
        stated = (_terms(names, line, parts) for text in texts for parts in _expressions(text))
        terms = next((found for found in stated if found), ())
        if terms:
            yield StatedFormula(line, terms, "stated")


def _expressions(label: str) -> Iterator[list[str]]:
    """Names with operators between them: of all the label, in brackets, behind `=` or `:`."""
    if len(label) > LONGEST:
        return
    plain = BRACKETED.sub(" ", label)
    yield from (WORDED.split(text) for text in (plain, NUMBER.sub("", plain, count=1)))
    for text in (*BRACKETED.findall(label), *re.split("[=:]", label)[1:]):
        yield WITH_DASHES.split(text)


def _terms(names: LineNames, line: int, parts: Sequence[str]) -> SignedLines:
    """The signed lines of an expression; none where a name is that of none, or of several."""
    found: list[tuple[int, int]] = []
    for at in range(0, len(parts), 2):
        sign = 1 if not at or parts[at - 1].casefold() in PLUS else -1
        whole = names.line_of(parts[at], line)
        each = [whole] if whole is not None else _of_several(names, line, parts[at])
        if not each:
            return ()
        found += [(sign, one) for one in each]
    lines = [one for _, one in found]
    return tuple(found) if len(set(lines)) == len(lines) > 1 < len(parts) else ()


def _of_several(names: LineNames, line: int, text: str) -> list[int]:
    """The lines of `schools and grants`."""
    found = [names.line_of(name, line) for name in JOINED.split(text)]
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else []
