"""A grid as a table of a Word document: its headings repeat on every page, no row is broken."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cfbudget.grammar import counted
from cfbudget.layout.grid import Grid, GridRow
from cfbudget.render.word_text import paragraph, text_run, word_text
from cfbudget.render.word_widths import (
    APART,
    BRACKET,
    INDENT,
    PADDING,
    Fit,
    TablePart,
    follows_figures,
    has_brackets,
)

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

SHORT = 18
"""A table of so few rows stands on one page."""
WRONG = '<w:color w:val="9C0006"/>'
RULE = '<w:tcBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders>'


class CellStyles(NamedTuple):
    """The ids of the styles of a table, and of the words, figures and headings in it."""

    table: str
    words: str
    figures: str
    headings: str


class _Column(NamedTuple):
    """A column: its number after the labels, -1 for theirs, and how it stands."""

    at: int
    width: int
    is_words: bool
    has_brackets: bool
    inwards: str = ""
    """How words stand further in that follow figures, as XML."""


class _Cell(NamedTuple):
    """A cell's text and how it stands."""

    text: str
    style: str
    paragraph: str = ""
    """What its paragraph has besides the style."""
    letters: str = ""
    cell: str = ""


def word_table(
    grid: Grid, fit: Fit, part: TablePart, title: str, styles: CellStyles
) -> "BaseOxmlElement":
    """The columns of one part of a grid.

    Args:
        title: what the table is called to who cannot see it.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    columns = _columns(grid, part)
    headings = [grid.headings[column.at + 1] for column in columns]
    said = f"{counted(len(grid.rows), 'row')}; columns: {', '.join(filter(None, headings))}"
    size = f'<w:sz w:val="{fit.size}"/><w:szCs w:val="{fit.size}"/>'
    rows = [_xml(_headings(grid, columns, styles), columns, size, is_head=True)]
    for row, keeps in zip(grid.rows, _kept_with_next(grid.rows), strict=True):
        cells = _cells(grid, row, columns, styles, fit.size)
        rows.append(_xml(cells, columns, size, keeps=keeps))
    tracks = "".join(f'<w:gridCol w:w="{column.width}"/>' for column in columns)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblStyle w:val="{word_text(styles.table)}"/>'
        f'<w:tblW w:w="{sum(part.widths)}" w:type="dxa"/><w:tblLayout w:type="autofit"/>'
        f'<w:tblCellMar><w:left w:w="{PADDING}" w:type="dxa"/>'
        f'<w:right w:w="{PADDING}" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{word_text(title)}"/>'
        f'<w:tblDescription w:val="{word_text(said)}"/>'
        f"</w:tblPr><w:tblGrid>{tracks}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _columns(grid: Grid, part: TablePart) -> list[_Column]:
    """The labels' column and those of the part."""
    return [
        _Column(
            at,
            width,
            is_words=at < 0 or at in grid.left,
            has_brackets=has_brackets(grid, at),
            inwards=f'<w:ind w:left="{APART}"/>' if follows_figures(grid, at) else "",
        )
        for at, width in zip((-1, *part.columns), part.widths, strict=True)
    ]


def _kept_with_next(rows: Sequence[GridRow]) -> list[bool]:
    """Which rows stand on one page with the next: a heading's, and that before a total.

    So do all of a short table, but the last.
    """
    last = len(rows) - 1
    is_short = len(rows) <= SHORT
    return [
        at < last and (is_short or at in (0, last - 1) or not row.cells or rows[at + 1].apart)
        for at, row in enumerate(rows)
    ]


def _headings(grid: Grid, columns: Sequence[_Column], styles: CellStyles) -> Iterator[_Cell]:
    for column in columns:
        right = column.inwards if column.is_words else '<w:jc w:val="right"/>'
        yield _Cell(grid.headings[column.at + 1], styles.headings, right)


def _cells(
    grid: Grid, row: GridRow, columns: Sequence[_Column], styles: CellStyles, size: int
) -> Iterator[_Cell]:
    """The label and the figures of a row; a heading's cells are empty."""
    rule, bold = RULE if row.apart else "", "<w:b/><w:bCs/>" if row.style else ""
    for column in columns:
        if column.at < 0:
            inwards = f'<w:ind w:left="{row.depth * INDENT}"/>' if row.depth else ""
            yield _Cell(row.label, styles.words, inwards, bold, rule)
            continue
        text = row.texts[column.at] if row.cells else ""
        is_wrong = any(mark in text for mark in grid.marks)
        letters = f"<w:b/><w:bCs/>{WRONG}" if is_wrong else bold
        if column.is_words:
            yield _Cell(text, styles.words, column.inwards, letters, rule)
        else:
            is_inwards = column.has_brackets and not text.endswith(")")
            end = f'<w:ind w:right="{BRACKET * size // 100}"/>' if is_inwards else ""
            yield _Cell(text, styles.figures, end, letters, f"{rule}<w:noWrap/>")


def _xml(
    cells: Iterator[_Cell],
    columns: Sequence[_Column],
    size: str,
    *,
    is_head: bool = False,
    keeps: bool = False,
) -> str:
    """A row.

    Args:
        size: of its letters, as XML.
        is_head: whether it repeats on every page.
        keeps: whether it stands on one page with the next row.
    """
    with_next = "<w:keepNext/>" if keeps or is_head else ""
    written = (
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/>{cell.cell}</w:tcPr>'
        f"{paragraph(cell.style, _letters(cell, size), looks=with_next + cell.paragraph)}</w:tc>"
        for column, cell in zip(columns, cells, strict=True)
    )
    header = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(written)}</w:tr>"


def _letters(cell: _Cell, size: str) -> str:
    return text_run(cell.text, cell.letters + size) if cell.text else ""
