"""Which figures are percentages: by their own sign, by words over them or beside them, or because
they are what two other lines differ by.

A heading that spans several columns counts for all of them, whether the file says that it does or
the cells beside it are blank.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from cfbudget.casting.stored_cells import Span
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.printed_figure import PrintedFigure

FiguresByPlace = Mapping[CellPlace, PrintedFigure]

SIGN = re.compile(r"(?<![0-9])(?<![0-9][ \xa0])%")
WORDS = re.compile(
    r"(?<![^\W_])(?<![0-9][ \xa0])(?:per[- ]?cent(?:age)?s?|pct|percentuale|percentage[ns]?"
    r"|prozent(?:ual\w*|satz|sätze)?|pour[- ]?cent(?:age)?s?|por[- ]?ciento|por[- ]?cento"
    r"|porcenta(?:je|gem)s?|per[- ]cento|procent\w*|y[- ]cant|canran(?:nau)?|céatadán\w*)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
RATES = re.compile(
    r"\bgrowth rates?\b|\b(?:annual|yearly|real|real[- ]terms?|nominal) growth\b"
    r"|\brates? of (?:growth|change|increase|inflation)\b|\bwachstumsrate|\btaux de croissance"
    r"|\btasas? de crecimiento|\btass[oi] di crescita|\btaxas? de crescimento|\bgroeipercentage",
    re.IGNORECASE,
)
MONEY = re.compile(r"[£€$]")
LARGEST = 1_000
"""No percentage that only words tell of is larger, but for a few."""


def percent_places(
    rows: Sequence[Sequence[str]],
    figures: FiguresByPlace,
    heads: int,
    labels: Sequence[int],
    spans: Sequence[Span],
) -> set[CellPlace]:
    """The figures that are percentages.

    Args:
        labels: the columns of words.
        spans: the cells that reach over others.
    """
    by_sign = {place for place, figure in figures.items() if figure.percent}
    columns, lines = _by_lines(figures)
    found = set(by_sign)
    above = _said_above(rows, heads, set(columns), spans)
    beside = _said_beside(rows, heads, set(lines), labels, spans)
    told = [(columns[at], said) for at, said in above]
    for places, said in (*told, *((lines[at], said) for at, said in beside)):
        if places & by_sign:  # the others are none, as they do not bear the sign
            found |= {place for place in places if figures[place].nil}
        elif _fits(said, [figures[place] for place in places]):
            found |= places
    return found


def _by_lines(
    figures: FiguresByPlace,
) -> tuple[dict[int, set[CellPlace]], dict[int, set[CellPlace]]]:
    """The places of figures by column, and by row."""
    columns: dict[int, set[CellPlace]] = {}
    rows: dict[int, set[CellPlace]] = {}
    for place in figures:
        rows.setdefault(place[0], set()).add(place)
        columns.setdefault(place[1], set()).add(place)
    return columns, rows


def _fits(said: str, figures: Sequence[PrintedFigure]) -> bool:
    """Whether figures can be the percentages that words say they are: few are large. Rates that
    are not said to be in per cent are small, and have decimals."""
    if SIGN.search(said):
        return True
    stated = [figure for figure in figures if not figure.nil]
    if not WORDS.search(said):
        return all(abs(figure.amount) < 100 and figure.step < 1 for figure in stated)
    large = sum(abs(figure.amount) > LARGEST or figure.step > 1 for figure in stated)
    return 4 * large <= len(stated)


def _says(text: str) -> bool:
    """Whether a text says that figures are percentages: `% of total`, not `up by 5%`."""
    if SIGN.search(text):
        return True
    return not MONEY.search(text) and any(pattern.search(text) for pattern in (WORDS, RATES))


def _said_above(
    rows: Sequence[Sequence[str]], heads: int, columns: set[int], spans: Sequence[Span]
) -> Iterator[tuple[int, str]]:
    """The columns whose heading says percentage, with its words."""
    wide = {(span.row, span.column): span.last_column for span in spans if span.row < heads}
    for row in range(heads):
        spanned = any(at == row for at, _ in wide)
        for column, text in enumerate(rows[row]):
            if not _says(text):
                continue
            last = wide.get((row, column), column)
            if not spanned:
                last = _reach(rows, row, column, heads)
            yield from ((at, text) for at in range(column, last + 1) if at in columns)


def _reach(rows: Sequence[Sequence[str]], row: int, column: int, heads: int) -> int:
    """The last column that a heading stands over: of those whose cell beside it is blank, and that
    have a heading of their own below it, as its first has."""

    def has_own(at: int) -> bool:
        return any(at < len(rows[r]) and rows[r][at].strip() for r in range(row + 1, heads))

    width = max(map(len, rows[row:heads]), default=0)
    line = rows[row]
    last = column
    while has_own(last) and last + 1 < width:
        if (last + 1 < len(line) and line[last + 1].strip()) or not has_own(last + 1):
            break
        last += 1
    return last


def _said_beside(
    rows: Sequence[Sequence[str]],
    heads: int,
    stated: set[int],
    labels: Sequence[int],
    spans: Sequence[Span],
) -> Iterator[tuple[int, str]]:
    """The rows whose label says percentage, or the heading of their block, with its words."""
    tall = {(span.row, span.column): span.last_row for span in spans}
    over, used = "", False
    for row in range(heads, len(rows)):
        words = [(c, t) for c in labels if c < len(rows[row]) and (t := rows[row][c].strip())]
        if row not in stated:
            if words or used:  # a blank line may follow a heading, but ends its block
                over, used = next((text for _, text in words if _says(text)), ""), False
            continue
        told = [(column, text) for column, text in words if _says(text)]
        for column, text in told:
            last = tall.get((row, column), row)
            yield from ((at, text) for at in range(row, last + 1) if at in stated)
        if over and not told:
            used = True
            yield row, over
