"""Rows that must be nil: what they are the difference of, and no word where nothing tells."""

from decimal import Decimal

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from tests.casting.kit.small_tables import rows_of

FUNDED = """
    Line           | 2023-24 | 2024-25 | 2025-26
    Employees      | 123,456 | 134,567 | 145,678
    Premises       |  23,451 |  25,613 |  27,118
    Supplies       |  87,345 |  88,126 |  91,237
    Total spending | 234,252 | 248,306 | 264,033
    Grants         | 100,123 | 110,245 | 120,367
    Council tax    | 134,129 | 138,061 | 143,666
    Total funding  | 234,252 | 248,306 | 264,033
    Balance        |       - |       - |       -
    """
ONE_COLUMN = """
    Line           | 2024-25
    Total spending | 248,306
    Grants         | 110,245
    Council tax    | 138,061
    Total funding  | 248,306
    Check          |       0
    """
LINES = """
    Line                     | 2023-24 | 2024-25 | 2025-26
    Gross spending           | 123,456 | 134,567 | 145,678
    Grants                   | -23,451 | -25,613 | -27,118
    Fees                     | -87,345 | -88,126 | -91,237
    Use of reserves          | -12,660 | -20,828 | -27,323
    Difference (must be nil) |       0 |       0 |       0
    """


def of_row(found: Casting, row: int) -> dict[str, tuple[set[str], str]]:
    """The relations of a row's totals: their terms and what they come to."""
    return {
        one.total: ({term.lstrip("+") for term in one.terms}, one.outcome)
        for one in found.relations
        if one.total.lstrip("ABCDEFGH") == str(row)
    }


def test_a_balance_of_nil_is_the_difference_of_spending_and_funding() -> None:
    found = cast(rows_of(FUNDED))
    assert of_row(found, 9) == {
        f"{column}9": ({f"{column}5", f"-{column}8"}, "agrees") for column in "BCD"
    }
    assert found.uncovered == ()
    assert found.unproved == ()


@pytest.mark.parametrize("nil", ["-", "0", "nil", "0.0", "–"])
@pytest.mark.parametrize("label", ["Balance", "Check", "Difference", "Total (must be nil)"])
def test_a_nil_is_one_however_it_is_printed_and_called(nil: str, label: str) -> None:
    rows = rows_of(FUNDED)
    rows[-1] = [label, nil, nil, nil]
    assert len(of_row(cast(rows), 9)) == 3


def test_funding_of_the_other_sign_is_added() -> None:
    rows = rows_of(FUNDED)
    for at in (5, 6, 7):
        rows[at][1:] = [f"-{cell}" for cell in rows[at][1:]]
    assert of_row(cast(rows), 9)["C9"] == ({"C5", "C8"}, "agrees")


def test_without_a_total_of_funding_all_that_is_taken_off_leaves_nil() -> None:
    rows = rows_of(FUNDED)
    del rows[7]
    found = of_row(cast(rows), 8)
    assert found["D8"] == ({"D5", "-D6", "-D7"}, "agrees")


def test_a_total_that_no_longer_leaves_nil_is_named() -> None:
    rows = rows_of(FUNDED)
    rows[7][2] = "248,360"
    found = cast(rows)
    assert of_row(found, 9)["C9"] == ({"C5", "-C8"}, "differs")
    assert [(one.cell, one.suggested) for one in found.suspects] == [("C8", Decimal(248_306))]


def test_in_one_column_a_slip_that_breaks_the_balance_is_named() -> None:
    rows = rows_of(ONE_COLUMN)
    rows[4][1] = "248,360"
    found = cast(rows)
    assert of_row(found, 6) == {"B6": ({"B2", "-B5"}, "differs")}
    assert [(one.cell, one.suggested) for one in found.suspects] == [("B5", Decimal(248_306))]


def test_two_totals_that_their_lines_bear_out_are_not_held_to_each_other() -> None:
    found = cast(
        rows_of("""
        Line             | Amount
        Staff            | 123,456
        Premises         | 110,796
        Total last year  | 234,252
        Staff            | 123,556
        Premises         | 110,796
        Total this year  | 234,352
        Variance         |       0
        """)
    )
    assert of_row(found, 8) == {}
    assert found.suspects == ()
    assert found.unproved == ()


def test_totals_that_are_not_alike_say_nothing_of_a_nil() -> None:
    rows = rows_of(FUNDED)
    rows[8][0] = "Variance"
    rows[5][1:], rows[7][1:] = (
        ["300,123", "310,245", "320,367"],
        ["434,252", "448,306", "464,033"],
    )
    found = cast(rows)
    assert of_row(found, 9) == {}
    assert found.suspects == ()


def test_a_total_and_the_only_line_of_a_grand_total_are_no_halves() -> None:
    found = cast(
        rows_of("""
        Line        | 2023-24 | 2024-25
        Staff       | 123,456 | 134,567
        Premises    |  23,451 |  25,613
        Total       | 146,907 | 160,180
        Other       |       0 |       0
        Grand total | 146,907 | 160,180
        Variance    |       0 |       0
        """)
    )
    assert of_row(found, 7) == {}


def test_lines_that_come_to_nil_are_a_sum_and_a_changed_one_breaks_it() -> None:
    rows = rows_of(LINES)
    assert of_row(cast(rows), 6)["C6"] == ({"C2", "C3", "C4", "C5"}, "agrees")
    rows[3][2] = "-88,216"
    assert of_row(cast(rows), 6)["C6"] == ({"C2", "C3", "C4", "C5"}, "differs")


def test_a_row_that_must_be_nil_and_lacks_a_line_is_listed() -> None:
    rows = rows_of(LINES)
    del rows[3]
    listed = cast(rows).unproved
    assert [(one.total, one.difference) for one in listed] == [
        ("B5", Decimal(87_345)),
        ("C5", Decimal(88_126)),
        ("D5", Decimal(91_237)),
    ]


@pytest.mark.parametrize("label", ["Other", "Check", "Balance", "Total"])
def test_a_nil_that_need_not_be_one_is_not_listed(label: str) -> None:
    rows = rows_of(LINES)
    del rows[3]
    rows[-1][0] = label
    assert cast(rows).unproved == ()


NO_NIL = "its row must be nil, and is not here"


def unbalanced(label: str) -> str:
    """Funding of the last year is over its spending by five, and the row below says so."""
    *lines, total, nil = FUNDED.replace("143,666", "143,671").strip("\n ").split("\n")
    total, nil = total.replace("264,033", "264,038"), nil.replace("Balance", label)
    return "\n".join([*lines, total, nil[: nil.rindex("-")] + "(5)"])


def named(text: str, *, exact: bool | None = None) -> dict[str, tuple[Decimal | None, str]]:
    return {
        one.cell: (one.suggested, one.reason) for one in cast(rows_of(text), exact=exact).suspects
    }


@pytest.mark.parametrize("label", ["Check", "Control check", "Balance (must be nil)"])
def test_a_row_that_must_be_nil_and_is_not_is_flagged(label: str) -> None:
    assert named(unbalanced(label)) == {"D9": (Decimal(0), NO_NIL)}


def test_it_is_flagged_in_a_lone_column_that_adds_up() -> None:
    text = ONE_COLUMN.replace("Check", "Difference (should be nil)")
    assert named(text) == {}
    wrong = text.strip("\n ").removesuffix("0") + "12"
    assert named(wrong) == {"B6": (Decimal(0), NO_NIL)}


@pytest.mark.parametrize("label", ["Balance", "Difference", "Variance", "Check digit", "Gap", "22"])
def test_a_difference_that_need_not_be_nil_is_not(label: str) -> None:
    assert NO_NIL not in {reason for _, reason in named(unbalanced(label)).values()}


def test_rounding_may_leave_a_unit_in_a_row_that_must_be_nil() -> None:
    text = FUNDED.replace("Balance", "Check").strip("\n ").removesuffix("-") + "1"
    assert named(text, exact=False) == {}
    assert "D9" in named(text, exact=True)
