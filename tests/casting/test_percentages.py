"""Percentages: of a total, of another column, of what was there before."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.casting.casting import cast
from cfbudget.casting.search.percent_claims import PercentClaim, share_outcome, share_range
from cfbudget.casting.table.grid import read_grid
from tests.casting.kit.small_tables import casts


def test_of_one_total() -> None:
    casts(
        """
                |   £000 |      %
        Care    | 41,207 |  62.3%
        Schools |  9,364 |  14.2%
        Parks   |  2,718 |   4.1%
        Roads   | 12,846 |  19.4%
        Total   | 66,135 | 100.0%
        """,
        """
        down B : 6 = 2..5
        pctof 2-5 : C = B / B6
        down C : 6 = 2..5
        """,
    )


def test_without_a_sign_in_the_cells() -> None:
    casts(
        """
                |   £000 | % of total
        Care    | 41,207 |       62.3
        Schools |  9,364 |       14.2
        Parks   |  2,718 |        4.1
        Roads   | 12,846 |       19.4
        Total   | 66,135 |      100.0
        """,
        """
        down B : 6 = 2..5
        pctof 2-5 : C = B / B6
        down C : 6 = 2..5
        """,
    )


def test_before_the_total_that_prints_none() -> None:
    casts(
        """
                |   £000 |     %
        Care    | 41,207 | 62.3%
        Schools |  9,364 | 14.2%
        Parks   |  2,718 |  4.1%
        Roads   | 12,846 | 19.4%
        Total   | 66,135 |
        """,
        """
        down B : 6 = 2..5
        pctof 2-5 : C = B / B6
        """,
    )


def test_that_add_up_to_99_9() -> None:
    casts(
        """
                |    £000 |      %
        Care    |  33,331 |  33.3%
        Schools |  33,334 |  33.3%
        Parks   |  33,336 |  33.3%
        Total   | 100,001 | 100.0%
        """,
        """
        down B : 5 = 2..4
        pctof 2-4 : C = B / B5
        down C : 5 = 2..4
        """,
        rounding="C5",
    )


def test_of_the_total_of_their_section() -> None:
    casts(
        """
                  |   £000 |      %
        Home care | 41,207 |  77.3%
        Day care  |  9,364 |  17.6%
        Meals     |  2,718 |   5.1%
        Adults    | 53,289 | 100.0%
        Fostering | 12,846 |  57.4%
        Adoption  |  3,391 |  15.2%
        Families  |  6,128 |  27.4%
        Children  | 22,365 | 100.0%
        Council   | 75,654 |
        """,
        """
        down B : 5 = 2..4
        down B : 9 = 6..8
        down B : 10 = 5 9
        pctof 2-4 : C = B / B5
        pctof 6-8 : C = B / B9
        down C : 5 = 2..4
        down C : 9 = 6..8
        """,
    )


def test_of_another_column() -> None:
    casts(
        """
                | Budget |  Spent | % spent
        Care    | 41,207 | 31,118 |   75.5%
        Schools |  9,364 |  8,951 |   95.6%
        Parks   |  2,718 |  1,155 |   42.5%
        Total   | 53,289 | 41,224 |   77.4%
        """,
        """
        down B-C : 5 = 2..4
        pctof 2-5 : D = C / B
        """,
    )


def test_change_with_its_amount() -> None:
    casts(
        """
                | 2023-24 | 2024-25 | Change |     %
        Care    |  41,207 |  43,118 |  1,911 |  4.6%
        Schools |   9,364 |   8,951 |   -413 | -4.4%
        Parks   |   2,718 |   2,846 |    128 |  4.7%
        Total   |  53,289 |  54,915 |  1,626 |  3.1%
        """,
        """
        down B-D : 5 = 2..4
        across 2-5 : D = -B +C
        pctof 2-5 : E = D / B
        """,
    )


def test_change_without_its_amount() -> None:
    casts(
        """
                | 2023-24 | 2024-25 | % change
        Care    |  41,207 |  43,118 |     4.6%
        Schools |   9,364 |   8,951 |    -4.4%
        Parks   |   2,718 |   2,846 |     4.7%
        Roads   |  12,846 |  13,571 |     5.6%
        Total   |  66,135 |  68,486 |     3.6%
        """,
        """
        down B-C : 6 = 2..5
        change 2-6 : D = C / B
        """,
    )


def test_percentages_in_a_row() -> None:
    casts(
        """
                   |   Care | Schools | Parks |  Roads |  Total
        £000       | 41,207 |   9,364 | 2,718 | 12,846 | 66,135
        % of total |   62.3 |    14.2 |   4.1 |   19.4 |  100.0
        """,
        """
        across 2 : F = B..E
        across 3 : F = B..E
        share B3 = B2 / F2
        share C3 = C2 / F2
        share D3 = D2 / F2
        share E3 = E2 / F2
        """,
    )


def test_of_coarse_parts_within_their_rounding() -> None:
    casts(
        """
        £m      | Budget | Spent |     %
        Care    |   41.2 |  31.1 | 75.4%
        Schools |    9.4 |   8.9 | 94.3%
        Parks   |   12.7 |  11.2 | 88.2%
        Roads   |   27.5 |  13.3 | 48.4%
        Total   |   90.8 |  64.5 | 71.0%
        """,
        """
        down B-C : 6 = 2..5
        pctof 2-6 : D = C / B
        """,
        rounding="D2 D3",
    )


def test_out_of_a_nil_whole_is_not_told() -> None:
    casts(
        """
                | Budget |  Spent | % spent
        Care    | 41,207 | 31,118 |   75.5%
        Schools |  9,364 |  8,951 |   95.6%
        Grants  |      - |  1,318 |     n/a
        Parks   |  2,718 |  1,155 |   42.5%
        Total   | 53,289 | 42,542 |   79.8%
        """,
        """
        down B-C : 6 = 2..5
        pctof 2-3,5-6 : D = C / B
        """,
    )


def test_of_a_share_that_is_minus() -> None:
    casts(
        """
                | Budget | Variance |      %
        Care    | 41,207 |  (1,118) | (2.7%)
        Schools |  9,364 |      951 |  10.2%
        Parks   |  2,718 |    (155) | (5.7%)
        Roads   | 12,846 |    2,239 |  17.4%
        """,
        "pctof 2-5 : D = C / B",
    )


def test_a_wrong_percentage() -> None:
    casts(
        """
                | 2023-24 | 2024-25 | % change
        Care    |  41,207 |  43,118 |    4.64%
        Schools |   9,364 |   8,951 |   -4.41%
        Parks   |   2,718 |   2,846 |    5.61%
        Roads   |  12,846 |  13,571 |    5.64%
        Total   |  66,135 |  68,486 |    3.55%
        """,
        """
        down B-C : 6 = 2..5
        change 2-6 : D = C / B
        """,
        wrong="D4",
        suspects="D4=4.71",
    )


def test_percentages_of_nothing_printed_are_not_covered() -> None:
    found = casts(
        """
                |   £000 | Satisfied
        Care    | 41,207 |     71.3%
        Schools |  9,364 |     64.8%
        Parks   |  2,718 |     83.9%
        Total   | 53,289 |     70.2%
        """,
        "down B : 5 = 2..4",
    )
    assert found.uncovered == ("C2", "C3", "C4", "C5")


@pytest.mark.parametrize("sign", ["%", " %", "pc"])
def test_signs(sign: str) -> None:
    casts(
        f"""
                | Budget |  Spent |
        Care    | 41,207 | 31,118 | 75.5{sign}
        Schools |  9,364 |  8,951 | 95.6{sign}
        Parks   |  2,718 |  1,155 | 42.5{sign}
        """,
        "pctof 2-4 : D = C / B",
    )


def shares_of(random: Random, rows: int, places: int, how: str) -> list[list[str]]:
    """Amounts, each as a share of its budget, in per cent to some places, rounded or cut off."""
    table = [["Service", "Budget", "Spent", "% spent"]]
    step = Decimal(1).scaleb(-places)
    for at in range(rows):
        budget = random.randint(100_000, 900_000)
        spent = round(budget * random.uniform(0.4, 1.3))
        share = (Decimal(100 * spent) / budget).quantize(step, how)
        table.append([f"Service {at}", f"{budget:,}", f"{spent:,}", f"{share}"])
    return table


@pytest.mark.parametrize("how", [ROUND_DOWN, ROUND_HALF_UP])
@pytest.mark.parametrize("places", [0, 1, 2])
@pytest.mark.parametrize("seed", range(4))
def test_cut_off_as_well_as_rounded(how: str, places: int, seed: int) -> None:
    table = shares_of(Random(seed), 8, places, how)
    casting = cast(table)
    assert [relation.total for relation in casting.relations] == [f"D{row}" for row in range(2, 10)]
    assert not any(relation.outcome == "differs" for relation in casting.relations)
    assert not casting.suspects


@pytest.mark.parametrize("how", [ROUND_DOWN, ROUND_HALF_UP])
def test_a_wrong_one_among_those_cut_off(how: str) -> None:
    table = shares_of(Random(3), 9, 1, how)
    for off in (Decimal("0.3"), Decimal("-0.2")):
        wrong = [list(row) for row in table]
        wrong[4][3] = str(Decimal(wrong[4][3]) + off)
        assert [suspect.cell for suspect in cast(wrong).suspects] == ["D5"]


PARTS = st.sampled_from(["0", "5", "-5", "40", "33.3", "(66)", "100", "1,204", "-1,250.5"])


@given(PARTS, PARTS, st.integers(-3000, 3000), st.booleans(), st.booleans(), st.booleans())
def test_a_percentage_agrees_within_the_range_that_it_may_be_printed_in(
    part: str, whole: str, tenths: int, exact: bool, cut: bool, change: bool
) -> None:
    grid = read_grid([["Part", part], ["Whole", whole], ["Share", f"{Decimal(tenths) / 10:f}%"]])
    if len(grid.cells) < 3:
        return
    share = PercentClaim(
        "percentage change" if change else "percentage", (2, 1), (0, 1), (1, 1), cut
    )
    outcome, found = share_outcome(grid, share, exact=exact), share_range(grid, share, exact=exact)
    if outcome is None or found is None:
        assert outcome is None
        return
    least, most = found
    stated = grid.cells[2, 1].value
    assert (outcome != "differs") is (least <= stated <= most) or outcome == "agrees"
