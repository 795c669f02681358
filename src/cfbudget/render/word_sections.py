"""The sections of a Word document: pages upright, and turned where a table is too wide for them."""

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from cfbudget.render.word_fonts import width_factor
from cfbudget.render.word_widths import PageRoom

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.section import CT_SectPr
    from docx.oxml.xmlchemy import BaseOxmlElement

TWIP = 635
"""In the units that lengths are held in."""
OF_THE_FIRST = ("w:titlePg", "w:pgNumType", "w:type")
"""What a section says of where it begins, which none that follows repeats."""
NO_ROOM = (
    '<w:p {}><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    "</w:pPr></w:p>"
)


class PageRun(NamedTuple):
    """What stands on pages that are all upright, or all turned."""

    is_turned: bool
    elements: "list[BaseOxmlElement]"


def room_of(document: "Document", style: str) -> PageRoom:
    """The room of a document's pages, and how wide the letters of its tables' style are."""
    section = document.sections[0]
    width, height = (
        int(length or 0) // TWIP for length in (section.page_width, section.page_height)
    )
    sides = (section.left_margin, section.right_margin, section.gutter)
    margins = sum(int(length or 0) // TWIP for length in sides)
    size = next((s.font.size for s in document.styles if s.style_id == style), None)
    half_points = round(size.pt * 2) if size else 18
    return PageRoom(width - margins, height - margins, half_points, width_factor(document, style))


def put_runs(document: "Document", runs: Sequence[PageRun]) -> None:
    """Put what a document holds into it, in a section for each run of pages."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    body = document.element.body
    (pages,) = body.xpath("./w:sectPr")
    for columns in pages.xpath("./w:cols"):  # a table needs the whole page
        pages.remove(columns)
    body.remove(pages)
    for at, run in enumerate(runs):
        body.extend(run.elements)
        settings = _settings(pages, is_first=at == 0, is_turned=run.is_turned)
        if at == len(runs) - 1:
            body.append(settings)
            continue
        if not run.elements or run.elements[-1].tag != qn("w:p"):
            body.append(parse_xml(NO_ROOM.format(nsdecls("w"))))
        body[-1].get_or_add_pPr().append(settings)


def _settings(pages: "CT_SectPr", *, is_first: bool, is_turned: bool) -> "CT_SectPr":
    """A section's own: its page turned with all margins where they are, as its header needs."""
    from docx.oxml.ns import qn

    settings = deepcopy(pages)
    if not is_first:
        for element in settings.xpath("|".join(f"./{name}" for name in OF_THE_FIRST)):
            settings.remove(element)
    if is_turned:
        for size in settings.xpath("./w:pgSz"):
            width, height = size.get(qn("w:w")), size.get(qn("w:h"))
            size.set(qn("w:w"), height)
            size.set(qn("w:h"), width)
            size.set(qn("w:orient"), "landscape")
    return settings
