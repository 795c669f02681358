"""Relations that labels state: `(+)`, `(-)` and `(=)`, or `1+2+3-(4+5+6)` by numbers of lines."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget.casting.search.claims import Claim
from cfbudget.casting.search.line_names import NUMBER
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import row_label

BITS = 20
"""What a formula is worth that a label states, with the figures of a column."""
MOST_TERMS = 60

MARK = re.compile(r"\(\s*([-+−–=])\s*\)")
FORMULA = re.compile(r"(?<![\w.])[\[(]?\s*(?:\(?\w{1,3}\)?\s*[-+−–]\s*)+\(?\w{1,3}\)?[\w\s()+−–-]*")
TERM = re.compile(r"\s*(?:(?P<sign>[-+−–])|(?P<open>\()|(?P<close>\))|(?P<name>\d{1,3}|[a-z]\b))")

SignedLines = tuple[tuple[int, int], ...]
"""A sign and a row."""


class StatedFormula(NamedTuple):
    """A row and the signed rows that its label says it is made of."""

    total: int
    terms: SignedLines


def stated_formulas(grid: PrintedGrid) -> list[StatedFormula]:
    """The formulas that the labels of rows state, those by marks first."""
    labels = {row: row_label(grid, row) for row in grid.rows}
    return [*_by_marks(grid, labels), *_by_numbers(labels)]


def _by_marks(grid: PrintedGrid, labels: Mapping[int, str]) -> Iterator[StatedFormula]:
    """Every `(=)` row, of the marked rows since the last and the unmarked right before these."""
    terms: list[tuple[int, int]] = []
    for row in grid.rows:
        match = MARK.search(labels[row])
        mark = match[1] if match else ""
        if mark == "=":
            marked = any(MARK.search(labels[term]) for _, term in terms)
            if len(terms) > 1 and marked:
                yield StatedFormula(row, tuple(terms))
            terms = [(1, row)]
        elif mark:
            minus = mark != "+" and not _is_negative(grid, row)
            terms.append((-1 if minus else 1, row))
        elif not any(MARK.search(labels[term]) for _, term in terms):
            terms = [(1, row)]  # the balance that the marked ones start from


def _is_negative(grid: PrintedGrid, row: int) -> bool:
    """Whether a row's figures bear their minus themselves."""
    values = [cell.value for column in grid.columns if (cell := grid.cells.get((row, column)))]
    return min(values, default=0) < 0 and max(values, default=0) <= 0


def _by_numbers(labels: Mapping[int, str]) -> Iterator[StatedFormula]:
    """`7 Balances carried forward (1+2+3-(4+5+6))`: by the numbers or letters of the lines."""
    names: dict[str, int] = {}
    for row, label in labels.items():
        match = NUMBER.match(label)
        if match and match[1].casefold() not in names:
            names[match[1].casefold()] = row
    for row, label in labels.items():
        start = NUMBER.match(label)
        for match in FORMULA.finditer(label, start.end() if start else 0):
            terms = _signed(match[0], names)
            if terms and len({other for _, other in terms} - {row}) == len(terms) > 1:
                yield StatedFormula(row, terms)
                break


def _signed(text: str, names: Mapping[str, int]) -> SignedLines:
    """The signed rows of a formula; none where a part of it cannot be read."""
    sign, signs, found, at = 1, [1], [], 0
    text = text.strip().strip("[]")
    while at < len(text):
        match = TERM.match(text, at)
        if match is None:
            return ()
        at = match.end()
        if match["sign"]:
            sign = 1 if match["sign"] == "+" else -1
        elif match["open"]:
            signs.append(signs[-1] * sign)
            sign = 1
        elif match["close"]:
            if len(signs) > 1:
                signs.pop()
        elif match["name"] not in names:
            return ()
        else:
            found.append((signs[-1] * sign, names[match["name"]]))
            sign = 1
        text = text[:at] + text[at:].lstrip() if at < len(text) else text
    return tuple(found)


def formula_claims(grid: PrintedGrid, found: Sequence[Claim]) -> Iterator[Claim]:
    """The stated formulas as claims, but for those whose total others make that hold instead."""
    made = {claim.total[0] for claim in found if claim.down and claim.kind == "sum"}
    for formula in stated_formulas(grid):
        if formula.total in made or len(formula.terms) > MOST_TERMS:
            continue
        for column in grid.columns:
            total = (formula.total, column)
            stated = [
                (s, (r, column))
                for s, r in formula.terms
                if (r, column) in grid.cells or (r, column) in grid.unreadable
            ]
            if len(stated) > 1 and (total in grid.cells or total in grid.unreadable):
                yield Claim("sum", total, tuple(stated), down=True, bits=BITS)
