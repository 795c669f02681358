"""Labels that state a formula by the names of other lines, and those that only look so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from cfbudget.casting.search.named_formulas import formulas_by_name
from tests.casting.kit.small_tables import rows_of

STATED = [
    "Net spending = Gross spending less income",
    "Gross spending minus income",
    "Net (gross spending - total income)",
    "Gross spending net of total income",
    "C. Gross spending, less income",
    "Gross spending excluding income",
]


def table(label: str, net: int, *, gross: int = 812, income: str = "317") -> list[list[str]]:
    return rows_of(
        f"""
        Line           | 2024-25
        Gross spending | {gross}
        Total income   | {income}
        {label}        | {net}
        """
    )


def said(found: Casting) -> set[str]:
    return {one.total for one in found.unproved} | {
        one.total for one in found.relations if one.outcome == "differs"
    }


@pytest.mark.parametrize("label", STATED)
def test_a_label_that_names_its_lines_is_the_formula(label: str) -> None:
    (made,) = cast(table(label, 495)).relations
    assert (made.total, set(made.terms), made.outcome) == ("B4", {"+B2", "-B3"}, "agrees")


@pytest.mark.parametrize("label", STATED)
def test_one_that_does_not_hold_is_listed(label: str) -> None:
    found = cast(table(label, 485))
    (listed,) = found.unproved
    assert (listed.total, listed.nearest) == ("B4", ("+B2", "-B3"))
    assert listed.difference == 10
    assert found.relations == ()


def test_income_that_bears_its_minus_is_added() -> None:
    (made,) = cast(table(STATED[0], 495, income="(317)")).relations
    assert (made.terms, made.outcome) == (("+B2", "+B3"), "agrees")
    assert said(cast(table(STATED[0], -495, income="(317)"))) == {"B4"}


def test_where_it_holds_in_one_column_it_differs_in_another() -> None:
    rows = [
        ["Line", "2024", "2025"],
        ["Schools", "123", "456"],
        ["Roads", "11", "23"],
        ["Parks", "45", "35"],
        ["Total", "179", "514"],
        ["Total excluding schools", "56", "59"],
    ]
    found = cast(rows)
    assert [one.total for one in found.relations if one.outcome == "differs"] == ["C6"]
    assert [one.cell for one in found.suspects] == ["C6"]


def test_a_heading_that_names_its_columns_is_the_formula() -> None:
    rows = rows_of(
        """
        Service | Gross | Income | Gross less income
        Roads   | 12    | 2      | 10
        Parks   | 13    | 5      | 8
        """
    )
    assert [one.terms for one in cast(rows).relations] == [("+B2", "-C2"), ("+B3", "-C3")]
    rows[2][3] = "9"
    assert said(cast(rows)) == {"D3"}


def test_lines_of_income_may_have_the_variance_the_other_way_round() -> None:
    rows = rows_of(
        """
        Service | Budget | Outturn | Variance (budget less outturn)
        Roads   | 12     | 13      | (1)
        Parks   | 15     | 11      | 4
        Fees    | 8      | 9       | 1
        Rates   | 18     | 11      | (7)
        """
    )
    assert said(cast(rows)) == set()


@pytest.mark.parametrize(
    "label",
    [
        "Gross spending less grants",  # of no line
        "Gross spending less fees",  # of two
        "Roads - income",  # a label of two parts
        "Less: income",
        "Less than one year",
        "Gross spending less income as a share of all",
    ],
)
def test_names_that_are_not_those_of_one_line_each_say_nothing(label: str) -> None:
    rows = rows_of(
        f"""
        Line           | 2024-25
        Gross spending | 812
        Roads          | 415
        Income         | 317
        Fees           | 205
        Fees           | 96
        {label}        | 733
        """
    )
    names = {at: [row[0]] for at, row in enumerate(rows) if at}
    assert list(formulas_by_name(names)) == []


def test_the_numbers_of_columns_are_no_names() -> None:
    rows = rows_of(
        """
        7       | 8         | 9              | 10
        Council | Tax 2024  | Less precepts  | Precepts
        Ashley  | 4,213,377 | 3,915,240      | 298,137
        Barton  | 1,877,019 | 1,520,911      | 356,108
        """
    )
    headings = {
        at: [f"{one} {other}", other] for at, (one, other) in enumerate(zip(*rows[:2], strict=True))
    }
    assert list(formulas_by_name(headings)) == []
    assert list(formulas_by_name({1: ["8 Tax"], 2: ["Precepts"], 3: ["8 less precepts"]})) == []
    assert said(cast(rows)) == set()


def test_nor_are_those_above_the_headings() -> None:
    rows = rows_of(
        """
        1       | 2           | 3           | 4             | 5
        2       | 3           | 4           | 5             | 6
        Council | Requirement | Precepts    | Less precepts | Levies
        Ashley  | 4,213,377   | 298,137     | 3,915,240     | 61,204
        Barton  | 1,877,019   | 356,108     | 1,520,911     | 12,117
        """
    )
    assert said(cast(rows)) == set()


def test_a_name_may_stand_for_a_total_only_where_no_line_has_it() -> None:
    rows = table("Gross spending less income", 485)
    rows.insert(2, ["Income", "250"])
    assert not any(
        one.total == "B5" and one.nearest == ("+B2", "-B4") for one in cast(rows).unproved
    )


@given(
    gross=st.lists(st.integers(1, 9_999), min_size=1, max_size=4),
    income=st.lists(st.integers(1, 9_999), min_size=4, max_size=4),
    bears=st.booleans(),
)
def test_no_right_formula_is_listed(gross: list[int], income: list[int], bears: bool) -> None:
    pairs = list(zip(gross, income, strict=False))
    rows = [
        ["Line", *(str(2021 + at) for at, _ in enumerate(pairs))],
        ["Gross", *(str(one) for one, _ in pairs)],
        ["Income", *(f"({one})" if bears else str(one) for _, one in pairs)],
        ["Gross less income", *(str(one - other) for one, other in pairs)],
    ]
    assert said(cast(rows)) == set()
