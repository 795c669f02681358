"""Tables of the shapes that make `cfbudget cast` work hardest, made from nothing but chance."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

Rows = list[list[str]]
Figures = list[list[int]]
SMALL = 2.0
"""The seconds that a table of fewer than 10,000 figures may take."""


class Shape(NamedTuple):
    """A file to cast with its name, and the seconds that it may take, if that is said anywhere."""

    name: str
    text: str
    seconds: float | None = SMALL
    suffix: str = ".csv"


def shapes() -> Iterator[Shape]:
    """Every shape, the ordinary ones first."""
    for name, groups, lines, columns, seconds in (
        ("60 x 15, nested", 6, 8, 14, 1.0),
        ("2,000 x 20, nested", 100, 18, 19, 10.0),
        ("20,000 x 20, nested", 999, 18, 19, 20.0),
    ):
        yield Shape(name, _csv(nested(groups, lines, columns)), seconds)
    for name, off in (("right", 0), ("wrong", 70_000)):
        for rows, columns, every in ((5000, 2, 10), (2000, 1, 10), (5000, 2, 200), (400, 20, 10)):
            table = ledger(rows, columns, every, off)
            yield Shape(f"{rows:,} x {columns}, a total to {every} lines, {name}", _csv(table))
    for rows, columns, most in (
        (20, 24, 99), (150, 12, 9), (300, 30, 0), (5000, 2, 99_999), (100, 100, 9),
        (900, 10, 9_999), (10, 480, 9_999), (24, 400, 9_999), (20, 480, 9_999),
    ):  # fmt: skip
        name = f"{rows:,} x {columns}, unrelated up to {most:,}"
        yield Shape(name, _csv(unrelated(rows, columns, most)))
    for most in (9, 9_999):
        name = f"500 x 200, unrelated up to {most:,}"
        yield Shape(name, _csv(unrelated(500, 200, most)), None)
    yield Shape("1,000 x 10, all 1", _csv([["Line", *["1"] * 10] for _ in range(1000)]))
    yield Shape("200 x 60, two years side by side", _csv(two_years(200, 60)), None)
    yield Shape("5,000 x 1, sorted", _csv(in_order(5000)))
    yield Shape("120 KB of boxed text", boxed(2400), suffix=".txt")
    yield Shape("2,000 x 3, pasted, double-spaced", double_spaced(2000), suffix=".txt")


def nested(groups: int, lines: int, columns: int) -> Rows:
    """Groups of lines with a total each, and a grand total, in years and their total."""
    random = Random(1)
    rows = [["Service", *(f"Year {at}" for at in range(1, columns)), "Total"]]
    totals = []
    for group in range(groups):
        rows.append([f"Group {group}"])
        figures = [_line(random, columns) for _ in range(lines)]
        totals.append(_added(figures))
        rows += [[f"Line {at}", *map("{:,}".format, line)] for at, line in enumerate(figures)]
        rows.append([f"Total group {group}", *map("{:,}".format, totals[-1])])
    return [*rows, ["Total", *map("{:,}".format, _added(totals))]]


def _line(random: Random, columns: int) -> list[int]:
    years = [random.randint(1_000, 999_999) for _ in range(columns - 1)]
    return [*years, sum(years)]


def _added(lines: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*lines, strict=True)]


def ledger(rows: int, columns: int, every: int, off: int) -> Rows:
    """A long list with a total after so many lines, each of which is out by the same."""
    random = Random(3)
    table = [["Line", *(f"Column {at}" for at in range(columns))]]
    for block in range(rows // (every + 1)):
        lines = [[random.randint(10**6, 10**7) for _ in range(columns)] for _ in range(every)]
        table += [[f"Item {block}.{at}x", *map(str, line)] for at, line in enumerate(lines)]
        table.append([f"Total {block}x", *(str(total + off) for total in _added(lines))])
    return table


def unrelated(rows: int, columns: int, most: int) -> Rows:
    """Figures that nothing relates, so that whatever adds up does so by chance."""
    random = Random(1)
    head = ["Service", *(f"Column {at}" for at in range(columns))]
    lines = [[str(random.randint(0, most)) for _ in range(columns)] for _ in range(rows)]
    return [head, *([f"Line {at}", *line] for at, line in enumerate(lines))]


def two_years(rows: int, columns: int) -> Rows:
    """The columns of two years take turns; many figures are nil, and every third pair is a net."""
    random = Random(1)
    table = [["Authority", *(f"Line {at // 2} {2021 + at % 2}" for at in range(columns))]]
    for row in range(rows):
        line = [random.choice([0, 0, random.randint(1, 999_999)]) for _ in range(columns)]
        for at in range(4, columns - 1, 6):
            line[at], line[at + 1] = line[at - 4] - line[at - 2], line[at - 3] - line[at - 1]
        table.append([f"Authority {row}", *map(str, line)])
    return table


def in_order(rows: int) -> Rows:
    """One column of figures that only grow."""
    random = Random(1)
    figures = sorted(random.randint(1, 999_999) for _ in range(rows))
    return [["Name", "Amount"], *([f"Name {at}x", str(one)] for at, one in enumerate(figures))]


def boxed(rows: int) -> str:
    """A table in a frame of characters, about fifty of them a line."""
    edge = "+" + "-" * 22 + "+" + "-" * 12 + "+" + "-" * 12 + "+"
    random = Random(1)
    lines = [
        f"| {f'Line {at}x':<20} | {random.randint(0, 99_999):>10,} | {random.randint(0, 999):>10} |"
        for at in range(rows)
    ]
    return "\n".join([edge, *lines, edge])


def double_spaced(rows: int) -> str:
    """Lines as they are pasted from a page that leaves every other one blank."""
    random = Random(1)
    lines = [[random.randint(0, 99_999) for _ in range(3)] for _ in range(rows)]
    return "\n\n".join(
        f"{f'Line {at}x':<20}" + "".join(f"{one:>14,}" for one in line)
        for at, line in enumerate(lines)
    )


def _csv(rows: Rows) -> str:
    return "".join(",".join(_quoted(text) for text in row) + "\n" for row in rows)


def _quoted(text: str) -> str:
    return f'"{text}"' if "," in text else text
