"""Net budgets by year as a plan prints them, beside the position's."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

import cfbudget
from cfbudget.calculate.amounts import Key
from cfbudget.calculate.position import position_amounts
from cfbudget.checks.comparison import Comparison
from cfbudget.money import plain
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.processes import cfbudget as run
from tests.kit.processes import plan_in
from tests.kit.support import OPTIONS, REVENUE, loaded, plan_of, rules_of, small_texts

LAST = "stated: {2024-25: -10, 2025-26: 25, total: 15}\n"
BLOCK = "    stated: {2024-25: -10, 2025-26: 25, total: 15}\n"


def with_total(written: str, options: str = OPTIONS) -> str:
    """The small plan's options with net budgets of the whole plan. They are 130 and 155."""
    return options[: -len(LAST)] + LAST.replace("total", f"net_budget: {written}, total")


def of_care(written: str, options: str = OPTIONS) -> str:
    """The small plan's options with net budgets of one service. They are 80 and 105."""
    return options.replace(BLOCK, BLOCK.replace("total", f"net_budget: {written}, total"))


def compared(options: str, **texts: str) -> list[Comparison]:
    report = cfbudget.check(plan_of(small_texts(options=options, **texts)))
    return [one for one in report.comparisons if one.table == "position"]


def told(found: list[Comparison]) -> list[tuple[str, str, str]]:
    return [(one.key.row, str(one.key.year), one.outcome) for one in found]


def test_net_budgets_that_are_as_printed_agree() -> None:
    found = compared(of_care("{2025-26: 105}", with_total("{2024-25: 130, 2025-26: 155}")))
    assert told(found) == [
        ("care", "2025-26", "agrees"),
        ("total", "2024-25", "agrees"),
        ("total", "2025-26", "agrees"),
    ]


def test_one_that_differs_is_named_with_its_place_and_what_may_be_in_it() -> None:
    report = cfbudget.check(plan_of(small_texts(options=with_total("{2025-26: 160}"))))
    assert not report.agrees
    (problem,) = [p for p in report.problems if p.rule == "CF301"]
    assert problem.message == (
        "'Total Small Council': net budget 2025-26 is stated as 160 and comes to 155 £000: "
        "difference (5)"
    )
    assert (problem.place.file, problem.place.line) == ("policy_options.yaml", 14)
    assert "what no option lists, such as pay" in (problem.hint or "")


def test_a_total_that_differs_by_what_a_service_does_follows_from_it() -> None:
    found = compared(of_care("{2025-26: 100}", with_total("{2025-26: 150}")))
    assert [one.outcome for one in found] == ["differs", "differs"]
    assert [len(one.causes) for one in found] == [0, 1]


def test_what_is_not_stated_is_not_compared() -> None:
    assert told(compared(with_total("{2024-25: n/a, 2025-26: }"))) == [
        ("total", "2024-25", "not stated"),
        ("total", "2025-26", "not stated"),
    ]


def test_without_a_revenue_budget_there_is_no_net_budget_to_compare_with() -> None:
    plan = plan_of({"policy_options.yaml": with_total("{2025-26: 155}")})
    found = [one for one in cfbudget.check(plan).comparisons if one.table == "position"]
    assert told(found) == [("total", "2025-26", "not checkable")]


ROUNDED = with_total("{2025-26: 157}").replace("exact: true\n", "")


def test_rounding_is_allowed_for_each_line_that_it_is_made_of() -> None:
    """Four amounts of the budget, which has the changes of 2024-25, and two changes after it."""
    (found,) = compared(ROUNDED)
    assert (found.addends, found.outcome) == (6, "rounding")
    assert found.allowance == 350_000
    (found,) = compared(ROUNDED.replace("157", "159"))
    assert found.outcome == "differs"
    (found,) = compared(ROUNDED.replace("157", "156"), revenue=REVENUE)
    assert found.outcome == "rounding"


def test_a_one_off_that_is_taken_back_is_no_line_of_it() -> None:
    options = ROUNDED.replace("kind: saving,", "kind: saving, recurs: false,")
    options = options.replace("{2024-25: -10, 2025-26: -5}, stated: -15", "{2024-25: -10}")
    (found,) = compared(options, revenue=REVENUE.replace("[2024-25]", "[]"))
    assert found.addends == 5


def test_a_service_has_the_net_budget_of_all_within_it() -> None:
    revenue = """\
name: Small Council
financial_year: 2024-25
unit: £000
exact: true
contains_options_of: [2024-25]
services:
  - {id: care, name: Care, services: [{id: home, name: Home, net: 80}, {id: day, name: D, net: 9}]}
"""
    (found,) = compared(of_care("{2025-26: 114}"), revenue=revenue)
    assert (found.outcome, found.addends) == ("agrees", 4)


def test_a_revenue_budget_in_another_unit() -> None:
    revenue = REVENUE.replace("£000", "£m")
    revenue = re.sub(r"(: -?)([0-9]{2,3})(?=[,}])", lambda m: f"{m[1]}0.{int(m[2]):03}", revenue)
    found = compared(with_total("{2025-26: 155}"), revenue=revenue)
    assert told(found) == [("total", "2025-26", "agrees")]


@pytest.mark.parametrize(
    ("written", "rule", "message"),
    [
        ("155", "CF111", "'155' stands in place of stated figures by year"),
        ("{2031-32: 5}", "CF204", "2031-32 is outside the plan"),
        ("{2025-26: 155, 2025/26: 155}", "CF202", "2025-26 stands twice"),
        ("{total: 155}", "CF113", "'total' is not a financial year"),
        ("{2025-26: 1.234567}", "CF112", "'1.234567' is finer than a penny"),
    ],
)
def test_what_cannot_be_taken_is_named(written: str, rule: str, message: str) -> None:
    found = loaded(options=with_total(written))
    assert rules_of(found) == [rule]
    assert found.problems[0].message.startswith(message)


def test_only_options_lead_to_net_budgets() -> None:
    assert rules_of(loaded(revenue=REVENUE.replace("net: 130", "net_budget: {2024-25: 130}"))) == [
        "CF109"
    ]


@pytest.mark.parametrize("changes", [["--set", "care.gross=110"], ["--set", "fees@2025-26=-9"]])
def test_a_trial_has_no_stated_net_budgets(changes: list[str], tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", options=with_total("{2025-26: 155}"))
    scenario = tmp_path / "s.yaml"
    assert run("model", "--data", str(folder), *changes, "--save", str(scenario)).returncode == 0
    report = cfbudget.check(cfbudget.apply(cfbudget.load(str(folder)), scenario))
    assert [one for one in report.comparisons if one.table == "position"] == []
    assert report.agrees


def test_a_workbook_tests_them_and_is_verified(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", options=with_total("{2024-25: 130, 2025-26: 160}"))
    book = str(tmp_path / "plan.xlsx")
    assert run("export", book, "--data", str(folder)).returncode == 0
    done = run("verify", book, "--data", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    assert run("check", "--data", str(folder)).returncode == 1


def rows_and_years(plan: Plan) -> list[tuple[str, FinancialYear]]:
    blocks = plan.options.services if plan.options else ()
    rows = [*(block.service.text for block in blocks), "total"]
    return [(row, year) for row in rows for year in plan.years]


def stating(sketch: Sketch) -> dict[str, str]:
    """A plan's texts, with every net budget that it comes to stated."""
    texts = sketch.texts()
    plan = plan_of(texts)
    amounts = position_amounts(plan).amounts
    written: Any = yaml.safe_load(texts["policy_options.yaml"])
    blocks = {block["service"]: block for block in written["services"]} | {"total": written}
    assert plan.options is not None
    for row, year in rows_and_years(plan):
        if (key := Key(row, "net_budget", year)) in amounts:
            stated = blocks[row].setdefault("stated", {})
            figure = plain(amounts[key], plan.options.unit)
            stated.setdefault("net_budget", {})[str(year)] = figure
    return {**texts, "policy_options.yaml": yaml.safe_dump(written, allow_unicode=True)}


@given(sketches().filter(lambda sketch: sketch.blocks is not None))
def test_whatever_a_plan_comes_to_agrees_when_it_is_stated(sketch: Sketch) -> None:
    plan = plan_of(stating(sketch))
    found = [one for one in cfbudget.check(plan).comparisons if one.table == "position"]
    amounts = position_amounts(plan).amounts
    expected = [(r, y) for r, y in rows_and_years(plan) if Key(r, "net_budget", y) in amounts]
    assert [(one.key.row, one.key.year) for one in found] == expected
    assert {one.outcome for one in found} <= {"agrees"}
