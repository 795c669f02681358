"""Tables drawn with bars and lines, as terminals print them: a row is a line of the text."""

import re

from cfbudget.casting.read.printed_table import PrintedTable, TextRow, check_count, row_of
from cfbudget.casting.read.text_words import fields

BARS = re.compile("[│┃║|┆┇┊┋╎╏]")
RULED = re.compile(r"[\u2500-\u257f+=_|\s-]+")
FRAMED = re.compile("[│┃║]")
CORNERS = ("+-", "+=", "++")
DRAWN = re.compile(r"[\u2500-\u257f=_-]{2}|[\u2574-\u257f]")


def is_ruled(line: str) -> bool:
    """Whether a line is drawn and says nothing."""
    return DRAWN.search(line) is not None and RULED.fullmatch(line) is not None


def has_bars(line: str) -> bool:
    return BARS.search(line) is not None


def is_boxed(lines: list[str]) -> bool:
    """Whether most lines that say something have bars, or a frame is drawn around them."""
    said = [line for line in lines if line.strip() and not is_ruled(line)]
    barred = [line for line in said if has_bars(line)]
    framed = any(FRAMED.search(line) or line.lstrip().startswith(CORNERS) for line in lines)
    return len(barred) >= 2 and (framed or len(barred) * 2 > len(said))


def is_half_barred(lines: list[str]) -> bool:
    """Whether bars part labels from figures, and only blanks part the figures, as hledger prints:
    most lines with figures have several of them between two bars."""
    counts = [
        max(sum(word.figure for word in fields(cell)) for cell in BARS.split(line))
        for line in lines
        if has_bars(line)
    ]
    return sum(count > 1 for count in counts) * 2 > sum(count > 0 for count in counts)


def without_bars(lines: list[str]) -> list[str]:
    """The lines with blanks for bars; what else stands in them keeps its place."""
    return [line if is_ruled(line) else BARS.sub(" ", line) for line in lines]


def read_boxed(lines: list[str]) -> list[PrintedTable]:
    """Every table between lines without bars, named by the last of those before it."""
    tables: list[PrintedTable] = []
    name, at = "", 0
    while at < len(lines):
        end = at
        while end < len(lines) and (has_bars(lines[end]) or is_ruled(lines[end])):
            end += 1
        rows = [_row(line) for line in lines[at:end]]
        if any(len(row) > 1 for row in rows):
            empty: list[TextRow] = [()] * at
            tables.append(PrintedTable(name, tuple(empty + rows)))
            check_count(len(tables))
        if end == at and lines[at].strip():
            name = lines[at].strip()
        at = max(end, at + 1)
    return tables


def _row(line: str) -> TextRow:
    """The cells between the bars. A frame's own bars have nothing on their other side."""
    if is_ruled(line):
        return ()
    cells = BARS.split(line.strip())
    first = 1 if len(cells) > 1 and not cells[0].strip() else 0
    return row_of(cells[first:])
