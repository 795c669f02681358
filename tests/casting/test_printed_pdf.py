"""PDFs as rows: columns told by where figures stand, rows of several lines, several pages."""

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.read.printed_file import read_printed, read_printed_stream
from cfbudget.casting.read.printed_table import PrintedTable, row_of
from cfbudget.problem import Refusal
from tests.casting.kit.files import pasted
from tests.casting.kit.printers import (
    PRINTED,
    ToPrint,
    by_chromium,
    by_libreoffice,
    needs_chromium,
    real_tables,
)
from tests.kit.libreoffice import needs_libreoffice
from tests.kit.small_pdf import Placed, pdf

SPLIT = {"TRANSPORTATION & HIGHWAYS"}
"""A title of rows that Chromium breaks; nothing says that its lines are one."""


def tables_in(path: Path, pages: str = "") -> tuple[PrintedTable, ...]:
    found = read_printed(path, pages=pages)
    assert not isinstance(found, Refusal), found
    return found


def read(*pages: Sequence[Placed | str]) -> tuple[PrintedTable, ...]:
    return pasted(pdf(pages))


def rows_of(table: ToPrint) -> list[tuple[str, ...]]:
    rows = [row_of(row) for row in table.rows]
    return [row for row in rows if row and row[0] not in SPLIT]


def as_printed(table: PrintedTable, name: str) -> list[tuple[str, ...]]:
    """The rows without the table's name above them, and without a title that is broken."""
    broken = {part for title in SPLIT for part in (title, *title.split(" "))} | {"TRANSPORTATION &"}
    return [row for row in table.rows if row != (name,) and not set(row) <= broken]


@pytest.mark.parametrize("printer", ["chromium", "libreoffice"])
@pytest.mark.parametrize("style", ["loose", "tight"])
def test_real_tables_come_back_as_their_csv_has_them(printer: str, style: str) -> None:
    found = tables_in(PRINTED / f"{printer}-{style}.pdf")
    tables = real_tables()
    assert len(found) == len(tables)
    for number, (table, printed) in enumerate(zip(tables, found, strict=True), 1):
        assert as_printed(printed, table.name) == rows_of(table), table.name
        assert set(printed.pages) == {number}


@needs_libreoffice
def test_a_spreadsheet_prints_them_so_today(tmp_path: Path) -> None:
    some = real_tables()[:3]
    by_libreoffice(some, tmp_path / "a.pdf", tight=True)
    found = tables_in(tmp_path / "a.pdf")
    assert [as_printed(table, "") for table in found] == [rows_of(table) for table in some]


@needs_chromium
def test_a_browser_prints_them_so_today(tmp_path: Path) -> None:
    some = real_tables()[3:6]
    by_chromium(some, tmp_path / "a.pdf", tight=True)
    found = zip(tables_in(tmp_path / "a.pdf"), some, strict=True)
    assert all(as_printed(table, wanted.name) == rows_of(wanted) for table, wanted in found)


HEADS = ("Service", "2023/24", "2024/25")
BODY = (
    ("Care for adults and older people", "1,200", "1,300"),
    ("Roads", "310", "(20)"),
    ("Parks", "-", "5"),
    ("Total", "1,510", "1,285"),
)
EDGES = (50, 230, 270)
TOP = 780


def line(cells: Sequence[str], y: float, edges: Sequence[float] = EDGES) -> list[Placed]:
    """A row with its label at the left, and its figures up to their columns' right edges."""
    label, *figures = cells
    placed = [Placed(label, edges[0], y)] if label else []
    return placed + [
        Placed(text, edge, y, right=True)
        for text, edge in zip(figures, edges[1:], strict=False)
        if text
    ]


def table(
    rows: Sequence[Sequence[str]], top: float = TOP, edges: Sequence[float] = EDGES
) -> list[Placed]:
    return [one for at, cells in enumerate(rows) for one in line(cells, top - 14 * at, edges)]


def test_figures_that_nearly_touch_are_told_by_their_edges() -> None:
    narrow = (50, 223, 249)  # a blank, or less, between a label and its figure, and two figures
    (found,) = read(table((HEADS[:1], *BODY), edges=narrow))
    assert found.rows == (HEADS[:1], *BODY)
    assert found.pages == (1,) * 5


@pytest.mark.parametrize("turned", [1, 2, 3])
def test_a_table_that_stands_on_its_side(turned: int) -> None:
    def place(one: Placed) -> Placed:
        x, y = one.left, one.y
        places = {1: (800 - y, x), 2: (560 - x, 830 - y), 3: (y - 300, 800 - x)}
        return Placed(one.text, *places[turned], turned=turned)

    (found,) = read([place(one) for one in table((HEADS, *BODY))])
    assert found.rows == (HEADS, *BODY)
    (found,) = pasted(pdf([table((HEADS, *BODY))], rotate=90 * turned))
    assert found.rows == (HEADS, *BODY)


def test_letters_that_stand_another_way_are_said_to_be_left_out() -> None:
    (found,) = read([*table((HEADS, *BODY)), Placed("DRAFT", 500, 300, turned=1)])
    assert found.rows == (HEADS, *BODY)
    assert found.notes == (
        "5 letters on page 1 stand another way than the rest, and were not read",
    )


def test_a_mark_of_a_note_is_no_digit() -> None:
    (found,) = read([*table(BODY), Placed("1", 230.5, TOP + 4, size=6)])
    assert found.rows[0] == ("Care for adults and older people", "1,200¹", "1,300")
    assert cast(found.rows).relations[0].stated == 1510


def test_what_is_printed_twice_to_look_bold_is_read_once() -> None:
    (found,) = read([*table(BODY), *(one._replace(x=one.x + 0.3) for one in table(BODY))])
    assert found.rows == BODY


def test_what_stands_beside_the_page_is_not_seen() -> None:
    (found,) = read([*table(BODY), *line(("Hidden", "7", "8"), -20)])
    assert found.rows == BODY


@pytest.mark.parametrize("shift", [0, 5.5, 11])
def test_a_label_of_two_lines_is_one_wherever_its_figures_stand(shift: float) -> None:
    """Figures at the top of the row, in its middle, and at its foot."""
    rows = []
    for at, (label, *figures) in enumerate(BODY):
        y = TOP - 40 * at
        rows += [Placed(label, 50, y), Placed("and all that goes with it", 50, y - 11)]
        rows += line(("", *figures), y - shift)
    (found,) = read(rows)
    assert found.rows == tuple(
        (f"{label} and all that goes with it", *figures) for label, *figures in BODY
    )


def test_a_title_above_rows_is_no_part_of_a_label() -> None:
    rows = (BODY[0], ("Highways",), *BODY[1:])
    (found,) = read(table(rows))
    assert found.rows == rows


@pytest.mark.parametrize("shift", [5.5, 11])
@pytest.mark.parametrize("title", [(), ("Budget",)])
def test_a_head_of_two_lines_is_one_wherever_its_neighbours_stand(
    shift: float, title: Sequence[str]
) -> None:
    """Its neighbours in the middle of the row of heads, as a browser has them, and at its foot."""
    wide = (50, 230, 330)
    rows = [Placed(text, 50, TOP + 40) for text in title]
    rows += [
        Placed("Total", 330, TOP, right=True),
        *line(("Service", "Net"), TOP - shift, wide),
        Placed("2024/25", 330, TOP - 11, right=True),
        *(one for at, cells in enumerate(BODY) for one in line(cells, TOP - 40 - 20 * at, wide)),
    ]
    (found,) = read(rows)
    assert found.rows[-5:] == (("Service", "Net", "Total 2024/25"), *BODY)
    assert found.name == "".join(title)


def test_a_title_over_a_column_is_no_head() -> None:
    wide = (50, 230, 330)
    rows = [
        Placed("Draft", 330, TOP + 20, right=True),
        *line(HEADS, TOP, wide),
        *(one for at, cells in enumerate(BODY) for one in line(cells, TOP - 20 - 20 * at, wide)),
    ]
    (found,) = read(rows)
    assert found.rows == (("Draft",), HEADS, *BODY)


def test_bars_part_cells_that_stand_close() -> None:
    figures = line(("Care", "1,200", "1,300"), TOP, (50, 140, 167))
    texts = [one for y in (TOP, 700) for one in (Placed("Yes", 169, y), Placed("No", 190, y))]
    bars = [f"{x} {y - 5} m {x} {y + 12} l S" for x in (168, 189) for y in (TOP, 700)]
    (found,) = read([*bars, *figures, *texts, *line(("Roads", "310", "(20)"), 700, (50, 140, 167))])
    assert found.rows[0] == ("Care", "1,200", "1,300", "Yes", "No")


def test_numbers_of_paragraphs_are_of_their_texts() -> None:
    texts = [
        one
        for at, words in enumerate(("The budget is set", "It is balanced", "It is approved"))
        for one in (Placed(f"4.{at + 9}", 50, 700 - 30 * at), Placed(words, 90, 700 - 30 * at))
    ]
    (found,) = read([*table((HEADS, *BODY)), *texts])
    assert found.rows == (HEADS, *BODY)


# Tables of several pages


def page_of(
    rows: Sequence[Sequence[str]], number: str, *above: str, edges: Sequence[float] = EDGES
) -> list[Placed]:
    tops = [Placed(text, 50, 820 - 14 * at) for at, text in enumerate(above)]
    return [*tops, *table(rows, 740, edges), Placed(number, 300, 20)]


@pytest.mark.parametrize("head", [HEADS, ("", *HEADS[1:]), None])
@pytest.mark.parametrize(
    "numbers", [("12", "13"), ("Page 1 of 2", "Page 2 of 2"), ("- 4 -", "- 5 -")]
)
@pytest.mark.parametrize(
    "above", [(), ("Revenue budget", "Revenue budget (continued)"), ("Council",) * 2]
)
def test_a_table_that_goes_on_is_one(
    head: tuple[str, ...] | None, numbers: tuple[str, str], above: tuple[str, ...]
) -> None:
    first = page_of((HEADS, *BODY[:2]), numbers[0], *above[:1])
    second = page_of(((head,) if head else ()) + BODY[2:], numbers[1], *above[1:])
    (found,) = read(first, second)
    titles = {(text,) for text in above} | {("Revenue budget (continued)",)}
    assert [row for row in found.rows if row not in titles] == [HEADS, *BODY]
    assert sorted(set(found.pages)) == [1, 2]
    assert {one.outcome for one in cast(found.rows).relations} == {"agrees"}


@pytest.mark.parametrize(
    ("above", "heads"),
    [
        ("Revenue", ("Service", "Budget", "Actual")),
        ("Table 2: capital", HEADS),
        ("", ("", "£m", "£m")),
    ],
)
def test_another_table_on_the_next_page_is_another(above: str, heads: tuple[str, ...]) -> None:
    pages = (page_of((HEADS, *BODY), "1", "Table 1: x"), page_of((heads, *BODY), "2", above))
    first, second = read(*pages)
    assert (first.pages[0], second.pages[0]) == (1, 2)
    assert second.rows[-5:] == (heads, *BODY)


def test_two_tables_on_a_page() -> None:
    heads = ("Scheme", "Cost", "Grant")
    first, second = read([*table((HEADS, *BODY)), *table((heads, *BODY[:2]), 600)])
    assert first.rows == (HEADS, *BODY)
    assert second.rows == (heads, *BODY[:2])


def test_a_report_of_some_pages_with_running_text() -> None:
    found = tables_in(PRINTED / "plan.pdf")
    assert [(table.name, sorted(set(table.pages))) for table in found] == [
        ("Revenue Budgets", [1]),
        ("Capital Budgets", [1]),
        ("Planned Revenue Budget Changes (Policy Options)", [1, 2]),
    ]
    outcomes = [[one.outcome for one in cast(table.rows).relations] for table in found]
    assert [set(some) for some in outcomes] == [{"agrees"}] * 3
    assert [len(some) for some in outcomes] == [7, 25, 54]


def test_its_wrong_totals_are_named() -> None:
    castings = [cast(table.rows) for table in tables_in(PRINTED / "plan-wrong.pdf")]
    suspects = [[(one.stated, one.suggested) for one in casting.suspects] for casting in castings]
    assert suspects == [[], [("23.387", Decimal("23.837"))], [("(798)", Decimal(-789))]]


def test_a_nil_beside_a_figure_is_no_sign() -> None:
    narrow = (50, 160, 172)
    (found,) = read(
        table((("Care", "12", "1"), ("Roads", "-", "5"), ("All", "12", "6")), TOP, narrow)
    )
    assert found.rows[1] == ("Roads", "-", "5")


def test_a_head_over_several_columns_stands_above_the_first() -> None:
    wide = (50, 160, 200, 260, 300)
    heads = [Placed("Budget £000", 130, 794), Placed("Change %", 240, 794)]
    rows = (
        ("Service", "2023", "2024", "2023", "2024"),
        ("Care", "1,000", "1,050", "1.5", "5.0"),
        ("Total", "3,000", "2,950", "1.8", "-1.7"),
    )
    (found,) = read([*heads, *table(rows, edges=wide)])
    assert found.rows == (("", "Budget £000", "", "Change %"), *rows)


def test_a_file_with_too_many_tables_is_to_be_read_by_pages() -> None:
    pages = []
    for number in range(201):
        heads = ("Service", f"{number} a", f"{number} b")
        pages.append(table((heads, *BODY[:2])))
    found = read_printed_stream(io.BytesIO(pdf(pages)))
    assert found == Refusal(
        "it holds more than 200 tables", "name the pages with the tables, such as --page 12-14"
    )


def test_a_sign_beside_its_figure_is_one() -> None:
    sign = [Placed("-", 148, TOP - 28)]
    (found,) = read([*sign, *table((("Care", "12"), ("Roads", "5"), ("All", "7")), TOP, (50, 160))])
    assert found.rows[2] == ("All", "- 7")


def test_a_number_below_no_column_is_the_page_s() -> None:
    (found,) = read([*table((HEADS, *BODY)), Placed("7", 250, 715)])
    assert found.rows == (HEADS, *BODY)


def test_a_total_at_the_foot_of_a_page_is_no_page_number() -> None:
    (found,) = read(
        [Placed("Care", 50, 60), Placed("12", 230, 60, right=True),
         Placed("Roads", 50, 46), Placed("1", 230, 46, right=True),
         Placed("13", 230, 32, right=True)],
    )  # fmt: skip
    assert found.rows[-1] == ("", "13")
