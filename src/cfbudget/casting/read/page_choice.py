"""Which pages of a PDF to read, as it is typed: `12-14`, `3,7`."""

import re

CHOICE = re.compile(r"[0-9]{1,6}(?:-[0-9]{1,6})?(?:,[0-9]{1,6}(?:-[0-9]{1,6})?)*", re.ASCII)
MOST_PARTS = 100
AS_TYPED = "write a page as 12, pages as 12-14 or 3,7"


def page_choice(typed: str) -> str:
    """The choice, in order and without blanks: `3,7-9`.

    Raises:
        ValueError: it names no pages; the message says how to.
    """
    plain = re.sub(r"\s+", "", typed).replace("–", "-")
    parts = plain.split(",")
    if not CHOICE.fullmatch(plain) or len(parts) > MOST_PARTS:
        raise ValueError(f"{typed!r} names no pages: {AS_TYPED}")
    found = sorted(_ends(part) for part in parts)
    if any(not 0 < first <= last for first, last in found):
        raise ValueError(f"{typed!r} names no pages, as they count from 1 upwards: {AS_TYPED}")
    merged: list[tuple[int, int]] = []
    for first, last in found:
        if merged and first <= merged[-1][1]:
            first, last = merged[-1][0], max(last, merged.pop()[1])  # noqa: PLW2901
        merged.append((first, last))
    return ",".join(f"{first}-{last}" for first, last in merged)


def _ends(part: str) -> tuple[int, int]:
    first, _, last = part.partition("-")
    return int(first), int(last or first)
