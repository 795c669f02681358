"""What a formula says: an expression over cells, as a spreadsheet writes it and as it comes out.

Numbers are exact decimals in the unit that their cell shows. An expression knows its text and
its value; nothing parses a formula to find out what it means.
"""

from decimal import Decimal
from typing import Literal, NamedTuple, Protocol

from cfbudget.workbook.book.cells import Area, At, Cells, absolute, area_text, cells_within, runs
from cfbudget.workbook.book.values import UNKNOWN, CellError, Value, number, rounded, sound

ARGUMENTS = 255
"""How many arguments a spreadsheet takes in one function."""


class Expression(Protocol):
    """Something that a formula may say."""

    def text(self, home: str) -> str:
        """As a spreadsheet writes it on the sheet `home`."""

    def value(self, cells: Cells) -> Value:
        """What it comes to over these cells, exactly."""


class Fixed(NamedTuple):
    """A cell whose address does not move when the formula is sorted or copied."""

    at: At

    def text(self, home: str) -> str:
        return absolute(self.at, home)

    def value(self, cells: Cells) -> Value:
        return cells(self.at)


class Sum(NamedTuple):
    """Cells added up; what is no number among them counts for nothing."""

    parts: tuple[At, ...]

    def text(self, home: str) -> str:
        areas = [area_text(first, last, home) for first, last in runs(self.parts)]
        while len(areas) > ARGUMENTS:
            chunks = [areas[at : at + ARGUMENTS] for at in range(0, len(areas), ARGUMENTS)]
            areas = [f"SUM({','.join(chunk)})" for chunk in chunks]
        return f"SUM({','.join(areas)})" if areas else "0"

    def value(self, cells: Cells) -> Value:
        found = (sound(cells(part)) for part in self.parts)
        return sum((value for value in found if isinstance(value, Decimal)), Decimal(0))


class Nonzero(NamedTuple):
    """How many of some cells are not nil: half a printed unit or more, either way.

    A spreadsheet's sum that should be nil may be off by the error of a double.
    """

    parts: tuple[At, ...]
    unit: At
    """The cell of the printed unit."""
    words: frozenset[At] = frozenset()
    """Those of the cells that may hold a word; it counts for none."""

    def text(self, home: str) -> str:
        counts = [self._count(first, last, home) for first, last in runs(self.parts)]
        # With 0 before it a single comparison is a number too.
        return f"0+{'+'.join(counts)}" if counts else "0"

    def _count(self, first: At, last: At, home: str) -> str:
        area, half = area_text(first, last, home), f"0.5*{self.unit.text(home)}"
        if first == last and first not in self.words:
            return f"(ABS({area})>={half})"
        # A count, unlike a product of tests, passes over a note that stands among the figures.
        return f'COUNTIF({area},">="&{half})+COUNTIF({area},"<="&-{half})'

    def value(self, cells: Cells) -> Value:
        half = number(cells(self.unit)) / 2
        found = 0
        for first, last in runs(self.parts):
            values = [cells(at) for at in cells_within(first, last)]
            if UNKNOWN in values:
                raise CellError(UNKNOWN)
            if first == last and first not in self.words:
                values = [number(values[0])]
            found += sum(1 for v in values if isinstance(v, Decimal) and abs(v) >= half)
        return Decimal(found)


class Holding(NamedTuple):
    """How many of some cells hold a word."""

    parts: tuple[At, ...]
    word: str

    def text(self, home: str) -> str:
        areas = (area_text(first, last, home) for first, last in runs(self.parts))
        return "+".join(f'COUNTIF({area},"{self.word}")' for area in areas)

    def value(self, cells: Cells) -> Value:
        found = (sound(cells(part)) for part in self.parts)
        return Decimal(sum(1 for value in found if str(value).lower() == self.word))


class Number(NamedTuple):
    """One of the few numbers that a formula may hold; none of them is an amount."""

    name: Literal["0", "1", "0.5"]

    def text(self, home: str) -> str:
        return self.name

    def value(self, cells: Cells) -> Value:
        return Decimal(self.name)


NIL, ONE, HALF = Number("0"), Number("1"), Number("0.5")


class WordValue(NamedTuple):
    """A text, such as an outcome."""

    word: str

    def text(self, home: str) -> str:
        return f'"{self.word}"'

    def value(self, cells: Cells) -> Value:
        return self.word


class Between(NamedTuple):
    """Two numbers with +, - or * between them."""

    left: Expression
    sign: Literal["+", "-", "*"]
    right: Expression

    def text(self, home: str) -> str:
        left, right = self.left.text(home), self.right.text(home)
        if self.sign == "*" and isinstance(self.left, Between) and self.left.sign != "*":
            left = f"({left})"
        if self.sign != "+" and isinstance(self.right, Between):
            right = f"({right})"
        return f"{left}{self.sign}{right}"

    def value(self, cells: Cells) -> Value:
        left, right = number(self.left.value(cells)), number(self.right.value(cells))
        if self.sign == "*":
            return left * right
        return left + right if self.sign == "+" else left - right


class Minus(NamedTuple):
    """A number with its sign turned."""

    of: Sum

    def text(self, home: str) -> str:
        return f"-{self.of.text(home)}"

    def value(self, cells: Cells) -> Value:
        return -number(self.of.value(cells))


class Rounded(NamedTuple):
    """A number to some places, half away from zero."""

    of: Expression
    places: int

    def text(self, home: str) -> str:
        return f"ROUND({self.of.text(home)},{self.places})"

    def value(self, cells: Cells) -> Value:
        return rounded(number(self.of.value(cells)), self.places)


class Size(NamedTuple):
    """A number without its sign."""

    of: Expression

    def text(self, home: str) -> str:
        return f"ABS({self.of.text(home)})"

    def value(self, cells: Cells) -> Value:
        return abs(number(self.of.value(cells)))


class Extreme(NamedTuple):
    """The larger or the smaller of two figures; a cell that holds no number counts for neither."""

    name: Literal["MAX", "MIN"]
    left: Expression
    right: Expression

    def text(self, home: str) -> str:
        return f"{self.name}({self.left.text(home)},{self.right.text(home)})"

    def value(self, cells: Cells) -> Value:
        both = [sound(part.value(cells)) for part in (self.left, self.right)]
        numbers = [value for value in both if isinstance(value, Decimal)]
        return (max if self.name == "MAX" else min)(numbers, default=Decimal(0))


class Is(NamedTuple):
    """Whether one value is as another, or at most it."""

    left: Expression
    sign: Literal["=", "<="]
    right: Expression

    def text(self, home: str) -> str:
        return f"{self.left.text(home)}{self.sign}{self.right.text(home)}"

    def value(self, cells: Cells) -> Value:
        left, right = sound(self.left.value(cells)), sound(self.right.value(cells))
        return left == right if self.sign == "=" else number(left) <= number(right)


class When(NamedTuple):
    """One thing where a test holds, else another."""

    test: Expression
    then: Expression
    otherwise: Expression

    def text(self, home: str) -> str:
        parts = (self.test, self.then, self.otherwise)
        return f"IF({','.join(part.text(home) for part in parts)})"

    def value(self, cells: Cells) -> Value:
        return (self.then if self.test.value(cells) is True else self.otherwise).value(cells)


class Where(NamedTuple):
    """How many rows, or the sum of their amounts, where columns hold what some cells hold."""

    amounts: Area | None
    """What to add up; None to count."""
    criteria: tuple[tuple[Area, At], ...]

    def text(self, home: str) -> str:
        parts = [self.amounts.text(home)] if self.amounts else []
        for area, wanted in self.criteria:
            parts += [area.text(home), wanted.text(home)]
        return f"{'SUMIFS' if self.amounts else 'COUNTIFS'}({','.join(parts)})"

    def value(self, cells: Cells) -> Value:
        columns = [cells.column(area) for area, _ in self.criteria]
        wanted = tuple(cells(at) for _, at in self.criteria)
        rows = zip(*columns, strict=True)
        if self.amounts is None:
            return Decimal(sum(1 for row in rows if row == wanted))
        amounts = zip(cells.column(self.amounts), rows, strict=True)
        found = (sound(value) for value, row in amounts if row == wanted)
        return sum((value for value in found if isinstance(value, Decimal)), Decimal(0))
