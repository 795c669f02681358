"""The figure columns of a printed table: years, nets, totals, variances, percentages."""

from collections.abc import Callable
from random import Random
from typing import Literal, NamedTuple

Signs = Literal["plus", "minus", "either", "mostly plus"]


class Column(NamedTuple):
    """One figure column."""

    over: str
    """What stands over it in the upper row of a header of two rows; empty where a block goes
    on from the left."""
    head: str
    signs: Signs = "mostly plus"
    """The signs of its lines' figures, where these are drawn."""
    adds: tuple[tuple[int, int], ...] = ()
    """Signs and positions of the columns that it is the sum of."""
    share_of: int | None = None
    """The column of which it is the percentage of the grand total."""
    signed: bool = False
    """Whether plus is printed, as some variances are."""


def drawn_columns(random: Random) -> tuple[Column, ...]:
    """One to nine columns of one of the common kinds."""
    columns = random.choice(KINDS)(random)
    if len(columns) < 8 and random.random() < 0.15:
        columns = [Column("", "Previous year"), *(_moved(column) for column in columns)]
    if len(columns) < 9 and random.random() < 0.15:
        of = random.choice([at for at, column in enumerate(columns) if column.share_of is None])
        columns = [*columns, Column("", "% of total", share_of=of)]
    return tuple(columns)


def _moved(column: Column) -> Column:
    return column._replace(adds=tuple((sign, at + 1) for sign, at in column.adds))


def _years(random: Random, count: int) -> list[str]:
    start = random.randrange(2008, 2026)
    written: Callable[[int], str] = random.choice(
        (
            lambda year: f"{year}/{(year + 1) % 100:02d}",
            lambda year: f"{year}-{(year + 1) % 100:02d}",
            lambda year: f"{year % 100:02d}/{(year + 1) % 100:02d}",
            str,
        )
    )
    return [written(start + at) for at in range(count)]


def _independent(random: Random) -> list[Column]:
    signs: Signs = random.choice(("plus", "mostly plus", "either", "minus"))
    return [Column("", head, signs) for head in _years(random, random.randint(1, 8))]


def _years_and_total(random: Random) -> list[Column]:
    signs: Signs = random.choice(("plus", "mostly plus", "either"))
    years = _years(random, random.randint(2, 6))
    columns = [Column("", head, signs) for head in years]
    return [*columns, Column("", "Total", adds=tuple((1, at) for at in range(len(years))))]


def _nets(random: Random) -> list[Column]:
    minus = random.random() < 0.5
    columns: list[Column] = []
    for year in _years(random, random.choice((1, 1, 2))):
        at = len(columns)
        columns += [
            Column(year, "Gross", "plus"),
            Column("", "Income", "minus" if minus else "plus"),
            Column("", "Net", adds=((1, at), (1 if minus else -1, at + 1))),
        ]
    return columns


def _funding(random: Random) -> list[Column]:
    sources = random.sample(("Grant", "Council", "Borrowing", "Third party", "Receipts"), 5)
    count = random.randint(2, 4)
    columns: list[Column] = []
    for year in _years(random, random.choice((1, 1, 2)) if count < 4 else 1):
        at = len(columns)
        columns += [
            Column("" if place else year, source, "plus")
            for place, source in enumerate(sources[:count])
        ]
        columns.append(Column("", "Total", adds=tuple((1, at + n) for n in range(count))))
    return columns


def _variances(random: Random) -> list[Column]:
    signs = random.choice(((1, -1), (-1, 1)))
    signed = random.random() < 0.3
    columns: list[Column] = []
    for over in ("", "") if random.random() < 0.2 else ("",):
        at = len(columns)
        columns += [
            Column(over, "Budget"),
            Column("", "Forecast"),
            Column("", "Variance", adds=((signs[0], at + 1), (signs[1], at)), signed=signed),
        ]
    return columns


KINDS: tuple[Callable[[Random], list[Column]], ...] = (
    _independent,
    _years_and_total,
    _nets,
    _funding,
    _variances,
)
