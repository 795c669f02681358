"""How wide the columns of a grid are in a Word document, so that no figure is ever broken.

All widths are twips, twentieths of a point. Letters are taken to be as wide as those of Arial, the
usual font of a council's papers, or wider where the font is a wide one; a word processor that
knows better widens a column, as its table is one that fits its contents.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from cfbudget.layout.grid import Grid, GridRow

POINT = 20
MILLIMETRE = 1440 / 25.4
PADDING = 70
"""What stands empty at each side of a cell."""
INDENT = 200
"""How much further in each depth of labels stands."""
LEAST = (round(50 * MILLIMETRE), round(24 * MILLIMETRE))
"""That labels have, and other words."""
APART = 140
"""How much further in words stand that follow figures."""
LONGEST_WORD = round(60 * MILLIMETRE)
"""A longer word may be broken, unless it is a figure."""
BRACKET = 340
"""How wide a closing bracket is, in thousandths of the font's size: in a column with brackets a
figure without one stands as far in, so that digits are below each other."""
SPARE = 1.03
BOLD = 1.08
WIDTHS = {
    **dict.fromkeys("ijl.,:;'|!I /\\", 280),
    **dict.fromkeys('ft()-[]r†"`*', 400),
    **dict.fromkeys("mMwW%@—", 950),
}
"""In thousandths of the font's size; other capitals take 740, wide letters 1,000, the rest 560."""


class PageRoom(NamedTuple):
    """The width between a page's margins, upright and, where that is wider, turned; and the font:
    its size in tables, in half-points, and how much wider it is than Arial."""

    upright: int
    turned: int
    size: int = 18
    factor: float = 1.0


class TablePart(NamedTuple):
    """Columns that stand in one table: their numbers after the labels, and the widths of all."""

    columns: tuple[int, ...]
    widths: tuple[int, ...]


class Fit(NamedTuple):
    """How a grid is set: on which page, in which size, in how many tables."""

    is_turned: bool
    size: int
    parts: tuple[TablePart, ...]


class _Wants(NamedTuple):
    """What a column takes in thousandths of the font's size: at least, and to stand in one line."""

    least: int
    whole: int
    is_words: bool = False
    inwards: int = 0
    """In twips, how much of it stands empty besides."""


def fitted(grid: Grid, room: PageRoom) -> Fit:
    """The first that fits of: upright, smaller, turned, smaller; else in several tables."""
    wants = [_label_wants(grid), *(_wants(grid, at) for at in range(len(grid.headings) - 1))]
    columns = tuple(range(len(wants) - 1))
    sizes = (room.size, max(room.size - 2, min(room.size, 16)))
    pages = [(False, room.upright)] + [(True, room.turned)] * (room.turned > room.upright)
    for is_turned, width in pages:
        for size in sizes:
            if widths := _shared(wants, width, size * room.factor):
                return Fit(is_turned, size, (TablePart(columns, widths),))
    is_turned, width = pages[-1]
    return Fit(is_turned, sizes[-1], _parts(wants, width, sizes[-1] * room.factor))


def _parts(wants: Sequence[_Wants], width: int, size: float) -> tuple[TablePart, ...]:
    """As many columns together as fit beside the labels, which stand in every part."""
    parts: list[TablePart] = []
    together: tuple[int, ...] = ()
    for column in range(len(wants) - 1):
        more = (*together, column)
        if together and not _shared(_of(wants, more), width, size):
            parts.append(TablePart(together, _widths(wants, together, width, size)))
            more = (column,)
        together = more
    return (*parts, TablePart(together, _widths(wants, together, width, size)))


def _widths(
    wants: Sequence[_Wants], columns: tuple[int, ...], width: int, size: float
) -> tuple[int, ...]:
    """The widths of columns together; of one that does not fit beside the labels what it takes."""
    of = _of(wants, columns)
    return _shared(of, width, size) or tuple(_twips(want.least, size) for want in of)


def _of(wants: Sequence[_Wants], columns: tuple[int, ...]) -> list[_Wants]:
    return [wants[0], *(wants[column + 1] for column in columns)]


def _shared(wants: Sequence[_Wants], width: int, size: float) -> tuple[int, ...]:
    """The width of each column, or none where they do not fit: what is left goes to words.

    Columns of figures are alike where all words have their room besides.
    """
    whole = [_twips(want.whole, size) + want.inwards for want in wants]
    widest = max((w for want, w in zip(wants, whole, strict=True) if not want.is_words), default=0)
    alike = [w if want.is_words else widest for want, w in zip(wants, whole, strict=True)]
    if sum(alike) <= width:
        return tuple(alike)
    least = [
        min(w, max(min(_twips(want.least, size), LONGEST_WORD), LEAST[at > 0]) + want.inwards)
        if want.is_words
        else w
        for at, (want, w) in enumerate(zip(wants, whole, strict=True))
    ]
    left = width - sum(least)
    return _filled(least, whole, left) if left >= 0 else ()


def _filled(least: Sequence[int], whole: Sequence[int], left: int) -> tuple[int, ...]:
    """The widths with what is left: those that want the least more have it first."""
    widths = list(least)
    by_want = sorted(range(len(widths)), key=lambda at: whole[at] - least[at])
    for done, at in enumerate(by_want):
        more = min(whole[at] - least[at], left // (len(by_want) - done))
        widths[at] += more
        left -= more
    return tuple(widths)


def _twips(thousandths: int, size: float) -> int:
    """Of text in a size of half-points, with what stands empty beside it."""
    return int(thousandths * size * POINT / 2_000 * SPARE) + 2 * PADDING + 1


def _label_wants(grid: Grid) -> _Wants:
    """Of the labels, each as far in as it stands."""
    words, whole = [_longest(grid.headings[0], bold=True)], [_ems(grid.headings[0], bold=True)]
    for row in grid.rows:
        # An indent is as wide in every size; in thousandths it is most of the smallest.
        indent = row.depth * INDENT * 1_000 // (8 * POINT)
        is_bold = bool(row.style)
        words.append(indent + _longest(row.label, bold=is_bold))
        whole.append(indent + _ems(row.label, bold=is_bold))
    return _Wants(max(words), max(whole), is_words=True)


def _wants(grid: Grid, at: int) -> _Wants:
    """Of a column after the labels: its figures whole, its heading in several lines."""
    heading = grid.headings[at + 1]
    cells = list(_cells(grid.rows, at))
    if at in grid.left:
        words = [_longest(text, bold=bold) for text, bold in cells]
        whole = [_ems(text, bold=bold) for text, bold in cells]
        least = max(_longest(heading, bold=True), *words, 0)
        inwards = APART if follows_figures(grid, at) else 0
        widest = max(_ems(heading, bold=True), *whole, 0)
        return _Wants(least, widest, is_words=True, inwards=inwards)
    bracket = BRACKET if has_brackets(grid, at) else 0
    figures = [_ems(text, bold=bold) + bracket * (not text.endswith(")")) for text, bold in cells]
    least = max(_longest(heading, bold=True), *figures, 0)
    return _Wants(least, least)


def has_brackets(grid: Grid, at: int) -> bool:
    """Whether a figure of a column, counted after the labels, ends in a bracket."""
    return any(row.cells and row.texts[at].endswith(")") for row in grid.rows)


def follows_figures(grid: Grid, at: int) -> bool:
    """Whether a column of words, counted after the labels, stands right of a column of figures."""
    return at > 0 and at in grid.left and at - 1 not in grid.left


def _cells(rows: Sequence[GridRow], at: int) -> Iterator[tuple[str, bool]]:
    for row in rows:
        if row.cells:
            yield row.texts[at], bool(row.style)


def _longest(text: str, *, bold: bool) -> int:
    """The longest word: a line is broken at blanks alone."""
    return max((_ems(word, bold=bold) for word in text.split()), default=0)


@lru_cache(maxsize=20_000)
def _ems(text: str, *, bold: bool) -> int:
    """How wide a text is, in thousandths of its font's size."""
    width = sum(map(_letter, text))
    return int(width * BOLD) if bold and any(letter.isalpha() for letter in text) else width


def _letter(letter: str) -> int:
    if letter in WIDTHS:
        return WIDTHS[letter]
    if combining(letter):
        return 0
    if east_asian_width(letter) in "WF":
        return 1_000
    return 740 if letter.isupper() else 560
