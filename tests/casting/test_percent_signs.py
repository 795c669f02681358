"""The sign of a percentage of a minus amount: that of the quotient, or that of the variance."""

from decimal import Decimal

import pytest

from cfbudget.casting.book.cast_book import build_cast
from cfbudget.casting.casting import cast
from cfbudget.casting.read.printed_table import PrintedTable, row_of
from cfbudget.casting.report.cast_table import cast_tables
from cfbudget.casting.report.formula_words import cells_formula
from cfbudget.casting.results import Casting, Relation
from tests.casting.kit.small_tables import rows_of

FAVOURABLE = """
    Service             | Budget £000 | Outturn £000 | Variance £000 | Variance %
    Adult social care   | 101,230 | 103,412 | (2,182) | (2.2%)
    Children's services | 88,120 | 90,003 | (1,883) | (2.1%)
    Environment         | 45,310 | 44,120 | 1,190 | 2.6%
    Corporate           | 22,900 | 21,850 | 1,050 | 4.6%
    Net expenditure     | 257,560 | 259,385 | (1,825) | (0.7%)
    Funding             | (257,560) | (258,010) | 450 | 0.2%
    Net position        | - | 1,375 | (1,375) |
    """
CHANGES = """
    Service  | 2024    | 2025    | Change %
    Pay      | 4,512   | 4,712   | 4.4%
    Premises | 1,833   | 1,801   | (1.7%)
    Fees     | (2,118) | (2,010) | (5.1%)
    Grants   | (1,411) | (1,502) | 6.4%
    Net      | 2,816   | 3,001   | 6.6%
    """


def wrong(found: Casting) -> set[str]:
    differ = {one.total for one in found.relations if one.outcome == "differs"}
    return differ | {one.total for one in found.unproved}


def shares(found: Casting) -> dict[str, Relation]:
    return {one.total: one for one in found.relations if one.kind.startswith("percentage")}


@pytest.mark.parametrize("printed", ["0.2%", "(0.2%)"])
def test_a_share_of_a_minus_budget_has_its_sign_or_that_of_its_variance(printed: str) -> None:
    rows = rows_of(FAVOURABLE)
    rows[6][4] = printed
    found = cast(rows)
    assert wrong(found) == set()
    assert shares(found)["E7"].computed == Decimal(printed.strip("(%)")) * (
        -1 if printed.startswith("(") else 1
    )


def test_the_sign_of_a_share_of_a_plus_budget_is_the_variances() -> None:
    rows = rows_of(
        """
        Service  | Budget  | Outturn | Variance | %
        Pay      | 4,512   | 4,712   | 200      | 4.4%
        Premises | 1,833   | 1,801   | (32)     | 1.7%
        Supplies | 1,833   | 1,701   | (132)    | (7.2%)
        Fees     | (2,118) | (2,010) | 108      | 5.1%
        Grants   | (1,411) | (1,502) | (91)     | (6.4%)
        Net      | 4,649   | 4,702   | 53       | 1.1%
        """
    )
    assert wrong(cast(rows)) == {"E3"}
    rows[2][4] = "(1.7%)"
    assert wrong(cast(rows)) == set()


def test_a_wrong_digit_beside_a_minus_budget_is_one() -> None:
    rows = rows_of(FAVOURABLE)
    rows[6][4] = "0.8%"
    assert wrong(cast(rows)) == {"E7"}


def test_of_several_minus_amounts_the_one_with_another_sign_is_wrong() -> None:
    rows = rows_of(CHANGES)
    assert wrong(cast(rows)) == set()
    rows[3][3], rows[4][3] = "5.1%", "(6.4%)"
    assert wrong(cast(rows)) == set()
    rows[4:4] = [["Rents", "(3,118)", "(3,010)", "(3.5%)"]]
    rows[6][1:] = ["(302)", "(9)", ""]
    assert wrong(cast(rows)) == {"D5"}


def test_what_has_the_sign_of_its_whole_throughout_is_no_variance() -> None:
    rows = rows_of(
        """
        Service  | Budget  | Spent   | Spent %
        Pay      | 4,512   | 2,712   | 60.1%
        Premises | 1,833   | 1,401   | 76.4%
        Supplies | 3,920   | 2,101   | 53.6%
        Fees     | (2,118) | (1,010) | (47.7%)
        """
    )
    assert wrong(cast(rows)) == {"D5"}


def test_the_formula_says_the_sign_on_the_page_and_in_the_workbook() -> None:
    rows = tuple(row_of(row) for row in rows_of(FAVOURABLE))
    tables = cast_tables([PrintedTable("", rows)])
    share = shares(tables[0].casting)["E7"]
    assert cells_formula(share) == "E7 = −100 × D7 / B7"
    assert "−Funding" in share.formula
    build_cast(tables, "table.csv", "1.0")  # proves each formula against its stored result


NIL_BUDGET = """
    Service  | Budget | Forecast | Variance
    Pay      | 4,512  | 4,712    | (200)
    Premises | 1,833  | 1,801    | 32
    Supplies | 920    | 931      | (11)
    Fees     | -      | (500)    | 500
    Net      | 7,265  | 6,944    | 321
    """


def test_a_wrong_sign_is_no_favourable_variance_where_it_explains_a_total_as_well() -> None:
    rows = rows_of(NIL_BUDGET)
    assert wrong(cast(rows)) == set()
    rows[4][2] = "500"
    found = cast(rows)
    assert wrong(found) == {"C6", "D5"}
    assert [(one.cell, one.suggested) for one in found.suspects] == [("C5", Decimal(-500))]


def test_income_without_a_budget_has_the_variance_of_what_is_good() -> None:
    rows = rows_of(NIL_BUDGET)[:-1]
    rows[4][2] = "500"
    assert wrong(cast(rows)) == set()
