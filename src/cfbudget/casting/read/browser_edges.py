"""What a browser prints at the edges of pages: date and title above, address and number below."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

HEADER = re.compile(
    r"\f?\s*\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? +\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?:\s{2,}.*)?\s*",
    re.IGNORECASE,
)
FOOTER = re.compile(r"\f?\s*(?:https?|file)://\S+\s+(?P<page>\d{1,4})\s?/\s?(?P<of>\d{1,4})\s*")


class BrowserEdges(NamedTuple):
    """The lines, from 0, that a browser printed at the edges of pages, and those with which the
    second and later pages begin."""

    lines: frozenset[int]
    pages: tuple[int, ...]


def browser_edges(lines: Sequence[str]) -> BrowserEdges:
    """Those of a text: a header only on a page that has such a footer, as both are printed."""
    starts = [0, *(at for at, line in enumerate(lines) if at and line.startswith("\f"))]
    found: set[int] = set()
    pages: list[int] = []
    for start, end in pairwise([*starts, len(lines)]):
        held = [at for at in range(start, end) if lines[at].strip()]
        footer = FOOTER.fullmatch(lines[held[-1]]) if held else None
        if footer is None or not 0 < int(footer["page"]) <= int(footer["of"]):
            continue
        found.add(held[-1])
        if HEADER.fullmatch(lines[held[0]]):
            found.add(held[0])
        if start:
            pages.append(start)
    return BrowserEdges(frozenset(found), tuple(pages))
