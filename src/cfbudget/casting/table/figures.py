"""A figure as a table prints it, read exactly; words and blanks told from figures misprinted.

Most cells are read by one expression here; `unusual` reads the rest.
"""

import re

from cfbudget.addresses import cell_name
from cfbudget.casting.table.printed_figure import NIL, PrintedFigure, Read, Unreadable, figure
from cfbudget.casting.table.unusual_figures import MOST_DIGITS, read_unusual

__all__ = ["PrintedFigure", "Unreadable", "cell_name", "read_figure"]

LONGEST = 60  # characters: anything longer is words

DIGIT = re.compile(r"\d")
ORDINARY = re.compile(
    r"(\()?(-)?(£)?(0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.([0-9]+))?(%)?(\))?"
)
DASHES = frozenset("-–—−‐‑")
NIL_AS_PRINTED = re.compile(
    r"[( ]*([£€$] ?)?(?:[-–—−‐‑]|nil) ?[£€$]?(?P<percent>%)?[) ]*[*†‡]*", re.IGNORECASE
)


def read_figure(text: str) -> Read:
    """One cell of a table, as printed.

    Amounts are exact and keep their printed places. None is not stated: blank, `.`, n/a, words,
    a date, a range, a code. What a reader would take for a figure misprinted is Unreadable.
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    match = ORDINARY.fullmatch(text)
    if match is not None and len(text) <= MOST_DIGITS:
        opened, minus, pound, whole, part, percent, closed = match.groups()
        if (opened is None) is (closed is None) and not ((minus and opened) or (percent and pound)):
            return figure(
                whole.replace(",", "") + (part or ""),
                -len(part) if part else 0,
                negative=bool(opened or minus),
                percent=bool(percent),
                plain=whole == text and "," not in whole,
            )
    return read_unusual(text) if DIGIT.search(text) else _nil(text)


def _nil(text: str) -> PrintedFigure | None:
    """Nil, where a cell without digits prints it: a dash, or the word."""
    if text in DASHES:
        return NIL
    match = NIL_AS_PRINTED.fullmatch(text)
    if match is None or text.count("(") != text.count(")"):
        return None
    return NIL._replace(percent=True) if match["percent"] else NIL
