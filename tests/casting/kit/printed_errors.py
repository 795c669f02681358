"""Errors planted in a real table of which it is known what adds up: for a trial of casting.

Only errors that break a known relation beyond rounding are planted: of others nothing can be known.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import Literal, NamedTuple

from tests.casting.kit.checks import Check, Rows, column_of, outcome
from tests.casting.kit.scores import KnownTable

ErrorKind = Literal["digit", "exchange", "sign", "dropped line", "doubled line"]
CELL_KINDS: tuple[ErrorKind, ...] = ("digit", "exchange", "sign")
LINE_KINDS: tuple[ErrorKind, ...] = ("dropped line", "doubled line")

NEGATIVE = re.compile(r"\((.*)\)|[-−–](.*)|(.*\d)[-−]")


class PrintedError(NamedTuple):
    """A table with one error in it.

    `where` is the cell, or the row, that was changed. `broken` are the cells of the relations that
    no longer hold, by their names in the table as it now is; `moved` gives the names that other
    cells had before.
    """

    kind: ErrorKind
    where: str
    rows: Rows
    broken: frozenset[str]
    moved: Mapping[int, int]

    def name_before(self, cell: str) -> str:
        """What a cell was called in the table without the error."""
        column, row = _split(cell)
        return f"{column}{self.moved.get(row, row)}"


def plant_errors(table: KnownTable, seed: str, *, cells: int, lines: int) -> Iterator[PrintedError]:
    """The same errors for the same seed.

    Args:
        cells: how many errors of each kind in single cells, at most.
        lines: how many lines are dropped, and how many doubled, at most.
    """
    for kind in CELL_KINDS:
        yield from _some(_cell_errors(table, kind, Random(f"{seed} {table.name} {kind}")), cells)
    for kind in LINE_KINDS:
        yield from _some(_line_errors(table, kind, Random(f"{seed} {table.name} {kind}")), lines)


def _some(errors: Iterator[PrintedError], most: int) -> Iterator[PrintedError]:
    for _, error in zip(range(most), errors, strict=False):
        yield error


def _cell_errors(table: KnownTable, kind: ErrorKind, random: Random) -> Iterator[PrintedError]:
    places = sorted({cell for check in table.checks.checks for cell in check.cells})
    random.shuffle(places)
    for cell in places:
        text = _text(table.rows, cell)
        wrong = _slip(text, kind, random)
        if wrong is not None and wrong != text:
            rows = _with_cell(table.rows, cell, wrong)
            broken = _broken(table, rows, {})
            if broken:
                yield PrintedError(kind, cell, rows, broken, {})


def _slip(text: str, kind: ErrorKind, random: Random) -> str | None:
    """The text with one slip in its figure; None where there is no room for it."""
    if kind == "sign":
        match = NEGATIVE.fullmatch(text)
        return next(filter(None, match.groups()), None) if match else f"-{text}"
    digits = [at for at, character in enumerate(text) if character.isdigit()]
    if kind == "digit":
        if not digits:
            return None
        at = random.choice(digits)
        other = random.choice([digit for digit in "123456789" if digit != text[at]])
        return f"{text[:at]}{other}{text[at + 1 :]}"
    turns = [pair for pair in pairwise(digits) if text[pair[0]] != text[pair[1]]]
    if not turns:
        return None
    first, second = random.choice(turns)
    changed = list(text)
    changed[first], changed[second] = text[second], text[first]
    return None if changed[digits[0]] == "0" else "".join(changed)


def _line_errors(table: KnownTable, kind: ErrorKind, random: Random) -> Iterator[PrintedError]:
    """Each line that a sum down the page adds, left out or printed twice."""
    places = _lines(table)
    random.shuffle(places)
    rows = list(table.rows)
    for line in places:
        dropped = kind == "dropped line"
        changed = rows[: line - 1] + rows[line:] if dropped else rows[:line] + rows[line - 1 :]
        by, first = (1, line) if dropped else (-1, line + 1)
        moved = {row: row + by for row in range(first, len(changed) + 1)}
        broken = _broken(table, changed, moved, line=line)
        if broken:
            yield PrintedError(kind, str(line), changed, broken, moved)


def _lines(table: KnownTable) -> list[int]:
    sums = [check for check in table.checks.checks if not check.percentage]
    down = [(check, rows) for check in sums if len(rows := _rows_of(check)) > 1]
    totals = {_split(check.total)[1] for check, _ in down}
    return sorted(set().union(*(rows for _, rows in down)) - totals)


def _rows_of(check: Check) -> set[int]:
    return {_split(cell)[1] for cell in check.cells}


def _broken(
    table: KnownTable, rows: Rows, moved: Mapping[int, int], *, line: int | None = None
) -> frozenset[str]:
    """The cells of the sums and percentages that agreed, and now are wrong.

    Args:
        line: the row that is dropped or doubled, as it was counted before.
    """
    now: dict[int, list[int]] = {}
    for row in range(1, len(rows) + 1):
        now.setdefault(moved.get(row, row), []).append(row)
    exact = table.checks.exact
    found: set[str] = set()
    for check in table.checks.checks:
        before = outcome(check, table.rows, exact=exact)
        if before not in ("agrees", "rounding") or _rows_of(check) == {line}:
            continue
        after = _moved(check, now)
        if after.terms and outcome(after, rows, exact=exact) == "differs":
            found |= set(after.cells)
    return frozenset(found)


def _moved(check: Check, now: Mapping[int, Sequence[int]]) -> Check:
    """A check by the names that its cells have now: of a dropped line none, of a doubled two."""

    def names(cell: str) -> list[str]:
        column, row = _split(cell)
        return [f"{column}{other}" for other in now.get(row, ())]

    if check.percentage:
        terms = tuple((sign, names(cell)[0]) for sign, cell in check.terms if names(cell))
        total = names(check.total) if len(terms) == 2 else []
        return check._replace(
            total=total[0] if total else check.total, terms=terms if total else ()
        )
    terms = tuple((sign, name) for sign, cell in check.terms for name in names(cell))
    return check._replace(total=names(check.total)[0], terms=terms)


def _split(cell: str) -> tuple[str, int]:
    column = cell.rstrip("0123456789")
    return column, int(cell.removeprefix(column))


def _text(rows: Rows, cell: str) -> str:
    column, row = _split(cell)
    line: Sequence[str] = rows[row - 1] if row <= len(rows) else ()
    at = column_of(column) - 1
    return line[at].strip() if at < len(line) else ""


def _with_cell(rows: Rows, cell: str, text: str) -> Rows:
    column, row = _split(cell)
    changed = [list(line) for line in rows]
    changed[row - 1][column_of(column) - 1] = text
    return changed
