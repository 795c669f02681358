"""Measured points of growing size: a table of them, and the exponents that they grow with."""

import math
import statistics
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.contest import Result, Results
from benchmarks.markdown import notes, table

LARGE = 100_000
"""Of smaller plans the start of the program is most of what is seen."""


class Point(NamedTuple):
    """What so many options took, in a form."""

    form: str
    lines: int
    cpu: float
    megabytes: float


def point_name(form: str, lines: int) -> str:
    return f"{form}, {lines:,}"


def points(results: Results) -> Iterator[Point]:
    """Those that were measured."""
    for name, result in results.items():
        form, lines = _named(name)
        if result.runs:
            yield Point(form, lines, result.cpu, result.megabytes)


def exponent(sizes: Sequence[int], figures: Sequence[float]) -> float | None:
    """What figures grow with, as a power of the size: least squares of the logarithms.

    1 is linear; None where there is but one size.
    """
    if len(sizes) < 2:
        return None
    logs = [math.log(size) for size in sizes], [math.log(figure) for figure in figures]
    return statistics.linear_regression(*logs).slope


def growth_table(results: Results, _base: str, *, judged: bool) -> str:
    """A row for each size and a column for each form; then the exponents. No mark is set."""
    names = [_named(name) for name in results]
    forms = list(dict.fromkeys(form for form, _ in names))
    rows = [
        (f"{lines:,}", *(_cell(results[point_name(form, lines)]) for form in forms))
        for lines in dict.fromkeys(lines for _, lines in names)
    ]
    found = list(points(results))
    for what, name in (("cpu", "time"), ("megabytes", "memory")):
        for least, sizes in ((0, "all sizes"), (LARGE, f"from {LARGE:,}")):
            fitted = [[p for p in found if p.form == form and p.lines >= least] for form in forms]
            powers = (_power(one, what) for one in fitted)
            rows.append((f"exponent of {name}, {sizes}", *powers))
    return table(("options", *forms), rows) + "".join(notes(results.values()))


def _cell(result: Result) -> str:
    return f"{result.cpu:.2f} s, {result.megabytes:,.0f} MB" if result.runs else "–"


def _power(found: Sequence[Point], what: str) -> str:
    power = exponent([p.lines for p in found], [float(getattr(p, what)) for p in found])
    return "–" if power is None else f"{power:.2f}"


def _named(name: str) -> tuple[str, int]:
    form, _, lines = name.partition(", ")
    return form, int(lines.replace(",", ""))
