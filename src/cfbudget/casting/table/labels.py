"""What labels say of a line: the little that arithmetic cannot.

Labels only tip the balance where figures are few or short. Beside the words for a total in
several languages it is the shape of a label that speaks: none at all where others have one, or
the words of the heading above its lines.
"""

import re

from cfbudget.casting.table.grid import PrintedGrid

TOTAL_WORDS = frozenset(
    [
        "total",
        "totals",
        "subtotal",
        "sub-total",
        "subtotals",
        "sum",
        "overall",
        "aggregate",
        "altogether",
        "cyfanswm",
        "cyfansymiau",
        "gesamt",
        "gesamtsumme",
        "summe",
        "insgesamt",
        "zwischensumme",
        "totaal",
        "subtotaal",
        "totale",
        "totaux",
        "somme",
        "ensemble",
        "suma",
        "subtotaal",
        "somma",
        "totais",
        "iomlán",
    ]
)
RESULT_WORDS = frozenset(
    [
        "net",
        "total",
        "totals",
        "variance",
        "difference",
        "change",
        "balance",
        "gap",
        "increase",
        "decrease",
        "movement",
        "closing",
        "surplus",
        "deficit",
        "remaining",
        "requirement",
        "netto",
        "saldo",
        "gross",
        "position",
    ]
)
SAYS_TOTAL = 8
"""The bits that the word for a total is worth, or no label where other lines have one."""
SAYS_RESULT = 4
"""The bits that another telling label is worth."""

MEMORANDUM = re.compile(
    r"^\W*includ(?:es|ing)\b|\b(?:of which|thereof|memo|memorandum|for information"
    r"|included (?:above|in|within)|incl?\.? above|not (?:added|counted|included))\b",
    re.IGNORECASE,
)

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


LESS = re.compile(r"(?:\W|\d)*(?:less|minus|deduct|\(\s*[-–−]\s*\))(?!\w| than\b)", re.IGNORECASE)
MORE = re.compile(r"(?:\W|\d)*(?:add|plus|\(\s*\+\s*\))(?!\w)", re.IGNORECASE)


def is_taken_off(label: str) -> bool:
    """Whether a label says that its line is taken off: `Less: fees`, `4. (-) Staff costs`."""
    return LESS.match(label) is not None


def is_added(label: str) -> bool:
    """Whether a label says that its line is added: `Add: contribution to reserves`."""
    return MORE.match(label) is not None


def words_of(label: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in WORD.findall(label))


def is_memorandum(label: str) -> bool:
    """Whether a label says that its line is part of another, or added to nothing."""
    return MEMORANDUM.search(label) is not None


def row_label(grid: PrintedGrid, row: int) -> str:
    """The words beside a row's figures: of several the first that the row above does not have, as
    the others say which group it is in."""
    texts = [(column, text) for column in grid.labels if (text := grid.text(row, column))]
    own = (text for column, text in texts if not row or text != grid.text(row - 1, column))
    return next(own, texts[0][1] if texts else "")


def column_label(grid: PrintedGrid, column: int) -> str:
    """The words above a column's figures, from all rows of headings."""
    texts = (grid.text(row, column) for row in range(grid.heads))
    return " ".join(dict.fromkeys(text for text in texts if text))


def row_hints(grid: PrintedGrid) -> list[int]:
    """For each row with figures, the bits that its label gives it for being a total."""
    headings: set[frozenset[str]] = set()
    found = []
    labels = {row: row_label(grid, row) for row in grid.rows}
    labelled = sum(map(bool, labels.values()))
    stated = set(grid.rows)
    for row in range(grid.rows[0] if grid.rows else 0, len(grid.texts)):
        label = labels[row] if row in stated else row_label(grid, row)
        words = words_of(label)
        if row not in stated:
            if words:
                headings.add(words)
            continue
        bare = not label or label.casefold() == "(no label)"
        if row in grid.ruled or words & TOTAL_WORDS or (bare and 2 * labelled > len(grid.rows)):
            found.append(SAYS_TOTAL)
        elif words & RESULT_WORDS or any(heading <= words for heading in headings):
            found.append(SAYS_RESULT)
        else:
            found.append(0)
    return found


def column_hints(grid: PrintedGrid) -> list[int]:
    """For each column of figures, the bits that its heading gives it for being a total."""
    labels = [words_of(column_label(grid, column)) for column in grid.columns]
    return [
        SAYS_TOTAL if words & TOTAL_WORDS else SAYS_RESULT if words & RESULT_WORDS else 0
        for words in labels
    ]
