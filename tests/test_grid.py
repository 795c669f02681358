"""Grids at any width: figures whole, labels wrapped, nothing lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cfbudget.layout.grid import Grid, GridRow
from cfbudget.layout.page import Facts, Page, Title
from cfbudget.render.grid_text import grid_text
from cfbudget.render.page_text import page_text
from tests.kit.pages import drawn, text_of

NARROW = Grid(
    ("£000", "2024-25", "By 2027-28"),
    [
        GridRow("Children's Social Care", ("1,234", "(56)")),
        GridRow("Inside it", ("-", "7"), depth=1),
        GridRow("Total", ("1,234", "(49)"), "bold", apart=True),
    ],
)


def lines(grid: Grid, width: int | None) -> list[str]:
    return drawn(grid_text(grid, width)).splitlines()


def test_as_wide_as_it_needs() -> None:
    assert lines(NARROW, None) == [
        "£000                    2024-25  By 2027-28",
        "───────────────────────────────────────────",
        "Children's Social Care    1,234        (56)",
        "  Inside it                   -           7",
        "───────────────────────────────────────────",
        "Total                     1,234        (49)",
    ]


def test_a_total_alone_has_one_rule_above_it() -> None:
    total = Grid(NARROW.headings, NARROW.rows[-1:])
    assert lines(total, None) == [
        "£000   2024-25  By 2027-28",
        "──────────────────────────",
        "Total    1,234        (49)",
    ]


def test_labels_wrap_and_headings_break() -> None:
    assert lines(NARROW, 34) == [
        "                                By",
        "£000               2024-25 2027-28",
        "──────────────────────────────────",
        "Children's Social",
        "  Care               1,234    (56)",
        "  Inside it              -       7",
        "──────────────────────────────────",
        "Total                1,234    (49)",
    ]


def test_figures_stand_below_their_labels_where_they_do_not_fit_beside() -> None:
    assert lines(NARROW, 24) == [
        "£000",
        "Children's Social Care",
        "  2024-25       1,234",
        "  By 2027-28     (56)",
        "  Inside it",
        "    2024-25         -",
        "    By 2027-28      7",
        "─────────────────────",
        "Total",
        "  2024-25       1,234",
        "  By 2027-28     (49)",
    ]


WORDS = st.text(alphabet="abc [red]Ŵŷ🌳世", min_size=1, max_size=130).filter(str.strip)
FIGURES = st.sampled_from(["-", "0", "(1)", "1,234", "(12,345,678)", "0.000", "99,999,999.99"])


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    count = draw(st.integers(1, 8))
    row = st.builds(
        GridRow,
        WORDS,
        st.lists(FIGURES, min_size=count, max_size=count),
        st.sampled_from(["", "bold"]),
        st.integers(0, 4),
        st.booleans(),
    )
    headings = draw(
        st.lists(st.sampled_from(["2024-25", "By 2027-28", "Net"]), min_size=count, max_size=count)
    )
    return Grid(("£000", *headings), draw(st.lists(row, min_size=1, max_size=6)))


@given(grids(), st.one_of(st.none(), st.integers(1, 200)))
def test_no_figure_is_ever_cut_and_no_label_lost(grid: Grid, width: int | None) -> None:
    text = drawn(grid_text(grid, width))
    figures = [cell for row in grid.rows for cell in row.texts]
    shown = text
    for figure in figures:
        assert figure in shown
        shown = shown.replace(figure, "", 1)
    letters = re.sub(r"\s", "", text)
    for row in grid.rows:
        assert re.sub(r"\s", "", row.label)[:8] in letters


@given(grids(), st.integers(60, 200))
def test_no_line_is_wider_than_the_terminal(grid: Grid, width: int) -> None:
    assert all(cell_len(line) <= width for line in lines(grid, width))


@pytest.mark.parametrize("width", [1, 5, 10])
def test_a_terminal_too_narrow_for_anything(width: int) -> None:
    text = "".join(lines(NARROW, width))
    assert "1,234" in text
    assert "(49)" in text


@pytest.mark.parametrize("width", [40, 80, None])
def test_five_hundred_rows(width: int | None) -> None:
    rows = [GridRow(f"Scheme {number}", (f"{number:,}",)) for number in range(1, 501)]
    text = "\n".join(lines(Grid(("£m", "2024-25"), rows), width))
    for row in rows:
        assert f"{row.label} " in text


@given(grids(), st.text())
def test_what_is_piped_is_what_rich_would_print(grid: Grid, text: str) -> None:
    page = Page((Title(text), Facts((text, text)), grid._replace(marks="†")))
    assert page_text(page, "utf-8") == text_of(page, None)
