"""What a Word document begins as: an empty one of ours, or a council's own, without its text."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

from cfbudget.grammar import listed
from cfbudget.read.bounds import Refused
from cfbudget.render.word_package import A4, archive, empty_document
from cfbudget.render.word_styles import (
    BUILT_IN,
    OF_TABLES,
    PLAN_TABLE,
    paragraph_style,
    style_id,
    table_style,
)

if TYPE_CHECKING:
    from docx.document import Document

MOST_BYTES = 200_000_000
"""Of all parts of a template together."""
SAVE_AGAIN = "open it in Word, save it as a Word Document (.docx), and give that"
TYPES = "[Content_Types].xml"
OF_TEMPLATES, OF_DOCUMENTS = (
    b"wordprocessingml.template.main+xml",
    b"wordprocessingml.document.main+xml",
)


class Begun(NamedTuple):
    """A document without text, the ids of its styles by name, and what to say of it."""

    document: "Document"
    styles: Mapping[str, str]
    normal: str
    """The id of the style of its sentences."""
    has_bullets: bool
    """Whether its style of lists puts bullets."""
    said: tuple[str, ...] = ()


def begun(template: bytes | None) -> Begun:
    """A document to write to.

    Args:
        template: a Word document or template whose styles, page, header and footer it takes;
            None for ours.

    Raises:
        Refused: the template is none.
    """
    from docx import Document

    if template is None:
        document = Document(BytesIO(empty_document()))
        names = (*BUILT_IN, *OF_TABLES, PLAN_TABLE)
        return Begun(document, {name: style_id(name) for name in names}, "Normal", has_bullets=True)
    with _damage_refused():
        document = Document(BytesIO(_as_document(template)))
        has_text = _emptied(document)
        ids, lacked = _with_styles(document)
    said = ["its own text is left out"] if has_text else []
    if lacked:
        are = "these are" if lacked[1:] else "this is"
        said.append(f"it has no style {listed(lacked)}, so {are} ours")
    return Begun(document, ids, _normal(document), "List Bullet" not in lacked, tuple(said))


@contextmanager
def _damage_refused() -> Iterator[None]:
    """Whatever python-docx raises on what it did not expect, as a refusal."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("something in it is not as Word documents have it", SAVE_AGAIN) from error


def _as_document(template: bytes) -> bytes:
    """A template's bytes as those of a document, which python-docx opens.

    Raises:
        Refused: it is no Word document, or holds macros, or is too large.
    """
    try:
        with ZipFile(BytesIO(template)) as stored:
            if sum(entry.file_size for entry in stored.infolist()) > MOST_BYTES:
                raise Refused(f"it holds more than {MOST_BYTES:,} bytes", "take large pictures out")
            files = {name: stored.read(name) for name in dict.fromkeys(stored.namelist())}
    except BadZipFile as error:
        raise Refused("it is no Word document", SAVE_AGAIN) from error
    types = files.get(TYPES, b"")
    if b"ms-word." in types and b"macroEnabled" in types:
        raise Refused("it holds macros, which are not taken over", SAVE_AGAIN)
    if OF_TEMPLATES not in types and OF_DOCUMENTS not in types:
        raise Refused("it is no Word document", SAVE_AGAIN)
    return archive({**files, TYPES: types.replace(OF_TEMPLATES, OF_DOCUMENTS)})


def _emptied(document: "Document") -> bool:
    """Take the text out of a document; whether there was any.

    The first of its sections stays, whose page, header and footer it begins with; a page and
    margins that it does not say are ours.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Twips

    body = document.element.body
    first = next(body.iter(qn("w:sectPr")), None)
    had = any((text.text or "").strip() for text in body.iter(qn("w:t")))
    for child in list(body):
        body.remove(child)
    first = parse_xml(f"<w:sectPr {nsdecls('w')}/>") if first is None else first
    body.append(first)
    for name, twips in A4.items():
        if getattr(document.sections[0], name) is None:
            setattr(document.sections[0], name, Twips(twips))
    return had


def _with_styles(document: "Document") -> tuple[dict[str, str], list[str]]:
    """Add the styles that a document lacks; the ids of all by name, and Word's that it lacked."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    had = {style.name.lower(): style.style_id for style in document.styles if style.name}
    taken = {style.style_id for style in document.styles}
    ids, lacked = {}, []
    for name in (*BUILT_IN, *OF_TABLES, PLAN_TABLE):
        if name.lower() in had:
            ids[name] = had[name.lower()]
            continue
        made = (
            table_style()
            if name == PLAN_TABLE
            else paragraph_style(name, _normal(document), is_ours=False)
        )
        style = parse_xml(made.replace("<w:style ", f"<w:style {nsdecls('w')} ", 1))
        ids[name] = _free(style_id(name), taken)
        style.style_id = ids[name]
        document.styles.element.append(style)
        if name in BUILT_IN:
            lacked.append(name)
    return ids, lacked


def _free(wanted: str, taken: set[str]) -> str:
    """An id that no style has."""
    while wanted in taken:
        wanted += "1"
    return wanted


def _normal(document: "Document") -> str:
    """The id of the style that paragraphs have by themselves."""
    from docx.enum.style import WD_STYLE_TYPE

    normal = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    return normal.style_id if normal is not None else "Normal"
