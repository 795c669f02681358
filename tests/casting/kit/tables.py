"""Whole printed tables with the truth beside them, knowing nothing of how casting infers it.

Run `python -m tests.casting.kit.tables --count 500 --seed 1` to cast many and see what was missed.
"""

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from tests.casting.kit.columns import drawn_columns
from tests.casting.kit.equations import Equation, Form, Place, cell_name, form_of
from tests.casting.kit.figures import Layout, Sizes, drawn_figures, drawn_sizes, nearest
from tests.casting.kit.rows import drawn_rows
from tests.casting.kit.style import Style, drawn_style, write_figure, write_share


class Printed(NamedTuple):
    """A table as printed, and the truth. Places are the printed table's."""

    cells: tuple[tuple[str, ...], ...]
    head: int
    """How many rows stand above the first row of figures."""
    layout: Layout
    style: Style
    sizes: Sizes
    steps: Mapping[Place, int]
    """Every figure as printed, in last printed places (of percentages in theirs)."""
    truth: tuple[Equation, ...]
    """What holds, but for what a blank total does not state and what nils leave without content."""

    @property
    def nil(self) -> frozenset[str]:
        """The cells of figures that are nil, if only by rounding."""
        return frozenset(cell_name(place) for place, steps in self.steps.items() if not steps)

    def form(self, equation: Equation) -> Form:
        terms = [(sign, cell_name(place)) for sign, place in equation.terms]
        return form_of(equation.kind, cell_name(equation.total), terms, self.nil)

    def is_share(self, place: Place) -> bool:
        return self.layout.columns[place[1] - 1].share_of is not None

    def amount(self, place: Place) -> Decimal:
        """The figure in the table's own units."""
        places = self.style.share_places if self.is_share(place) else self.style.places
        return Decimal(self.steps[place]).scaleb(-places)

    def write(self, place: Place, steps: int) -> str:
        """A figure as this table prints it there."""
        column = self.layout.columns[place[1] - 1]
        if column.share_of is not None:
            return write_share(self.style, steps)
        return write_figure(self.style, steps, signed=column.signed)


def printed_table(random: Random, *, lines: int = 20, unrelated: bool = False) -> Printed:
    """Draw a table of about `lines` lines at most."""
    rows = drawn_rows(random, random.randint(2, lines))
    columns = drawn_columns(random)
    summed = any(column.adds for column in columns) and columns[-1].share_of is None
    layout = Layout(rows, columns, summed and random.random() < 0.1, unrelated)
    style, sizes = drawn_style(random), drawn_sizes(random)
    if style.places == 2 and style.unit in ("", "£"):  # whole pence are not rounded
        sizes = sizes._replace(rounded=False)
    return filled(random, layout, style, sizes)


def filled(random: Random, layout: Layout, style: Style, sizes: Sizes) -> Printed:
    """The table with figures drawn anew."""
    exact = drawn_figures(random, layout, sizes)
    header = _header(layout, style)
    head = len(header)
    steps = {
        (at + head, n + 1): nearest(
            value * 10**style.share_places
            if layout.columns[n].share_of is not None and not layout.unrelated
            else value
        )
        for (at, n), value in exact.items()
        if layout.has_figure(at, n)
    }
    bare = Printed((), head, layout, style, sizes, steps, ())
    table = bare._replace(cells=(*header, *_body(random, bare), *_notes(bare)))
    return table._replace(truth=tuple(_stated(table)))


def _header(layout: Layout, style: Style) -> list[tuple[str, ...]]:
    """Title, header of one row or two, and unit row."""
    blank = ("",) * len(layout.columns)
    unit: str = style.unit if style.unit_in == "header" else ""
    above = [column.over for column in layout.columns]
    two = style.two_rows and any(above)
    names, over = [], ""
    for column in layout.columns:
        over = column.over or over
        in_header = "%" if column.share_of is not None and not style.percent else unit
        parts = (column.head,) if two else (over, column.head)
        names.append(" ".join(part for part in (*parts, in_header) if part))
    header = [("", *above)] if two else []
    header.append(("Service", *names))
    if style.title:
        of = f" ({style.unit})" if style.unit and style.unit_in == "title" else ""
        header.insert(0, (f"Budget by service{of}", *blank))
    if style.unit and style.unit_in == "row":
        shares = [column.share_of is not None for column in layout.columns]
        header.append(("", *("%" if share else style.unit for share in shares)))
    return header


def _body(random: Random, table: Printed) -> list[tuple[str, ...]]:
    body = []
    for at, row in enumerate(table.layout.rows):
        places = [(at + table.head, n + 1) for n in range(len(table.layout.columns))]
        texts = [table.write(p, table.steps[p]) if p in table.steps else "" for p in places]
        label = row.label
        if label and row.kind == "line" and table.style.bullets:
            label = f"- {label}"
        if label and table.style.marks and random.random() < 0.15:
            label += table.style.marks
        body.append((label, *texts))
    return body


def _notes(table: Printed) -> list[tuple[str, ...]]:
    if not table.style.notes:
        return []
    blank = ("",) * len(table.layout.columns)
    mark = table.style.marks.strip() or "Note:"
    return [
        ("", *blank),
        (f"{mark} Includes one-off funding of £1.2m agreed in 2023", *blank),
        ("Source: budget book, page 12", *blank),
    ]


def _stated(table: Printed) -> list[Equation]:
    """The layout's equations in the table's places, of those that the print states."""
    stated = []
    for equation in table.layout.equations():
        moved = _moved(equation, table.head)
        total = table.steps.get(moved.total)
        if total is None or table.write(moved.total, total) == "":
            continue
        if moved.kind == "sum":
            if len(table.form(moved)[1]) < 2:
                continue
        elif not total or not all(table.steps[place] for _, place in moved.terms):
            continue
        stated.append(moved)
    return stated


def _moved(equation: Equation, head: int) -> Equation:
    terms = tuple((sign, (at + head, n + 1)) for sign, (at, n) in equation.terms)
    at, n = equation.total
    return equation._replace(total=(at + head, n + 1), terms=terms)


def printed_tables(*, lines: int = 14, unrelated: bool = False) -> st.SearchStrategy[Printed]:
    """Tables of any shape and style, for hypothesis; a smaller one has fewer lines."""
    return st.builds(
        lambda most, seed: printed_table(Random(seed), lines=most, unrelated=unrelated),
        st.integers(2, lines),
        st.integers(0, 2**32),
    )


if __name__ == "__main__":
    from tests.casting.kit.trial import main

    main()
