"""Formulas that labels of rows state: `(+)`, `(-)` and `(=)`, or by numbers of other lines."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget.casting.search.line_names import NUMBER
from cfbudget.casting.search.line_references import (
    FormulaStrength,
    ReferenceFormula,
    is_reference,
    reference_formulas,
)
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import row_label

BITS = 20
"""What a formula is worth that a label states, with the figures of a column."""
MOST_TERMS = 60
LONGEST = 160
"""A longer label is a sentence."""

MARK = re.compile(r"\(\s*([-+−–=])\s*\)")

SignedLines = tuple[tuple[int, int], ...]
"""A sign and a row, or a column."""


class StatedFormula(NamedTuple):
    """A row, or a column, and the signed ones that its label says it is made of."""

    total: int
    terms: SignedLines
    strength: FormulaStrength


def formulas_by_mark(grid: PrintedGrid) -> Iterator[StatedFormula]:
    """Every `(=)` row, of the marked rows since the last and the unmarked right before these."""
    labels = {row: row_label(grid, row) for row in grid.rows}
    terms: list[tuple[int, int]] = []
    for row in grid.rows:
        match = MARK.search(labels[row])
        mark = match[1] if match else ""
        if mark == "=":
            marked = any(MARK.search(labels[term]) for _, term in terms)
            if len(terms) > 1 and marked:
                yield StatedFormula(row, tuple(terms), "sure")
            terms = [(1, row)]
        elif mark:
            terms.append((1 if mark == "+" else -1, row))
        elif not any(MARK.search(labels[term]) for _, term in terms):
            terms = [(1, row)]  # the balance that the marked ones start from


def formulas_by_number(texts: Mapping[int, Sequence[str]]) -> Iterator[StatedFormula]:
    """`7 Balances carried forward (1+2+3-(4+5+6))`: of each row the first that is one.

    Args:
        texts: for each row its labels.
    """
    names = NumberedRows(texts)
    for row in texts:
        whole = (found.formula for found in names.formulas(row) if not found.lacks)
        first = next(whole, None)
        if first is not None:
            yield first


class NumberedFormula(NamedTuple):
    """A formula by numbers or letters, without those that no row has."""

    formula: StatedFormula
    lacks: Sequence[str]


class NumberedRows:
    """The rows by the number or letter that each begins with; of several the one before.

    Args:
        texts: for each row its labels.
    """

    def __init__(self, texts: Mapping[int, Sequence[str]]) -> None:
        self._texts = texts
        self._rows: dict[str, list[int]] = {}
        for row, labels in texts.items():
            own = (label for label in labels if not is_reference(label))
            for match in filter(None, map(NUMBER.match, own)):
                self._rows.setdefault(match[1].casefold(), []).append(row)

    def formulas(self, row: int) -> Iterator[NumberedFormula]:
        """All that the labels of a row may state."""
        labels = self._texts[row]
        for label in (label for label in labels if len(label) <= LONGEST):
            start = None if is_reference(label) else NUMBER.match(label)
            text = label[start.end() :] if start else label
            for found in reference_formulas(
                text, lambda one, other: self._between(one, other, row), beside=len(labels) > 1
            ):
                yield from self._formula(found, row)

    def _formula(self, found: ReferenceFormula, row: int) -> Iterator[NumberedFormula]:
        rows = [(sign, self._row(name, row)) for sign, name in found.terms]
        terms = tuple((sign, one) for sign, one in rows if one is not None)
        lacks = [name for _, name in found.terms if self._row(name, row) is None]
        distinct = {one for _, one in terms} - {row}
        if len(distinct) == len(terms) and len(found.terms) <= MOST_TERMS:
            yield NumberedFormula(StatedFormula(row, terms, found.strength), lacks)

    def is_gap(self, name: str) -> bool:
        """Whether no row has a number or letter although rows have those before and after it."""
        if name.isdigit():
            before, after = str(int(name) - 1), str(int(name) + 1)
        else:
            before, after = chr(ord(name) - 1), chr(ord(name) + 1)
        first = name in ("1", "a")
        return name not in self._rows and after in self._rows and (first or before in self._rows)

    def _row(self, name: str, below: int) -> int | None:
        """The row of a name that stands next above, or else below."""
        rows = self._rows.get(name, [])
        return max((one for one in rows if one < below), default=min(rows, default=None))

    def _between(self, one: str, other: str, below: int) -> list[str]:
        first, last = self._row(one, below), self._row(other, below)
        if first is None or last is None or not first < last:
            return []
        found = {row: name for name in self._rows if (row := self._row(name, below)) is not None}
        return [found[row] for row in sorted(found) if first <= row <= last and row != below]
