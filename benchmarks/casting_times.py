"""How long `cfbudget cast` takes, as whole processes: python benchmarks/casting_times.py

Tables of nested totals with a column of totals, from 60 × 15 to 20,000 × 20; of unrelated short
figures, in which a search finds the most by chance; and of one figure throughout. A time is the
best of three.
"""

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

Rows = list[list[str]]
SIZES = (
    ("60 x 15", 6, 8, 14, 1.0),
    ("2,000 x 20", 100, 18, 19, 10.0),
    ("20,000 x 20", 1000, 18, 19, 30.0),
)


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


def unrelated(rows: int, columns: int, most: int) -> Rows:
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


def tables() -> Iterator[tuple[str, Rows, float | None]]:
    """A table with its name and the seconds that it may take, if that is said anywhere."""
    for name, groups, lines, columns, limit in SIZES:
        yield name, nested(groups, lines, columns), limit
    yield "20 x 24, figures under 100, unrelated", unrelated(20, 24, 99), None
    yield "500 x 200, unrelated", unrelated(500, 200, 9_999), None
    for rows, columns, most in ((150, 12, 9), (300, 30, 0), (5000, 2, 99_999), (100, 100, 9)):
        yield (
            f"{rows:,} x {columns}, up to {most:,}, unrelated",
            unrelated(rows, columns, most),
            3.0,
        )
    yield "1,000 x 10, all 1", [["Line", *["1"] * 10] for _ in range(1000)], 3.0
    yield "200 x 60, two years side by side", two_years(200, 60), None


def main() -> None:
    over = False
    command: list[str | Path] = [Path(sys.executable).parent / "cfbudget", "cast", "-f", "json"]
    with tempfile.TemporaryDirectory() as folder:
        for name, rows, limit in tables():
            path = Path(folder) / "table.csv"
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(rows)
            took = min(_seconds([*command, path]) for _ in range(3))
            over |= limit is not None and took > limit
            print(f"{name:<40} {took:6.2f} s" + (f"  (at most {limit:.0f})" if limit else ""))
    sys.exit(1 if over else 0)


def _seconds(command: Sequence[str | Path]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if done.returncode == 2:
        sys.exit("the table could not be cast")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
