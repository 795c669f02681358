"""A grid of labels and figures in lines of text, at any width, with no figure ever cut.

Where the figures fit beside the labels they stand beside them; else each label stands above
its figures, one a line. Rich's own table cuts figures where they do not fit.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from cfbudget.layout.grid import Emphasis, Grid, GridRow
from cfbudget.problem import printable

LABEL_LEAST = 16
LABEL_GOOD = 30
LABEL_MOST = 120
INDENT = "  "


class _Shape(NamedTuple):
    """How wide the labels and each column are, and the blanks before each column."""

    label: int
    columns: Sequence[int]
    gap: int
    left: frozenset[int]

    @property
    def width(self) -> int:
        return self.label + sum(self.columns) + self.gap * len(self.columns)


def grid_text(grid: Grid, width: int | None) -> Iterator[tuple[str, Emphasis]]:
    """The grid's lines within `width`, or as wide as it needs where that is None (piped)."""
    grid = _in_words(grid)
    grid, shape = _fitting_shape(grid, width)
    lines = _beside(grid, shape) if shape else _stacked(grid, width or LABEL_MOST)
    return ((f"{line.rstrip()}\n", style) for line, style in lines)


def _in_words(grid: Grid) -> Grid:
    """The grid with its amounts written out, once, and nothing in it that a terminal acts on."""
    rows = [
        row._replace(label=printable(row.label), cells=[*map(printable, row.texts)])
        for row in grid.rows
    ]
    return grid._replace(headings=[*map(printable, grid.headings)], rows=rows)


def _fitting_shape(grid: Grid, width: int | None) -> tuple[Grid, _Shape | None]:
    """The grid with as few of its spare words behind the labels as leave these their room."""
    for count in range(grid.spare):
        made = _folded(grid, count)
        shape = _shape(made, width)
        if shape and not _is_narrow(grid, shape):
            return made, shape
    made = _folded(grid, grid.spare)
    return made, _shape(made, width)


def _is_narrow(grid: Grid, shape: _Shape) -> bool:
    """Whether labels are broken that would have more room without the words beside them."""
    return shape.label < min(LABEL_GOOD, max(cell_len(row.label) for row in grid.rows))


def _folded(grid: Grid, count: int) -> Grid:
    """The grid with the last `count` of its spare words in brackets behind each label."""
    if not count:
        return grid
    first, end = grid.spare - count, grid.spare

    def folded(row: GridRow) -> GridRow:
        words = "; ".join(text for text in row.texts[first:end] if text)
        label = f"{row.label} ({words})" if words else row.label
        return row._replace(label=label, cells=[*row.cells[:first], *row.cells[end:]])

    headings = [*grid.headings[: first + 1], *grid.headings[end + 1 :]]
    left = frozenset(at if at < first else at - count for at in grid.left if not first <= at < end)
    return grid._replace(headings=headings, rows=[*map(folded, grid.rows)], left=left, spare=first)


def _shape(grid: Grid, width: int | None) -> _Shape | None:
    """The widest that fits, or None where the figures do not fit beside the labels."""
    columns = _column_widths(grid, width)
    labels = [cell_len(row.label) + len(INDENT) * row.depth for row in grid.rows]
    label = min(max(cell_len(grid.headings[0]), *labels, 0), LABEL_MOST)
    for gap, least in ((2, LABEL_GOOD), (1, LABEL_LEAST)):
        shape = _Shape(label, columns, gap, grid.left)
        if width is None or shape.width <= width:
            return shape
        room = label - (shape.width - width)
        if room >= min(label, least):
            return shape._replace(label=room)
    return None


def _column_widths(grid: Grid, width: int | None) -> list[int]:
    """Wide enough for every figure whole, and for the heading; a terminal may break that."""
    widths = []
    for heading in grid.headings[1:]:
        words = [heading] if width is None else heading.split(" ")
        widths.append(max(map(cell_len, words)))
    for row in grid.rows:
        for at, text in enumerate(row.texts):
            widths[at] = max(widths[at], cell_len(text))
    return widths


def _beside(grid: Grid, shape: _Shape) -> Iterator[tuple[str, Emphasis]]:
    wrapped = [wrapped_text(h, w) for h, w in zip(grid.headings[1:], shape.columns, strict=True)]
    wrapped.insert(0, wrapped_text(grid.headings[0], shape.label))
    height = max(len(lines) for lines in wrapped)
    for at in range(height):
        label, *cells = (
            lines[at - height] if at >= height - len(lines) else "" for lines in wrapped
        )
        yield _line(label, cells, shape), ""
    yield "─" * shape.width, ""
    for at, row in enumerate(grid.rows):
        if row.apart and at:  # the first stands below the rule of the headings
            yield "─" * shape.width, ""
        *above, last = _wrapped_label(row, shape.label if row.cells else shape.width)
        yield from ((line, row.style) for line in above)
        yield _line(last, row.texts, shape), row.style


def _line(label: str, cells: Sequence[str], shape: _Shape) -> str:
    parts = [_padded(label, shape.label, left=True)]
    for at, (cell, width) in enumerate(zip(cells, shape.columns, strict=False)):
        parts.append(" " * shape.gap + _padded(cell, width, left=at in shape.left))
    return "".join(parts)


def _padded(text: str, width: int, *, left: bool) -> str:
    blanks = " " * (width - cell_len(text))
    return text + blanks if left else blanks + text


def _stacked(grid: Grid, width: int) -> Iterator[tuple[str, Emphasis]]:
    """Each label in lines of its own, then a line for each figure, all figures to the right."""
    names = [_padded(heading, 0, left=True) for heading in grid.headings[1:]]
    name = max((cell_len(heading) for heading in names), default=0)
    figure = max((cell_len(cell) for row in grid.rows for cell in row.texts), default=0)
    depth = max((row.depth for row in grid.rows), default=0) + 1
    right = min(width, len(INDENT) * depth + name + 2 + figure)
    yield grid.headings[0], ""
    for row in grid.rows:
        if row.apart:
            yield "─" * right, ""
        for line in _wrapped_label(row, width):
            yield line, "bold"
        for heading, cell in zip(names, row.texts, strict=False):
            if row.is_sparse and not cell:
                continue
            start = INDENT * (row.depth + 1) + heading
            if cell_len(start) + 2 + cell_len(cell) > width:
                yield from ((line, row.style) for line in wrapped_text(start, width))
                yield _padded(cell, width, left=False), row.style
            else:
                blanks = " " * max(2, right - cell_len(start) - cell_len(cell))
                yield start + blanks + cell, row.style


def _wrapped_label(row: GridRow, width: int) -> list[str]:
    """The label broken into lines that keep its indent, the later ones two further in."""
    indent = INDENT * row.depth
    if cell_len(row.label) + len(indent) <= width:
        return [indent + row.label]
    room = max(width - len(indent), 8)
    first, *rest = wrapped_text(row.label, room, len(INDENT))
    return [indent + first, *(indent + INDENT + line for line in rest)]


def wrapped_text(text: str, width: int, hanging: int = 0) -> list[str]:
    """Lines of at most `width`, broken at blanks, or within a word that is longer.

    Args:
        hanging: how much less room the lines after the first have.
    """
    lines: list[str] = [""]
    room = width
    for word in re.split(r"(?<=\s)", text):
        if lines[-1] and cell_len(lines[-1] + word.rstrip()) > room:
            lines.append("")
            room = width - hanging
        lines[-1] += word
        while cell_len(lines[-1].rstrip()) > room:
            fits = _fitting(lines[-1], room)
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
            room = width - hanging
    return [line.rstrip() for line in lines]


def _fitting(text: str, width: int) -> int:
    """How many characters of a text fit in a width; at least one."""
    count = 1
    while count < len(text) and cell_len(text[: count + 1]) <= width:
        count += 1
    return count
