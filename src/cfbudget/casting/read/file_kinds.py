"""What kind of file is given: by its first bytes, then its name's ending, then its text."""

from pathlib import Path
from typing import Literal

from cfbudget.casting.read.boxed_text import is_boxed
from cfbudget.casting.read.delimited import SEP, best_delimiter
from cfbudget.casting.read.markdown_tables import is_rule
from cfbudget.problem import Refusal
from cfbudget.read.archive import OLE
from cfbudget.read.bounds import Refused

FileKind = Literal["workbook", "ods", "pdf", "html", "markdown", "csv", "tsv", "boxed", "pasted"]

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
BY_ENDING: dict[str, FileKind] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".ods": "ods",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
}
COPY = "copy the table's text, and give it on standard input or in a .txt file"
IN_CALC = "open it, and save it as an Excel Workbook (.xlsx) or as CSV"
REFUSED = {
    ".fods": Refusal("it is an OpenDocument spreadsheet in one part (.fods)", IN_CALC),
    ".numbers": Refusal("it is a Numbers document", IN_CALC),
    ".xlsb": Refusal("it is a binary workbook (.xlsb)", IN_CALC),
    ".docx": Refusal("it is a Word document", COPY),
    ".doc": Refusal("it is a Word document", COPY),
    ".odt": Refusal("it is a text document (.odt)", COPY),
    ".pptx": Refusal("it is a presentation", COPY),
    ".rtf": Refusal("it is a text document (.rtf)", COPY),
}
OLD = Refusal("it is in Excel's old format (.xls)", IN_CALC)
SAMPLE = 2_000  # lines
HEAD = 1_024  # bytes within which a PDF says that it is one


def is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:HEAD]


def kind_of_bytes(data: bytes, path: Path | None) -> FileKind | None:
    """What the first bytes and the name say; None where the text itself must.

    Raises:
        Refused: it is of a kind that is not read.
    """
    ending = path.suffix.lower() if path else ""
    if ending in REFUSED:
        raise Refused(*REFUSED[ending])
    if data.startswith(ZIP):
        if b"word/document.xml" in data:
            raise Refused(*REFUSED[".docx"])
        if b"opendocument.spreadsheet" in data[:200] or ending == ".ods":
            return "ods"
        return "workbook"
    if data.startswith(OLE):
        if ending == ".xls":
            raise Refused(*OLD)
        return "workbook"  # perhaps one that is protected by a password
    if is_pdf(data) or ending == ".pdf":
        return "pdf"
    if data.startswith(b"{\\rtf"):
        raise Refused(*REFUSED[".rtf"])
    if data.startswith(b"<?xml") and b"office:spreadsheet" in data[:4096]:
        raise Refused("it is an XML spreadsheet of 2003", IN_CALC)
    return BY_ENDING.get(ending)


def kind_of_text(text: str, lines: list[str]) -> FileKind:
    """What a text looks like."""
    head = text[:2_000].lstrip().lower()
    if head.startswith(("<!doctype html", "<html")) or _holds_table(text):
        return "html"
    sample = lines[:SAMPLE]
    if any(is_rule(line) and "|" in sample[at] for at, line in enumerate(sample[1:])):
        return "markdown"
    if SEP.fullmatch(lines[0].strip()):
        return "csv"
    said = [line for line in sample if line.strip()]
    if is_boxed(sample):
        return "boxed"
    if sum("\t" in line.strip(" ") for line in said) * 2 >= len(said):
        return "tsv"
    parted = sum("  " in line.strip() for line in said) * 2 >= len(said)
    return "csv" if not parted and best_delimiter(said)[1] >= 0.6 else "pasted"


def _holds_table(text: str) -> bool:
    start = text[:1_000_000].lower()
    at = start.find("<table")
    return at >= 0 and start.find("<t", at + 6) >= 0
