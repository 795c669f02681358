"""Pasted tables that go on: over blank lines, pages and repeated heads; and what that costs."""

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.read.boxed_text import read_boxed
from cfbudget.casting.read.browser_edges import browser_edges
from cfbudget.casting.read.markdown_tables import read_markdown
from cfbudget.casting.read.pasted_text import read_pasted
from cfbudget.read.bounds import Refused
from tests.casting.kit.files import only, pasted
from tests.kit.counting import growth

FIRST = """\
                         Council budget
Savings                                 24-25 £000     25-26 £000          Total £000
Early help
Best use of children's centres                   -           (64)                (64)

Total early help                                 -           (64)                (64)

Social care                             24-25 £000     25-26 £000          Total £000
Expansion of fostering                        (91)             91                   -
Emergency beds                                (88)              -                (88)
"""
SECOND = """\
Complex youth team                           (352)          (117)               (469)

Total social care                            (531)           (26)               (557)
Total                                        (531)           (90)               (621)
"""
HEAD = FIRST.split("\n")[1]
SHIFTED = "\n".join(line[:30] + line[36:] for line in f"{HEAD}\n{SECOND}".split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        FIRST + "\n" + SECOND,
        FIRST + "                    12\n\f" + SECOND,
        FIRST + "                    12\n\f                         Council budget\n"
        + SECOND + "                    13\n\f",
        FIRST + "                Page 1 of 2\n\f" + HEAD + "\n" + SECOND,
        FIRST + "\n\f" + HEAD + "\n\n" + SECOND,
        FIRST + "\n\f" + SHIFTED,
        "\n\n".join((FIRST + SECOND).split("\n")),
    ],
    ids=["blank", "number", "header", "page", "head", "shifted", "double"],
)  # fmt: skip
def test_a_table_that_goes_on_is_one(text: str) -> None:
    casting = cast(only(text))
    assert {one.outcome for one in casting.relations} == {"agrees"}
    assert len(casting.relations) == 16


HEADERS = [
    "11/29/26, 10:10 AM",
    "29/11/2026, 10:10",
    "2026-11-29 10:10",
    "29.11.2026, 10:10",
]
SIDE = "\n".join(line[:30] + line[36:] for line in SECOND.split("\n"))


def as_printed(header: str, *pages: str, address: str = "https://council.example/budget") -> str:
    top, bottom = f"{header}                      Council budget", f"{address}      "
    return "".join(
        f"{top}\n\n{page}\n{bottom}{at}/{len(pages)}\n\f" for at, page in enumerate(pages, 1)
    )


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("second", [SECOND, SIDE], ids=["below", "elsewhere"])
def test_what_a_browser_prints_at_the_edges_of_pages_divides_no_table(
    header: str, second: str
) -> None:
    casting = cast(only(as_printed(header, FIRST, second)))
    assert {one.outcome for one in casting.relations} == {"agrees"}
    assert len(casting.relations) == 16
    file = as_printed(header, FIRST, second, address="file:///tmp/budget.html")
    assert cast(only(file)).relations == casting.relations


def test_a_table_with_heads_of_its_own_on_a_browsers_page_is_another() -> None:
    other = FIRST.replace("24-25 £000     25-26 £000 ", "    Homes          Flats ")
    assert len(pasted(as_printed(HEADERS[0], FIRST + "\n" + SECOND, other))) == 2


def test_an_address_or_a_date_that_no_browser_printed_stays() -> None:
    lines = ["11/29/26, 10:10 AM   1,204", "11/29/26, 10:12 AM   3,311", "Total   4,515"]
    assert browser_edges(lines) == (frozenset(), ())
    assert browser_edges([*lines, "https://council.example/budget   7/3"]) == (frozenset(), ())
    assert browser_edges([*lines, "https://council.example/budget"]) == (frozenset(), ())
    assert browser_edges([*lines, "https://council.example/budget  3/3"]).lines == {0, 3}
    assert browser_edges(["Total  4,515", "https://council.example/ 1/1", "\f"]).lines == {1}


def test_a_table_with_a_number_of_its_own_is_another() -> None:
    text = FIRST + "\nTable 2: the same for parks\n" + HEAD + "\n" + SECOND
    assert len(pasted(text)) == 2


def test_a_figure_with_one_blank_before_it_is_told_by_its_column() -> None:
    text = """\
Service                              Gross     Net
Care for adults                      1,200   1,100
Highways, transport and everything   2,000     500
Parks and a label that reaches up to 3,000   2,500
Total                                6,200   4,100
"""
    assert only(text)[3] == ("Parks and a label that reaches up to", "3,000", "2,500")


def test_a_figure_that_stays_within_its_label_is_said() -> None:
    text = """\
Service                              Gross     Net
Care for adults                      1,200   1,100
Highways, transport and everything   2,000     500
Parks and a label that reaches to 3,000      2,500
Total                                6,200   4,100
"""
    (table,) = pasted(text)
    what = "1 figure stands inside a label and was not read"
    assert table.notes == (f"{what}: Parks and a label that reaches to 3,000",)


@pytest.mark.parametrize(
    "label", ["Phase 2 of the works in Band 5", "Base budget 2024", "Ages 5-11"]
)
def test_numbers_in_labels_are_no_figures(label: str) -> None:
    rows = ("Service", "Net"), ("Care", "1,200"), (label, "500"), ("Total", "1,700")
    text = "\n".join(f"{name:<34}{figure:>8}" for name, figure in rows)
    assert all(not table.notes for table in pasted(text))


def test_double_spaced_text_takes_time_in_proportion() -> None:
    def double(count: int) -> list[str]:
        return "\n\n".join(f"Line {n:>8}   {n:>8,}   {2 * n:>8,}" for n in range(count)).split("\n")

    assert growth(lambda count: lambda: read_pasted(double(count)), 200) < 5


@pytest.mark.parametrize("read", [read_boxed, read_markdown])
def test_many_small_tables_are_refused_before_they_take_room(read: object) -> None:
    lines = ["| a | 1 |", "|---|---|", "| b | 2 |", "text"] * 3_000
    with pytest.raises(Refused, match="more than 200 tables"):
        read(lines)  # type: ignore[operator]
