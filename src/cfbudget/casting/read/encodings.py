"""The bytes of a text file to its text, whichever encoding it was saved in."""

import codecs
import re

from cfbudget.problem import Refusal
from cfbudget.read.bounds import Refused

BINARY = Refusal("it is neither text nor a workbook", "save the table as .xlsx or .csv")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's does
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HEAD = 4096  # bytes

# A page's own word for its encoding. Python's codecs know others, some of which are no encodings.
CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([-\w]{1,40})", re.IGNORECASE)
KNOWN = re.compile(r"utf-?8|(iso-?8859-|windows-?|cp)\d{1,4}|macintosh|koi8-[ru]")
AS_WINDOWS = ("iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii")  # as browsers read them

ESCAPES = re.compile(r"\x1b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[()][A-Z0-9])")
NOT_TEXT = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
BREAKS = re.compile(r"\r\n?")


def decoded(data: bytes, *, page: bool = False) -> str:
    """The text, with line feeds for every kind of line end, and a terminal's colours taken out.

    Args:
        page: whether it is an HTML page, which may name its encoding.

    Raises:
        Refused: it is no text.
    """
    text = _characters(data, page=page)
    odd = sum(1 for _ in NOT_TEXT.finditer(text, 0, HEAD * 4))
    if odd > 2 + min(len(text), HEAD * 4) // 200 or "\x00" in text[:HEAD]:
        raise Refused(*BINARY)
    text = ESCAPES.sub("", text) if "\x1b" in text else text
    return BREAKS.sub("\n", text).removeprefix("\ufeff")


def _characters(data: bytes, *, page: bool) -> str:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    encoding = _wide(data[:HEAD]) or (_named(data[:HEAD]) if page else "")
    if encoding:
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: of Western text every second byte is zero."""
    half = len(head) // 2
    if half < 2:
        return ""
    even, odd = head[0 : half * 2 : 2].count(0), head[1 : half * 2 : 2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _named(head: bytes) -> str:
    """The encoding that a page names, where it is one that pages are written in."""
    if not (match := CHARSET.search(head)):
        return ""
    name = match[1].decode("ascii", "ignore").lower()
    if name in AS_WINDOWS:
        return "cp1252"
    if not KNOWN.fullmatch(name) or name in ("utf8", "utf-8"):
        return ""  # tried first in any case
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
