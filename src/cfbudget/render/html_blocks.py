"""The blocks of a page as HTML: what the plain page and the report are both made of.

Every table has a caption, heads of columns and of rows, and stands in a region that scrolls by
itself where a screen is too narrow for it.
"""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple

from cfbudget.ids import id_of
from cfbudget.layout.chart import Chart
from cfbudget.layout.grid import CellContent, Grid, GridRow, ShownFigure, cell_text
from cfbudget.layout.page import Block, Caption, Facts, Heading, Items, Title
from cfbudget.problem import printable

DEEPEST = 8
"""What stands further in than this is shown no further in: a style has no more steps."""


LONGEST_ANCHOR = 60


def _nothing(_: object) -> str:
    return ""


def shown(text: str) -> str:
    """A text as a page may hold it: nothing in it is markup, or would act on a reader's screen."""
    return escape(printable(text))


class CellMarks(NamedTuple):
    """What a page adds: attributes, each with a space before it, and a dress of its words."""

    of_figure: Callable[[ShownFigure], str] = _nothing
    of_row: Callable[[GridRow], str] = _nothing
    words: Callable[[str], str] = shown
    """A text as HTML, wherever lines are broken."""


PLAIN = CellMarks()


class HtmlBlocks:
    """Writes the blocks of one page in their order, and gives each table an id of its own."""

    def __init__(self, marks: CellMarks = PLAIN) -> None:
        self._marks = marks
        self._tables = 0
        self._head = ""
        self.anchors: list[str] = []
        """The ids of the titles and headings so far."""

    def html(self, blocks: Iterable[Block]) -> str:
        return "\n".join(self._parts(blocks))

    def _parts(self, blocks: Iterable[Block]) -> Iterator[str]:
        caption = ""
        for block in blocks:
            if caption and not isinstance(block, Grid):
                yield f'<p class="caption">{self._marks.words(caption)}</p>'
            if isinstance(block, Grid):
                yield from self._table(block, caption)
            elif isinstance(block, Chart):
                yield from self._figure(block)
            elif not isinstance(block, Caption):
                yield from self._words(block)
            caption = block.text if isinstance(block, Caption) else ""

    def _words(self, block: Block) -> Iterator[str]:
        if isinstance(block, Title | Heading):
            yield self._headed(block.text, "h2" if isinstance(block, Title) else "h3")
        elif isinstance(block, Facts | Items):
            items = "".join(f"<li>{self._marks.words(line)}</li>" for line in block.lines)
            yield f'<ul class="{"facts" if isinstance(block, Facts) else "items"}">{items}</ul>'
        elif not isinstance(block, Grid | Chart | Caption):
            yield from (f"<p>{self._marks.words(line)}</p>" for line in block.lines)

    def _headed(self, text: str, tag: str) -> str:
        self._head = text
        self.anchors.append(self._anchor(text))
        return f'<{tag} id="{self.anchors[-1]}">{self._marks.words(text)}</{tag}>'

    def _figure(self, chart: Chart) -> Iterator[str]:
        """A chart as a picture, in words, and as its table."""
        from cfbudget.render.chart_picture import chart_svg  # an extra, and slow to start

        yield self._headed(chart.title, "h2")
        yield f"<figure>\n{chart_svg(chart)}"
        said = "".join(
            f"<p>{self._marks.words(line)}</p>" for line in (*chart.notes, *chart.description)
        )
        yield f"<figcaption>{said}</figcaption>\n</figure>"
        yield from self._table(chart.grid, "")

    def _table(self, grid: Grid, caption: str) -> Iterator[str]:
        """A table whose first column heads its rows; figures to the right, words to the left."""
        self._tables += 1
        name = f"table_{self._tables}"
        # Captions may be alike below several headings: the two together name a table.
        names = " ".join((*self.anchors[-1:], f"{name}_caption"))
        said, unseen = (caption, "") if caption else (self._own_name(grid), ' class="unseen"')
        yield f'<div class="scroll" role="region" aria-labelledby="{names}" tabindex="0">'
        yield f'<table id="{name}">'
        yield f'<caption id="{name}_caption"{unseen}>{self._marks.words(said)}</caption>'
        yield f"<thead><tr>{''.join(self._heads(grid))}</tr></thead>"
        yield "<tbody>"
        yield from (self._row(grid, row) for row in grid.rows)
        yield "</tbody>\n</table>\n</div>"

    def _anchor(self, text: str) -> str:
        """An id that is no other's: an id of a name has no underscore, as those of tables have."""
        wanted = id_of(text)[:LONGEST_ANCHOR].rstrip("-") or "part"
        found, count = wanted, 1
        while found in self.anchors:
            count += 1
            found = f"{wanted}-{count}"
        return found

    def _own_name(self, grid: Grid) -> str:
        return ": ".join(text for text in (self._head, grid.headings[0]) if text) or "Table"

    def _heads(self, grid: Grid) -> Iterator[str]:
        for at, text in enumerate(grid.headings):
            classes = _class("words" if at - 1 in grid.left else "")
            yield f'<th scope="col"{classes}>{self._marks.words(text)}</th>'

    def _row(self, grid: Grid, row: GridRow) -> str:
        looks = (("bold", row.style), ("apart", row.apart))
        classes = " ".join(name for name, is_so in looks if is_so)
        inset = f' class="d{min(row.depth, DEEPEST)}"' if row.depth else ""
        cells = row.cells or [""] * (len(grid.headings) - 1)
        texts = (self._cell(cell, is_words=at in grid.left) for at, cell in enumerate(cells))
        return (
            f"<tr{_class(classes)}{self._marks.of_row(row)}>"
            f'<th scope="row"{inset}>{shown(row.label)}</th>'
            f"{''.join(texts)}</tr>"
        )

    def _cell(self, cell: CellContent, *, is_words: bool) -> str:
        mark = self._marks.of_figure(cell) if isinstance(cell, ShownFigure) else ""
        return f"<td{_class('words' if is_words else '')}{mark}>{shown(cell_text(cell))}</td>"


def _class(names: str) -> str:
    return f' class="{names}"' if names else ""
