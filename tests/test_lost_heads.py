"""A block of options whose head was lost: its options stand in the block before."""

import re

import pytest

import cfbudget
from tests.kit.support import plan_of

REVENUE = """\
name: Small Council
financial_year: 2024-25
unit: £000
contains_options_of: []
services:
  - {id: care, name: Care, net: 800}
  - {id: schools, name: Schools, net: 500}
"""
OPTIONS = """\
name: Small Council
unit: £000
exact: true
basis: change
financial_years: [2024-25, 2025-26]
services:
  - service: care
    stated: {2024-25: -17, 2025-26: -5, total: -22}
    options:
      - {id: fees, name: Fees, kind: saving, status: new, changes: {2024-25: -10, 2025-26: -5}}
      - {id: beds, name: Beds, kind: saving, status: new, changes: {2024-25: -7}}
  - service: schools
    options:
      - {id: meals, name: Meals, kind: saving, status: new, changes: {2024-25: -3, 2025-26: -1}}
      - {id: buses, name: Buses, kind: investment, status: new, changes: {2025-26: 20}}
stated: {2024-25: -20, 2025-26: 14, total: -6}
"""
LOST = OPTIONS.replace("  - service: schools\n    options:\n", "")


def hints(options: str, revenue: str = REVENUE) -> list[str]:
    """The hints of the figures that differ."""
    texts = {"revenue_2024_25.yaml": revenue, "policy_options.yaml": options}
    problems = cfbudget.check(plan_of(texts)).problems
    return [problem.hint or "" for problem in problems if problem.rule == "CF301"]


def test_the_whole_plan_agrees() -> None:
    assert hints(OPTIONS) == []


def test_the_options_at_the_end_of_the_block_before() -> None:
    assert set(hints(LOST)) == {
        "the last 2 options come to exactly the difference: do they belong to schools, with a head "
        "before line 12?"
    }
    assert len(hints(LOST)) == 3


def test_the_options_of_a_block_whose_totals_and_next_head_were_lost() -> None:
    """What is left of the first block stands before the options that the totals are of."""
    own = OPTIONS.replace("    stated: {2024-25: -17, 2025-26: -5, total: -22}\n", "")
    lost = own.replace("service: care", "service: schools", 1)
    lost = lost.replace(
        "  - service: schools\n    options:\n      - {id: meals", "      - {id: meals"
    )
    lost = lost.replace("\nstated:", "\n    stated: {2024-25: -3, 2025-26: 19, total: 16}\nstated:")
    assert set(hints(lost)) == {
        "the first 2 options come to exactly the difference: do they belong to care, with a head "
        "before line 9?"
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The year's figures do not come to the difference, though the totals would.
        ("2024-25: -10, 2025-26: -5", "2024-25: -11, 2025-26: -4"),
        # A line in the middle is wrong.
        ("changes: {2024-25: -7}", "changes: {2024-25: -8}"),
    ],
)
def test_no_run_that_comes_to_every_difference(old: str, new: str) -> None:
    stated = "stated: {2024-25: -17, 2025-26: -5, total: -22}"
    lost = LOST.replace(stated, "stated: {2024-25: -17, total: -22}").replace(old, new)
    assert lost != LOST
    assert hints(lost)
    assert not [hint for hint in hints(lost) if "belong" in hint]


def test_no_service_is_without_options() -> None:
    revenue = re.sub(r"  - \{id: schools.*\n", "", REVENUE)
    assert len(hints(LOST, revenue)) == 3
    assert not [hint for hint in hints(LOST, revenue) if "belong" in hint]


def test_one_of_several_services_is_not_guessed() -> None:
    revenue = REVENUE + "  - {id: roads, name: Roads, net: 50}\n"
    assert (
        "does it belong to another service, with a head before line 13?"
        in hints(
            LOST.replace("total: -22}", "total: -26}").replace(
                "2024-25: -17, 2025-26: -5", "2024-25: -20, 2025-26: -6"
            ),
            revenue,
        )[0]
    )
