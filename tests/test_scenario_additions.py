"""What a scenario adds to a plan: options, and uplifts of a budget. In £000.

Hightown's options (`tests/kit/scenarios.py`), as cumulative changes by year:

    fees      (10)  (15)  (15)        buses      -   (7)  (10)
    demand      -     30    30        planner    2     2     2
    pilot       8      -     -        net budget 170  180  177
"""

import pytest

from cfbudget.scenario.changes.applied import Applied
from tests.kit.scenarios import (
    TOWN_REVENUE,
    Change,
    applied,
    refused,
    rules_of,
    town,
    tried,
)
from tests.kit.trial_figures import CLUBS, PLAN, by_change, moved, only, sentences, uplifted


def test_an_added_option() -> None:
    trial = applied(PLAN, {"add": CLUBS})
    assert moved(trial) == moved(trial, "schools") == [0, -25, -25]
    assert trial.changes[0].words == "Breakfast clubs: added (saving, Schools)"


POST = {
    **CLUBS,
    "id": "post",
    "name": "Clubs manager",
    "kind": "investment",
    "invest_to_save": True,
}


@pytest.mark.parametrize("funds", [["fees"], ["fees", "buses"], ["breakfast-clubs", "fees"]])
def test_an_added_option_that_pays_for_savings(funds: list[str]) -> None:
    """Of the plan, and of the scenario; its own figures count, and the pair is kept."""
    post: Change = {"add": {**POST, "changes": {"2025-26": 9}, "funds": funds}}
    trial = applied(PLAN, {"add": CLUBS}, post)
    assert trial.problems == ()
    assert by_change(trial) == [[0, -25, -25], [0, 9, 9]]
    assert trial.plan.options is not None
    added = {o.id: o for block in trial.plan.options.services for o in block.options}["post"]
    assert [saving.text for saving in added.funds] == funds
    assert trial.changes[1].words == "Clubs manager: added (investment, Schools)"


def test_an_added_option_of_a_contained_year_is_a_forecast() -> None:
    """The approved budget does not contain what the trial adds."""
    trial = applied(PLAN, {"add": {**CLUBS, "changes": {"2024-25": -25}}})
    assert moved(trial) == [-25, -25, -25]
    assert "forecast 145 against a budget of 170: underspend 25" in sentences(trial)


def test_an_added_one_off_is_taken_back_and_can_be_changed() -> None:
    trial = applied(PLAN, {"add": {**CLUBS, "recurs": False}})
    assert moved(trial) == [0, -25, 0]
    later = applied(
        PLAN,
        {"add": CLUBS},
        {"delay": "breakfast-clubs", "years": 1},
        {"deliver": "breakfast-clubs", "share": "40%"},
    )
    assert moved(later) == [0, 0, -10]
    assert by_change(later) == [[0, -25, -25], [0, 25, 0], [0, 0, 15]]


def test_an_added_option_of_a_service_without_options_and_of_a_parent() -> None:
    assert moved(applied(PLAN, {"add": {**CLUBS, "service": "adults"}}), "adults") == [0, -25, -25]
    parent = applied(PLAN, {"add": {**CLUBS, "service": "learning"}})
    assert moved(parent, "learning") == [0, -25, -25]
    assert moved(parent, "schools") == [0, 0, 0]


@pytest.mark.parametrize(
    ("given", "rule", "said"),
    [
        ({"id": "fees"}, "CF201", "the id 'fees' is used already"),
        ({"id": "care"}, "CF201", "the id 'care' is used already"),
        ({"service": "school"}, "CF501", "unknown service 'school'"),
        ({"funds": ["trips"]}, "CF501", "unknown option 'trips'"),
        ({"kind": "cut"}, "CF114", "'cut' is not a kind"),
        ({"changes": {"2031-32": -1}}, "CF204", "outside the plan"),
        ({"changes": {"2025-26": "?"}}, "CF112", "is not an amount"),
        ({"id": "Breakfast clubs"}, "CF116", "is not an id"),
        ({"colour": "red"}, "CF109", "unknown key 'colour'"),
        ({"name": ""}, "CF115", "a name is empty"),
    ],
)
def test_what_cannot_be_added(given: dict[str, object], rule: str, said: str) -> None:
    problem = only(refused(PLAN, {"add": {**CLUBS, **given}}))
    assert problem.rule == rule
    assert said in problem.message


def test_an_option_cannot_be_added_twice_or_used_before_it_is() -> None:
    assert only(refused(PLAN, {"add": CLUBS}, {"add": CLUBS})).rule == "CF201"
    assert only(refused(PLAN, {"drop": "breakfast-clubs"}, {"add": CLUBS})).rule == "CF501"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (uplifted("care", "gross", "2%"), [0, 2, 2]),
        (uplifted("care", "gross", "2%", "2024-25"), [2, 2, 2]),
        (uplifted("care", "income", "10%"), [0, -2, -2]),
        (uplifted("care", "net", "10%"), [0, 8, 8]),
        (uplifted("adults", "net", "2.5%"), [0, 1, 1]),
        (uplifted("learning", "net", "10%"), [0, 9, 9]),  # 50 + 40
        (uplifted("care", "gross", "10%", yearly=True), [0, 10, 21]),
        (uplifted("care", "gross", "10%", "2024-25", yearly=True), [10, 21, 33.1]),
        (uplifted("care", "gross", "10%", yearly=False), [0, 10, 10]),
        (uplifted("care", "income", "-50%", yearly=True), [0, 10, 15]),
    ],
)
def test_an_uplift_is_of_the_base_amount_and_lasts(change: Change, expected: list[float]) -> None:
    assert moved(applied(PLAN, change)) == expected


def test_an_uplift_is_of_the_budget_as_it_is_set_in_either_order() -> None:
    """A budget of 200 uplifted by 10%: 20, and not 10."""
    budget: Change = {"set": "care", "measure": "gross", "to": 200}
    uplift = uplifted("care", "gross", "10%")
    first, last = applied(PLAN, budget, uplift), applied(PLAN, uplift, budget)
    assert moved(first) == moved(last) == [100, 120, 120]
    assert by_change(first) == [[100, 100, 100], [0, 20, 20]]
    assert by_change(last) == [[0, 10, 10], [100, 110, 110]]


def test_an_uplift_stands_on_the_latest_budget_at_or_before_it() -> None:
    later = TOWN_REVENUE.replace("2024-25\n", "2026-27\n").replace("gross: 100", "gross: 300")
    later = later.replace("[2024-25]", "[2024-25, 2025-26, 2026-27]")
    plan = town(later=later)
    assert moved(applied(plan, uplifted("care", "gross", "10%", "2025-26"))) == [0, 10, 10]
    assert moved(applied(plan, uplifted("care", "gross", "10%", "2026-27"))) == [0, 0, 30]
    trial = applied(plan, {"set": "fees", "to": {"2024-25": -4}})
    assert moved(trial) == [6, 6, 6]
    assert sentences(trial).count("forecast") == 2


def test_set_a_budget_of_another_year_than_the_latest() -> None:
    later = TOWN_REVENUE.replace("2024-25\n", "2026-27\n").replace("[2024-25]", "[]")
    plan = town(later=later)
    latest = applied(plan, {"set": "care", "measure": "gross", "to": 101})
    assert moved(latest) == [0, 0, 1]
    first = applied(plan, {"set": "care", "measure": "gross", "to": 101, "year": "2024-25"})
    assert moved(first) == [1, 1, 0]


@pytest.mark.parametrize(
    ("change", "rule", "said"),
    [
        (uplifted("learning", "gross", "2%"), "CF504", "'learning' has no gross"),
        (uplifted("adults", "income", "2%"), "CF504", "'adults' has no income"),
        (uplifted("care", "gross", "2"), "CF503", "has no % sign"),
        (uplifted("care", "gross", "2%", "2031-32"), "CF204", "outside"),
        (uplifted("care", "spend", "2%"), "CF114", "cannot be measured"),
        (uplifted("care", "allocation", "2%"), "CF114", "cannot be measured"),
        (uplifted("caer", "gross", "2%"), "CF501", "unknown service 'caer'"),
        (uplifted("care", "gross", "2%", yearly="often"), "CF114", "'often' is not true or false"),
        ({"uplift": "care", "measure": "gross", "by": "2%"}, "CF110", "uplift needs 'from'"),
    ],
)
def test_what_cannot_be_uplifted(change: Change, rule: str, said: str) -> None:
    problem = only(refused(PLAN, change))
    assert problem.rule == rule
    assert said in problem.message


def test_an_uplift_before_every_budget_is_refused() -> None:
    later = TOWN_REVENUE.replace("2024-25\n", "2026-27\n").replace("[2024-25]", "[]")
    plan = town(revenue="", later=later)
    assert (
        "no revenue budget stands at or before 2025-26"
        in only(refused(plan, uplifted("care", "gross", "2%"))).message
    )


def test_a_gross_that_is_uplifted_while_income_stands_against_it() -> None:
    trial = applied(PLAN, uplifted("schools", "gross", "2%"))
    problem = only(trial.problems)
    assert (problem.rule, problem.severity) == ("CF511", "warning")
    assert problem.message == "income of £150,000 stands against this, and is not uplifted"
    assert applied(PLAN, uplifted("care", "net", "2%")).problems == ()
    no_income = town(revenue=TOWN_REVENUE.replace("income: -20", "income: 0"))
    assert applied(no_income, uplifted("care", "gross", "2%")).problems == ()


def test_an_income_that_is_uplifted_too_is_not_said_to_stay() -> None:
    both = [uplifted("schools", "gross", "2%"), uplifted("schools", "income", "2%")]
    assert moved(applied(PLAN, *both)) == [0, 1, 1]
    assert applied(PLAN, *both).problems == ()


BY_ITS_ID = {"deliver": "care-gross-uplift-2025-26", "share": "50%"}


def test_an_uplift_by_its_id_keeps_what_is_done_to_it() -> None:
    budget = {"set": "care", "measure": "gross", "to": 200}
    found = tried(PLAN, [uplifted("care", "gross", "10%"), BY_ITS_ID, budget])
    if isinstance(found, Applied):
        assert moved(found) == [100, 110, 110]
    else:
        assert rules_of(found) == ["CF501"]  # it may as well not be aimed at


def test_two_changes_of_an_uplift_by_its_id() -> None:
    found = tried(
        PLAN,
        [
            uplifted("care", "gross", "10%"),
            BY_ITS_ID,
            {"set": "care-gross-uplift-2025-26", "to": {"2025-26": 3}},
        ],
    )
    assert not isinstance(found, Applied)
