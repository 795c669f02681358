"""One XML part of a workbook before openpyxl sees it: streamed, counted and held to the rules."""

from typing import IO, NamedTuple
from xml.parsers import expat

from cfbudget.problem import clipped
from cfbudget.read.bounds import DEEPEST, LONGEST_FORMAT, BookSize, Refused, damaged
from cfbudget.read.hidden_lines import NOTHING_HIDDEN, HiddenLines, columns_of
from cfbudget.read.sheet_rows import MAIN, ROW, TRUE, Rows

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TABLE, COLUMN = f"{MAIN} sheetData", f"{MAIN} col"

# The roots of the parts that openpyxl makes objects of; caches, drawings and charts it leaves.
MAIN_ROOTS = frozenset({"workbook", "styleSheet", "sst", "worksheet", "chartsheet"})
OTHER_ROOTS = frozenset({"Types", "Relationships", "coreProperties", "Properties"})
# Where one part names others: the root, the element within it, and its two attributes.
PAIRS = {
    "workbook": ("sheet", "name", "id"),
    "Relationships": ("Relationship", "Id", "Target"),
    "Types": ("Override", "ContentType", "PartName"),
}

# Those that expat knows itself; for others it asks Python's codecs, some of which fail.
ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1"})
CHUNK = 1 << 16
LONGEST_TAG = 1 << 18  # bytes; expat keeps a tag whole, and reads it again with each chunk
LARGEST_PIECE = 1 << 25  # bytes of what openpyxl keeps at a time: a row, a text, or a whole part


class PartFacts(NamedTuple):
    """What one part turned out to be.

    `root` is its outermost element, empty where openpyxl has no use for it. `pairs` are a
    workbook's sheets by name and relationship, a list of relationships with their targets, or the
    content types of parts. `last_row` is a sheet's last row that holds something, `merged` its
    merged cells: `A1:C1`; `hidden` are its rows and columns that are not shown.
    """

    root: str
    pairs: tuple[tuple[str, str], ...]
    last_row: int
    merged: tuple[str, ...] = ()
    hidden: HiddenLines = NOTHING_HIDDEN


def scan_part(part: IO[bytes], name: str, counts: BookSize) -> PartFacts:
    """Stream one part through expat.

    Args:
        part: the part's bytes, decompressed; read to the end, where its checksum is tested.
        name: its name in the archive.
        counts: where what it holds is added.

    Raises:
        Refused: it is over a limit, out of order, or named as XML and not well formed.
    """
    scan = _MarkupPart(name, counts)
    fed = 0
    try:
        while scan.wanted and (chunk := part.read(CHUNK)):
            scan.parser.Parse(chunk)
            fed += len(chunk)
            scan.check_size(fed)
        if scan.wanted:
            scan.parser.Parse(b"", True)  # noqa: FBT003 - expat names no parameter
    except expat.ExpatError as error:
        if name.lower().endswith((".xml", ".rels")):
            raise damaged(name, expat.ErrorString(error.code)) from error
        scan.root = ""
    while part.read(CHUNK):
        pass
    counts.check()
    return PartFacts(
        scan.root,
        tuple(scan.pairs),
        scan.rows.last_held,
        tuple(scan.rows.merged),
        HiddenLines(frozenset(scan.rows.hidden), frozenset(scan.hidden_columns)),
    )


class _MarkupPart:
    """Follows the elements of a part, up to the end of a sheet's table: nothing behind that is
    asked of openpyxl, nor any part with another root."""

    def __init__(self, name: str, counts: BookSize) -> None:
        self.name, self.counts = name, counts
        self.wanted = True
        self.root = ""
        self.pairs: list[tuple[str, str]] = []
        self.hidden_columns: set[int] = set()
        self.pair: tuple[str, str, str] | None = None
        self.depth = 0
        self.piece = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self.declaration
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.rows = Rows(name, counts, self.parser)

    def check_size(self, fed: int) -> None:
        """Refuse a tag, row or text that is too long to be kept. `fed` counts bytes so far."""
        piece = self.rows.piece if self.rows.entered else self.piece
        if fed - self.parser.CurrentByteIndex > LONGEST_TAG:
            raise damaged(self.name, "it holds an overlong tag")
        if piece is not None and fed - piece > LARGEST_PIECE:
            raise damaged(self.name, "it holds an overlong row or text")

    def declaration(self, _: str, encoding: str | None, __: int) -> None:
        if encoding is not None and encoding.lower() not in ENCODINGS:
            raise damaged(self.name, f"its encoding is {clipped(encoding)}")

    def doctype(self, *_: object) -> None:
        # Entities, which can grow without bound or name other files, need a document type.
        reason = f"its part {clipped(self.name)} declares a document type, as no workbook does"
        raise Refused(reason, "ask where the file comes from, and for another copy")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            self.start_root(tag)
        elif self.root == "sst" and self.depth <= 3:
            self.counts.texts += 1
            self.piece = self.parser.CurrentByteIndex if self.depth == 2 else self.piece
        else:
            self.counts.markup += 1
        self.counts.check_other()
        if self.depth > DEEPEST:
            raise damaged(self.name, "elements are nested too deep")
        if self.root == "styleSheet" and (code := attributes.get("formatCode")):
            self.add_format(code)
        if tag == ROW and self.root == "worksheet":
            raise damaged(self.name, "a row stands outside the table")
        if self.pair is not None:
            self.add_pair(tag, attributes, *self.pair)
        elif tag == TABLE and self.depth == 2 and self.root == "worksheet":
            self.rows.enter()
        elif tag == COLUMN and attributes.get("hidden") in TRUE:
            columns = columns_of(attributes.get("min", ""), attributes.get("max", ""))
            self.hidden_columns.update(columns)

    def start_root(self, tag: str) -> None:
        space, _, root = tag.rpartition(" ")
        if space == STRICT:
            hint = "in Excel, save it as 'Excel Workbook (.xlsx)', not as 'Strict Open XML'"
            raise Refused("it is saved as Strict Open XML, which cannot be read", hint)
        self.wanted = root in (MAIN_ROOTS if space == MAIN else OTHER_ROOTS)
        self.root = root if self.wanted else ""
        self.pair = PAIRS.get(self.root)

    def add_format(self, code: str) -> None:
        """Count a number format: openpyxl takes time by the square of its length."""
        if len(code) > LONGEST_FORMAT:
            raise damaged(self.name, "it holds an overlong number format")
        self.counts.formats += len(code)
        self.counts.check()

    def add_pair(
        self, tag: str, attributes: dict[str, str], element: str, first: str, second: str
    ) -> None:
        # As openpyxl does, whatever the namespaces.
        if tag.rpartition(" ")[2] == element:
            plain = {name.rpartition(" ")[2]: value for name, value in attributes.items()}
            self.pairs.append((plain.get(first, ""), plain.get(second, "")))

    def end(self, _: str) -> None:
        self.depth -= 1
