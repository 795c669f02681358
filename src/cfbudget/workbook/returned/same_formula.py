"""Whether a formula that came back still says the same of the same cells, wherever they stand."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from cfbudget.workbook.book.cells import At

# A text in quotes, or a cell or area, perhaps of another sheet.
TOKEN = re.compile(
    r'"(?:[^"]|"")*"'
    r"|(?:(?P<sheet>'(?:[^']|'')+'|[A-Za-z_][\w.]*)!)?"
    r"\$?(?P<column>[A-Z]{1,3})\$?(?P<row>[1-9]\d*)"
    r"(?::\$?(?P<last_column>[A-Z]{1,3})\$?(?P<last_row>[1-9]\d*))?(?![\w(.])",
)
LARGEST_AREA = 5_000_000


class Said(NamedTuple):
    """A formula with its cells taken out: what is left, and the cells of each place."""

    skeleton: str
    cells: tuple[frozenset[At], ...]


def said(formula: str, home: str, meant: Callable[[str, int, int, int, int], Iterator[At]]) -> Said:
    """Take a formula apart.

    Args:
        formula: as a spreadsheet writes it, with or without its =.
        home: the sheet on which it stands.
        meant: which cells a sheet's area (first row and column, last row and column) means.
    """
    parts: list[str] = []
    cells: list[frozenset[At]] = []
    end = 0
    text = formula.removeprefix("=")
    for match in TOKEN.finditer(text):
        parts.append(_plain(text[end : match.start()]))
        end = match.end()
        if match["column"] is None:
            parts.append(match[0])
            continue
        sheet = (match["sheet"] or home).strip("'").replace("''", "'")
        first = (int(match["row"]), _number(match["column"]))
        last = (
            int(match["last_row"] or first[0]),
            _number(match["last_column"] or match["column"]),
        )
        if (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > LARGEST_AREA:
            return Said(formula, ())
        parts.append("#")
        cells.append(frozenset(meant(sheet, *first, *last)))
    parts.append(_plain(text[end:]))
    return Said("".join(parts), tuple(cells))


def readdressed(
    formula: str,
    home: str,
    now: Callable[[At], At | None],
    is_new: Callable[[At], bool] = lambda _: False,
) -> str:
    """A formula with its cells where they now stand; `#REF!` for what is gone.

    Args:
        is_new: whether a figure stands in a cell that was not there: an area in which one was put
            is written without its row, as the areas around it.
    """

    def moved(match: re.Match[str]) -> str:
        if match["column"] is None:
            return match[0]
        sheet = (match["sheet"] or home).strip("'")
        first = now(At(sheet, int(match["row"]), _number(match["column"])))
        last = first
        if match["last_row"]:
            last = now(At(sheet, int(match["last_row"]), _number(match["last_column"])))
        if first is None or last is None:
            return "#REF!"
        return ",".join(_text(*ends, home) for ends in _without(first, last, is_new))

    return TOKEN.sub(moved, formula)


def _text(first: At, last: At, home: str) -> str:
    text = first.text(home)
    return text if first == last else f"{text}:{last.text(first.sheet)}"


def _without(first: At, last: At, is_new: Callable[[At], bool]) -> Iterator[tuple[At, At]]:
    """The first and last cells of an area's parts, without the rows in which a new cell stands; the
    whole area where that leaves none of it."""
    rows = range(first.row, last.row + 1)
    columns = range(first.column, last.column + 1)
    if len(rows) * len(columns) > LARGEST_AREA:
        yield first, last
        return
    kept = [
        row
        for row in rows
        if not any(is_new(first._replace(row=row, column=column)) for column in columns)
    ]
    if not kept or len(kept) == len(rows):
        yield first, last
        return
    for _, run in groupby(enumerate(kept), key=lambda pair: pair[1] - pair[0]):
        part = [row for _, row in run]
        yield first._replace(row=part[0]), last._replace(row=part[-1])


def _plain(text: str) -> str:
    """Blanks and case do not change what a formula says."""
    return re.sub(r"\s+", "", text).upper()


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def area(sheet: str, first: int, left: int, last: int, right: int) -> Iterator[At]:
    """Every cell of an area."""
    for row in range(first, last + 1):
        for column in range(left, right + 1):
            yield At(sheet, row, column)
