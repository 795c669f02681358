"""The styles of a Word document of ours, which stand in for those that a template lacks."""

from collections.abc import Mapping
from typing import NamedTuple

FONT = "Arial"
NAVY = "1F3864"


class StyleLook(NamedTuple):
    """What a paragraph style looks like: sizes in half-points, spaces in twips."""

    size: int
    is_bold: bool = False
    before: int = 0
    after: int = 0
    level: int | None = None
    """Of a heading, from 0."""
    keeps: bool = False
    """Whether it stands on one page with what follows."""
    paragraph: str = ""
    """How else its paragraphs stand, as XML."""


BUILT_IN: Mapping[str, StyleLook] = {
    "Heading 1": StyleLook(32, is_bold=True, before=360, after=120, level=0, keeps=True),
    "Heading 2": StyleLook(26, is_bold=True, before=280, after=80, level=1, keeps=True),
    "Caption": StyleLook(20, is_bold=True, before=240, after=80, keeps=True),
    "List Bullet": StyleLook(20, after=40, paragraph='<w:ind w:left="340" w:hanging="340"/>'),
}
"""Word's own that a page needs, by which its navigation works: a template ought to have them."""
OF_TABLES: Mapping[str, StyleLook] = {
    "Table Text": StyleLook(18, before=20, after=20),
    "Table Figure": StyleLook(18, before=20, after=20, paragraph='<w:jc w:val="right"/>'),
    "Table Heading": StyleLook(18, is_bold=True, before=40, after=40, keeps=True),
}
"""Those of a table's cells. A template may have its own of these names."""
PLAN_TABLE = "Plan Table"
"""That of a table. A template may have its own of this name."""
DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" '
    f'w:eastAsia="{FONT}" w:cs="{FONT}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr>'
    '</w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" '
    'w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)


def paragraph_style(name: str, normal: str, *, is_ours: bool) -> str:
    """A style of ours, as XML.

    Args:
        normal: the id of the style that it is based on.
        is_ours: whether it is of a document of ours: else it takes no colour, and no bullet from
            a list that only ours has.
    """
    look = {**BUILT_IN, **OF_TABLES}[name]
    inner = "<w:keepNext/><w:keepLines/>" if look.keeps else ""
    if name == "List Bullet" and is_ours:
        inner += '<w:numPr><w:numId w:val="1"/></w:numPr>'
    inner += f'<w:spacing w:before="{look.before}" w:after="{look.after}"'
    inner += ' w:line="240" w:lineRule="auto"/>' + look.paragraph
    if look.level is not None:
        inner += f'<w:outlineLvl w:val="{look.level}"/>'
    letters = "<w:b/><w:bCs/>" if look.is_bold else ""
    if is_ours and name in BUILT_IN and look.is_bold:
        letters += f'<w:color w:val="{NAVY}"/>'
    custom = "" if name in BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id(name)}">'
        f'<w:name w:val="{name.lower() if name in BUILT_IN and "List" not in name else name}"/>'
        f'<w:basedOn w:val="{normal}"/><w:qFormat/><w:pPr>{inner}</w:pPr>'
        f'<w:rPr>{letters}<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/></w:rPr>'
        "</w:style>"
    )


def table_style() -> str:
    """The style of a table, as XML: a rule below the headings, thin ones between rows."""
    thick = 'w:val="single" w:sz="8" w:space="0" w:color="auto"'
    thin = 'w:val="single" w:sz="4" w:space="0" w:color="D0D5DD"'
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(PLAN_TABLE)}">'
        f'<w:name w:val="{PLAN_TABLE}"/><w:uiPriority w:val="99"/><w:tblPr><w:tblBorders>'
        f"<w:top {thick}/><w:bottom {thick}/>"
        f"<w:insideH {thin}/></w:tblBorders></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f"<w:tcBorders><w:bottom {thick}/></w:tcBorders>"
        '<w:shd w:val="clear" w:color="auto" w:fill="E8ECF2"/><w:vAlign w:val="bottom"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )


def style_id(name: str) -> str:
    return name.replace(" ", "")
