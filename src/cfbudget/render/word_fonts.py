"""How wide the letters of a Word document are, as far as its styles and its theme tell."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

LIKE_ARIAL = ("arial", "calibri", "helvetica", "liberation sans", "times new roman")
A_LITTLE_WIDER = ("aptos", "cambria", "gill sans mt", "open sans", "segoe ui", "trebuchet ms")
FACTORS = {**dict.fromkeys(LIKE_ARIAL, 1.0), **dict.fromkeys(A_LITTLE_WIDER, 1.08)}
"""How much wider than Arial's the figures of a font are at most, bold ones too."""
WIDEST = 1.32
"""Those of a font that is none of these: of bold Verdana they are 1.3 times as wide."""
THEME_FONT = re.compile(rb"<a:minorFont>.*?<a:latin\b[^>]*?typeface=\"([^\"]*)\"", re.DOTALL)


def width_factor(document: "Document", style: str) -> float:
    """How much wider than Arial's the letters of a paragraph style may be, by the style's id."""
    return FACTORS.get(font_of(document, style).lower(), WIDEST)


def font_of(document: "Document", style: str) -> str:
    """The font of a style, or of the first style that it is based on which names one."""
    from docx.oxml.ns import qn

    styles = {one.style_id: one.element for one in document.styles}
    while style in styles:
        element = styles.pop(style)  # so that a circle of styles ends
        if name := _name(document, element, "w:rPr/w:rFonts"):
            return name
        base = element.find(qn("w:basedOn"))
        style = "" if base is None else str(base.get(qn("w:val")))
    return _name(document, document.styles.element, "w:docDefaults/w:rPrDefault/w:rPr/w:rFonts")


def _name(document: "Document", element: "BaseOxmlElement", path: str) -> str:
    """The font that is named there, or that the document's theme has in its place."""
    from docx.oxml.ns import qn

    fonts = element.find("/".join(map(qn, path.split("/"))))
    if fonts is None:
        return ""
    if str(fonts.get(qn("w:asciiTheme"), "")).startswith("minor"):
        return _theme_font(document)
    return str(fonts.get(qn("w:ascii"), ""))


def _theme_font(document: "Document") -> str:
    themes = (
        relation.target_part.blob
        for relation in document.part.rels.values()
        if relation.reltype.endswith("/theme") and not relation.is_external
    )
    found = next(filter(None, map(THEME_FONT.search, themes)), None)
    return found[1].decode(errors="replace") if found else ""
