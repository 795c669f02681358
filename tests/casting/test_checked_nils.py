"""Checks that print nil: what they check is held to be equal, and nothing else is."""

from decimal import Decimal

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from tests.casting.kit.small_tables import rows_of

FUNDED = """
                   | 2025/26 | 2026/27
    Adults         | 110,742 | 102,406
    Place          | 100,000 | 100,000
    Total spending | 210,742 | 202,406
    Council tax    | 200,742 | 192,394
    Grants         | 10,000  | 10,000
    Total funding  | 210,742 | 202,394
    Check          | 0       | 0
    """
CHECKS = [
    "Check",
    "Control",
    "Check total",
    "Balance check",
    "Check (should be nil)",
    "Difference (must be zero)",
    "Total spending less total funding (should be 0)",
]


def said(found: Casting) -> dict[str, Decimal]:
    differ = {
        one.total: one.difference or Decimal(0)
        for one in found.relations
        if one.outcome == "differs"
    }
    return differ | {one.total: one.difference for one in found.unproved}


@pytest.mark.parametrize("label", CHECKS)
@pytest.mark.parametrize("nil", ["0", "-", "nil"])
def test_a_check_of_two_totals_that_differ_is_listed(label: str, nil: str) -> None:
    rows = rows_of(FUNDED)
    rows[-1] = [label, nil, nil]
    assert said(cast(rows)) == {"C8": Decimal(12)}


@pytest.mark.parametrize("label", CHECKS)
def test_one_that_holds_is_a_relation(label: str) -> None:
    rows = rows_of(FUNDED)
    rows[-1][0], rows[4][2], rows[6][2] = label, "192,406", "202,406"
    found = cast(rows)
    assert said(found) == {}
    assert found.uncovered == ()


@pytest.mark.parametrize("label", CHECKS)
def test_so_is_one_in_a_lone_column(label: str) -> None:
    rows = [[*row[:1], *row[2:]] for row in rows_of(FUNDED)]
    rows[-1][0] = label
    found = said(cast(rows))
    assert set(found) == {"B8"}
    rows[4][1], rows[6][1] = "192,406", "202,406"
    assert said(cast(rows)) == {}


def test_funding_that_bears_a_minus_is_added() -> None:
    rows = rows_of(FUNDED)
    for row in rows[4:7]:
        row[1:] = [f"({cell})" for cell in row[1:]]
    assert said(cast(rows)) == {"C8": Decimal(12)}


def test_the_line_and_the_total_right_above_a_check_are_what_it_checks() -> None:
    rows = rows_of(
        """
                            | £
        Invoices            | 12,345
        Credit notes        | (311)
        Ledger total        | 12,034
        Per control account | 12,043
        Check               | 0
        """
    )
    assert said(cast(rows)) == {"B6": Decimal(-9)}
    rows[4][1] = "12,034"
    assert said(cast(rows)) == {}


def test_so_are_the_only_two_lines() -> None:
    rows = rows_of(
        """
                 | £
        Spending | 210,742
        Funding  | 210,730
        Check    | -
        """
    )
    assert said(cast(rows)) == {"B4": Decimal(12)}


def test_a_column_that_is_a_check_is_held_to_the_two_that_are_alike() -> None:
    rows = rows_of(
        """
        Service | Spending | Funding | Check
        Adults  | 110,742  | 110,742 | 0
        Place   | 100,311  | 100,211 | 0
        Waste   | 20,411   | 20,411  | 0
        """
    )
    assert said(cast(rows)) == {"D3": Decimal(100)}
    rows[2][2] = "100,311"
    assert said(cast(rows)) == {}


@pytest.mark.parametrize(
    "label", ["Check to ledger", "Check digit", "Variance", "Balance", "Difference", "Other"]
)
def test_what_is_no_check_of_the_table_accuses_nothing(label: str) -> None:
    rows = rows_of(FUNDED)
    rows[-1][0] = label
    assert said(cast(rows)) == {}


def test_totals_that_are_far_apart_are_not_meant() -> None:
    rows = rows_of(FUNDED)
    rows[4:7] = [
        ["Homes", "1,204", "1,310"],
        ["Flats", "305", "402"],
        ["Total homes", "1,509", "1,712"],
    ]
    assert said(cast(rows)) == {}


def test_totals_of_two_years_are_not_meant() -> None:
    rows = rows_of(FUNDED)
    rows[3][0], rows[6][0] = "Total last year", "Total this year"
    assert said(cast(rows)) == {}
    rows[3][0], rows[6][0] = "Total 2024", "Total 2025"
    assert said(cast(rows)) == {}


def test_two_lines_of_a_list_are_not_meant() -> None:
    rows = rows_of(
        """
                    | £
        Staff       | 412,311
        Council tax | 105,012
        Grants      | 104,911
        Check       | 0
        """
    )
    assert said(cast(rows)) == {}


def test_rounding_may_lie_between_what_a_check_is_of() -> None:
    rows = rows_of(
        """
                       | 2025/26 | 2026/27
        Adults         | 110.7   | 102.4
        Place          | 100.1   | 100.3
        Total spending | 210.8   | 202.7
        Council tax    | 200.4   | 192.4
        Grants         | 10.3    | 10.4
        Total funding  | 210.7   | 202.8
        Check          | 0.0     | 0.0
        """
    )
    assert said(cast(rows)) == {}
