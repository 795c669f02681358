"""Pasted text to tables: what blank lines divide, put together where the columns are the same."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from cfbudget.casting.read.aligned_text import Fields, aligned_rows, figure_columns
from cfbudget.casting.read.boxed_text import is_ruled
from cfbudget.casting.read.extents import Extent, extents
from cfbudget.casting.read.loose_text import is_loose, read_loose
from cfbudget.casting.read.printed_table import DIVIDE, MOST_CELLS, PrintedTable, TextRow, cell_text
from cfbudget.casting.read.text_words import PrintedWord, fields, is_year
from cfbudget.read.bounds import Refused

LEADERS = re.compile(r"\.{4,}|(?:\. ){6,}\.*")
MOST_WORDS = 700_000
BLANKS = str.maketrans(dict.fromkeys("\xa0\u2002\u2003\u2007\u2009\u202f\f\v", " "))


class TextBlock(NamedTuple):
    """Lines `start` to `end` of a text, as fields, and where their figures stand."""

    start: int
    end: int
    lines: Sequence[Fields]
    figures: Sequence[Extent]


def read_pasted(lines: list[str]) -> list[PrintedTable]:
    """Tables that only blanks divide. With several, each has the first line above it for a name."""
    if sum(len(line.split()) for line in lines) > MOST_WORDS:
        reason = f"it has more than {MOST_WORDS:,} words"
        raise Refused(reason, "copy the table alone, or save it as .csv or .xlsx")
    plain = [_plain(line) for line in lines]
    if is_loose(plain):
        return [read_loose(plain)]
    tables: list[PrintedTable] = []
    found = _joined(_blocks(plain))
    for before, block in zip([None, *found], found, strict=False):
        if not block.figures:
            continue
        title = _title(block)
        name = " ".join(title[:1])
        if not title and before and not before.figures:
            name = lines[before.start]
        empty: list[TextRow] = [()] * block.start
        tables.append(PrintedTable(cell_text(name), tuple(empty + aligned_rows(block.lines))))
    return tables


def _plain(line: str) -> str:
    """A line with blanks only between its words: no tabs, leaders or rules."""
    line = line.translate(BLANKS).expandtabs()
    if is_ruled(line):
        return " "
    return LEADERS.sub(lambda match: " " * len(match[0]), line).rstrip()


def _blocks(lines: Sequence[str]) -> list[TextBlock]:
    """Runs of lines without an empty one between them; a rule, left as a blank, is none."""
    found: list[TextBlock] = []
    start = words = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and lines[at]:
            continue
        if at > start:
            part = [fields(line) for line in lines[start:at]]
            words += sum(map(len, part))
            if words > MOST_CELLS:
                raise Refused(f"it has more than {MOST_CELLS:,} figures and texts", DIVIDE)
            found.append(TextBlock(start, at, part, figure_columns(part)))
        start = at + 1
    return found


def _joined(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """Blocks put together: those with the same columns, with what stands between them, and those
    of heads without figures with what follows."""
    found: list[TextBlock] = []
    for block in blocks:
        last = next((at for at in reversed(range(len(found))) if found[at].figures), None)
        if last is not None and _goes_on(found[last], block):
            block = _together([*found[last:], block])  # noqa: PLW2901
            del found[last:]
        elif found and not found[-1].figures and block.figures and _heads(found[-1]):
            block = _together([found.pop(), block])  # noqa: PLW2901
        found.append(block)
    return found


def _heads(block: TextBlock) -> bool:
    return any(len(line) > 1 for line in block.lines)


def _together(blocks: Sequence[TextBlock]) -> TextBlock:
    lines: list[Fields] = []
    for block in blocks:
        lines += [[] for _ in range(block.start - blocks[0].start - len(lines))]
        lines += block.lines
    figures = figure_columns(lines)
    return TextBlock(blocks[0].start, blocks[-1].end, lines, figures)


def _goes_on(before: TextBlock, block: TextBlock) -> bool:
    """Whether a block is more of the same table: its columns are, and it has no head of its own
    but one that is repeated, as on a new page."""
    head, title = _head(block), _title(block)
    if not block.figures or (head and head != _head(before)):
        return False
    again = title == _title(before) or "continued" in " ".join(title).lower()
    if head and title and not again:
        return False
    these, those = before.figures, block.figures
    words = [[PrintedWord(*column, "") for column in columns] for columns in (these, those)]
    both = extents([[word] for line in words for word in line])
    fewer, more = sorted((len(these), len(those)))
    ends = {column.end for column in these} & {column.end for column in those}
    # No column of either lies across two of the other.
    return len(both) == more and (fewer > 1 or bool(ends))


def _title(block: TextBlock) -> list[str]:
    """The lines above a block's head, if it has one."""
    above = takewhile(lambda line: len(line) < 2, block.lines)
    return [word.text for line in above for word in line] if _head(block) else []


def _head(block: TextBlock) -> list[str]:
    """The words of a block's first line with several, if none of them is a figure but years."""
    line: Fields = next((line for line in block.lines if len(line) > 1), [])
    if any(word.figure and not is_year(word.text) for word in line):
        return []
    return [word.text for word in line]
