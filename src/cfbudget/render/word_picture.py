"""A chart as a picture in a Word document, with what it shows in words for who cannot see it."""

from io import BytesIO
from typing import TYPE_CHECKING

from cfbudget.layout.chart import Chart
from cfbudget.problem import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

SCALE = 2.0
"""How many pixels there are to one that the chart is drawn in: for paper twice as many."""
INCH = 96 * SCALE
HIGHEST = 0.7
"""How much of a page's height a picture takes at most: its title and caption stand with it."""


def word_picture(document: "Document", chart: Chart, style: str) -> "BaseOxmlElement":
    """A paragraph with the chart, no larger than it is drawn, nor than an upright page allows.

    Args:
        style: the id of the paragraph's style.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Emu, Inches

    from cfbudget.render.chart_picture import chart_png

    paragraph = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/><w:keepNext/></w:pPr><w:r/></w:p>'
    )
    png = chart_png(chart, SCALE)
    _, image = document.part.get_or_add_image(BytesIO(png))
    section = document.sections[0]
    sides = int(section.left_margin or 0) + int(section.right_margin or 0)
    ends = int(section.top_margin or 0) + int(section.bottom_margin or 0)
    width, height = Inches(image.px_width / INCH), Inches(image.px_height / INCH)
    room = int(section.page_width or width) - sides, int(section.page_height or height) - ends
    fits = min(1.0, room[0] / width, HIGHEST * room[1] / height)
    drawn = document.part.new_pic_inline(BytesIO(png), Emu(int(width * fits)))
    drawn.docPr.set("title", printable(chart.title))
    drawn.docPr.set("descr", printable(" ".join((*chart.facts, *chart.description))))
    paragraph[-1].add_drawing(drawn)
    return paragraph
