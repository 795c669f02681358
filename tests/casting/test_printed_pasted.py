"""Pasted text as rows: frames of terminals, columns of PDFs, and what has single blanks only."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich import box
from rich.console import Console
from rich.table import Table

from tests.casting.kit.files import only, pasted

PDF = """\
                                    Penryn Town Council Budget 2023/24

Service area                             Original     Revised     Variance    % of
                                         2023/24      2023/24                 total
                                           £000         £000         £000

Adult social care                          1,234.5      1,300.0        65.5    40.1%
  Older people                               600.0        650.0        50.0
  Learning disability and mental health      634.5        650.0        15.5
Children ............................        500.0            -       (500)
Highways, waste & leisure services           1 200        - 3.5      ( 310)    n/a

Phase 2 of Band 5 works                                    12.0          2.0     0.4%
Contingency

Total                                      2,945.0      1,958.5      (692.5)   100%

 * excludes reserves of £3,000
"""


def test_columns_of_a_pdf() -> None:
    assert only(PDF) == (
        (),
        (),
        ("Service area", "Original", "Revised", "Variance", "% of"),
        ("", "2023/24", "2023/24", "", "total"),
        ("", "£000", "£000", "£000"),
        (),
        ("Adult social care", "1,234.5", "1,300.0", "65.5", "40.1%"),
        ("Older people", "600.0", "650.0", "50.0"),
        ("Learning disability and mental health", "634.5", "650.0", "15.5"),
        ("Children", "500.0", "-", "(500)"),
        ("Highways, waste & leisure services", "1 200", "- 3.5", "( 310)", "n/a"),
        (),
        ("Phase 2 of Band 5 works", "", "12.0", "2.0", "0.4%"),
        ("Contingency",),
        (),
        ("Total", "2,945.0", "1,958.5", "(692.5)", "100%"),
    )


BODY = (
    ("Service", "Gross", "Income", "Net budget"),
    ("Children's social care, fostering", "77,523", "(3,380)", "74,143"),
    ("Help", "8,884", "", "5,162"),
    ("Other", "£ 112,123", "- 90,190", "n/a"),
    ("Total", "198,530", "(97,292)", "101,238"),
)


@pytest.mark.parametrize(
    "frame",
    [box.HEAVY_HEAD, box.ROUNDED, box.SQUARE, box.DOUBLE, box.ASCII, box.ASCII2, box.MINIMAL,
     box.SIMPLE, box.SIMPLE_HEAVY, box.HORIZONTALS, box.MARKDOWN],
)  # fmt: skip
@pytest.mark.parametrize("colours", [False, True])
def test_tables_as_rich_prints_them(frame: box.Box, colours: bool) -> None:
    table = Table(*BODY[0], box=frame)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in BODY[1:]:
        table.add_row(*row, end_section=row[0] == "Other")
    out = io.StringIO()
    Console(file=out, width=90, force_terminal=colours).print(table)
    assert tuple(row for row in only(out.getvalue()) if row) == BODY


def test_two_frames_have_the_lines_above_them_for_names() -> None:
    frame = "+---+---+\n| a | 1 |\n+---+---+\n"
    first, second = pasted(f"One\n{frame}\nTwo\n\n{frame}")
    assert (first.name, second.name) == ("One", "Two")
    assert first.rows == ((), (), ("a", "1"), ())
    assert second.rows == (*((),) * 8, ("a", "1"), ())


def test_a_database_prints_bars_between_columns_only() -> None:
    assert only(" name | sum \n------+-----\n Care |   5\n Home |    \n Sum  |   5\n") == (
        ("name", "sum"),
        (),
        ("Care", "5"),
        ("Home",),
        ("Sum", "5"),
    )


def test_tables_with_other_columns_are_divided() -> None:
    text = """\
Revenue
Figures in £000, as everywhere.

£000          Gross    Net
──────────────────────────
Care              5      4
Roads            12      1

Capital

£m               2024-25  2025-26    By 2026
────────────────────────────────────────────
Bridge               1.0        -        1.0
"""
    first, second = pasted(text)
    assert first.name == "Revenue"
    assert [row for row in first.rows if row] == [
        ("£000", "Gross", "Net"),
        ("Care", "5", "4"),
        ("Roads", "12", "1"),
    ]
    assert second.name == "Capital"
    assert second.rows[10] == ("£m", "2024-25", "2025-26", "By 2026")
    assert second.rows[12] == ("Bridge", "1.0", "-", "1.0")


def test_single_blanks_only() -> None:
    text = """\
Revenue Budget 2024-25
Service Gross Income Net
Children's Social Care 77,523 (3,380) 74,143
Band 5 works 8,884 (3,722) 5,162
Pupil Referral Unit - - 3.203
Small, aged under 65 100 200 300
Roads . £0 -
Base 2024/25 1,000 2,000 3,000
Contingency 500
Total Children & Families 198,530 (97,292) 101,238
"""
    (table,) = pasted(text)
    assert table.rows == (
        ("Revenue Budget 2024-25",),
        ("Service", "Gross", "Income", "Net"),
        ("Children's Social Care", "77,523", "(3,380)", "74,143"),
        ("Band 5 works", "8,884", "(3,722)", "5,162"),
        ("Pupil Referral Unit", "-", "-", "3.203"),
        ("Small, aged under 65", "100", "200", "300"),
        ("Roads", ".", "£0", "-"),
        ("Base 2024/25", "1,000", "2,000", "3,000"),
        ("Contingency", "500"),
        ("Total Children & Families", "198,530", "(97,292)", "101,238"),
    )
    assert table.notes == ("line 9 may have blank cells: the text does not say in which column",)


def test_a_page_copied_from_a_browser() -> None:
    assert only('Service\tGross\tNet\nCare, old\t1,234\t5\n6" pipes\t\t(310)\n') == (
        ("Service", "Gross", "Net"),
        ("Care, old", "1,234", "5"),
        ('6" pipes', "", "(310)"),
    )


def test_a_reference_before_the_label_and_narrow_columns() -> None:
    text = """\
Ref   Service            Gross Income
A1    Home care             12   (10)
A2    Day centres, and a   112    (3)
B17   Roads                  1      -
"""
    assert only(text) == (
        ("Ref", "Service", "Gross", "Income"),
        ("A1", "Home care", "12", "(10)"),
        ("A2", "Day centres, and a", "112", "(3)"),
        ("B17", "Roads", "1", "-"),
    )


FIGURES = st.sampled_from(["1,234", "(310)", "-", "12.5%", "", "£5", "99,999,999", "n/a", "0"])
LABELS = st.sampled_from(["Care", "Parks and roads", "Phase 2", "A-B (old)", "Schools' meals"])


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda count: st.lists(
            st.tuples(LABELS, st.lists(FIGURES, min_size=count, max_size=count)),
            min_size=2,
            max_size=8,
        )
    ),
    st.integers(2, 6),
    st.sampled_from(["", "\n"]),
)
def test_aligned_columns_come_back(rows: list[tuple[str, list[str]]], gap: int, space: str) -> None:
    full = ["1,000", "2,000", "3,000", "4,000", "5,000"][: len(rows[0][1])]
    # A column without a figure is none, and words behind a blank line are of no table.
    rows = [("Full line", full), *rows, ("Last line", full)]
    width = max(len(figure) for _, figures in rows for figure in figures) + gap
    lines = [
        f"{label:<20}" + "".join(f"{figure:>{width}}" for figure in figures)
        for label, figures in rows
    ]
    found = [row for row in only(f"\n{space}".join(lines)) if row]
    expected = []
    for label, figures in rows:
        row = [label, *figures]
        while not row[-1]:
            row.pop()
        expected.append(tuple(row))
    assert found == expected
