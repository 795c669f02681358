"""The blocks of a page as paragraphs and tables of a Word document, one after the other."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from cfbudget.layout.chart import Chart
from cfbudget.layout.grid import Grid
from cfbudget.layout.page import Block, Caption, Facts, Heading, Items, Page, Title
from cfbudget.render.word_picture import word_picture
from cfbudget.render.word_styles import PLAN_TABLE
from cfbudget.render.word_table import CellStyles, word_table
from cfbudget.render.word_template import Begun
from cfbudget.render.word_text import field, paragraph, text_run
from cfbudget.render.word_widths import Fit, PageRoom, fitted

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

AFTER_A_TABLE = '<w:spacing w:before="160"/>'


class PlacedBlock(NamedTuple):
    """A block, and of a grid what it is called and how it is set."""

    block: Block
    caption: str = ""
    fit: Fit | None = None
    keeps: bool = False
    """Whether it stands on one page with what follows, which it says something of."""

    @property
    def begins(self) -> bool:
        """Whether a part of the page begins with it."""
        return isinstance(self.block, Title | Heading | Chart)


def captioned(page: Page, room: PageRoom) -> list[PlacedBlock]:
    """The blocks, each grid with its caption: what it is called, else the heading of its labels,
    unless that is a unit or a word alone, else what stands above it."""
    placed: list[PlacedBlock] = []
    above = caption = ""
    for at, block in enumerate(page.blocks):
        if isinstance(block, Caption) and isinstance(_after(page, at), Grid):
            caption = block.text
        elif isinstance(block, Grid):
            own = block.headings[0] if " " in block.headings[0] else ""
            placed.append(PlacedBlock(block, caption or own or above, fitted(block, room)))
            caption = ""
        elif isinstance(block, Chart):
            placed.append(PlacedBlock(block, block.title, fitted(block.grid, room)))
        else:
            above = block.text if isinstance(block, Title | Heading) else above
            keeps = isinstance(block, Facts) and isinstance(_after(page, at), Caption | Grid)
            placed.append(PlacedBlock(block, keeps=keeps))
    return placed


def _after(page: Page, at: int) -> "Block | None":
    return page.blocks[at + 1] if at + 1 < len(page.blocks) else None


class WordWriter:
    """What writes blocks in their order, and counts the tables."""

    def __init__(self, made: Begun) -> None:
        self.document, self.styles, self.body = made.document, made.styles, made.normal
        self.has_bullets = made.has_bullets
        self.tables = self.figures = 0
        self.is_after_table = False

    def elements(self, placed: PlacedBlock) -> "Iterator[BaseOxmlElement]":
        """A block's paragraphs, or its tables with their captions."""
        block = placed.block
        if isinstance(block, Grid):
            assert placed.fit is not None, "a grid is set in some way"
            yield from self._tables(block, placed.caption, placed.fit)
            return
        if isinstance(block, Chart):
            assert placed.fit is not None, "its figures are set in some way"
            yield from self._figure(block, placed.fit)
            return
        if isinstance(block, Title | Heading | Caption):
            named = {Title: "Heading 1", Heading: "Heading 2", Caption: "Caption"}[type(block)]
            yield _parsed(paragraph(self.styles[named], text_run(block.text)))
        elif isinstance(block, Facts | Items):
            yield from (self._item(line, keeps=placed.keeps) for line in block.lines)
        else:
            for line in block.lines:
                yield self._spaced(self.body, text_run(line))
        self.is_after_table = False

    def _item(self, line: str, *, keeps: bool) -> "BaseOxmlElement":
        bullet = "" if self.has_bullets else "<w:r><w:t>•</w:t><w:tab/></w:r>"
        return self._spaced(self.styles["List Bullet"], bullet, text_run(line), keeps=keeps)

    def _figure(self, chart: Chart, fit: Fit) -> "Iterator[BaseOxmlElement]":
        """A chart as a picture, in words, and as its table."""
        self.figures += 1
        yield _parsed(paragraph(self.styles["Heading 1"], text_run(chart.title)))
        yield from (self._item(line, keeps=True) for line in chart.facts)
        yield word_picture(self.document, chart, self.body)
        number = field("SEQ Figure \\* ARABIC", str(self.figures))
        runs = (text_run("Figure "), number, text_run(f": {chart.title}"))
        yield _parsed(paragraph(self.styles["Caption"], *runs))
        yield from (self._spaced(self.body, text_run(line)) for line in chart.description)
        yield from self._tables(chart.grid, chart.title, fit)

    def _spaced(self, style: str, *runs: str, keeps: bool = False) -> "BaseOxmlElement":
        """A paragraph, with room above it where it follows a table."""
        looks = "<w:keepNext/>" if keeps else ""
        looks += AFTER_A_TABLE if self.is_after_table else ""
        self.is_after_table = False
        return _parsed(paragraph(style, *runs, looks=looks))

    def _tables(self, grid: Grid, caption: str, fit: Fit) -> "Iterator[BaseOxmlElement]":
        """A grid, which is numbered once however many tables it takes."""
        self.tables += 1
        styles = CellStyles(
            *(
                self.styles[name]
                for name in (PLAN_TABLE, "Table Text", "Table Figure", "Table Heading")
            )
        )
        for at, part in enumerate(fit.parts):
            number = (
                field("SEQ Table \\* ARABIC", str(self.tables))
                if not at
                else text_run(str(self.tables))
            )
            said = f"{caption} (continued)" if at else caption
            name = paragraph(
                self.styles["Caption"], text_run("Table "), number, text_run(f": {said}")
            )
            yield _parsed(name)
            yield word_table(grid, fit, part, said, styles)
        self.is_after_table = True


def _parsed(xml: str) -> "BaseOxmlElement":
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))
