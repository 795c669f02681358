"""What a scenario does to capital, and other slips that it may hold. In £000.

Hightown's options (`tests/kit/scenarios.py`), as cumulative changes by year:

    fees      (10)  (15)  (15)        buses      -   (7)  (10)
    demand      -     30    30        planner    2     2     2
    pilot       8      -     -        net budget 170  180  177
"""

import pytest

from cfbudget.scenario.changes.operators import Uplift
from cfbudget.tables.trial import trial_tables
from tests.kit.scenarios import (
    TOWN_REVENUE,
    Change,
    applied,
    refused,
    town,
)
from tests.kit.trial_figures import (
    MILLION,
    PLAN,
    THIRD,
    brought,
    capital,
    moved,
    only,
    reprofiled,
    sentences,
)


def test_a_re_profile_moves_an_allocation_and_keeps_the_total() -> None:
    trial = applied(PLAN, reprofiled("2024-25", "2026-27", "0.400"))
    assert capital(trial.plan, "roof") == [1.1, 0.25, 0.4, 0, 1.75]
    assert capital(trial.plan) == [1.1, 0.25, 0.4, 3, 4.75]
    assert moved(trial) == [0, 0, 0]
    earlier = applied(PLAN, reprofiled("2025-26", "2024-25", "£250k"))
    assert capital(earlier.plan, "roof") == [1.75, 0, 0, 0, 1.75]
    assert "Revenue effects of capital are not included." in sentences(trial)


def test_re_profiles_follow_one_another() -> None:
    """What has been moved in can be moved on."""
    trial = applied(
        PLAN, reprofiled("2024-25", "2026-27", 1), reprofiled("2026-27", "2025-26", "0.25")
    )
    assert capital(trial.plan, "roof") == [0.5, 0.5, 0.75, 0, 1.75]
    assert [one.capital[THIRD] / MILLION for one in trial.contributions] == [1, -0.25]


def test_what_is_brought_in_leaves_what_is_under_development() -> None:
    trial = applied(PLAN, brought({"2025-26": "1.203", "2026-27": 1}))
    assert capital(trial.plan, "hall") == [0, 1.203, 1, 0.797, 3]
    assert capital(trial.plan) == [1.5, 1.453, 1, 0.797, 4.75]
    assert moved(trial) == [0, 0, 0]
    assert (
        "Brought into the programme in this trial; approval and funding are the council's."
        in sentences(trial)
    )
    both = applied(PLAN, brought({"2025-26": 1}), brought({"2025-26": 2}))
    assert capital(both.plan, "hall") == [0, 3, 0, 0, 3]


def test_a_set_allocation_and_under_development_change_the_total() -> None:
    allocation = {"set": "roof", "measure": "allocation", "to": {"2025-26": 1}}
    trial = applied(PLAN, allocation)
    assert capital(trial.plan, "roof") == [1.5, 1, 0, 0, 2.5]
    coming = applied(PLAN, {"set": "roof", "measure": "under_development", "to": "0.5"})
    assert capital(coming.plan, "roof") == [1.5, 0.25, 0, 0.5, 2.25]
    assert "A scheme's total is changed in this trial" in sentences(coming)


@pytest.mark.parametrize(
    ("change", "rule", "said", "hint"),
    [
        (
            reprofiled("2024-25", "2025-26", 2),
            "CF504",
            "Roof has £1.500m in 2024-25: £2.000m cannot be moved out of it",
            "it holds £1.500m in 2024-25, £0.250m in 2025-26",
        ),
        (reprofiled("2026-27", "2025-26", 1), "CF504", "Roof has £0 in 2026-27", "it holds £1.5"),
        (reprofiled("2024-25", "2025-26", -1), "CF504", "an amount over nil", "turn them round"),
        (
            reprofiled("2024-25", "2024-25", 1),
            "CF504",
            "from one year to another",
            "name two years",
        ),
        (reprofiled("2023-24", "2024-25", 1), "CF204", "2023-24 is outside the plan", "2024-25, "),
        (reprofiled("2024-25", "2030-31", 1), "CF204", "2030-31 is outside the plan", "2024-25, "),
        (reprofiled("2024-25", "later", 1), "CF113", "'later' is not a financial year", "write"),
        (
            {**reprofiled("2024-25", "", 1), "to": {"2025-26": 1}},
            "CF111",
            "amounts stand in place of a year",
            "write to: 2025-26",
        ),
        (
            {**reprofiled("2024-25", "2025-26", 1), "reprofile": "rof"},
            "CF501",
            "unknown scheme 'rof'",
            "did you mean 'roof' (Roof)?",
        ),
        (
            brought({"2025-26": 4}),
            "CF504",
            "Hall has £3.000m under development: £4.000m cannot be brought in",
            "it holds £3.000m under development",
        ),
        (brought({"2025-26": 2, "2026-27": 2}), "CF504", "£4.000m cannot be brought in", "it"),
        (
            brought({"2025-26": -1}),
            "CF504",
            "what is brought in is over nil",
            "write an amount over nil",
        ),
        (brought({"2030-31": 1}), "CF204", "2030-31 is outside the plan", "its years are"),
        (
            {"bring_in": "roof", "allocations": {"2025-26": 1}},
            "CF504",
            "Roof has £0 under development",
            "it holds £1.500m in 2024-25",
        ),
        (
            {"set": "roof", "measure": "allocation", "to": 1},
            "CF111",
            "a scheme has allocations by year",
            "write to: {2024-25: ",
        ),
        (
            {"set": "roof", "measure": "under_development", "to": {"2025-26": 1}},
            "CF111",
            "under development is one amount",
            "write it without a year",
        ),
        (
            {"set": "roof", "measure": "under_development", "to": "x"},
            "CF112",
            "'x' is not an amount",
            "write a figure in £m",
        ),
        (
            {"set": "rof", "measure": "under_development", "to": 1},
            "CF501",
            "unknown scheme 'rof'",
            "did you mean 'roof' (Roof)?",
        ),
        (
            {"set": "roof", "measure": "allocation", "to": {"2025-26": "x"}},
            "CF112",
            "'x' is not an amount",
            "write a figure in £m",
        ),
        (
            {"bring_in": "hal", "allocations": {"2025-26": 1}},
            "CF501",
            "unknown scheme 'hal'",
            "did you mean 'hall' (Hall)?",
        ),
        (
            {"set": "fees", "measure": "allocation", "to": {"2025-26": 1}},
            "CF501",
            "'fees' is an option, not a capital scheme",
            "an option has a change by year",
        ),
    ],
)
def test_what_capital_does_not_allow(change: Change, rule: str, said: str, hint: str) -> None:
    problem = only(refused(PLAN, change))
    assert problem.rule == rule
    assert said in problem.message
    assert hint in (problem.hint or "")


@pytest.mark.parametrize("group", ["saving", "care/saving", "investment/new"])
def test_a_group_is_not_suggested_where_one_option_is_meant(group: str) -> None:
    for change in ({"set": group, "to": {"2025-26": -1}}, added_that_funds(group)):
        problem = only(refused(PLAN, change))
        assert problem.rule == "CF501"
        assert problem.message == f"{group!r} is a group, and one option is meant here"
        assert problem.hint == "write the id of one option; delay, deliver and drop take a group"
    problem = only(refused(PLAN, {"set": f"{group}s", "to": {"2025-26": -1}}))
    assert "did you mean" not in (problem.hint or "")
    assert applied(PLAN, {"drop": "saving"}).changes[0].is_of_group


def added_that_funds(target: str) -> Change:
    said = {"name": "Night", "kind": "investment", "status": "new", "invest_to_save": True}
    option = {"service": "care", "id": "night", **said, "funds": [target]}
    return {"add": {**option, "changes": {"2025-26": 1}}}


def test_a_measure_that_is_mistyped_behind_its_service_or_scheme() -> None:
    for target, near in (("care.grosss", "gross"), ("hall.under-development", "under_development")):
        problem = only(refused(PLAN, {"set": target, "to": {"2025-26": 1}}))
        assert (problem.rule, problem.hint) == ("CF114", f"did you mean {near!r}?")
    assert only(refused(PLAN, {"set": "nowhere.gross", "to": {"2025-26": 1}})).rule == "CF501"


def test_a_delay_is_of_1_to_99_years() -> None:
    for years in ("0", "-1", "100", "1000"):
        problem = only(refused(PLAN, {"delay": "fees", "years": years}))
        assert problem.hint == "write a whole number of years, from 1 to 99"
    assert applied(PLAN, {"delay": "fees", "years": 99}).beyond


def test_what_changes_are_called_has_the_places_of_the_unit() -> None:
    changes: list[tuple[Change, str]] = [
        ({"set": "fees", "to": {"2024-25": -4, "2025-26": "-0.5"}}, "Fees: set 2024-25 to (4.0), "),
        ({"set": "fees", "to": {"2024-25": 0}}, "Fees: set 2024-25 to nil"),
        ({"set": "care", "measure": "gross", "to": 0}, "Care: gross 2024-25 set to nil"),
        (
            {"set": "roof", "measure": "allocation", "to": {"2024-25": 2, "2025-26": "0.25"}},
            "Roof: allocation set 2024-25 to 2.000, 2025-26 to 0.250",
        ),
        ({"set": "hall", "measure": "under_development", "to": 4}, "set to 4.000"),
    ]
    for change, words in changes:
        assert words in applied(PLAN, change).changes[0].words


def test_more_of_a_service_that_earns_is_a_saving() -> None:
    earns = town(revenue=TOWN_REVENUE.replace("income: -20}", "income: -320}"))
    for by, kind in (("3%", "saving"), ("-3%", "investment")):
        change = {"uplift": "care", "measure": "net", "by": by, "from": "2025-26"}
        operation = applied(earns, change).changes[0].operation
        assert isinstance(operation, Uplift)
        assert operation.option.kind == kind


def test_a_contribution_is_as_fine_as_what_it_replaces() -> None:
    fine = town(revenue=TOWN_REVENUE.replace("income: -20}", "income: -20.5}"))
    trial = applied(fine, {"set": "care", "measure": "income", "to": -21})
    (table,) = trial_tables(trial, "a trial").attributions
    assert table.places == 1
    programme = {"set": "roof", "measure": "allocation", "to": {"2024-25": 2}}
    places = [one.places for one in trial_tables(applied(PLAN, programme), "a trial").attributions]
    assert places == [0, 3]


def test_nil_cannot_be_brought_in() -> None:
    assert refused(PLAN, brought({"2025-26": 0}))


def test_a_re_profile_to_no_year_is_refused() -> None:
    assert refused(PLAN, {**reprofiled("2024-25", "", 1), "to": {}})


def test_a_plan_of_capital_alone() -> None:
    trial = applied(town(revenue="", options=""), reprofiled("2024-25", "2025-26", 1))
    assert "Revenue effects of capital are not included." in sentences(trial)


def test_a_set_budget_of_a_year_after_the_plan_is_said_to_change_that_budget() -> None:
    """The latest budget is meant, and no year of the plan stands on it."""
    later = TOWN_REVENUE.replace("2024-25\n", "2028-29\n").replace("[2024-25]", "[]")
    found = applied(town(later=later), {"set": "care", "measure": "gross", "to": 200})
    assert "costs the same in each of 2024-25 to 2026-27 and" in sentences(found)
    assert "more in 2028-29" in sentences(found)
    assert "2028-29: the budget itself is set in this trial, to 270" in sentences(found)
    assert found.problems == ()


def test_a_trial_of_capital_alone_is_said_to_change_capital() -> None:
    trial = applied(PLAN, {"set": "roof", "measure": "allocation", "to": {"2025-26": 9}})
    assert "no difference to the net budget of any year of the plan" in sentences(trial)
    assert "The capital programme differs." in sentences(trial)
