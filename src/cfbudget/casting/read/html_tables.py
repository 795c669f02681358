"""An HTML page's tables, nested ones too, read as a browser reads what is not closed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from cfbudget.casting.read.html_grid import HtmlCell, RowGroup, grid
from cfbudget.casting.read.html_noise import cleaned
from cfbudget.casting.read.html_notes import NOTE_END, NOTE_START, with_notes
from cfbudget.casting.read.printed_table import (
    DIVIDE,
    MOST_ROWS,
    MOST_TABLES,
    PrintedTable,
    cell_text,
)
from cfbudget.casting.stored_cells import StoredCells
from cfbudget.read.bounds import Refused

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
GROUPS = frozenset({"thead", "tbody", "tfoot"})
BLOCKS = frozenset({"br", "p", "div", "li", "ul", "ol", "hr", "dd", "dt"})
VOID = frozenset({"br", "hr", "img", "input", "wbr", "col", "meta", "link", "source", "area"})
DEEPEST = 50  # tables within tables
LONGEST_SPAN = 5  # digits of a span that are read; more is as much as any table holds


@dataclass
class Open:
    """A table that is not at its end. `cell` are the parts of the open cell's text."""

    name: str
    groups: list[RowGroup] = field(default_factory=list)
    row: list[HtmlCell] | None = None
    cell: list[str] | None = None
    spans: tuple[int, int] = (1, 1)
    caption: list[str] | None = None
    rows: int = 0

    def end_cell(self) -> None:
        if self.cell is not None and self.row is not None:
            self.row.append(HtmlCell(with_notes("".join(self.cell)), *self.spans))
        self.cell = None

    def end_caption(self) -> None:
        if self.caption is not None:
            self.name = cell_text(with_notes("".join(self.caption))) or self.name
        self.caption = None

    def start_group(self, kind: str) -> None:
        self.end_cell()
        self.row = None
        self.groups.append(RowGroup(kind, []))

    def start_row(self) -> None:
        self.end_cell()
        if not self.groups:
            self.groups.append(RowGroup("tbody", []))
        self.row = []
        self.groups[-1].rows.append(self.row)
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise Refused(f"a table has more than {MOST_ROWS:,} rows", DIVIDE)

    def start_cell(self, columns: int, rows: int) -> None:
        self.end_cell()
        self.end_caption()
        if self.row is None:
            self.start_row()
        self.cell, self.spans = [], (columns, rows)


class HtmlPage(HTMLParser):
    """Follows a page's tags; `tables` are those it has met, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Open] = []
        self.open: list[Open] = []
        self.heading: list[str] | None = None
        self.name = ""
        self.hidden: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.hidden:
            self.hidden = (self.hidden[0], self.hidden[1] + (tag == self.hidden[0]))
            if tag not in ("td", "th", "tr", "table"):
                return
        if tag in HEADINGS and not self.open:
            self.heading = []
        elif tag == "table":
            self.start_table()
        elif self.open:
            self.start_within(self.open[-1], tag, attrs)

    def start_table(self) -> None:
        self.end_heading()
        self.hidden = None
        if len(self.open) >= DEEPEST:
            raise Refused("its tables are nested too deep", DIVIDE)
        self.handle_data(" ")
        self.open.append(Open(self.name))
        self.tables.append(self.open[-1])

    def start_within(self, table: Open, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.hidden = None
            table.start_row()
        elif tag in ("td", "th"):
            self.hidden = None
            found = dict(attrs)
            table.start_cell(_span(found.get("colspan")) or 1, _span(found.get("rowspan")))
        elif tag in GROUPS:
            table.start_group(tag)
        elif tag == "caption":
            table.caption = []
        elif tag == "sup":
            self.handle_data(NOTE_START)
        elif tag in BLOCKS:
            self.handle_data(" ")
        if tag not in VOID and table.cell is not None and tag not in ("td", "th"):
            style = next((value or "" for name, value in attrs if name == "style"), "")
            if "display:none" in "".join(style.lower().split()):
                self.hidden = (tag, 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A browser reads <td/> as <td>; only of what holds nothing is the slash meant.
        self.handle_starttag(tag, attrs)
        if tag == "sup":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            name, depth = self.hidden
            depth -= tag == name
            self.hidden = (name, depth) if depth else None
            if tag not in ("td", "th", "tr", "table"):
                return
        if tag in HEADINGS:
            self.end_heading()
        elif self.open:
            self.end_within(self.open[-1], tag)

    def end_within(self, table: Open, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self.hidden = None
            table.end_cell()
        if tag in ("tr", "table") or tag in GROUPS:
            table.end_cell()
            table.row = None
        if tag == "table":
            table.end_caption()
            self.open.pop()
        elif tag == "caption":
            table.end_caption()
        elif tag == "sup":
            self.handle_data(NOTE_END)
        elif tag in GROUPS:
            table.groups.append(RowGroup("tbody", []))
        elif tag in BLOCKS:
            self.handle_data(" ")

    def end_heading(self) -> None:
        if self.heading is not None:
            self.name = cell_text("".join(self.heading)) or self.name
        self.heading = None

    def handle_data(self, data: str) -> None:
        into = self.heading
        if into is None and self.open:
            table = self.open[-1]
            into = table.cell if table.caption is None else table.caption
        if into is not None and not self.hidden:
            into.append(data)


def _span(written: str | None) -> int:
    """A span as the page writes it; 1 where it is none."""
    digits = (written or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return int(digits) if len(digits) <= LONGEST_SPAN else 10**LONGEST_SPAN


def read_html(page: str) -> list[PrintedTable]:
    """Every table of a page that holds something, named by its caption or the heading before it.

    Raises:
        Refused: there are too many tables, or one is over a bound.
    """
    found = HtmlPage()
    found.feed(cleaned(page))
    found.close()
    for table in found.open:
        table.end_cell()
        table.end_caption()
    if len(found.tables) > MOST_TABLES * 5:  # of which most may be empty
        reason = f"it holds more than {MOST_TABLES * 5} tables"
        raise Refused(reason, "keep the part with the tables that are to be cast")
    tables = []
    for table in found.tables:
        rows, spans = grid(table.groups, table.name)
        tables.append(PrintedTable(table.name, rows, stored=StoredCells(spans=spans)))
    return [table for table in tables if table.rows]
