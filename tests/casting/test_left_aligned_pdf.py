"""PDFs of a web page that an office program printed: figures at the left of their columns, each row
far from the next, labels of several lines beside the middle of which the figures stand."""

from tests.casting.kit.files import pasted
from tests.kit.small_pdf import Placed, pdf


def _row(label: str, y: float, *figures: tuple[str, float]) -> list[Placed]:
    return [Placed(label, 60, y), *(Placed(text, x, y) for text, x in figures)]


NET = [
    *_row("Service", 760, ("2024/25 Net", 300)),
    *_row("Roads", 730, ("1.310", 300)),
    *_row("Schools and colleges", 700, ("30.515", 300)),
    *_row("Grants", 670, ("(0.169)", 300)),
    *_row("Total", 640, ("31.656", 300)),
]


def test_one_column_of_figures_at_its_left_is_one_table() -> None:
    (table,) = pasted(pdf([NET]))
    assert [row[-1] for row in table.rows] == [
        "2024/25 Net",
        "1.310",
        "30.515",
        "(0.169)",
        "31.656",
    ]
    assert table.notes == ()


def test_a_label_in_several_lines_is_one_beside_its_figure() -> None:
    label = [Placed("Adults aged under", 60, 610), Placed("7.000", 300, 604), Placed("65", 60, 598)]
    more = [*label, *_row("Grand total", 568, ("38.656", 300))]
    (table,) = pasted(pdf([[*NET, *more]]))
    assert table.rows[-2:] == (("Adults aged under 65", "7.000"), ("Grand total", "38.656"))


def test_a_line_that_stands_in_no_column_is_named() -> None:
    aside = [Placed("Levies", 60, 600), Placed("44,173", 420, 600)]
    (table,) = pasted(pdf([[*NET, *aside]]))
    assert table.notes == (
        "1 line with figures stands in no table's columns, and was not read: "
        "'Levies 44,173' on page 1",
    )


def test_heads_a_blank_apart_are_parted_where_the_figures_of_columns_begin() -> None:
    head = [Placed("Service", 60, 730), Placed("Gross Spend", 200, 730), Placed("Income", 262, 730)]
    body = [
        *_row("Roads", 700, ("1,310", 200), ("(5)", 262)),
        *_row("Schools", 670, ("30,515", 200), ("(1,169)", 262)),
        *_row("Parks", 640, ("56", 200), ("-", 262)),
    ]
    (table,) = pasted(pdf([[*head, *body]]))
    assert table.rows[0] == ("Service", "Gross Spend", "Income")
