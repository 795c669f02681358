"""What several revenue years come to, on plans small enough to check by hand. In £000."""

import pytest

from cfbudget.calculate.other_movements import other_movements
from cfbudget.calculate.position import opening_years, position_amounts
from cfbudget.calculate.services import ServiceNode, service_tree
from cfbudget.years import FinancialYear
from tests.kit.small_plans import (
    FIRST,
    NESTED,
    ON_THE_PARENT,
    SECOND,
    THIRD,
    THOUSAND,
    opening,
    options,
    revenue,
    years_of,
)
from tests.kit.support import plan_of

# -- several revenue years ------------------------------------------------------------------


def one_service(net: int, year: str, contains: str) -> dict[str, str]:
    return revenue(f"  - {{id: roads, name: Roads, net: {net}}}\n", year, contains)


SALT = """\
  - service: roads
    options:
      - id: salt
        name: Salt
        kind: investment
        status: new
        changes: {2024-25: 3, 2025-26: 20, 2026-27: 100}
"""


def test_two_revenue_years() -> None:
    plan = plan_of(
        {
            **one_service(50, "2024-25", "2024-25"),
            **one_service(75, "2025-26", "2024-25, 2025-26"),
            **options(SALT),
        }
    )
    amounts = position_amounts(plan).amounts
    # 50 less 3; from 2025-26 on, 75 less 3 and 20.
    assert opening_years(plan) == {FIRST: None, SECOND: SECOND, THIRD: SECOND}
    assert opening(amounts, "roads") == 47
    assert opening(amounts, "roads", SECOND) == 52
    assert years_of(plan, amounts, "roads", "net_budget") == [50, 75, 175]
    (moved,) = other_movements(plan)
    assert (moved.service, moved.name, moved.year) == ("roads", "Roads", SECOND)
    assert (moved.projected, moved.budget) == (70 * THOUSAND, 75 * THOUSAND)
    assert moved.other == 5 * THOUSAND


def test_three_revenue_years_each_against_the_one_before() -> None:
    plan = plan_of(
        {
            **one_service(50, "2024-25", "2024-25"),
            **one_service(70, "2025-26", "2024-25, 2025-26"),
            **one_service(160, "2026-27", "2024-25, 2025-26, 2026-27"),
            **options(SALT),
        }
    )
    # 2025-26 is as projected; 2026-27 was to be 70 and 100.
    (moved,) = other_movements(plan)
    assert (moved.year, moved.projected, moved.other) == (THIRD, 170 * THOUSAND, -10 * THOUSAND)
    amounts = position_amounts(plan).amounts
    assert [opening(amounts, "total", year) for year in (None, SECOND, THIRD)] == [47, 47, 37]
    assert years_of(plan, amounts, "total", "net_budget") == [50, 70, 160]


def test_a_reversal_that_the_later_budget_contains_is_projected() -> None:
    """A one-off of 3 in the first budget is gone from the second."""
    one_off = SALT.replace("kind:", "recurs: false\n        kind:")
    one_off = one_off.replace("2025-26: 20, 2026-27: 100", "2025-26: 0")
    plan = plan_of(
        {
            **one_service(50, "2024-25", "2024-25"),
            **one_service(48, "2025-26", "2024-25, 2025-26"),
            **options(one_off),
        }
    )
    (moved,) = other_movements(plan)
    assert (moved.projected, moved.other) == (47 * THOUSAND, THOUSAND)
    amounts = position_amounts(plan).amounts
    assert [opening(amounts, "roads", year) for year in (None, SECOND)] == [47, 48]
    assert years_of(plan, amounts, "roads", "net_budget") == [50, 48, 48]


def test_a_later_budget_that_contains_nothing_is_an_opening() -> None:
    plan = plan_of(
        {
            **one_service(50, "2024-25", "2024-25"),
            **one_service(47, "2025-26", ""),
            **options(SALT),
        }
    )
    # It is compared with the budget before the plan, which is what it says it is.
    assert other_movements(plan) == ()
    amounts = position_amounts(plan).amounts
    assert years_of(plan, amounts, "roads", "net_budget") == [50, 70, 170]


def test_movements_without_options_are_the_whole_difference() -> None:
    plan = plan_of({**one_service(50, "2024-25", ""), **one_service(45, "2025-26", "")})
    (moved,) = other_movements(plan)
    assert (moved.projected, moved.budget, moved.other) == (
        50 * THOUSAND,
        45 * THOUSAND,
        -5 * THOUSAND,
    )


def test_an_option_of_a_parent_is_projected_on_the_parent_as_a_whole() -> None:
    """Which service within it carries the saving, nobody says: they are compared together."""
    later = NESTED.replace("gross: 100, income: -20", "gross: 97, income: -20").replace(
        "id: roads, name: Roads, gross: 50", "id: roads, name: Roads, gross: 51"
    )
    block = ON_THE_PARENT.replace("2025-26: 10", "2025-26: 2")
    plan = plan_of(
        {
            **revenue(NESTED),
            **revenue(later, "2025-26", "2024-25, 2025-26"),
            **options(block),
        }
    )
    # People: 136, then -4 for the review and 2 for Care; the budget went down by 3.
    found = {
        moved.service: (moved.projected // THOUSAND, moved.other // THOUSAND)
        for moved in other_movements(plan)
    }
    assert found == {"people": (134, -1), "roads": (50, 1)}


def test_services_within_a_parent_without_options_move_one_by_one() -> None:
    later = NESTED.replace("gross: 10, income: -4", "gross: 12, income: -4").replace(
        "gross: 200, income: -150", "gross: 200, income: -152"
    )
    plan = plan_of({**revenue(NESTED, contains=""), **revenue(later, "2025-26", "")})
    found = {moved.service: moved.other // THOUSAND for moved in other_movements(plan)}
    assert found == {"schools": -2, "music": 2}


def test_the_tree_is_the_latest_and_keeps_what_only_an_earlier_year_has() -> None:
    earlier = """\
  - id: people
    name: Persons
    services:
      - {id: care, name: Old Care, gross: 8, income: 0}
      - {id: baths, name: Baths, gross: 2, income: 0}
  - {id: learning, name: Learning, gross: 30, income: 0}
"""
    later = """\
  - {id: care, name: Care, gross: 9, income: 0}
  - id: people
    name: People
    services:
      - id: learning
        name: Learning
        services:
          - {id: schools, name: Schools, gross: 33, income: 0}
"""
    plan = plan_of({**revenue(earlier, contains=""), **revenue(later, "2025-26", "")})
    care, people = service_tree(plan)
    assert care == ServiceNode("care", "Care", (), has_budget=True)
    assert (people.id, people.name, people.has_budget) == ("people", "People", False)
    learning, baths = people.children
    # Learning has money of its own in the first year, and services below it in the second.
    assert (learning.id, learning.has_budget) == ("learning", True)
    assert [child.id for child in learning.children] == ["schools"]
    assert baths == ServiceNode("baths", "Baths", (), has_budget=True)
    amounts = position_amounts(plan).amounts
    assert years_of(plan, amounts, "learning/own", "net_budget") == [30, 0]
    assert years_of(plan, amounts, "learning", "net_budget") == [30, 33]
    assert years_of(plan, amounts, "people", "net_budget") == [32, 33]
    assert years_of(plan, amounts, "total", "net_budget") == [40, 42]


def test_a_budget_before_the_plan_and_one_after_it() -> None:
    plan = plan_of(
        {
            **one_service(40, "2022-23", ""),
            **one_service(47, "2023-24", ""),
            **one_service(500, "2027-28", ""),
            **options(SALT),
        }
    )
    amounts = position_amounts(plan).amounts
    before, based, after = (FinancialYear(year) for year in (2022, 2023, 2027))
    assert opening_years(plan) == {
        before: None,
        **dict.fromkeys((based, FIRST, SECOND, THIRD), based),
        after: after,
    }
    assert [opening(amounts, "total", year) for year in (None, based, after)] == [40, 47, 500]
    assert years_of(plan, amounts, "total", "net_budget") == [50, 70, 170]


# -- years before every budget --------------------------------------------------------------


@pytest.mark.parametrize(
    ("contains", "expected"),
    [
        ("", {2025: 118, 2026: 118}),  # 2024-25 cannot be told from a later budget alone
        ("2024-25, 2025-26", {2024: 95, 2025: 100, 2026: 100}),
    ],
)
def test_a_year_before_every_budget(contains: str, expected: dict[int, int]) -> None:
    texts = {
        "revenue_2025_26.yaml": f"""\
name: Small Council
financial_year: 2025-26
unit: £000
contains_options_of: [{contains}]
services:
  - {{id: care, name: Care, gross: 100, income: 0}}
""",
        "policy_options.yaml": """\
name: Small Council
unit: £000
basis: change
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: care
    options:
      - {id: demand, name: Demand, kind: investment, status: new,
         changes: {2024-25: 13, 2025-26: 5}}
""",
    }
    amounts = position_amounts(plan_of(texts)).amounts
    found = {
        key.year.start: pence // THOUSAND
        for key, pence in amounts.items()
        if key.row == "care" and key.measure == "net_budget" and key.year
    }
    assert found == expected
