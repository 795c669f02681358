"""Running differences: what a line is in one period, from what another is in two."""

from tests.casting.kit.small_tables import casts


def test_annual_gaps_of_a_cumulative_one_in_rows() -> None:
    found = casts(
        """
        £m             | 2024-25 | 2025-26 | 2026-27 | 2027-28
        Cumulative gap |  16.728 |  31.417 |  54.911 |  72.003
        Annual gap     |  16.728 |  14.689 |  23.494 |  17.092
        """,
        """
        cell B3 = B2
        cell C3 = C2 -B2
        cell D3 = D2 -C2
        cell E3 = E2 -D2
        """,
    )
    assert {one.kind for one in found.relations} == {"running"}


def test_annual_gaps_of_a_cumulative_one_in_columns() -> None:
    casts(
        """
                | Cumulative | In the year
        2024-25 |     16,728 |      16,728
        2025-26 |     31,417 |      14,689
        2026-27 |     54,911 |      23,494
        2027-28 |     72,003 |      17,092
        """,
        """
        cell C2 = B2
        cell C3 = B3 -B2
        cell C4 = B4 -B3
        cell C5 = B5 -B4
        """,
    )


def test_annual_gaps_above_the_cumulative_one() -> None:
    casts(
        """
        £000       | 2024-25 | 2025-26 | 2026-27 | 2027-28
        Annual     |  16,728 |  14,689 |  23,494 |  17,092
        Cumulative |  16,728 |  31,417 |  54,911 |  72,003
        """,
        """
        cell B2 = B3
        cell C2 = C3 -B3
        cell D2 = D3 -C3
        cell E2 = E3 -D3
        """,
    )


def test_cumulative_by_quarter() -> None:
    casts(
        """
                 |    Q1 |    Q2 |     Q3 |     Q4
        Receipts | 4,128 | 3,954 |  5,217 |  4,806
        To date  | 4,128 | 8,082 | 13,299 | 18,105
        """,
        """
        cell B2 = B3
        cell C2 = C3 -B3
        cell D2 = D3 -C3
        cell E2 = E3 -D3
        """,
    )


def test_a_gap_from_spending_and_funding_and_what_it_grows_by() -> None:
    casts(
        """
        £000           | 2024-25 | 2025-26 | 2026-27 | 2027-28
        Spending       | 241,207 | 253,118 | 266,093 | 277,464
        Funding        | 236,114 | 238,951 | 241,702 | 245,833
        Cumulative gap |   5,093 |  14,167 |  24,391 |  31,631
        Annual gap     |   5,093 |   9,074 |  10,224 |   7,240
        """,
        """
        down B-E : 4 = 2 -3
        cell B5 = B4
        cell C5 = C4 -B4
        cell D5 = D4 -C4
        cell E5 = E4 -D4
        """,
    )


def test_the_opening_balance_is_last_years_closing() -> None:
    casts(
        """
        £000            | 2024-25 | 2025-26 | 2026-27 | 2027-28
        Opening balance |  14,207 |  11,858 |  13,431 |   9,874
        Added           |   1,364 |   2,951 |   1,126 |   2,238
        Used            | (3,713) | (1,378) | (4,683) | (2,945)
        Closing balance |  11,858 |  13,431 |   9,874 |   9,167
        """,
        """
        down B-E : 5 = 2..4
        cell C2 = B5
        cell D2 = C5
        cell E2 = D5
        """,
    )


def test_the_opening_balance_of_two_years() -> None:
    casts(
        """
        £000            | 2024-25 | 2025-26
        Opening balance |  14,207 |  11,858
        Added           |   1,364 |   2,951
        Used            | (3,713) | (1,378)
        Closing balance |  11,858 |  13,431
        """,
        """
        down B-C : 5 = 2..4
        cell C2 = B5
        """,
    )


def test_a_wrong_annual_gap() -> None:
    casts(
        """
        £000           | 2023-24 | 2024-25 | 2025-26 | 2026-27 | 2027-28
        Cumulative gap |   9,241 |  16,728 |  31,417 |  54,911 |  72,003
        Annual gap     |   9,241 |   7,487 |  14,698 |  23,494 |  17,092
        """,
        """
        cell B3 = B2
        cell C3 = C2 -B2
        cell D3 = D2 -C2
        cell E3 = E2 -D2
        cell F3 = F2 -E2
        """,
        wrong="D3",
        suspects="D3=14,689",
    )


def test_a_short_annual_gap_of_the_other_sign() -> None:
    casts(
        """
        £000           | 2026-27 | 2027-28 | 2028-29 | 2029-30
        Cumulative gap |   2,133 |   4,301 |   5,735 |   5,585
        Annual gap     |   2,133 |   2,168 |   1,434 |     150
        """,
        """
        cell B3 = B2
        cell C3 = C2 -B2
        cell D3 = D2 -C2
        cell E3 = E2 -D2
        """,
        wrong="E3",
        suspects="E3=-150",
    )


def test_a_wrong_cumulative_gap_is_met_by_two_annual_ones() -> None:
    casts(
        """
        £000           | 2023-24 | 2024-25 | 2025-26 | 2026-27 | 2027-28 | 2028-29
        Cumulative gap |   9,241 |  16,728 |  37,417 |  54,911 |  72,003 |  80,519
        Annual gap     |   9,241 |   7,487 |  14,689 |  23,494 |  17,092 |   8,516
        """,
        """
        cell B3 = B2
        cell C3 = C2 -B2
        cell D3 = D2 -C2
        cell E3 = E2 -D2
        cell F3 = F2 -E2
        cell G3 = G2 -F2
        """,
        wrong="D3 E3",
        suspects="D2=31,417",
    )


def test_an_opening_balance_that_is_not_last_years_closing() -> None:
    """Both are borne out by the sums of their own years: they differ, and nobody is named."""
    casts(
        """
        £000            | 2023-24 | 2024-25 | 2025-26 | 2026-27 | 2027-28
        Opening balance |  15,118 |  14,207 |  11,858 |  13,413 |   9,856
        Added           |   2,206 |   1,364 |   2,951 |   1,126 |   2,238
        Used            | (3,117) | (3,713) | (1,378) | (4,683) | (2,945)
        Closing balance |  14,207 |  11,858 |  13,431 |   9,856 |   9,149
        """,
        """
        down B-F : 5 = 2..4
        cell C2 = B5
        cell D2 = C5
        cell E2 = D5
        cell F2 = E5
        """,
        wrong="E2",
    )
