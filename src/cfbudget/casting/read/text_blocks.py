"""Lines of words to tables: what empty lines divide, put together where columns are the same."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.casting.read.aligned_text import (
    AlignedRows,
    Fields,
    aligned_rows,
    figure_columns,
    head_lines_above,
)
from cfbudget.casting.read.extents import Extent
from cfbudget.casting.read.figure_pieces import apart
from cfbudget.casting.read.printed_table import DIVIDE, MOST_CELLS, check_count
from cfbudget.casting.read.same_columns import merged, moved, same_columns
from cfbudget.casting.read.text_edges import divided, edges_of
from cfbudget.casting.read.text_heads import TableHeads, head_of, is_numbered, titles_of
from cfbudget.read.bounds import Refused

LONGEST_NAME = 90  # characters; more is no title


class TextBlock(NamedTuple):
    """Lines without an empty one between them, from line `start`, and where their figures stand."""

    start: int
    lines: Sequence[Fields]
    figures: Sequence[Extent]


class AlignedTable(NamedTuple):
    """A table of lines: its name, the line that it begins with, and its rows."""

    name: str
    start: int
    rows: AlignedRows


def tables_of(
    lines: Sequence[Fields | None],
    slack: int = 0,
    breaks: Sequence[int] = (),
    pages: Sequence[int] = (),
    firsts: Sequence[int] = (),
) -> list[AlignedTable]:
    """The tables of a text, each line given as its words, None for an empty one.

    Args:
        breaks: lines, in order, behind which no table goes on.
        slack: by how many places edges may differ that are meant to be the same.
        pages: lines, in order, that begin a page on which columns may stand elsewhere.
        firsts: for each line the first of those that may be one row with it, where that is known.

    Raises:
        Refused: there is too much of it.
    """
    found: list[AlignedTable] = []
    before = ""
    for joined in _joined(_blocks(apart(lines, slack), slack), slack, breaks, pages):
        if not any(block.figures for block in joined):
            before = _name([_words(line) for line in joined[0].lines[::-1]]) or before
            continue
        held = _together(joined)
        start = joined[0].start
        name = _name(_titles(joined, firsts[start:])) or before
        found.append(AlignedTable(name, start, aligned_rows(held, slack, firsts[start:])))
        check_count(len(found))
        before = _name(_below(held)[::-1])
    return found


def _titles(joined: Sequence[TextBlock], firsts: Sequence[int]) -> list[str]:
    """The texts alone on their lines above a table's heads, without those that begin a head."""
    lines = joined[0].lines
    titles = titles_of(lines)
    alone = next((at for at, line in enumerate(lines) if len(line) > 1), 0)
    figures = next(block.figures for block in joined if block.figures)
    heads = head_lines_above(lines, alone, figures, firsts)
    return titles[: len(titles) - heads]


def _words(line: Fields) -> str:
    return " ".join(word.text for word in line)


def _name(texts: Sequence[str]) -> str:
    """The first that may be a title: short, and no sentence."""
    return next((t for t in texts if t and len(t) <= LONGEST_NAME and not t.endswith(".")), "")


def _below(lines: Sequence[Fields]) -> list[str]:
    """The texts below the last line with several words or a figure: notes, or the title of the
    next table."""
    last = len(lines)
    while last and len(lines[last - 1]) < 2 and not any(w.figure for w in lines[last - 1]):
        last -= 1
    return [_words(line) for line in lines[last:]]


def _blocks(lines: Sequence[Fields | None], slack: int) -> list[TextBlock]:
    found: list[TextBlock] = []
    part: list[Fields] = []
    words = 0
    for at, line in enumerate([*lines, None]):
        if line is not None:
            part.append(line)
            words += len(line)
        elif any(part):
            found.append(_block(at - len(part), part, slack))
        if line is None:
            part = []
        if words > MOST_CELLS:
            raise Refused(f"it has more than {MOST_CELLS:,} figures and texts", DIVIDE)
    return found


def _block(start: int, lines: Sequence[Fields], slack: int) -> TextBlock:
    figures = figure_columns(lines, slack)
    edges = edges_of(lines, figures, slack)
    return TextBlock(start, [divided(line, edges) for line in lines], figures)


def _together(blocks: Sequence[TextBlock]) -> list[Fields]:
    lines: list[Fields] = []
    for block in blocks:
        lines += [[] for _ in range(block.start - blocks[0].start - len(lines))]
        lines += block.lines
    return lines


class _Growing:
    """Blocks that make up one table so far, and where its figures stand."""

    def __init__(self, blocks: list[TextBlock]) -> None:
        self.blocks = blocks
        self.figures: list[Extent] = list(blocks[-1].figures)
        self.heads = TableHeads.of(_together(blocks))
        self.elsewhere: Sequence[Extent] = ()
        """Where the same columns stand on the page that is read, if that is elsewhere."""

    def add(self, blocks: Sequence[TextBlock], slack: int) -> None:
        """Add what goes on, without the heads that are repeated."""
        self.figures = merged(self.figures, blocks[-1].figures, slack)
        self.blocks += [
            block._replace(lines=self.heads.rest_of(block.lines, self.figures)) for block in blocks
        ]


def _joined(
    blocks: Sequence[TextBlock], slack: int, breaks: Sequence[int], pages: Sequence[int]
) -> list[list[TextBlock]]:
    """Blocks put together: those with the same columns, with what stands between them, and those
    of heads without figures with what follows."""
    found: list[list[TextBlock]] = []
    table: _Growing | None = None
    between: list[TextBlock] = []
    for one in blocks:
        if not one.figures:
            between.append(one)
            continue
        block = one if table is None else _in_place(table, between, one, slack, pages)
        if (
            table is not None
            and bisect_left(breaks, table.blocks[-1].start) == bisect_left(breaks, block.start)
            and _goes_on(table, between, block, slack)
        ):
            table.add([*between, block], slack)
        else:
            apart = _heads_from(between, block)
            found += [[one] for one in between[:apart]]
            table = _Growing([*between[apart:], block])
            found.append(table.blocks)
        between = []
    return found + [[one] for one in between]


def _heads_from(between: Sequence[TextBlock], block: TextBlock) -> int:
    """With which of the blocks before it a table begins: the last that has heads for its figures,
    or else one of several texts just above it."""
    for at in range(len(between) - 1, max(-1, len(between) - 4), -1):
        if head_of(between[at].lines, block.figures):
            return at
    above = between[-1].lines if between else ()
    return len(between) - any(len(line) > 1 for line in above)


def _in_place(
    table: _Growing,
    between: Sequence[TextBlock],
    block: TextBlock,
    slack: int,
    pages: Sequence[int],
) -> TextBlock:
    """A block with its figures where the table has them, if it repeats the table's head in as many
    columns that stand elsewhere, as when each page of a PDF was made text by itself; or if it
    begins such a page without a head."""
    again = any(map(table.heads.stand_above, (one.lines for one in (*between[-1:], block))))
    if bisect_left(pages, table.blocks[-1].start) != bisect_left(pages, block.start):
        again = again or not (between or head_of(block.lines, block.figures))
    if again and len(block.figures) == len(table.figures):
        same = same_columns(table.figures, block.figures, slack)
        table.elsewhere = () if same else block.figures
    if not table.elsewhere or not same_columns(table.elsewhere, block.figures, slack):
        return block
    lines = [moved(line, table.elsewhere, table.figures) for line in block.lines]
    return TextBlock(block.start, lines, figure_columns(lines, slack))


def _goes_on(table: _Growing, between: Sequence[TextBlock], block: TextBlock, slack: int) -> bool:
    """Whether a block is more of the same table: its columns are, and it has no head of its own
    but one that is repeated, as on a new page."""
    if not same_columns(table.figures, block.figures, slack):
        return False
    figures = merged(table.figures, block.figures, slack)
    rest = [table.heads.rest_of(one.lines, figures) for one in (*between, block)]
    head = head_of(table.heads.lines, block.figures)
    others = (head_of(lines, block.figures) for lines in rest)
    if any(other and other != head for other in others):
        return False
    return not any(map(is_numbered, rest))
