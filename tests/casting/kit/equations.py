"""The truth beside a printed table: which cells add up to which, compared up to rearrangement.

Nothing here knows how casting infers anything: an equation is a total and its signed terms, or a
percentage with its part and whole. Two that say the same have one form.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Place = tuple[int, int]
"""Row and column, both from 0: (0, 0) is cell A1."""
Kind = Literal["sum", "percentage"]
Form = tuple[str, tuple[tuple[str, int], ...]]
"""Kind, and cells with their factors: of a sum all on one side, the first cell's factor plus;
of a percentage the percentage, part and whole in this order."""


def cell_name(place: Place) -> str:
    """As a spreadsheet names it: (4, 1) is B5."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


class Equation(NamedTuple):
    """A figure and what it follows from."""

    kind: Kind
    total: Place
    terms: tuple[tuple[int, Place], ...]
    """Signs and places; of a percentage the part, then the whole."""
    pattern: str
    """The same in every equation that is this one in another column, or in another row."""

    @property
    def places(self) -> tuple[Place, ...]:
        return (self.total, *(place for _, place in self.terms))


def form_of(kind: Kind, total: str, terms: Iterable[tuple[int, str]], nil: frozenset[str]) -> Form:
    """The one form of an equation, cells that are nil or blank left out."""
    if kind == "percentage":
        return kind, ((total, 1), *((cell, 1) for _, cell in terms))
    factors: dict[str, int] = {total: -1}
    for sign, cell in terms:
        factors[cell] = factors.get(cell, 0) + sign
    return _tidy(factors, nil)


def _tidy(factors: Mapping[str, int], nil: frozenset[str]) -> Form:
    kept = sorted((cell, factor) for cell, factor in factors.items() if factor and cell not in nil)
    turned = -1 if kept and kept[0][1] < 0 else 1
    return "sum", tuple((cell, turned * factor) for cell, factor in kept)


class Equals:
    """Cells that equations of two cells make equal, or equal but for the sign.

    Where a total has one line, arithmetic cannot tell which of the two a further total adds.
    """

    def __init__(self, forms: Iterable[Form]) -> None:
        self._above: dict[str, tuple[str, int]] = {}
        for kind, cells in forms:
            if kind == "sum" and len(cells) == 2 and {abs(factor) for _, factor in cells} == {1}:
                self._join(cells[0][0], cells[1][0], -cells[0][1] * cells[1][1])

    def _join(self, one: str, other: str, sign: int) -> None:
        (root, first), (beyond, second) = self.root(one), self.root(other)
        if root != beyond:
            self._above[root] = (beyond, first * sign * second)

    def root(self, cell: str) -> tuple[str, int]:
        """The cell that stands for all equal to this one, and its sign to this one."""
        sign = 1
        while cell in self._above:
            cell, turned = self._above[cell]
            sign *= turned
        return cell, sign

    def merged(self, form: Form) -> Form:
        """The form with every cell replaced by the one that stands for it."""
        kind, cells = form
        if kind == "percentage":
            return kind, (cells[0], *(self.root(cell) for cell, _ in cells[1:]))
        factors: dict[str, int] = {}
        for cell, factor in cells:
            root, sign = self.root(cell)
            factors[root] = factors.get(root, 0) + sign * factor
        return _tidy(factors, frozenset())


def unfound(truth: Iterable[Form], reported: Iterable[Form]) -> list[Form]:
    """The forms of the truth that are not among those reported.

    One that only the other equations imply does not count, save by way of equal cells.
    """
    wanted, given = list(dict.fromkeys(truth)), set(reported)
    equal = Equals(wanted)
    merged = {equal.merged(form) for form in given}
    printed_twice = Equals(given)
    missing = []
    for form in wanted:
        same = equal.merged(form)
        if form in given or (same[1] and same in merged):
            continue
        if not same[1] and not printed_twice.merged(form)[1]:
            continue
        missing.append(form)
    return missing
