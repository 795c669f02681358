"""The sums that a workbook's own formulas make: of cells and areas of the same sheet."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.casting.table.cell_place import CellPlace

LONGEST = 1_000  # characters of a formula that is read
MOST_CELLS = 2_000  # of one sum
MOST_IN_ALL = 200_000  # cells of all sums of a sheet

CELL = r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})"
PLACE = re.compile(CELL)
TOKEN = re.compile(
    rf"\s*(?:(?P<area>{CELL}:{CELL})|(?P<cell>{CELL})|(?P<sum>SUM\(|SUBTOTAL\((?:10)?9,)"
    r"|(?P<sign>[-+])|(?P<comma>[,;])|(?P<open>\()|(?P<close>\)))",
)
REFERENCE = re.compile(rf"(?<![!A-Za-z0-9_.']){CELL}(?::{CELL})?(?![A-Za-z0-9_(!])")

SignedCells = tuple[tuple[int, CellPlace], ...]


class OwnSums(NamedTuple):
    """A sheet's own sums by the cell that states them, and every cell that a formula names."""

    sums: Mapping[CellPlace, SignedCells]
    named: frozenset[CellPlace]


class _NoSum(Exception):
    """A formula that is something else than a sum."""


def own_sums(formulas: Mapping[CellPlace, str]) -> OwnSums:
    """The formulas that only add cells up, or take them off. Beyond a bound no more are read."""
    sums: dict[CellPlace, SignedCells] = {}
    named: set[CellPlace] = set()
    left = MOST_IN_ALL
    for place, formula in sorted(formulas.items()):
        if left <= 0 or len(formula) > LONGEST:
            continue
        named.update(_named(formula))
        try:
            terms = _Parser(formula.removeprefix("=")).sum()
        except _NoSum:
            continue
        left -= len(terms)
        cells = [cell for _, cell in terms]
        if len(terms) > 1 and len(set(cells)) == len(cells) and place not in cells:
            sums[place] = tuple(terms)
    return OwnSums(sums, frozenset(named))


def _named(formula: str) -> Iterator[CellPlace]:
    for match in REFERENCE.finditer(formula):
        first = _place(match[1], match[2])
        last = _place(match[3], match[4]) if match[3] else first
        yield from _area(first, last)


def _place(letters: str, digits: str) -> CellPlace:
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def _area(first: CellPlace, last: CellPlace) -> Iterator[CellPlace]:
    rows = range(min(first[0], last[0]), max(first[0], last[0]) + 1)
    columns = range(min(first[1], last[1]), max(first[1], last[1]) + 1)
    if len(rows) * len(columns) <= MOST_CELLS:
        yield from ((row, column) for row in rows for column in columns)


class _Parser:
    """Reads `B2+SUM(B4:B9)-B12` from its start."""

    def __init__(self, text: str) -> None:
        self.tokens: list[re.Match[str]] = []
        at = 0
        while at < len(text.rstrip()):
            match = TOKEN.match(text, at)
            if match is None:
                raise _NoSum
            self.tokens.append(match)
            at = match.end()
        self.at = 0

    def sum(self) -> list[tuple[int, CellPlace]]:
        """The whole formula as signed cells."""
        terms = self._terms(1, depth=0)
        if self.at < len(self.tokens) or not terms:
            raise _NoSum
        return terms

    def _terms(self, sign: int, *, depth: int) -> list[tuple[int, CellPlace]]:
        if depth > 5:
            raise _NoSum
        found: list[tuple[int, CellPlace]] = []
        one = sign
        while True:
            while self._next() == "sign":
                one *= -1 if self.tokens[self.at]["sign"] == "-" else 1
                self.at += 1
            found += self._term(one, depth=depth)
            if len(found) > MOST_CELLS:
                raise _NoSum
            if self._next() != "sign":
                return found
            one = sign

    def _next(self) -> str:
        if self.at >= len(self.tokens):
            return ""
        token = self.tokens[self.at]
        kinds = ("area", "cell", "sum", "sign", "comma", "open", "close")
        return next(kind for kind in kinds if token[kind])

    def _term(self, sign: int, *, depth: int) -> list[tuple[int, CellPlace]]:
        kind = self._next()
        if kind not in ("cell", "sum", "open"):
            raise _NoSum
        token = self.tokens[self.at]
        self.at += 1
        if kind == "cell":
            (match,) = PLACE.findall(token["cell"])
            return [(sign, _place(*match))]
        found = self._arguments(sign) if kind == "sum" else self._terms(sign, depth=depth + 1)
        if self._next() != "close":
            raise _NoSum
        self.at += 1
        return found

    def _arguments(self, sign: int) -> list[tuple[int, CellPlace]]:
        found: list[tuple[int, CellPlace]] = []
        while True:
            kind = self._next()
            if kind not in ("area", "cell"):
                raise _NoSum
            ends = [_place(*match) for match in PLACE.findall(self.tokens[self.at][kind])]
            self.at += 1
            cells = list(_area(ends[0], ends[-1]))
            if not cells:
                raise _NoSum
            found += [(sign, cell) for cell in cells]
            if self._next() != "comma":
                return found
            self.at += 1
