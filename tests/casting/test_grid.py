"""What of a printed table is a figure, a label or a heading, as far as it adds up."""

from decimal import Decimal

import pytest

from cfbudget.addresses import cell_name
from cfbudget.casting.casting import cast
from cfbudget.casting.table.grid import read_grid
from tests.casting.kit.small_tables import casts, rows_of


def test_headings_of_two_rows() -> None:
    casts(
        """
                | 2023-24 |         | 2024-25 |
                |  Budget | Outturn |  Budget | Outturn
        Care    |  41,207 |  42,519 |  43,118 |  43,907
        Schools |   9,364 |   9,218 |   8,951 |   8,734
        Parks   |   2,718 |   2,655 |   2,846 |   3,012
        Total   |  53,289 |  54,392 |  54,915 |  55,653
        """,
        "down B-E : 6 = 3..5",
    )


def test_a_row_of_units() -> None:
    casts(
        """
        Service |   Gross |   Income |    Net
                |    £000 |     £000 |   £000
        Care    |  77,523 | (13,380) | 64,143
        Schools |  41,207 | (19,364) | 21,843
        Total   | 118,730 | (32,744) | 85,986
        """,
        """
        across 3-5 : D = +B +C
        down B-D : 5 = 3..4
        """,
    )


def test_a_title_above_and_notes_below() -> None:
    casts(
        """
        Table 7: Spending by service 2024-25
        £000     | 2023-24 | 2024-25
        Care (1) |  41,207 |  43,118
        Schools* |   9,364 |   8,951
        Parks    |   2,718 |  2,846*
        Total    |  53,289 |  54,915
        (1) Of which £3,815,000 is met by the NHS in 2023-24.
        * Restated.
        Source: revenue outturn 2025
        """,
        "down B-C : 6 = 3..5",
    )


def test_years_above_the_columns() -> None:
    casts(
        """
                |   2023 |   2024 |   2025
        Care    | 41,207 | 43,118 | 44,093
        Schools |  9,364 |  8,951 |  8,782
        Total   | 50,571 | 52,069 | 52,875
        """,
        "down B-D : 4 = 2..3",
    )


@pytest.mark.parametrize("numbers", ["1 | 2 | 3", "(1) | (2) | (3)", "0 | 1 | 2"])
def test_columns_that_are_numbered(numbers: str) -> None:
    casts(
        f"""
        Service | Gross | Income | Net
        | {numbers}
        Care | 77,523 | (13,380) | 64,143
        Schools | 41,207 | (19,364) | 21,843
        Total | 118,730 | (32,744) | 85,986
        """,
        """
        across 3-5 : D = +B +C
        down B-D : 5 = 3..4
        """,
    )


@pytest.mark.parametrize(
    "first",
    [
        ("Ref", "1", "2", "3", ""),
        ("Ref", "A1", "A2", "B1", ""),
        ("Ref", "1.1", "1.2", "2.1", ""),
        ("Code", "40112", "40310", "50217", ""),
        ("Code", "0071", "0072", "0131", ""),
        ("From", "2021", "2022", "2022", ""),
    ],
    ids=" ".join,
)
def test_a_column_of_references_years_or_codes(first: tuple[str, ...]) -> None:
    casts(
        f"""
        {first[0]} | Scheme | 2024-25 | 2025-26 | Total
        {first[1]} | Roof | 1,204 | 3,718 | 4,922
        {first[2]} | Hall | 4,415 | 2,891 | 7,306
        {first[3]} | Pool | 3,306 | 8,951 | 12,257
        {first[4]} | Total | 8,925 | 15,560 | 24,485
        """,
        """
        across 2-5 : E = C..D
        down C-E : 5 = 2..4
        """,
    )


def test_years_as_labels() -> None:
    casts(
        """
        Year |  Grant |   Tax |  Total
        2022 | 41,207 | 9,364 | 50,571
        2023 | 43,118 | 8,951 | 52,069
        2024 | 44,093 | 8,782 | 52,875
        """,
        "across 2-4 : D = B..C",
    )


def test_labels_in_the_middle() -> None:
    casts(
        """
        2023-24 |    £000 | 2024-25
        41,207  |    Care |  43,118
        9,364   | Schools |   8,951
        2,718   |   Parks |   2,846
        53,289  |   Total |  54,915
        """,
        """
        down A : 5 = 2..4
        down C : 5 = 2..4
        """,
    )


def test_labels_behind() -> None:
    casts(
        """
        2023-24 | 2024-25 |
        41,207  |  43,118 |    Care
        9,364   |   8,951 | Schools
        2,718   |   2,846 |   Parks
        53,289  |  54,915 |   Total
        """,
        "down A-B : 5 = 2..4",
    )


def test_no_labels_and_no_headings() -> None:
    casts(
        """
        41,207 | 43,118 | 44,093
        9,364  |  8,951 |  8,782
        2,718  |  2,846 |  2,974
        53,289 | 54,915 | 55,849
        """,
        "down A-C : 4 = 1..3",
    )


def test_labels_of_two_columns() -> None:
    casts(
        """
        Directorate    |   Service | 2023-24 | 2024-25
        Adults         | Home care |  41,207 |  43,118
                       |  Day care |   9,364 |   8,951
        Adults total   |           |  50,571 |  52,069
        Children       | Fostering |  12,718 |  12,846
                       |  Adoption |   3,391 |   3,507
        Children total |           |  16,109 |  16,353
        Total          |           |  66,680 |  68,422
        """,
        """
        down C-D : 4 = 2..3
        down C-D : 7 = 5..6
        down C-D : 8 = 4 7
        """,
    )


def test_rows_of_headings_blank_rows_and_a_blank_column() -> None:
    casts(
        """
                  | 2023-24 |  | 2024-25
        Adults    |         |  |
        Home care |  41,207 |  |  43,118
        Day care  |   9,364 |  |   8,951
                  |         |  |
        Children  |         |  |
        Fostering |  12,718 |  |  12,846
                  |         |  |
        Total     |  63,289 |  |  64,915
        """,
        """
        down B : 9 = 3..4 7
        down D : 9 = 3..4 7
        """,
    )


def test_places_that_differ_within_a_column() -> None:
    casts(
        """
        £m | 2023-24 | 2024-25
        Care | 41.2 | 43.118
        Schools | 9.36 | 8.9
        Parks | 12 | 12.85
        Total | 62.56 | 64.868
        """,
        "down B-C : 5 = 2..4",
    )


def test_millions_and_thousands_in_the_cells() -> None:
    found = casts(
        """
        | Budget | Spent
        Roof | £1.2m | £0.9m
        Hall | £350k | £275k
        Pool | £2.45m | £1.875m
        Total | £4.0m | £3.05m
        """,
        "down B-C : 5 = 2..4",
    )
    assert not found.suspects


def test_pounds_beside_millions_agree_within_the_rounding_of_the_millions() -> None:
    rows = rows_of(
        """
        | Budget
        Roof | £1,213,450
        Hall | £2,618,120
        Pool | £3,455,990
        Total | £7.3m
        """
    )
    assert read_grid(rows).cells[(4, 1)].step == 100_000
    (total,) = cast(rows).relations
    assert (total.total, total.terms) == ("B5", ("+B2", "+B3", "+B4"))
    assert (total.outcome, total.difference) == ("rounding", Decimal(-12_440))


def test_millions_that_rounding_does_not_explain() -> None:
    rows = rows_of(
        """
        | Budget | Spent | Left
        Roof | £1,213,450 | £1,108,212 | £105,238
        Hall | £2,618,120 | £1,944,671 | £673,449
        Pool | £3,455,990 | £3,218,703 | £237,287
        Total | £7.4m | £6.3m | £1.0m
        """
    )
    differing = [one.total for one in cast(rows).relations if one.outcome == "differs"]
    assert differing == ["B5"]


def test_bullets_in_labels_are_no_minus() -> None:
    casts(
        """
                    | 2023-24 | 2024-25
        - Home care |  41,207 |  43,118
        - Day care  |   9,364 |   8,951
        - Under 65s |   2,718 |   2,846
        Adults      |  53,289 |  54,915
        """,
        "down B-C : 5 = 2..4",
    )


def test_labels_with_figures_in_them() -> None:
    casts(
        """
                 | 2023-24 | 2024-25
        16 to 17 |  41,207 |  43,118
        18-24    |   9,364 |   8,951
        65+      |   2,718 |   2,846
        All ages |  53,289 |  54,915
        """,
        "down B-C : 5 = 2..4",
    )


@pytest.mark.parametrize("cell", ["n/a", ".", "", "tbc", "see note 3"])
def test_a_total_that_is_not_stated_is_not_wrong(cell: str) -> None:
    casts(
        f"""
        | 2022-23 | 2023-24 | 2024-25
        Care | 41,207 | 43,118 | 44,093
        Schools | 9,364 | 8,951 | 8,782
        Parks | 2,718 | 2,846 | 2,974
        Total | 53,289 | {cell} | 55,849
        """,
        """
        down B : 5 = 2..4
        down D : 5 = 2..4
        """,
    )


@pytest.mark.parametrize("cell", ["n/a", ".", "", "-", "–", "0", "nil", "tbc"])
def test_a_line_that_is_not_stated_is_nil_in_its_total(cell: str) -> None:
    casts(
        f"""
        | 2022-23 | 2023-24 | 2024-25
        Care | 41,207 | 43,118 | 44,093
        Schools | 9,364 | {cell} | 8,782
        Parks | 2,718 | 2,846 | 2,974
        Total | 53,289 | 45,964 | 55,849
        """,
        "down B-D : 5 = 2..4",
    )


@pytest.mark.parametrize("cell", ["-", "0", "0.0"])
def test_a_total_of_nil_is_stated(cell: str) -> None:
    casts(
        f"""
        | 2022-23 | 2023-24 | 2024-25
        Care | 41,207 | 43,118 | 44,093
        Schools | 9,364 | 8,951 | 8,782
        Parks | 2,718 | 2,846 | 2,974
        Total | 53,289 | {cell} | 55,849
        """,
        "down B-D : 5 = 2..4",
        wrong="C5",
        suspects="C5=54,915",
    )


def test_minus_in_every_style() -> None:
    casts(
        """
        | 2022-23 | 2023-24 | 2024-25 | 2025-26
        Care | 41,207 | 43,118 | 44,093 | 45,276
        Fees | (9,364) | -8,951 | 8,782- | −8,613
        Parks | 2,718 | 2,846 | 2,974 | 3,105
        Total | 34,561 | 37,013 | 38,285 | 39,768
        """,
        "down B-E : 5 = 2..4",
    )


def test_signs_of_change_and_of_money() -> None:
    casts(
        """
        | 2023-24 | Change | 2024-25
        Care | £41,207 | +£1,911 | £43,118
        Schools | £9,364 | -£413 | £8,951
        Parks | £2,718 | +£128 | £2,846
        Roads | £3,391 | +£0 | £3,391
        """,
        "across 2-5 : C = -B +D",
    )


def test_a_name_that_is_a_year_and_figures_that_look_like_years() -> None:
    casts(
        """
                | 2023-24 | 2024-25
        Care    |   2,018 |   1,998
        Schools |   1,964 |   2,051
        Parks   |   2,031 |   1,987
        Total   |   6,013 |   6,036
        """,
        "down B-C : 5 = 2..4",
    )


def test_plain_figures_that_are_years_by_chance() -> None:
    casts(
        """
        | Boys | Girls | Pupils
        North | 2018 | 1998 | 4016
        South | 1964 | 2051 | 4015
        East | 2031 | 1987 | 4018
        Total | 6013 | 6036 | 12049
        """,
        """
        across 2-5 : D = B..C
        down B-D : 5 = 2..4
        """,
    )


ERRORS = ["#REF!", "#DIV/0!", "#NAME?", "#VALUE!", "#BEZUG!", "#¡REF!", "Err:502"]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("at", [(0, 1), (1, 0), (2, 0), (3, 0), (4, 0), (2, 1)])
def test_an_error_of_a_spreadsheet_is_named_wherever_it_stands(
    error: str, at: tuple[int, int]
) -> None:
    rows = [["Service", "2024", "2025", "All"], ["Care", "1200", "1300", "2500"]]
    rows += [["Roads", "300", "400", "700"], ["Total", "1500", "1700", "3200"], ["", ""]]
    rows[at[0]][at[1]] = error
    casting = cast(rows)
    assert [(s.cell, s.stated) for s in casting.suspects] == [
        (cell_name(at[0] + 1, at[1] + 1), error)
    ]


@pytest.mark.parametrize("text", ["#N/A", "#1 priority", "# Care", "Error: none", "#hashtag"])
def test_what_is_no_error_is_not_named(text: str) -> None:
    rows = [["Service", "2024", "2025", "All"], [text, "1200", "1300", "2500"]]
    rows += [["Roads", "300", "400", "700"], ["Total", "1500", "1700", "3200"]]
    assert cast(rows).suspects == ()


def test_errors_apart_from_the_table_are_said_and_accuse_nobody() -> None:
    rows = [["Service", "2024"], ["Care", "41207"], ["Roads", "9364"], ["Total", "50571"]]
    rows += [[]] * 3 + [["", "Section:"], ["#REF!", "#REF!"]]
    assert cast(rows).suspects == ()
    assert read_grid(rows).remarks == (
        "2 cells apart from the table show a spreadsheet's error: A9, B9",
    )


@pytest.mark.parametrize(
    ("label", "glued"),
    [
        ("Income 1,234", True),
        ("Income £12.50", True),
        ("Fees (1,234,567)", True),
        ("Section 106", False),
        ("Year to 31 March 2024", False),
        ("Band D", False),
        ("1,234", False),
    ],
)
def test_figures_inside_labels_are_said(label: str, glued: bool) -> None:
    rows = [["Service", "2023", "2024"], ["Care", "41207", "42310"], [label, "", "9364"]]
    rows += [["Roads", "2718", "3141"], ["Total", "45159", "54815"]]
    said = "1 figure stands inside a label and was not read: A3"
    assert read_grid(rows).remarks == ((said,) if glued else ())
