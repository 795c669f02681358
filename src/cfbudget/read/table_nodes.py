"""A plan's file that is a table, of a CSV file or a sheet, to the nodes that its YAML would give.

Above a blank row stand the file's own keys, each with its value: `unit,£000`. Below it a row of
headings, and a row for each line. A heading is a key, or keys one within the other with a full
stop between (`stated.total`); a year alone is a line's amount of that year. The column `row` says
what is no line: `total`, what is printed of a service or of all; `use`, of a reserve in the
funding; `group`, of options. Places are a row and a column, from 1.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import islice

from cfbudget import rules
from cfbudget.ids import did_you_mean_id
from cfbudget.nodes import ListNode, MappingNode, Scalar
from cfbudget.problem import Place, Problem, clipped
from cfbudget.read.folder import stem_of
from cfbudget.read.table_shapes import SHAPES, TableShape
from cfbudget.read.table_tree import TableTree
from cfbudget.read.yaml_nodes import IN_FILE, MANY, MAX_DEPTH, MAX_TEXT, Composed

ROW = "row"
LISTS = frozenset({"funds", "financial_years", "contains_options_of"})
"""Keys whose value is a list: in several cells, or in one with commas."""
OF_RECORD = frozenset({"name", "note", "source", "accepted", "by"})
"""What a row of totals says of itself; all else is stated."""


def compose_table(text: str, file: str) -> Composed:
    """Nodes of a table, or problems.

    Args:
        text: as CSV.
        file: its name, which says what lines it has.
    """
    problems: list[Problem] = []
    for match in islice(IN_FILE.finditer(text), MANY):
        message = f"control character U+{ord(match[0]):04X} in the file"
        problems.append(rules.CONTROL_CHARACTER.at(Place(file), message, "delete it"))
    rows: list[list[str]] = []
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        message = f"not CSV: {error}"
        problems.append(rules.WRONG_SHAPE.at(Place(file), message, "close every quote"))
    if problems:
        return Composed(None, problems)
    shape = SHAPES["revenue" if file.startswith("revenue_") else stem_of(file)]
    reader = _TableReader(file, shape, problems)
    return Composed(reader.root(rows), problems)


class _TableReader:
    """Makes a tree of a table's rows."""

    def __init__(self, file: str, shape: TableShape, problems: list[Problem]) -> None:
        self.file, self.shape, self.problems = file, shape, problems
        self.tree = TableTree(problems)
        self.known: dict[str, tuple[MappingNode, int]] = {}
        """The services of a revenue budget so far, with how deep each is."""
        self.blocks: dict[str, MappingNode] = {}
        """The blocks of options so far, by service."""
        self.has_years = False
        """Whether a year alone is a heading."""

    def root(self, rows: Sequence[Sequence[str]]) -> MappingNode | None:
        filled = [at for at, row in enumerate(rows) if row and any(map(str.strip, row))]
        if not filled:
            return None
        first = filled[0]
        head = first
        while head < len(rows) and any(map(str.strip, rows[head])):
            head += 1
        below = [at for at in filled if at > head]
        root = MappingNode(Place(self.file, first + 1, 1))
        for at in range(first, head):
            self._key(root, rows[at], at + 1)
        lines = ListNode(Place(self.file, (below[0] if below else head) + 1, 1))
        self.tree.put(root, self.shape.lines, lines, lines.place)
        if not below:
            message = "no line stands below a blank row"
            hint = "write the file's keys, a blank row, a row of headings, and the lines"
            self.problems.append(rules.WRONG_SHAPE.at(root.place, message, hint))
            return root
        headings = self._headings(rows[below[0]], below[0] + 1)
        self.has_years = any(heading[:1].isdigit() for heading, _ in headings.values())
        for at in below[1:]:
            self._line(root, lines, self._cells(headings, rows[at], at + 1), at + 1)
        return root

    # -- above the blank row ------------------------------------------------------------------

    def _key(self, root: MappingNode, row: Sequence[str], line: int) -> None:
        """A key of the file, with its value beside it."""
        key = row[0].strip() if row else ""
        place = Place(self.file, line, 1)
        values = [
            Scalar(_plain(text), Place(self.file, line, column))
            for column, text in enumerate(row[1:], start=2)
            if text.strip()
        ]
        if not key:
            self.tree.say(place, "a value without its key", "write the key in the first column")
        elif key.startswith("funds."):  # what a fund of the revenue budget is called
            fund = MappingNode(place)
            self.tree.put(fund, "id", Scalar(key.removeprefix("funds."), place), place)
            self.tree.put(fund, "name", values[0] if values else Scalar("", place), place)
            funds = root.setdefault("funds", ListNode(place))
            root.keys_at.setdefault("funds", place)
            assert isinstance(funds, ListNode)  # nothing else is put there
            funds.append(fund)
        elif key in LISTS:
            if values:
                self.tree.put(root, key, self.tree.listed(values), place)
        elif len(values) > 1:
            self.tree.say(values[1].place, f"a second value of {key!r}", "write it in one cell")
        elif values:
            self.tree.nest(root, key, values[0], place)

    # -- below it -----------------------------------------------------------------------------

    def _headings(self, row: Sequence[str], line: int) -> dict[int, tuple[str, Place]]:
        """The headings by column, from 1; one that stands twice is left out the second time."""
        found: dict[int, tuple[str, Place]] = {}
        for column, text in enumerate(row, start=1):
            heading = text.strip()
            place = Place(self.file, line, column)
            first = next((at for at, (name, _) in found.items() if name == heading), None)
            if heading and first is not None:
                message = f"{clipped(heading)!r} stands twice: first in column {first}"
                self.problems.append(rules.DUPLICATE_KEY.at(place, message, "delete one of them"))
            elif heading:
                found[column] = (heading, place)
        return found

    def _cells(
        self, headings: Mapping[int, tuple[str, Place]], row: Sequence[str], line: int
    ) -> dict[str, tuple[Scalar, Place]]:
        """What a row holds, by heading, each with its heading's place."""
        found: dict[str, tuple[Scalar, Place]] = {}
        for column, text in enumerate(row, start=1):
            if not text.strip():
                continue
            place = Place(self.file, line, column)
            if column not in headings:
                self.tree.say(
                    place, f"{clipped(text)!r} stands under no heading", "write its heading"
                )
                continue
            if len(text) > MAX_TEXT:
                message = f"a text of {len(text):,} characters"
                hint = f"shorten it to {MAX_TEXT:,} at most"
                self.problems.append(rules.TOO_LARGE.at(place, message, hint))
                continue
            heading, there = headings[column]
            found[heading] = (Scalar(_plain(text), place), there)
        return found

    def _line(
        self,
        root: MappingNode,
        lines: ListNode,
        cells: dict[str, tuple[Scalar, Place]],
        line: int,
    ) -> None:
        """A row: a line of the table, or what its column `row` says."""
        kind, _ = cells.pop(ROW, (Scalar("", Place(self.file, line)), None))
        word = kind.text.strip().lower()
        node = MappingNode(Place(self.file, line, 1))
        if word not in ("", "total", *self.shape.others):
            known = ", ".join(("total", *self.shape.others))
            message = f"{clipped(kind.text)!r} is none of the rows that may stand here"
            hint = f"write {known}, or leave it blank for a line"
            self.problems.append(rules.NOT_A_CHOICE.at(kind.place, message, hint))
        elif word == "total":
            self._total(root, lines, cells, node)
        elif word == "use":
            self._fill(node, {"reserve" if key == "id" else key: v for key, v in cells.items()})
            self.tree.append(root, "reserves", node)
        elif word == "group":
            self._stated(node, cells)
            self.tree.append(root, "groups", node)
        elif self.shape.by_year == "changes":
            block = self._block(lines, cells, node.place)
            if self.has_years:  # a year that is left blank is nil; without any, none is given
                self.tree.put(node, "changes", MappingNode(node.place), node.place)
            self._fill(node, cells)
            options = block["options"]
            assert isinstance(options, ListNode)  # made with the block
            options.append(node)
        else:
            within = cells.pop("within", None)
            self._fill(node, cells)
            self._within(lines, node, within[0] if within else None)

    def _total(
        self,
        root: MappingNode,
        lines: ListNode,
        cells: dict[str, tuple[Scalar, Place]],
        node: MappingNode,
    ) -> None:
        """What is printed as totals: of a service's options, else of the file."""
        if self.shape.by_year == "changes" and "service" in cells:
            self._stated(self._block(lines, cells, node.place), cells)
            return
        if "name" in cells:
            cells.setdefault("label", cells.pop("name"))
        financing = {k: v for k, v in cells.items() if k.startswith("financing.")}
        self._fill(root, financing)
        self._stated(root, {k: v for k, v in cells.items() if k not in financing})

    def _stated(self, into: MappingNode, cells: Mapping[str, tuple[Scalar, Place]]) -> None:
        """Printed totals, and what their row says of itself."""
        for heading, (value, place) in cells.items():
            key = heading.partition(".")[0]
            path = heading if key in (*OF_RECORD, "stated") else f"stated.{heading}"
            self.tree.nest(into, path, value, place)

    def _fill(self, node: MappingNode, cells: Mapping[str, tuple[Scalar, Place]]) -> None:
        """A line's values; a year alone is its amount of that year."""
        for heading, (value, place) in cells.items():
            by_year = self.shape.by_year if heading[:1].isdigit() else ""
            self.tree.nest(node, f"{by_year}.{heading}" if by_year else heading, value, place)

    def _block(
        self, lines: ListNode, cells: dict[str, tuple[Scalar, Place]], place: Place
    ) -> MappingNode:
        """The block of a row's service; the first row that names it makes it."""
        service, there = cells.pop("service", (Scalar("", place), place))
        if service.text not in self.blocks:
            block = self.blocks[service.text] = MappingNode(place)
            self.tree.put(block, "service", service, there)
            self.tree.put(block, "options", ListNode(place), place)
            lines.append(block)
        return self.blocks[service.text]

    def _within(self, lines: ListNode, node: MappingNode, parent: Scalar | None) -> None:
        """A line where it belongs: in the list, or within the service that it names."""
        depth = 1
        if parent is None:
            lines.append(node)
        elif parent.text not in self.known:
            names = {one: _name(found) for one, (found, _) in self.known.items()}
            message = f"{clipped(parent.text)!r} is no service that stands above"
            hint = did_you_mean_id(parent.text, names, "name one that stands above it")
            self.problems.append(rules.UNKNOWN_SERVICE.at(parent.place, message, hint))
        else:
            above, depth = self.known[parent.text]
            depth += 1
            if 2 * depth > MAX_DEPTH:
                message = f"nested more than {MAX_DEPTH // 2} deep"
                hint = "no plan needs this: check the column within"
                self.problems.append(rules.TOO_LARGE.at(parent.place, message, hint))
                return
            self.tree.append(above, "services", node)
        identity = node.get("id")
        if isinstance(identity, Scalar):
            self.known[identity.text] = (node, depth)


def _name(node: MappingNode) -> str:
    name = node.get("name")
    return name.text if isinstance(name, Scalar) else ""


def _plain(text: str) -> str:
    """A cell's text, without the mark that keeps a spreadsheet from taking it for a formula."""
    text = text.strip()
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text
