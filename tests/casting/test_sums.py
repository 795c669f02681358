"""Totals down the rows: nested, above or below their lines, with any label or none."""

from decimal import Decimal

import pytest

from cfbudget.casting.casting import cast
from tests.casting.kit.small_tables import casts, rows_of


def test_one_total() -> None:
    casts(
        """
        £000    | 2023-24 | 2024-25
        Care    |  41,207 |  43,118
        Schools |   9,364 |   8,951
        Parks   |   2,718 |   2,846
        Total   |  53,289 |  54,915
        """,
        "down B-C : 5 = 2..4",
    )


def test_nested_to_depth_three() -> None:
    casts(
        """
        Service   | 2023-24 | 2024-25
        Home care |  41,207 |  43,118
        Day care  |   9,364 |   8,951
        Adults    |  50,571 |  52,069
        Fostering |  12,718 |  12,846
        Adoption  |   3,391 |   3,507
        Children  |  16,109 |  16,353
        People    |  66,680 |  68,422
        Parks     |   2,713 |   2,864
        Streets   |   6,128 |   6,533
        Place     |   8,841 |   9,397
        Council   |  75,521 |  77,819
        """,
        """
        down B-C : 4 = 2..3
        down B-C : 7 = 5..6
        down B-C : 8 = 4 7
        down B-C : 11 = 9..10
        down B-C : 12 = 8 11
        """,
    )


def test_totals_above_their_lines() -> None:
    casts(
        """
        Service   | 2023-24 | 2024-25
        Council   |  67,833 |  69,631
        Adults    |  51,724 |  53,278
        Home care |  41,207 |  43,118
        Day care  |   9,364 |   8,951
        Meals     |   1,153 |   1,209
        Children  |  16,109 |  16,353
        Fostering |  12,718 |  12,846
        Adoption  |   3,391 |   3,507
        """,
        """
        down B-C : 3 = 4..6
        down B-C : 7 = 8..9
        down B-C : 2 = 3 7
        """,
    )


def test_totals_above_and_a_grand_total_below() -> None:
    casts(
        """
        Service    | 2023-24 | 2024-25
        Adults     |  51,724 |  53,278
        Home care  |  41,207 |  43,118
        Day care   |   9,364 |   8,951
        Meals      |   1,153 |   1,209
        Children   |  16,109 |  16,353
        Fostering  |  12,718 |  12,846
        Adoption   |   3,391 |   3,507
        Net budget |  67,833 |  69,631
        """,
        """
        down B-C : 2 = 3..5
        down B-C : 6 = 7..8
        down B-C : 9 = 2 6
        """,
    )


def test_a_total_without_a_label() -> None:
    casts(
        """
        Service   | 2023-24 | 2024-25
        Home care |  41,207 |  43,118
        Day care  |   9,364 |   8,951
        Meals     |   1,153 |   1,209
                  |  51,724 |  53,278
        Fostering |  12,718 |  12,846
        Adoption  |   3,391 |   3,507
                  |  16,109 |  16,353
        """,
        """
        down B-C : 5 = 2..4
        down B-C : 8 = 6..7
        """,
    )


def test_a_total_with_the_label_of_its_heading() -> None:
    casts(
        """
        Service   | 2023-24 | 2024-25
        Adults
        Home care |  41,207 |  43,118
        Day care  |   9,364 |   8,951
        Adults    |  50,571 |  52,069
        Children
        Fostering |  12,718 |  12,846
        Adoption  |   3,391 |   3,507
        Children  |  16,109 |  16,353
        Council   |  66,680 |  68,422
        """,
        """
        down B-C : 5 = 3..4
        down B-C : 9 = 7..8
        down B-C : 10 = 5 9
        """,
    )


def test_the_same_label_twice() -> None:
    casts(
        """
        Service   | 2023-24 | 2024-25
        Home care |  41,207 |  43,118
        Day care  |   9,364 |   8,951
        Total     |  50,571 |  52,069
        Fostering |  12,718 |  12,846
        Adoption  |   3,391 |   3,507
        Total     |  16,109 |  16,353
        Total     |  66,680 |  68,422
        """,
        """
        down B-C : 4 = 2..3
        down B-C : 7 = 5..6
        down B-C : 8 = 4 7
        """,
    )


def test_a_net_below_two_lines_is_their_difference() -> None:
    casts(
        """
        | Q1 | Q2 | Q3
        Receipts | 4,128 | 3,954 | 5,217
        Payments | 3,871 | 4,226 | 4,903
        Net | 257 | (272) | 314
        """,
        "down B-D : 4 = 2 -3",
    )


def test_no_total_says_that_it_is_one() -> None:
    casts(
        """
              |      A |      B
        Ash   | 41,207 | 43,118
        Beech |  9,364 |  8,951
        Elm   | 12,718 | 12,846
        Oak   | 63,289 | 64,915
        """,
        "down B-C : 5 = 2..4",
    )


def test_a_total_of_one_line() -> None:
    casts(
        """
        Service        | 2023-24 | 2024-25
        Adults
        Home care      |  41,207 |  43,118
        Total adults   |  41,207 |  43,118
        Children
        Fostering      |  12,718 |  12,846
        Adoption       |   3,391 |   3,507
        Total children |  16,109 |  16,353
        Total          |  57,316 |  59,471
        """,
        """
        down B-C : 4 = 3
        down B-C : 8 = 6..7
        down B-C : 9 = 4 8
        """,
    )


@pytest.mark.xfail(strict=True, reason="the second total is told as a difference from the first")
def test_a_total_printed_twice() -> None:
    casts(
        """
        Service              | 2023-24 | 2024-25
        Home care            |  41,207 |  43,118
        Day care             |   9,364 |   8,951
        Fostering            |  12,718 |  12,846
        Net cost of services |  63,289 |  64,915
        Financed by:
        Council tax          |  40,102 |  41,377
        Grants               |  23,187 |  23,538
        Net cost of services |  63,289 |  64,915
        """,
        """
        down B-C : 5 = 2..4
        down B-C : 9 = 7..8
        down B-C : 9 = 5
        """,
    )


def test_lines_that_are_taken_off() -> None:
    casts(
        """
                          | 2023-24 | 2024-25
        Pay               |  41,207 |  43,118
        Premises          |   9,364 |   8,951
        Supplies          |   2,713 |   2,846
        Gross expenditure |  53,284 |  54,915
        Less: fees        |   8,128 |   8,533
        Less: grants      |   3,391 |   3,507
        Net expenditure   |  41,765 |  42,875
        """,
        """
        down B-C : 5 = 2..4
        down B-C : 8 = 5 -6 -7
        """,
    )


def test_lines_that_are_minus_in_their_own_sign() -> None:
    casts(
        """
                          | 2023-24 | 2024-25
        Pay               |  41,207 |  43,118
        Premises          |   9,364 |   8,951
        Gross expenditure |  50,571 |  52,069
        Fees              | (8,128) | (8,533)
        Grants            | (3,391) | (3,507)
        Net expenditure   |  39,052 |  40,029
        """,
        """
        down B-C : 4 = 2..3
        down B-C : 7 = 4 5 6
        """,
    )


def test_spending_less_income_each_with_its_own_total() -> None:
    casts(
        """
                       | 2023-24 | 2024-25
        Pay            |  41,207 |  43,118
        Premises       |   9,364 |   8,951
        Total spending |  50,571 |  52,069
        Fees           |   8,128 |   8,533
        Grants         |   3,391 |   3,507
        Total income   |  11,519 |  12,040
        Net            |  39,052 |  40,029
        """,
        """
        down B-C : 4 = 2..3
        down B-C : 7 = 5..6
        down B-C : 8 = 4 -7
        """,
    )


def test_a_list_of_balances() -> None:
    casts(
        """
        £000              | General fund | Reserves
        Opening balance   |       14,207 |   43,118
        Added in the year |        2,713 |    6,951
        Used in the year  |      (5,128) |  (3,507)
        Closing balance   |       11,792 |   46,562
        """,
        "down B-C : 5 = 2..4",
    )


def test_a_budget_movement_from_year_to_year() -> None:
    casts(
        """
                       |    Care | Schools | Parks
        2023-24 budget |  41,207 |   9,364 | 2,713
        Inflation      |   1,873 |     418 |    97
        Savings        | (2,391) |   (655) | (128)
        Growth         |   1,136 |       0 |     0
        2024-25 budget |  41,825 |   9,127 | 2,682
        """,
        "down B-D : 6 = 2..5",
    )


def test_minus_figures_and_a_total_that_is_nil() -> None:
    casts(
        """
              | Budget | Slippage
        Roof  | 16,728 |  (1,417)
        Hall  | 11,417 |    1,417
        Pool  |  2,911 |        -
        Total | 31,056 |        -
        """,
        """
        down B-C : 5 = 2..4
        """,
    )


def test_lines_below_the_grand_total_stand_outside_it() -> None:
    found = casts(
        """
                          | 2023-24 | 2024-25
        Care              |  41,207 |  43,118
        Schools           |   9,364 |   8,951
        Total             |  50,571 |  52,069
        Memo: staff costs |  22,719 |  23,046
        """,
        "down B-C : 4 = 2..3",
    )
    assert found.uncovered == ("B5", "C5")


def test_lines_that_are_nil_in_every_column() -> None:
    casts(
        """
                  | 2023-24 | 2024-25
        Care      |  41,207 |  43,118
        Libraries |       - |       0
        Schools   |   9,364 |   8,951
        Total     |  50,571 |  52,069
        """,
        "down B-C : 5 = 2 4",
    )


def test_a_total_that_leaves_out_a_line_printed_among_its_own() -> None:
    casts(
        """
                        | 2022-23 | 2023-24 | 2024-25
        Care            |  41,207 |  43,118 |  44,093
        Of which agency |   3,815 |   4,127 |   4,456
        Schools         |   9,364 |   8,951 |   8,782
        Parks           |   2,713 |   2,846 |   2,974
        Total           |  53,284 |  54,915 |  55,849
        """,
        "down B-D : 6 = 2 4 5",
    )


@pytest.mark.parametrize("word", ["Total", "TOTAL", "Cyfanswm", "Summe", "Oak", ""])
def test_no_word_is_needed(word: str) -> None:
    rows = rows_of(
        f"""
        | A | B | C
        Ash | 41,207 | 43,118 | 7,319
        Beech | 9,364 | 8,951 | 2,846
        Elm | 12,718 | 12,846 | 1,155
        {word} | 63,289 | 64,915 | 11,320
        """
    )
    found = cast(rows)
    assert [(one.total, one.terms) for one in found.relations] == [
        (f"{column}5", (f"+{column}2", f"+{column}3", f"+{column}4")) for column in "BCD"
    ]


def test_what_a_relation_says() -> None:
    printed = Decimal(53284)
    rows = rows_of(
        """
        | 2023-24 | 2024-25
        Care | 41,207 | 43,118
        Schools | 9,364 | 8,951
        Parks | 2,713 | 2,846
        Total | 53,284 | 54,815
        """
    )
    first, second = cast(rows).relations
    assert (first.stated, first.computed, first.difference) == (printed, printed, Decimal(0))
    assert (second.stated, second.difference) == (Decimal(54815), Decimal(100))
    assert (first.outcome, second.outcome) == ("agrees", "differs")
    assert "Total" in first.formula
    assert first.kind == "sum"
    assert 0 < first.confidence < 1
