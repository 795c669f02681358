"""The figures of a printed table: lines drawn, totals added up exactly, then all rounded."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import NamedTuple

from tests.casting.kit.columns import Column
from tests.casting.kit.equations import Equation, Place
from tests.casting.kit.rows import Row

FINE = 1000
"""How many parts a last printed place has in tables whose figures are rounded."""


class Layout(NamedTuple):
    """A table without its figures. Places are counted from its first row and column of these."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    totals_only: bool = False
    """Whether subtotals are printed only in the columns that are sums."""
    unrelated: bool = False
    """Whether nothing adds up to anything: every figure is drawn."""

    @property
    def grand(self) -> int:
        """The row of the grand total, or of the last total there is."""
        added = {at for row in self.rows for at in row.adds}
        return [at for at, row in enumerate(self.rows) if row.kind == "total" and at not in added][
            -1
        ]

    def has_figure(self, row: int, column: int) -> bool:
        """Whether a figure stands there, if only nil."""
        if self.totals_only and self.rows[row].kind == "total":
            return bool(self.columns[column].adds)
        return self.rows[row].kind in ("line", "total")

    def equations(self) -> tuple[Equation, ...]:
        """All that holds, nil or not, stated or not."""
        if self.unrelated:
            return ()
        return (*self._down(), *self._across(), *self._shares())

    def _down(self) -> list[Equation]:
        return [
            Equation("sum", (at, n), tuple((1, (part, n)) for part in row.adds), f"row {at}")
            for at, row in enumerate(self.rows)
            if row.adds
            for n, column in enumerate(self.columns)
            if column.share_of is None and self.has_figure(at, n)
        ]

    def _across(self) -> list[Equation]:
        return [
            Equation(
                "sum", (at, n), tuple((sign, (at, part)) for sign, part in column.adds), f"col {n}"
            )
            for n, column in enumerate(self.columns)
            if column.adds
            for at in range(len(self.rows))
            if all(self.has_figure(at, part) for _, part in column.adds)
        ]

    def _shares(self) -> list[Equation]:
        return [
            Equation(
                "percentage",
                (at, n),
                ((1, (at, column.share_of)), (1, (self.grand, column.share_of))),
                f"share {n}",
            )
            for n, column in enumerate(self.columns)
            if column.share_of is not None and self.has_figure(self.grand, column.share_of)
            for at in range(len(self.rows))
            if at != self.grand and self.has_figure(at, column.share_of)
        ]


class Sizes(NamedTuple):
    """What a table's figures are like."""

    digits: int
    """Of the largest lines, in printed places."""
    nils: int
    """How many lines' figures of a hundred are nil."""
    rounded: bool
    """Whether figures have parts finer than what is printed, and are rounded one by one."""
    alike: bool
    """Whether a column's figures are much like those of the column before it."""
    multiple: int
    """Of what the figures are multiples, in printed places, where they are not rounded."""


def drawn_sizes(random: Random) -> Sizes:
    digits = random.choice((3, 4, 4, 5, 5, 6, 7, 8))
    return Sizes(
        digits,
        random.choice((0, 5, 5, 15, 35)),
        random.random() < 0.4,
        random.random() < 0.3,
        random.choice((1, 1, 1, 5, 10, 100)) if digits > 5 else 1,
    )


def drawn_figures(random: Random, layout: Layout, sizes: Sizes) -> dict[Place, Fraction]:
    """Every figure, exact, in last printed places; of percentages in per cent."""
    exact: dict[Place, Fraction] = {}
    # Years are like each other, and a forecast is like its budget; gross and income are not.
    alike = sizes.alike and not any(column.over for column in layout.columns)
    for at, row in enumerate(layout.rows):
        if row.kind == "line" or (layout.unrelated and row.kind == "total"):
            for n, column in enumerate(layout.columns):
                if layout.unrelated or not (column.adds or column.share_of is not None):
                    before = exact.get((at, n - 1)) if alike else None
                    exact[at, n] = _drawn(random, column, sizes, before)
    if not layout.unrelated:
        _add_up(layout, exact)
    return exact


def _drawn(random: Random, column: Column, sizes: Sizes, before: Fraction | None) -> Fraction:
    if random.randrange(100) < sizes.nils:
        return Fraction(0)
    least = 10 ** random.randrange(max(0, sizes.digits - 3), sizes.digits)
    size = random.randrange(least * FINE, 10 * least * FINE)
    if before:
        size = int(abs(before) * FINE) * random.choice((100, random.randrange(80, 120))) // 100
    if column.signs == "minus" or (
        column.signs != "plus" and random.randrange(100) < {"either": 50}.get(column.signs, 10)
    ):
        size = -size
    part = 1 if sizes.rounded else FINE * sizes.multiple
    return Fraction(size // part * part, FINE)


def _add_up(layout: Layout, exact: dict[Place, Fraction]) -> None:
    """Add the totals down, then across, then the percentages, whether printed or not."""
    for n, column in enumerate(layout.columns):
        if not column.adds and column.share_of is None:
            for at in range(len(layout.rows)):
                _total(layout, exact, at, n)
    filled = [at for at, row in enumerate(layout.rows) if row.kind in ("line", "total")]
    for n, column in enumerate(layout.columns):
        if column.adds:
            for at in filled:
                exact[at, n] = sum((sign * exact[at, p] for sign, p in column.adds), Fraction(0))
    for n, column in enumerate(layout.columns):
        if column.share_of is not None and exact[layout.grand, column.share_of]:
            for at in filled:
                whole = exact[layout.grand, column.share_of]
                exact[at, n] = 100 * exact[at, column.share_of] / whole


def _total(layout: Layout, exact: dict[Place, Fraction], at: int, column: int) -> Fraction:
    if layout.rows[at].adds and (at, column) not in exact:
        parts = (_total(layout, exact, part, column) for part in layout.rows[at].adds)
        exact[at, column] = sum(parts, Fraction(0))
    return exact.get((at, column), Fraction(0))


def holds(equation: Equation, exact: Mapping[Place, Fraction]) -> bool:
    """Whether it holds without any rounding; nothing that has no figure counts."""
    values = [exact.get(place, Fraction(0)) for _, place in equation.terms]
    total = exact.get(equation.total, Fraction(0))
    if equation.kind == "percentage":
        return bool(values[1]) and total == 100 * values[0] / values[1]
    return total == sum(
        (sign * value for (sign, _), value in zip(equation.terms, values, strict=True)), Fraction(0)
    )


def nearest(value: Fraction) -> int:
    """Rounded half away from zero."""
    size = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -size if value < 0 else size
