"""A sheet's rows and cells before openpyxl sees them: each in its place, and all counted.

openpyxl pads each row to its last cell, fills gaps between rows, and passes over rows and cells
that are out of order without a word. What would cost much, or lose a figure, is refused here.
"""

from functools import cache
from itertools import chain, islice, product
from string import ascii_uppercase
from xml.parsers import expat

from cfbudget.problem import clipped
from cfbudget.read.bounds import DEEPEST, BookSize, damaged

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROW, FORMULA = f"{MAIN} row", f"{MAIN} f"
HOLDING = frozenset({FORMULA, f"{MAIN} v", f"{MAIN} is"})
MERGED = f"{MAIN} mergeCell"

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST_FORMULA = 8_192  # characters; Excel's own limit
MOST_MERGED = 20_000  # merged cells of a sheet that are noted; any more are taken as they stand
TRUE = frozenset({"1", "true"})


@cache
def columns_by_letters() -> dict[str, int]:
    """Every column's number, from 1, by its letters."""
    names = chain.from_iterable(product(ascii_uppercase, repeat=size) for size in (1, 2, 3))
    return {"".join(name): at for at, name in enumerate(islice(names, LAST_COLUMN), 1)}


class Rows:
    """Takes over a part's elements between the start and the end of its table.

    `last_held` is the last row that holds something; `piece` is the byte at which the current
    row began, and None behind the table. `merged` are the merged cells, named behind it: `A1:C1`;
    `hidden` the rows that are not shown.
    """

    def __init__(self, name: str, counts: BookSize, parser: expat.XMLParserType) -> None:
        self.name, self.counts, self.parser = name, counts, parser
        self.entered = False
        self.piece: int | None = 0
        self.level = 0
        self.row = self.column = self.cells = self.held = self.last_held = 0
        self.merged: list[str] = []
        self.hidden: list[int] = []
        self.digits = ""
        self.reference: str | None = None
        self.holds = False
        self.shared: str | None = None
        self.length = 0
        self.lengths: dict[str, int] = {}

    def enter(self) -> None:
        self.entered = True
        self.columns = columns_by_letters()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        level = self.level
        self.level = level + 1
        if level == 1:  # whatever stands in a row, openpyxl takes for a cell
            self.start_cell(attributes.get("r"))
        elif level == 2 and tag in HOLDING:
            if not self.holds:
                self.holds = True
                self.held += 1
            if tag == FORMULA and attributes.get("t") == "shared":
                self.start_shared(attributes.get("si", ""))
        elif level == 0:
            self.start_row(tag, attributes.get("r"))
            if attributes.get("hidden") in TRUE and len(self.hidden) < MOST_MERGED:
                self.hidden.append(self.row)
        else:
            self.start_text()

    def start_row(self, tag: str, number: str | None) -> None:
        if tag != ROW:
            raise damaged(self.name, "something other than a row stands in the table")
        last, self.column = self.row, 0
        if number is None:
            self.row += 1
        else:
            plain = number.isascii() and number.isdecimal() and len(number) < 8
            self.row = int(number) if plain else 0
        if not last < self.row <= LAST_ROW:
            written = clipped(number or str(self.row))
            raise damaged(self.name, f"row {written} is out of place, behind row {last}")
        self.digits = str(self.row)
        self.piece = self.parser.CurrentByteIndex
        self.counts.places += self.row - last

    def start_cell(self, reference: str | None) -> None:
        if reference is None:
            column = self.column + 1
        elif reference.endswith(self.digits):
            column = self.columns.get(reference[: -len(self.digits)], 0)
        else:
            column = 0
        if not self.column < column <= LAST_COLUMN:
            written = clipped(reference or "without a name")
            raise damaged(self.name, f"cell {written} is out of place, in row {self.row}")
        self.column = column
        self.reference = reference
        self.holds = False
        self.cells += 1

    def start_text(self) -> None:
        """A text that stands in its cell, or, deeper, what makes it rich."""
        if self.level == 4:
            self.counts.texts += 1
        else:
            self.counts.markup += 1
        self.counts.check_other()
        if self.level > DEEPEST:
            raise damaged(self.name, "elements are nested too deep")

    def start_shared(self, shared: str) -> None:
        if self.reference is None:  # openpyxl would not translate the formula to its place
            raise damaged(self.name, f"a shared formula in row {self.row} has no place")
        self.shared, self.length = shared, 0
        self.parser.CharacterDataHandler = self.text

    def text(self, text: str) -> None:
        self.length += len(text)

    def end(self, _: str) -> None:
        level = self.level = self.level - 1
        if level == 2 and self.shared is not None:
            self.end_shared(self.shared)
        elif level == 0:
            self.end_row()
        elif level < 0:
            self.piece = None
            self.parser.StartElementHandler = self.start_behind
            self.parser.EndElementHandler = None

    def start_behind(self, tag: str, attributes: dict[str, str]) -> None:
        """Behind the table, where only the merged cells count."""
        if tag == MERGED and len(self.merged) < MOST_MERGED:
            self.merged.append(attributes.get("ref", ""))

    def end_row(self) -> None:
        counts = self.counts
        if self.held:
            self.last_held = self.row
        counts.held += self.held
        counts.cells += self.cells
        counts.places += self.column
        self.held = self.cells = 0
        counts.check()

    def end_shared(self, shared: str) -> None:
        """Count a shared formula as long as its first cell writes it, wherever it is used."""
        self.parser.CharacterDataHandler = None
        self.shared = None
        if self.length > LONGEST_FORMULA:
            raise damaged(self.name, f"the formula in {self.reference} is overlong")
        if self.length:
            self.lengths.setdefault(shared, self.length)
        self.counts.translated += self.lengths.get(shared, 0)
