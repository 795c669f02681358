"""The formulas that labels and headings state, however they name their lines."""

from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.casting.search.named_formulas import formulas_by_name
from cfbudget.casting.search.stated_formulas import (
    NumberedRows,
    StatedFormula,
    formulas_by_mark,
    formulas_by_number,
)
from cfbudget.casting.search.statements import statements
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import column_label, words_of


class LabelFormula(NamedTuple):
    """A formula of rows, or of columns, by their numbers in the grid."""

    formula: StatedFormula
    down: bool


def label_formulas(grid: PrintedGrid) -> list[LabelFormula]:
    """For each row, and each column, the surest formula that its label states, if it states one."""
    rows = {row: _texts(grid, row) for row in grid.rows}
    found = [*formulas_by_mark(grid), *formulas_by_number(rows), *formulas_by_name(rows)]
    found += statements(grid)
    found.sort(key=lambda formula: formula.strength == "loose")
    down: dict[int, StatedFormula] = {}
    for formula in found:
        down.setdefault(formula.total, formula)
    columns = {column: list(_headings(grid, column)) for column in grid.columns}
    return [
        *(LabelFormula(formula, down=True) for _, formula in sorted(down.items())),
        *(LabelFormula(formula, down=False) for formula in formulas_by_name(columns)),
    ]


def lacking_formulas(grid: PrintedGrid) -> Iterator[tuple[StatedFormula, str]]:
    """The formulas of rows that name one row which stood between others and does not, each without
    it and with its name."""
    names = NumberedRows({row: _texts(grid, row) for row in grid.rows})
    every = NumberedRows({row: _texts(grid, row) for row in range(len(grid.texts))})
    for row in grid.rows:
        for formula, lacks in names.formulas(row):
            if len(lacks) == 1 and formula.strength != "loose" and every.is_gap(lacks[0]):
                yield formula, lacks[0]
                break


def _texts(grid: PrintedGrid, row: int) -> list[str]:
    """All that stands beside a row's figures."""
    return [text for column in grid.labels if (text := grid.text(row, column))]


def _headings(grid: PrintedGrid, column: int) -> Iterator[str]:
    """A column's heading from all its rows, and from each of them alone: from one before the last
    only if it has words, as the numbers of columns are no names."""
    texts = [text for row in range(grid.heads) if (text := grid.text(row, column))]
    yield column_label(grid, column)
    if len(texts) > 1:
        yield from (text for text in texts[:-1] if words_of(text))
        yield texts[-1]
