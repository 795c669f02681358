"""The shipped plan: every figure of the published tables, and what is computed from them."""

from collections import Counter

import pytest

import cfbudget
from cfbudget.calculate.amounts import Key
from cfbudget.calculate.options import option_amounts
from cfbudget.calculate.position import position_amounts
from cfbudget.loaded import load_texts
from cfbudget.plan.values import Measure
from cfbudget.years import FinancialYear
from tests.kit.support import SHIPPED

YEARS = [FinancialYear(start) for start in range(2024, 2028)]
THOUSAND = 100_000  # pence


@pytest.fixture(scope="module")
def plan() -> cfbudget.Plan:
    return cfbudget.load(SHIPPED)


def test_every_stated_figure_agrees(plan: cfbudget.Plan) -> None:
    report = cfbudget.check(plan)
    assert Counter(c.table for c in report.comparisons) == {
        "revenue": 6,
        "capital": 23,
        "options": 50,
    }
    assert set(report.outcomes) == {"agrees"}
    assert report.agrees


@pytest.mark.parametrize(
    ("row", "measure", "expected"),
    [
        ("total", "change", [17_339, 986, 2_434, 3_506]),
        ("total", "cumulative_change", [17_339, 18_325, 20_759, 24_265]),
        ("total", "total_to_date", [17_339, 35_664, 56_423, 80_688]),
        ("childrens-social-care", "net_budget", [74_143, 73_354, 73_299, 74_080]),
        ("early-help-and-prevention", "net_budget", [5_162, 5_098, 5_098, 5_098]),
        ("education", "net_budget", [21_933, 23_772, 26_261, 28_986]),
        ("total", "net_budget", [101_238, 102_224, 104_658, 108_164]),
    ],
)
def test_position(plan: cfbudget.Plan, row: str, measure: Measure, expected: list[int]) -> None:
    amounts = position_amounts(plan).amounts
    assert [amounts[Key(row, measure, year)] for year in YEARS] == [n * THOUSAND for n in expected]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("childrens-social-care", 59_056),
        ("early-help-and-prevention", 5_162),
        ("education", 19_681),
        ("total", 83_899),
    ],
)
def test_opening(plan: cfbudget.Plan, row: str, expected: int) -> None:
    assert position_amounts(plan).amounts[Key(row, "opening")] == expected * THOUSAND


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("saving/new", -2_201),
        ("saving/previously-approved", -12_608),
        ("investment/new", 363),
        ("investment/previously-approved", 38_711),
    ],
)
def test_groups_of_the_whole_plan(plan: cfbudget.Plan, group: str, expected: int) -> None:
    total = option_amounts(plan).amounts[Key(f"total/{group}", "total")]
    assert total == expected * THOUSAND


def test_a_base_that_contains_no_options() -> None:
    texts = {path.name: path.read_text("utf-8") for path in SHIPPED.glob("*.yaml")}
    revenue = texts["revenue_2024_25.yaml"]
    changed = revenue.replace("contains_options_of: [2024-25]", "contains_options_of: []")
    assert changed != revenue
    found = load_texts({**texts, "revenue_2024_25.yaml": changed})
    assert found.plan is not None
    amounts = position_amounts(found.plan).amounts
    assert [amounts[Key("total", "net_budget", year)] for year in YEARS] == [
        n * THOUSAND for n in (118_577, 119_563, 121_997, 125_503)
    ]


def test_the_warnings_that_the_plan_calls_for(plan: cfbudget.Plan) -> None:
    found = {(p.rule, p.place.line) for p in cfbudget.check(plan).problems}
    lines = (SHIPPED / "policy_options.yaml").read_text("utf-8").splitlines()

    def line(text: str, nth: int = 1) -> int:
        return [number for number, found in enumerate(lines, 1) if found.endswith(text)][nth - 1]

    assert found == {
        ("CF402", line("id: pinewood-plus")),
        (
            "CF403",
            line("id: reducing-placement-fragility-and-increasing-placement-costs-investment"),
        ),
        ("CF404", line("id: expansion-of-foster-4")),
        ("CF405", line("id: unaccompanied-asylum-seeker-children")),
        ("CF405", line("id: pinewood-plus")),
        ("CF406", line("id: childrens-social-care-staffing-growth")),
        ("CF407", line("id: childrens-social-care-early-help-and-prevention")),
        ("CF407", line("id: childrens-social-care-early-help-and-prevention-investment")),
        ("CF408", line("label: Total Net Savings Children's Social Care")),
        ("CF408", line("label: Total Net Savings Education and Inclusion")),
        ("CF408", line("label: Total Net Savings Children & Families")),
    }
