"""The files within a Word document: an empty one of ours, and the same document, the same bytes."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cfbudget.render.word_styles import (
    BUILT_IN,
    DEFAULTS,
    OF_TABLES,
    paragraph_style,
    table_style,
)
from cfbudget.render.word_text import field, paragraph, text_run

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""What stands where a zip archive wants a time."""
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{MAIN}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OF_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
A4 = {
    "page_width": 11906,
    "page_height": 16838,
    **dict.fromkeys(("top_margin", "right_margin", "bottom_margin", "left_margin"), 1134),
}
"""A page and its margins, in twips."""
PAGES = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" '
    'w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
SMALL = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
BULLETS = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle '
    'w:val="ListBullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" '
    'w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-GB"/>'
)
WITHIN = {"styles": "rId1", "settings": "rId2", "numbering": "rId3", "footer": "rId4"}
"""The parts that the document's own refers to."""


def empty_document() -> bytes:
    """A document on A4 with our styles, page numbers at the foot, and nothing in it."""
    styles = "".join(
        paragraph_style(name, "Normal", is_ours=True) for name in (*BUILT_IN, *OF_TABLES)
    )
    foot = paragraph(
        "Normal",
        text_run("Page ", SMALL),
        field("PAGE", "1", SMALL),
        text_run(" of ", SMALL),
        field("NUMPAGES", "1", SMALL),
        looks='<w:jc w:val="center"/>',
    )
    parts = {
        "document": ("document", f"<w:body>{PAGES}</w:body>"),
        "styles": ("styles", f"{DEFAULTS}{styles}{table_style()}"),
        "settings": ("settings", SETTINGS),
        "numbering": ("numbering", BULLETS),
        "footer": ("ftr", foot),
    }
    files = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _related({"document": "rId1"}, "word/"),
    }
    for name, (root, inner) in parts.items():
        files[f"word/{name}.xml"] = f"{HEAD}<w:{root} {SPACES}>{inner}</w:{root}>"
    files["word/_rels/document.xml.rels"] = _related(WITHIN)
    return archive({name: text.encode() for name, text in files.items()})


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of files by name. The same files give the same bytes."""
    stored = BytesIO()
    with ZipFile(stored, "w") as made:
        for name, content in files.items():
            entry = ZipInfo(name, EARLIEST)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            made.writestr(entry, content, compresslevel=6)
    return stored.getvalue()


def without_times(document: bytes) -> bytes:
    """A stored document, the times at which its files were stored left out."""
    with ZipFile(BytesIO(document)) as stored:
        return archive({name: stored.read(name) for name in stored.namelist()})


def _types() -> str:
    """What each part is."""
    named = {"document": "document.main", **{name: name for name in WITHIN}}
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{OF_WORD}.{kind}+xml"/>'
        for name, kind in named.items()
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _related(parts: Mapping[str, str], folder: str = "") -> str:
    """What a part refers to, each by its id."""
    kinds = {"document": "officeDocument"}
    relations = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kinds.get(name, name)}" '
        f'Target="{folder}{name}.xml"/>'
        for name, id_ in parts.items()
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
