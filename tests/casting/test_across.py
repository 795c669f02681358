"""Totals and nets across the columns, in any order and in either sign."""

from decimal import Decimal

import pytest

from cfbudget.casting.casting import cast
from tests.casting.kit.small_tables import casts, rows_of


def test_net_is_gross_plus_income_in_brackets() -> None:
    casts(
        """
        Service |   Gross |   Income |    Net
        Care    |  77,523 | (13,380) | 64,143
        Schools |  41,207 | (19,364) | 21,843
        Parks   |   6,128 |  (2,713) |  3,415
        Total   | 124,858 | (35,457) | 89,401
        """,
        """
        across 2-4 : D = +B +C
        across 5 : D = +B +C
        down B-D : 5 = 2..4
        """,
    )


def test_net_is_gross_less_income() -> None:
    casts(
        """
        Service |   Gross | Income |    Net
        Care    |  77,523 | 13,380 | 64,143
        Schools |  41,207 | 19,364 | 21,843
        Parks   |   6,128 |  2,713 |  3,415
        Total   | 124,858 | 35,457 | 89,401
        """,
        """
        across 2-5 : D = +B -C
        down B-D : 5 = 2..4
        """,
    )


def test_income_in_brackets_that_is_over_the_gross() -> None:
    casts(
        """
        Service |  Gross |   Income |      Net
        Care    | 77,523 | (13,380) |   64,143
        Parking |  2,713 |  (6,128) |  (3,415)
        Grants  |      - | (19,364) | (19,364)
        Total   | 80,236 | (38,872) |   41,364
        """,
        """
        across 2-5 : D = +B +C
        down B-D : 5 = 2..4
        """,
    )


def test_a_blank_gross_is_nil_in_its_net() -> None:
    casts(
        """
        Service |  Gross |   Income |      Net
        Care    | 77,523 | (13,380) |   64,143
        Parking | 12,713 |  (6,128) |    6,585
        Grants  |        | (19,364) | (19,364)
        Total   | 90,236 | (38,872) |   51,364
        """,
        """
        across 2-5 : D = +B +C
        down B-D : 5 = 2..4
        """,
    )


def test_columns_of_funding_with_their_total() -> None:
    casts(
        """
        Scheme | Grant | Borrowing | Receipts | Section 106 |  Total
        Roof   | 1,204 |     3,718 |      260 |           - |  5,182
        Hall   | 4,415 |         - |    1,127 |         318 |  5,860
        Pool   |     - |     8,951 |      742 |       2,609 | 12,302
        Total  | 5,619 |    12,669 |    2,129 |       2,927 | 23,344
        """,
        """
        across 2-5 : F = B..E
        down B-F : 5 = 2..4
        """,
    )


def test_three_blocks_of_gross_income_and_net() -> None:
    casts(
        """
                | 2022-23 |         |       | 2023-24 |         |       | 2024-25 |         |
                |   Gross |  Income |   Net |   Gross |  Income |   Net |   Gross |  Income |   Net
        Care    |   4,207 |   (936) | 3,271 |   4,318 |   (991) | 3,327 |   4,493 | (1,047) | 3,446
        Schools |   2,718 | (1,284) | 1,434 |   2,346 | (1,315) | 1,031 |   2,371 | (1,348) | 1,023
        Parks   |     628 |   (271) |   357 |     653 |   (286) |   367 |     679 |   (295) |   384
        Total   |   7,553 | (2,491) | 5,062 |   7,317 | (2,592) | 4,725 |   7,543 | (2,690) | 4,853
        """,
        """
        across 3-6 : D = +B +C
        across 3-6 : G = +E +F
        across 3-6 : J = +H +I
        down B-J : 6 = 3..5
        """,
    )


def test_variances_the_other_way_round_in_some_rows() -> None:
    casts(
        """
                            | Budget | Actual | Favourable
                  Pay       | 41,207 | 39,364 |      1,843
                  Premises  |  9,118 |  9,951 |      (833)
                  Supplies  | 12,718 | 12,155 |        563
                  Transport |  6,533 |  6,917 |      (384)
                  Fees      |  8,128 |  8,533 |        405
                  Grants    | 23,571 | 22,046 |    (1,525)
                  Rents     |  5,719 |  5,864 |        145
        """,
        """
        across 2-5 : D = +B -C
        across 6-8 : D = -B +C
        """,
    )


def test_a_column_of_changes() -> None:
    casts(
        """
                        | 2023-24 | 2024-25 | Change
                Care    |  41,207 |  43,118 |  1,911
                Schools |   9,364 |   8,951 |   -413
                Parks   |   2,713 |   2,846 |    133
                Total   |  53,284 |  54,915 |  1,631
        """,
        """
        across 2-5 : D = -B +C
        down B-D : 5 = 2..4
        """,
    )


def test_a_change_that_is_printed_between_its_years() -> None:
    casts(
        """
                        | 2023-24 | Change | 2024-25
                Care    |  41,207 |  1,911 |  43,118
                Schools |   9,364 |  (413) |   8,951
                Parks   |   2,713 |    133 |   2,846
                Total   |  53,284 |  1,631 |  54,915
        """,
        """
        across 2-5 : C = -B +D
        down B-D : 5 = 2..4
        """,
    )


def test_subtotals_across_and_their_total() -> None:
    casts(
        """
                        |    Pay | Premises | Direct | Support | Capital | Indirect |  Total
                Care    | 41,207 |    9,364 | 50,571 |   2,713 |   1,136 |    3,849 | 54,420
                Schools | 22,718 |   12,846 | 35,564 |   6,128 |   3,391 |    9,519 | 45,083
                Parks   |  8,951 |    4,127 | 13,078 |   1,873 |     655 |    2,528 | 15,606
        """,
        """
        across 2-4 : D = B..C
        across 2-4 : G = E..F
        across 2-4 : H = D G
        """,
    )


BUDGETS = {
    "Gross": ("77,523", "41,207", "6,128", "124,858"),
    "Income": ("(13,380)", "(19,364)", "(2,713)", "(35,457)"),
    "Net": ("64,143", "21,843", "3,415", "89,401"),
}


@pytest.mark.parametrize("order", ["GIN", "GNI", "IGN", "ING", "NGI", "NIG"])
def test_columns_in_any_order(order: str) -> None:
    columns = [BUDGETS[name] for letter in order for name in BUDGETS if name[0] == letter]
    lines = [" | ".join(line) for line in zip(*columns, strict=True)]
    at = {letter: "BCD"[order.index(letter)] for letter in "GIN"}
    labels = ("Care", "Schools", "Parks", "Total")
    text = "\n".join(
        f"{label} | {line}"
        for label, line in zip(("", *labels), ("a | b | c", *lines), strict=True)
    )
    casts(
        text,
        f"across 2-5 : {at['N']} = {at['G']} {at['I']}\ndown B-D : 5 = 2..4",
    )


def test_a_total_before_its_columns() -> None:
    casts(
        """
        Scheme |  Total | 2024-25 | 2025-26 | 2026-27
        Roof   |  5,182 |   1,204 |   3,718 |     260
        Hall   |  8,433 |   4,415 |   2,891 |   1,127
        Pool   | 12,999 |   3,306 |   8,951 |     742
        """,
        "across 2-4 : B = C..E",
    )


def test_a_balance_brought_forward_with_its_movements() -> None:
    casts(
        """
        Reserve   | Opening |    In |      Out | Closing
        General   |  14,207 | 1,364 |  (3,713) |  11,858
        Insurance |   9,118 | 2,951 |    (155) |  11,914
        Schools   |  12,718 |     - |  (6,846) |   5,872
        Total     |  36,043 | 4,315 | (10,714) |  29,644
        """,
        """
        across 2-5 : E = B..D
        down B-E : 5 = 2..4
        """,
    )


def test_unrelated_columns_add_up_to_nothing() -> None:
    casts(
        """
        | Staff | Visits | Books
        North | 4,127 | 39,364 | 71,843
        East | 9,118 | 29,951 | 50,833
        South | 2,718 | 12,155 | 95,763
        West | 6,533 | 81,917 | 38,441
        """,
        "",
    )


def test_a_total_across_only_in_the_rows_that_state_it() -> None:
    casts(
        """
                        |    Pay |  Other |  Total
                Care    | 41,207 |  9,364 | 50,571
                Schools | 22,718 | 12,846 |    n/a
                Parks   |  8,951 |  4,127 |      .
                Roads   |  1,873 |  6,552 |
                Waste   |  3,391 |  2,713 |  6,104
                Ports   |  7,128 |  1,136 |  8,264
        """,
        "across 2,6-7 : D = B..C",
    )


@pytest.mark.parametrize(
    ("heading", "label"), [("Favourable (adverse)", "Line 4"), ("Variance", "Fees and charges")]
)
def test_the_one_line_of_income_may_have_its_variance_the_other_way_round(
    heading: str, label: str
) -> None:
    found = cast(
        rows_of(
            f"""
                      | Budget | Actual | {heading}
            Pay       | 49,490 | 49,826 | (336)
            Premises  | 77,133 | 76,367 | 766
            Supplies  | 62,503 | 62,134 | 369
            Transport | 26,132 | 26,700 | (568)
            {label}   | 73,041 | 73,116 | 75
            """
        )
    )
    assert [one.outcome for one in found.relations] == ["agrees"] * 5
    assert found.suspects == ()


def test_a_variance_with_the_wrong_sign_in_a_line_of_spending_differs() -> None:
    found = cast(
        rows_of(
            """
                      | Budget | Actual | Variance
            Pay       | 49,490 | 49,826 | (336)
            Premises  | 77,133 | 76,367 | 766
            Supplies  | 62,503 | 62,134 | 369
            Transport | 26,132 | 26,700 | (568)
            Roads     | 73,041 | 73,116 | 75
            """
        )
    )
    assert [one.total for one in found.relations if one.outcome == "differs"] == ["D6"]


def test_the_variance_of_income_that_no_word_tells_of_is_borne_out_by_their_sum() -> None:
    rows = rows_of(
        """
                       | Budget | Actual | Variance
        Pay            | 1,204  | 1,310  | 106
        Supplies       | 873    | 901    | 28
        Premises       | 412    | 399    | (13)
        Transport      | 2,117  | 2,240  | 123
        Council tax    | 3,310  | 3,401  | (91)
        Total variance |        |        | 153
        """
    )
    assert [one.outcome for one in cast(rows).relations] == ["agrees"] * 6
    rows[6][3] = "335"  # that of spending, with the variance of income as it would be
    assert [one.total for one in cast(rows).relations if one.outcome == "differs"] == ["D6"]


def with_court(forecast: str, variance: str, totals: str) -> list[list[str]]:
    """Variances as budget less forecast; two of the lines have no budget."""
    return rows_of(
        f"""
                  | Budget | Forecast   | Variance
        Pay       | 6,791  | 5,015      | 1,776
        Premises  | 2,204  | 3,729      | (1,525)
        Transport | -      | 470        | (470)
        Court     | -      | {forecast} | {variance}
        Supplies  | 660    | 362        | 298
        Total     | 9,655  | {totals}
        """
    )


def test_a_forecast_with_the_wrong_sign_is_no_variance_the_other_way_round() -> None:
    found = cast(with_court("1,059", "1,059", "8,517 | 1,138"))  # the total has it as a refund
    assert [one.total for one in found.relations if one.outcome == "differs"] == ["D5", "C7"]
    assert [(one.cell, one.suggested) for one in found.suspects] == [("C5", Decimal(-1059))]
    found = cast(with_court("1,059", "1,059", " | 1,138"))  # nothing bears the forecast out
    assert [one.total for one in found.relations if one.outcome == "differs"] == ["D5"]


def test_a_forecast_that_its_sum_bears_out_may_have_its_variance_the_other_way_round() -> None:
    rows = with_court("1,059", "1,059", "10,635 | 1,138")
    assert [one.total for one in cast(rows).relations if one.outcome == "differs"] == ["D7"]
    rows[5][2] = "863"  # an error elsewhere in the column does not accuse it
    wrong = [one.total for one in cast(rows).relations if one.outcome == "differs"]
    assert "C7" in wrong
    assert "D5" not in wrong
