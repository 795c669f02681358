"""A file's tables, each cast; blocks of one sheet that have headings of their own stand apart.

A block keeps its rows' numbers: what is not of it is blank, so that a cell is named as the source
names it.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.casting.casting import cast_grid
from cfbudget.casting.read.printed_table import PrintedTable, TextRow
from cfbudget.casting.results import Casting
from cfbudget.casting.stored_cells import StoredCells
from cfbudget.casting.table.figures import PrintedFigure, read_figure
from cfbudget.casting.table.grid import PrintedCell, PrintedGrid
from cfbudget.imports.printed_words import unit_in, years_in

MARKUP = re.compile(r"</?(?:b|strong|i|em|u|sup|sub|small|span|br)\b[^<>]{0,200}>", re.IGNORECASE)
HEADS = re.compile(
    r"\b(?:gross|net|income|expenditure|spend|budget|total|opening|closing|balance|fte|change)\b",
    re.IGNORECASE,
)
SAYS_HOW = re.compile(r"^(?:all )?(?:figures|amounts|values) |^notes?\b|^\(?£", re.IGNORECASE)
"""What stands above a table and is no title."""
BYLINE = re.compile(
    r"^(?:a )?(?:report (?:to|of|by)|prepared|produced|author|contact|version|draft|as at\b"
    r"|dated?\b|printed|updated|last updated|published|page|by the )|[a-z]\.$",
    re.IGNORECASE,
)
"""A line below a title of who wrote the table for whom and when, or a sentence."""
MARKDOWN_TITLE = re.compile(r"^#+\s*")


class SourceTable(NamedTuple):
    """One table of a file: its texts, its figures, and how it adds up."""

    number: int
    """From 1, in the order of the file; `--table` takes it."""
    name: str
    """Its sheet, caption or the title above it; empty where it has none."""
    rows: Sequence[TextRow]
    grid: PrintedGrid
    casting: Casting
    stored: StoredCells
    first: int
    """Its first row, from 0."""
    notes: tuple[str, ...] = ()

    def text(self, row: int, column: int) -> str:
        """A cell's text, in one line."""
        return self.grid.text(row, column)


def source_tables(tables: Sequence[PrintedTable], *, exact: bool | None) -> list[SourceTable]:
    """Every table that holds figures, cast.

    Args:
        exact: whether figures are exact, so that no rounding is allowed; None to tell by them.
    """
    found: list[SourceTable] = []
    for table in tables:
        rows = tuple(tuple(map(_plain, row)) for row in table.rows)
        for first, last in _blocks(rows):
            own = tuple(row if first <= at < last else () for at, row in enumerate(rows[:last]))
            grid, casting = cast_grid(own, exact=exact, stored=_within(table.stored, first, last))
            grid = _with_first_nils(grid, first)
            if len(grid.cells) > 1:
                name = _title(own[first:], grid.heads - first) or table.name
                number = len(found) + 1
                found.append(
                    SourceTable(number, name, own, grid, casting, table.stored, first, table.notes)
                )
    return found


def _plain(cell: str) -> str:
    """A cell without the marks of a web page or of Markdown that were pasted with it."""
    if "<" in cell or "&" in cell:
        cell = html.unescape(MARKUP.sub("", cell)).strip()
    return cell[2:-2] if len(cell) > 4 and cell.startswith("**") and cell.endswith("**") else cell


def _within(stored: StoredCells, first: int, last: int) -> StoredCells:
    """What is stored of the rows of a block."""
    return StoredCells(
        {at: number for at, number in stored.numbers.items() if first <= at[0] < last},
        {at: formula for at, formula in stored.formulas.items() if first <= at[0] < last},
        tuple(span for span in stored.spans if first <= span.row < last),
        frozenset(row for row in stored.ruled if first <= row < last),
    )


def _blocks(rows: Sequence[TextRow]) -> Iterator[tuple[int, int]]:
    """The first and the last row of each block, the last not included.

    A block begins where other headings than its own stand below figures; what stands between the
    last figures and these headings is the new block's.
    """
    start, ended = 0, -1
    heads: list[list[str]] = []
    for at, row in enumerate(rows):
        if _has_figures(row):
            ended = at
        elif said := _heads(row):
            if ended >= start and said not in heads:
                yield start, ended + 1
                start, heads = ended + 1, []
            heads.append(said)
    yield start, len(rows)


def _has_figures(row: TextRow) -> bool:
    found = [read_figure(cell) for cell in row[1:]]
    figures = [one for one in found if isinstance(one, PrintedFigure)]
    return any(not (one.plain and 1900 <= one.amount <= 2100) for one in figures)


def heads_columns(row: TextRow) -> bool:
    """Whether a row without figures heads columns: it names a year, a unit or a measure."""
    return bool(_heads(row))


def _heads(row: TextRow) -> list[str]:
    """The cells of a row, behind its first, that name a year, a unit or a measure."""
    return [
        cell
        for cell in [cell for cell in row if cell][1:]
        if years_in(cell) or unit_in(cell) or (len(cell) < 60 and HEADS.search(cell))
    ]


def _with_first_nils(grid: PrintedGrid, first: int) -> PrintedGrid:
    """A grid with the lines of nils above its first figures, which add nothing to its sums and
    so stand among its headings."""
    cells = dict(grid.cells)
    heads = grid.heads
    for row in range(grid.heads - 1, first, -1):
        texts = {column: text for column in grid.columns if (text := grid.text(row, column))}
        named = any(grid.text(row, column) for column in grid.labels)
        if texts and not (named and all(map(_is_nil, texts.values()))):
            break
        if texts:
            nil = PrintedCell(0, 10**grid.places, percent=False, scaled=False, nil=True, dash=True)
            cells |= {(row, column): nil for column in texts}
            heads = row
    rows = tuple(sorted({row for row, _ in (*cells, *grid.unreadable)}))
    return grid._replace(cells=dict(sorted(cells.items())), rows=rows, heads=heads)


def _is_nil(text: str) -> bool:
    figure = read_figure(text)
    return isinstance(figure, PrintedFigure) and not figure.amount


def _title(rows: Sequence[TextRow], heads: int) -> str:
    """The last line of words that stands alone above the headings; of lines that say who wrote
    the table and when only where there is no other."""
    found = byline = ""
    for row in rows[:heads]:
        texts = [cell for cell in row if cell]
        if heads_columns(row):
            break
        if len(texts) == 1 and len(texts[0]) < 120 and not SAYS_HOW.search(texts[0]):
            words = MARKDOWN_TITLE.sub("", texts[0])
            found, byline = (found, words) if BYLINE.search(words) else (words, byline)
    return found or byline
