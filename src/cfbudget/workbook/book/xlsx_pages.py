"""Where the printed pages of a sheet end: never below a heading, never above a lone total.

A spreadsheet ends a page where it is full. So the pages are laid out here, from the heights of rows
and the widths of columns, and the sheet says at which row each begins. A little is left free, as
programs measure differently.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.workbook.book.book import Sheet
from cfbudget.workbook.book.xlsx_charts import SIZE

LABEL = 1
PAGE_WIDTH, PAGE_HEIGHT = 784.0, 501.0
"""In points: A4 across, within the margins of a sheet."""
FREE = 0.96
SMALLEST = 55
"""Per cent of the usual size in which a table is still legible on paper."""
LEAST = 30
ROW, COLUMN = 15.0, 8.43
"""A row's usual height in points, a column's usual width in characters."""
CHART_WIDTH, CHART_HEIGHT = (SIZE[side] * 0.75 for side in ("width", "height"))
"""Of a chart, in points: a pixel is three quarters of one."""
MOST = 1000
"""How many breaks a sheet takes."""
ABOVE = frozenset({"caption", "heading", "group"})
"""The labels that stand above what they name."""


class Pages(NamedTuple):
    """How a sheet is printed."""

    scale: int
    """In per cent."""
    breaks: tuple[int, ...]
    """The rows that begin a page."""


class _Run(NamedTuple):
    """A table as it is printed: its caption, headings and rows."""

    first: int
    last: int


def printed_pages(sheet: Sheet, heights: Mapping[int, float]) -> Pages | None:
    """The pages of a sheet; None where a spreadsheet may end them wherever they are full.

    Args:
        heights: of the rows that are not of the usual height, in points.
    """
    sections = _sections(sheet)
    if sheet.charts or not _is_grouped(sheet, sections):
        return None
    most = int(100 * min(1.0, PAGE_WIDTH * FREE / _width(sheet)))
    if most < LEAST:
        return None
    held = _Held(sheet, heights)
    repeated = held.of(*sheet.repeated) if sheet.repeated else 0.0
    # What stands above the first table, and below the last one, is on the page with it.
    sections[-1] = sections[-1]._replace(last=held.last)
    first, *others = sections
    whole = [held.of(1, first.last), *(held.of(*section) + repeated for section in others)]
    fitting = int(100 * PAGE_HEIGHT * FREE / max(whole))
    # One table is headed on every page; of several each has to stand on one page with its heading.
    scale = fitting if len(sections) > 1 and SMALLEST <= fitting < most else most
    breaks = tuple(_breaks(held, sections, PAGE_HEIGHT * FREE * 100 / scale, repeated))
    return Pages(scale, breaks) if len(breaks) < MOST else None


def chart_breaks(sheet: Sheet, heights: Mapping[int, float]) -> Iterator[int]:
    """The rows of the charts that would not be whole on the page of their figures.

    Args:
        heights: of the rows that are not of the usual height, in points.
    """
    held = _Held(sheet, heights)
    scale = min(1.0, PAGE_WIDTH * FREE / max(_width(sheet), CHART_WIDTH))
    room = PAGE_HEIGHT * FREE / scale - (held.of(*sheet.repeated) if sheet.repeated else 0.0)
    for chart in sheet.charts:
        begun = max((row for row in sheet.breaks if row <= chart.at.row), default=1)
        if held.of(begun, chart.at.row - 1) + CHART_HEIGHT > room:
            yield chart.at.row


def _sections(sheet: Sheet) -> list[_Run]:
    """Rows without a blank one between them, where there is a row of headings among them."""
    filled = [row for row, _ in sheet.cells.rows()]
    found: list[_Run] = []
    first = 0
    for at, row in enumerate(filled):
        first = first or row
        is_last = at + 1 == len(filled) or filled[at + 1] > row + 1
        if is_last:
            if any(_role(sheet, one) == "heading" for one in range(first, row + 1)):
                found.append(_Run(first, row))
            first = 0
    return found


def _role(sheet: Sheet, row: int) -> str:
    """What a row's label is."""
    cell = sheet.cells.get((row, LABEL))
    return cell.style.role if cell and cell.content != "" else ""


def _is_grouped(sheet: Sheet, sections: list[_Run]) -> bool:
    """Whether there is a table with headings or totals among its rows."""
    roles = {_role(sheet, row) for one in sections for row in range(one.first, one.last + 1)}
    return not roles.isdisjoint({"group", "total label"})


def _width(sheet: Sheet) -> float:
    """Of all columns together, in points: a digit of the usual size takes 5.6, or a little less."""
    widths = (sheet.widths.get(at, COLUMN) for at in range(1, sheet.cells.last_column + 1))
    return sum(width * 5.6 + 4 for width in widths)


class _Held:
    """The rows of a sheet: how high they are, and which of them stay together."""

    def __init__(self, sheet: Sheet, heights: Mapping[int, float]) -> None:
        self.sheet, self.heights = sheet, heights
        self.last = sheet.last_filled
        self.figures = {row for row, cells in sheet.cells.rows() if len(cells) > LABEL}

    def height(self, row: int) -> float:
        return max(self.heights.get(row, ROW), ROW)

    def of(self, first: int, last: int) -> float:
        return sum(self.height(row) for row in range(first, last + 1))

    def begins_none(self, row: int) -> bool:
        """Whether no page begins with a row: a total, or what stands right below a heading."""
        role, above = _role(self.sheet, row), _role(self.sheet, row - 1)
        is_total = role == "total label" or (role == "group" and row in self.figures)
        is_headed = above in ABOVE and not (above == "group" and row - 1 in self.figures)
        return is_total or is_headed


def _breaks(held: _Held, sections: list[_Run], room: float, repeated: float) -> Iterator[int]:
    """The rows at which a new page begins."""
    starts = {section.first: section for section in sections}
    begun, used = 1, 0.0
    row = 1
    while row <= held.last:
        whole = held.of(*starts[row]) if row in starts else 0.0
        is_apart = len(sections) > 1 and whole > room - used and whole <= room - repeated
        if row > begun and (is_apart or used + held.height(row) > room):
            begun = row if is_apart else _best(held, row, begun)
            yield begun
            row, used = begun, repeated
        used += held.height(row)
        row += 1


def _best(held: _Held, row: int, begun: int) -> int:
    """The last row at which a page may begin that holds what comes before `row`."""
    found = row
    while found > begun + 1 and held.begins_none(found):
        found -= 1
    return row if held.begins_none(found) else found
