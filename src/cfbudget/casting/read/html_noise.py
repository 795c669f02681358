"""A page's text without what is no part of what it shows: comments, scripts, declarations.

Python's parser looks for the end of each again and again where there is none; here a page is gone
through once.
"""

import re

OPENING = re.compile(r"<(?:!--|[!?]|(?P<raw>script|style|template|noscript)\b)", re.IGNORECASE)
CLOSINGS = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
    for name in ("script", "style", "template", "noscript")
}


def cleaned(page: str) -> str:
    """The page, each part that is left out replaced by nothing. One that never ends ends it."""
    kept: list[str] = []
    at = 0
    while match := OPENING.search(page, at):
        kept.append(page[at : match.start()])
        end = _end(page, match)
        if end < 0:
            return "".join(kept)
        at = end
    kept.append(page[at:])
    whole = "".join(kept)
    last = whole.rfind(">") + 1  # behind which nothing is a tag
    return whole[:last] + whole[last:].replace("<", " ")


def _end(page: str, match: re.Match[str]) -> int:
    """The place behind a part; -1 where it never ends."""
    if match["raw"]:
        found = CLOSINGS[match["raw"].lower()].search(page, match.end())
        return found.end() if found else -1
    mark = "-->" if match[0] == "<!--" else ">"
    end = page.find(mark, match.end() - (2 if mark == "-->" else 0))
    return end + len(mark) if end >= 0 else -1
