"""Draws a picture of each layout in import.md: what import makes of every cell of it.

Usage: python docs/layouts.py     (writes docs/pictures/*.svg)
"""

import html
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cfbudget.casting.read.printed_table import PrintedTable
from cfbudget.imports.answers import Asking
from cfbudget.imports.importing import TableKind, draft
from cfbudget.imports.known import Known
from cfbudget.imports.reading import TableReading
from cfbudget.imports.source_tables import source_tables

HERE = Path(__file__).parent
PAGE = HERE / "import.md"
PICTURES = HERE / "pictures"
LETTER, ROW, PAD = 7.3, 22, 8
"""How wide a letter is, how high a row, and what is left beside a text, in pixels."""
COLOURS = {
    "line": ("#cfe8d5", "a line of the plan"),
    "nil": ("#e9f4ec", "a line that adds nothing"),
    "stated": ("#cfe0f5", "stated, only compared"),
    "left out": ("#e3e3e3", "left out, by name"),
    "heading": ("#fff3cf", "years, units, names"),
}


class Layout(NamedTuple):
    """A table of the page: its picture's name, what it is imported as, and what is answered."""

    name: str
    kind: TableKind
    answers: Mapping[tuple[str, str], str] = {}


CONTAINS = {("contains", ""): "none"}
LAYOUTS = (
    Layout("names-as-levels", "revenue", {**CONTAINS, ("year", ""): "2024-25"}),
    Layout("two-years", "revenue", CONTAINS),
    Layout("spending-and-income", "revenue", {**CONTAINS, ("income", ""): "plus"}),
    Layout("headings-of-kinds", "options"),
    Layout("flat-list", "options", {("unit", ""): "£000"}),
    Layout("level-and-changes", "options", {("service", ""): "council"}),
    Layout("columns-as-levels", "options", {("service", ""): "council", ("year", ""): "2024-25"}),
    Layout("schemes", "capital"),
    Layout("council-tax", "funding"),
    Layout("gap", "funding"),
)
"""In the order of the tables below the page's heading Layouts."""


def main() -> None:
    for name, picture in pictures().items():
        (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8")


def pictures() -> dict[str, str]:
    """The pictures by name."""
    tables = list(_tables(PAGE.read_text(encoding="utf-8").partition("\n## Layouts\n")[2]))
    drawn = zip(LAYOUTS, tables, strict=True)
    return {layout.name: _drawn(rows, _read(layout, rows)) for layout, rows in drawn}


def _tables(text: str) -> Iterator[list[tuple[str, ...]]]:
    """The tables of a page, without the rules below their heads."""
    rows: list[tuple[str, ...]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
            if not all(set(cell) == {"-"} for cell in cells):
                rows.append(cells)
        elif rows:
            yield rows
            rows = []


def _read(layout: Layout, rows: Sequence[tuple[str, ...]]) -> TableReading:
    """What import reads a table as, with the likely answer to all that is not given."""
    (table,) = source_tables([PrintedTable("", tuple(rows))], exact=None)
    given = dict(layout.answers)
    while True:
        asking = Asking(given)
        drafts = draft(table, layout.kind, asking, Known({}), "table.csv")
        if not asking.open:
            return drafts.reading
        given |= {key: question.likely for key, question in asking.open.items()}
        assert all(given.values()), f"{layout.name}: answer {asking.open}"


def _drawn(rows: Sequence[tuple[str, ...]], reading: TableReading) -> str:
    """A table as SVG, each cell in the colour of what became of it."""
    count = max(map(len, rows))
    widths = [max(len(row[at]) for row in rows if at < len(row)) for at in range(count)]
    lefts = [
        1 + sum(round(LETTER * width) + 2 * PAD for width in widths[:at]) for at in range(count + 1)
    ]
    fates = {place: fate.name for place, fate in reading.fates.items()}
    parts: list[str] = []
    used: list[str] = []
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            became = fates.get((at, column), "heading" if text else "")
            used += [became] if became in COLOURS and became not in used else []
            is_figure = column in reading.table.grid.columns
            parts += _cell(text, became, (lefts[column], lefts[column + 1]), at, is_figure)
    high = ROW * len(rows) + 2
    legend, end = _legend([name for name in COLOURS if name in used], high + 6)
    wide = max(lefts[-1], end) + 2
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high + 30}" '
            'font-family="monospace" font-size="12">',
            f'<rect width="{wide}" height="{high + 30}" fill="#fff"/>',
            *parts,
            *legend,
            "</svg>\n",
        ]
    )


def _cell(
    text: str,
    became: str,
    sides: tuple[int, int],
    row: int,
    is_figure: bool,  # noqa: FBT001
) -> Iterator[str]:
    left, right = sides
    top = ROW * row + 1
    fill = COLOURS[became][0] if became in COLOURS else "#fff"
    yield (
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{ROW}" fill="{fill}" '
        'stroke="#bbb"/>'
    )
    if text:
        x, anchor = (right - PAD, "end") if is_figure else (left + PAD, "start")
        yield (f'<text x="{x}" y="{top + 15}" text-anchor="{anchor}">{html.escape(text)}</text>')


def _legend(names: Sequence[str], top: int) -> tuple[list[str], int]:
    """What the colours mean, and where that ends."""
    left = 1
    found: list[str] = []
    for name in names:
        fill, words = COLOURS[name]
        box = f'<rect x="{left}" y="{top}" width="12" height="12" fill="{fill}" stroke="#bbb"/>'
        found += [box, f'<text x="{left + 16}" y="{top + 11}" font-size="11">{words}</text>']
        left += 30 + round(len(words) * LETTER)
    return found, left


if __name__ == "__main__":
    main()
