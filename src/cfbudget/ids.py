"""Ids: the printed name in lower case, joined by hyphens; and the nearest one to a slip."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = frozenset({"total"})
LONGEST = 200
ALIKE, ALIKE_WITH_ONE_SLIP = 0.75, 0.5
"""How much of a word is as it was meant, to suggest it; less is a chance likeness."""
LEAST = 3
"""The fewest letters by which a part of a name is told."""


@lru_cache(maxsize=1 << 16)  # several rules ask for the ids of the same names
def id_of(name: str) -> str:
    """The id of a printed name: `Children's Social Care` is `childrens-social-care`.

    `(Invest to Save)` and `*` are left out, apostrophes deleted, accents folded, and every
    other run of characters becomes one hyphen.
    """
    plain = re.sub(r"\(invest to save\)|\*", " ", name.lower())
    plain = re.sub(r"['’‘]", "", plain)
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known word that a slip most likely meant, or None where none is near."""
    from difflib import get_close_matches  # only a problem needs it

    words = list(known)
    for candidate in (written, id_of(written)):
        if found := get_close_matches(candidate, words, n=1, cutoff=ALIKE):
            return found[0]
        # In a word of three letters one slip is a third of it.
        short = get_close_matches(candidate, words, n=3, cutoff=ALIKE_WITH_ONE_SLIP)
        if one_slip := [word for word in short if _slips(candidate, word) == 1]:
            return one_slip[0]
    wanted = id_of(written)
    holding = [word for word in words if len(wanted) >= LEAST and f"-{wanted}" in f"-{word}"]
    return holding[0] if len(holding) == 1 else None


def _slips(written: str, meant: str) -> int:
    """How many letters are left out, put in, wrong or exchanged with the one beside them."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for at, letter in enumerate(written, start=1):
        before, above, row = row, before, [at]
        for to, wanted in enumerate(meant, start=1):
            least = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == meant[to - 2] and written[at - 2] == wanted:
                least = min(least, above[to - 2] + 1)
            row.append(least)
    return row[-1]


def did_you_mean_id(written: str, names: Mapping[str, str], otherwise: str) -> str:
    """The same for an id, where its name may have been written in its place.

    Args:
        names: the known names by id.
    """
    by_name = {name: known for known, name in names.items()}
    if written in by_name:
        return f"did you mean {by_name[written]!r}?"
    return did_you_mean(written, names, otherwise)


def did_you_mean(written: str, known: Iterable[str], otherwise: str) -> str:
    """A hint: the nearest known word, else `otherwise`."""
    found = nearest(written, known)
    return f"did you mean {found!r}?" if found else otherwise
