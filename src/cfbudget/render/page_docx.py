"""A page as a Word document for papers: headings, captions and tables by Word's own means."""

from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from cfbudget.layout.chart import Chart
from cfbudget.layout.page import Page, Title
from cfbudget.problem import printable
from cfbudget.render.word_blocks import PlacedBlock, WordWriter, captioned
from cfbudget.render.word_package import without_times
from cfbudget.render.word_sections import PageRun, put_runs, room_of
from cfbudget.render.word_template import begun

if TYPE_CHECKING:
    from docx.document import Document


class WordPage(NamedTuple):
    """A page as a Word document, and what to say of its template."""

    content: bytes
    texts: tuple[str, ...]
    """All texts within it, in their order."""
    said: tuple[str, ...]


def page_docx(page: Page, template: bytes | None = None) -> WordPage:
    """A page as a Word document. The same page and template give the same bytes.

    Args:
        template: a Word document whose styles, page, header and footer it takes; None for ours.

    Raises:
        Refused: the template is no Word document.
    """
    made = begun(template)
    room = room_of(made.document, made.styles["Table Text"])
    writer = WordWriter(made)
    runs = [
        PageRun(is_turned, [element for placed in run for element in writer.elements(placed)])
        for is_turned, run in _runs(captioned(page, room))
    ]
    put_runs(made.document, runs)
    _describe(made.document, page)
    stored = BytesIO()
    made.document.save(stored)
    texts = _texts(made.document)
    return WordPage(without_times(stored.getvalue()), texts, made.said)


def stored_texts(content: bytes) -> tuple[str, ...]:
    """All texts of a stored document, as it is opened again."""
    from docx import Document

    return _texts(Document(BytesIO(content)))


def _texts(document: "Document") -> tuple[str, ...]:
    from docx.oxml.ns import qn

    return tuple(text.text or "" for text in document.element.body.iter(qn("w:t")))


def _runs(placed: list[PlacedBlock]) -> list[tuple[bool, list[PlacedBlock]]]:
    """What stands on upright pages and what on turned ones, a part of the page whole on either.

    A part without a table stands as that after it.
    """
    parts: list[list[PlacedBlock]] = []
    for one in placed:
        if one.begins or not parts:
            parts.append([])
        parts[-1].append(one)
    turned = False
    stands: list[tuple[bool, list[PlacedBlock]]] = []
    for part in reversed(parts):
        if any(one.fit for one in part):
            turned = any(one.fit and one.fit.is_turned for one in part)
        stands.insert(0, (turned, part))
    return [
        (is_turned, [one for _, part in together for one in part])
        for is_turned, together in groupby(stands, lambda stand: stand[0])
    ]


def _describe(document: "Document", page: Page) -> None:
    """What a document says of itself: its title and language, and no time that a clock told."""
    about = document.core_properties
    named = (block for block in page.blocks if isinstance(block, Title | Chart))
    first = next(named, None)
    title = first.title if isinstance(first, Chart) else first.text if first else "cfbudget"
    about.title, about.language = printable(title)[:255], "en-GB"
    about.author = about.last_modified_by = "cfbudget"
    about.comments, about.subject, about.keywords, about.revision = "", "", "", 1
    element = about._element
    for time in element.xpath("./dcterms:created | ./dcterms:modified | ./cp:lastPrinted"):
        element.remove(time)
