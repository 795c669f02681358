"""Where the figures of a page stand in its workbook, and what each is made of there.

A figure whose parts all stand in the workbook is a formula over them; one that its table declares
an input is an input; of any other only its value is known here.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from cfbudget.calculate.amounts import Key
from cfbudget.layout.grid import ShownFigure
from cfbudget.layout.table import Table, Variant
from cfbudget.layout.units import FACT, YEAR
from cfbudget.workbook.book.book import amount
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Between, Expression, Sum
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.sheets.made_expressions import all_of, expression_of


class FigureName(NamedTuple):
    """A figure of a page: its table, which of three like tables, and its key."""

    title: str
    variant: Variant
    key: Key


class PlacedFigures:
    """The figures of a page, each noted as it is put on a sheet."""

    def __init__(self) -> None:
        self.places: dict[FigureName, At] = {}
        self.figures: list[tuple[ShownFigure, At]] = []
        self.words: set[At] = set()
        """Where figures stand that are not known yet."""
        self.sums: dict[int, dict[Key, list[tuple[Key, ...]]]] = {}
        """What the cells of each table add up, by the table's identity."""

    def note(self, figure: ShownFigure, at: At) -> None:
        if figure.cell is not None:
            self.places.setdefault(_name(*figure.cell), at)
            if figure.is_unknown:
                self.words.add(at)
            self.figures.append((figure, at))

    def formulas(self) -> Iterator[tuple[At, Expression, Value]]:
        """The cells that are made of others which stand in the workbook too, and their results."""
        for figure, at in self.figures:
            if figure.cell and not is_input(figure):
                made = self._expression(*figure.cell)
                if made:
                    yield at, made, value_of(figure)

    def _expression(self, table: Table, key: Key) -> Expression | None:
        def where(part: Key) -> At | None:
            return self.places.get(_name(table, part))

        if made := expression_of(table.made_of.get(key), table, where):
            return made
        for parts in self._sums_of(table).get(key, ()):
            # What a page leaves out because it is nil is no part of what it shows.
            shown = [part for part in parts if where(part) or table.cells[part].pence]
            if there := all_of(shown, where):
                return Sum(there)
        return self._difference(table, key)

    def _sums_of(self, table: Table) -> dict[Key, list[tuple[Key, ...]]]:
        if id(table) not in self.sums:
            found: dict[Key, list[tuple[Key, ...]]] = {}
            self.sums[id(table)] = found
            for total, parts in table.relations():
                found.setdefault(total, []).append(parts)
        return self.sums[id(table)]

    def _difference(self, table: Table, key: Key) -> Expression | None:
        if table.variant != "difference":
            return None
        now, then = (
            self.places.get(FigureName(table.title, variant, key))
            for variant in ("scenario", "baseline")
        )
        if now is None or then is None:
            return None
        return Between(self._number(now), "-", self._number(then))

    def _number(self, at: At) -> Expression:
        """A figure to reckon with: a sum passes over a word."""
        return Sum((at,)) if at in self.words else at


def is_input(figure: ShownFigure) -> bool:
    """Whether its table declares it one."""
    if figure.cell is None:
        return False
    table, key = figure.cell
    return table.cells[key].is_input


def value_of(figure: ShownFigure) -> Decimal | str:
    """What the cell of a workbook holds: a number, or the words of what is none."""
    if figure.is_unknown or figure.unit in (YEAR, FACT):
        return figure.text
    return amount(figure.pence, figure.unit)


def _name(table: Table, key: Key) -> FigureName:
    return FigureName(table.title, table.variant, key)
