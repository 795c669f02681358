"""What each change of a scenario does, on a plan small enough to check by hand. In £000.

Hightown's options (`tests/kit/scenarios.py`), as cumulative changes by year:

    fees      (10)  (15)  (15)        buses      -   (7)  (10)
    demand      -     30    30        planner    2     2     2
    pilot       8      -     -        net budget 170  180  177
"""

import re
from collections.abc import Callable
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.capital import capital_amounts
from cfbudget.calculate.position import position_amounts
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.nodes import ListNode, MappingNode, Scalar
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.problem import Place, Problem
from cfbudget.read.yaml_nodes import compose
from cfbudget.scenario.changes.applied import Applied, apply_scenario
from cfbudget.scenario.changes.operators import Uplift
from cfbudget.scenario.written.included_files import Reader
from cfbudget.scenario.written.saved_text import scenario_text
from cfbudget.scenario.written.shares import Share, parse_share, to_the_penny
from cfbudget.tables.trial import trial_tables
from cfbudget.years import FinancialYear
from tests.kit.counting import growth
from tests.kit.scenarios import (
    TOWN_OPTIONS,
    TOWN_REVENUE,
    Change,
    applied,
    refused,
    rules_of,
    town,
    tried,
)

THOUSAND, MILLION = 100_000, 100_000_000  # pence
FIRST, SECOND, THIRD = (FinancialYear(start) for start in (2024, 2025, 2026))
PLAN = town()
LEVELS = TOWN_OPTIONS.replace("basis: change", "basis: level")
LEVELS = LEVELS.replace("recurs: false,", "").replace("{2024-25: 8}", "{2024-25: 8, 2025-26: 0}")


def nets(plan: Plan, row: str = TOTAL, measure: Measure = "net_budget") -> list[float]:
    """A row of the position in each year, in £000; no part of a pound is lost in these floats."""
    amounts = position_amounts(plan).amounts
    return [amounts[Key(row, measure, year)] / THOUSAND for year in plan.years]


def moved(trial: Applied, row: str = TOTAL, measure: Measure = "net_budget") -> list[float]:
    """The difference that a trial makes to a row of the position in each year, in £000."""
    after, before = nets(trial.plan, row, measure), nets(trial.baseline, row, measure)
    return [round(one - other, 5) for one, other in zip(after, before, strict=True)]


def by_change(trial: Applied) -> list[list[float]]:
    """What each change contributes to the net budget in each year, in £000."""
    years = trial.baseline.years
    return [[one.net_budget[year] / THOUSAND for year in years] for one in trial.contributions]


def beyond(trial: Applied) -> list[tuple[str, str, float]]:
    return [(one.option, str(one.year), one.pence / THOUSAND) for one in trial.beyond]


def capital(plan: Plan, scheme: str = TOTAL) -> list[float]:
    """A scheme's allocations by year, what is under development and its total, in £m."""
    amounts = capital_amounts(plan).amounts
    keys = [Key(scheme, "allocation", year) for year in plan.capital_years]
    keys += [Key(scheme, "under_development"), Key(scheme, "total")]
    return [amounts[key] / MILLION for key in keys]


def sentences(trial: Applied, services: tuple[str, ...] | None = None) -> str:
    return "\n".join(trial_tables(trial, "a trial", services).sentences)


def only(problems: tuple[Problem, ...]) -> Problem:
    (problem,) = problems
    return problem


def test_the_plan_that_all_this_stands_on() -> None:
    assert nets(PLAN) == [170, 180, 177]
    assert nets(PLAN, "care") == [80, 97, 97]
    assert nets(PLAN, "learning") == [90, 83, 80]
    assert capital(PLAN) == [1.5, 0.25, 0, 3, 4.75]


# -- set ------------------------------------------------------------------------------------


def test_a_set_change_is_that_year_s_alone() -> None:
    trial = applied(PLAN, {"set": "fees", "to": {"2025-26": -8}, "why": "take-up so far"})
    assert moved(trial) == [0, -3, -3]
    assert moved(trial, measure="change") == [0, -3, 0]
    (change,) = trial.changes
    assert (change.words, change.why) == ("Fees: set 2025-26 to (8)", "take-up so far")


def test_a_set_change_in_a_year_that_had_none_and_of_two_years() -> None:
    trial = applied(PLAN, {"set": "fees", "to": {"2025-26": "-", "26/27": "(4)"}})
    assert moved(trial) == [0, 5, 1]


def test_an_amount_may_carry_its_own_unit() -> None:
    trial = applied(PLAN, {"set": "fees", "to": {"2024-25": "-£0.012m", "2025-26": "-£5.5k"}})
    assert moved(trial) == [-2, -2.5, -2.5]


def test_a_contained_change_makes_a_forecast_and_the_gross_stays() -> None:
    trial = applied(PLAN, {"set": "fees", "to": {"2024-25": -4}})
    assert moved(trial) == [6, 6, 6]
    assert trial.plan.revenue == PLAN.revenue
    openings = [position_amounts(p).amounts[Key(TOTAL, "opening")] for p in (PLAN, trial.plan)]
    assert openings[0] == openings[1] == 170 * THOUSAND
    assert "2024-25: forecast 176 against a budget of 170: overspend 6, in £000." in sentences(
        trial
    )


def test_a_change_that_no_budget_contains_makes_no_forecast() -> None:
    trial = applied(PLAN, {"set": "fees", "to": {"2025-26": -8}})
    assert "forecast" not in sentences(trial)


def test_a_service_that_is_asked_for_has_its_own_forecast() -> None:
    trial = applied(PLAN, {"set": "fees", "to": {"2024-25": -4}})
    assert "2024-25: forecast 86 against a budget of 80: overspend 6" in sentences(trial, ("care",))


def test_a_budget_without_the_options_is_no_forecast_though_they_come_to_nil() -> None:
    """Hightown's options of 2024-25 come to nil; here its budget does not contain them."""
    plan = town(revenue=TOWN_REVENUE.replace("[2024-25]", "[]"))
    trial = applied(plan, {"set": "fees", "to": {"2024-25": -4}})
    assert moved(trial) == [6, 6, 6]
    assert "forecast" not in sentences(trial)


def test_an_underspend() -> None:
    trial = applied(PLAN, {"set": "fees", "to": {"2024-25": -11}})
    assert "forecast 169 against a budget of 170: underspend 1, in £000" in sentences(trial)


def test_set_a_service_s_gross_income_and_net() -> None:
    gross = applied(PLAN, {"set": "care", "measure": "gross", "to": 112.5})
    assert moved(gross) == moved(gross, "care") == [12.5] * 3
    income = applied(PLAN, {"set": "schools", "measure": "income", "to": "(160)"})
    assert moved(income, "learning") == [-10] * 3
    net = applied(PLAN, {"set": "adults", "measure": "net", "to": 41})
    assert moved(net, "adults") == [1] * 3
    revenue = revenue_amounts(net.plan.revenue[0]).amounts
    assert revenue[Key(TOTAL, "net", FIRST)] == 171 * THOUSAND


@pytest.mark.parametrize(
    ("change", "rule", "said"),
    [
        ({"set": "care", "measure": "net", "to": 1}, "CF504", "net is their sum"),
        ({"set": "adults", "measure": "gross", "to": 1}, "CF504", "'adults' has net alone"),
        ({"set": "learning", "measure": "net", "to": 1}, "CF504", "sum of the services within"),
        ({"set": "care", "measure": "cost", "to": 1}, "CF114", "'cost' cannot be measured"),
        (
            {"set": "fees", "measure": "gross", "to": 1},
            "CF501",
            "'fees' is an option, not a service",
        ),
        ({"set": "care", "to": 1}, "CF110", "'care' is a service: which of its amounts"),
        ({"set": "roof", "to": 1}, "CF110", "'roof' is a capital scheme"),
        ({"set": "fees", "to": -4}, "CF111", "an option has changes by year"),
        ({"set": "fees", "to": ""}, "CF111", "an option has changes by year"),
        ({"set": "care", "measure": "gross", "to": {"2024-25": 1}}, "CF111", "is one amount"),
        ({"set": "care", "measure": "gross", "to": ""}, "CF112", "an amount is missing"),
        (
            {"set": "care", "measure": "gross", "to": 1, "year": "2025-26"},
            "CF204",
            "no revenue budget of",
        ),
        ({"set": "fees", "to": {"2024-25": ""}}, "CF112", "an amount is missing"),
        ({"set": "fees", "to": {"2024-25": "four"}}, "CF112", "'four' is not an amount"),
        ({"set": "fees", "to": {"2024-25": "-0.000001"}}, "CF112", "finer than a penny"),
        ({"set": "fees", "to": {"2031-32": -4}}, "CF204", "2031-32 is outside the plan"),
        ({"set": "fees", "to": {"2024": -4}}, "CF113", "'2024' is not a financial year"),
        ({"set": "fees", "to": {"2024-25": 1, "24/25": 2}}, "CF202", "2024-25 stands twice"),
        ({"set": "fees", "to": [1]}, "CF111", "a list stands in place of amounts by year"),
        ({"set": "fees", "to": {"2024-25": [1]}}, "CF111", "a list stands in place of an amount"),
        ({"set": "fees"}, "CF110", "set needs 'to'"),
        ({"set": "", "to": {"2024-25": 1}}, "CF501", "no option is named"),
        ({"set": ["fees"], "to": {"2024-25": 1}}, "CF111", "a list stands in place of an id"),
    ],
)
def test_what_cannot_be_set(change: Change, rule: str, said: str) -> None:
    problem = only(refused(PLAN, change))
    assert (problem.rule, problem.severity) == (rule, "error")
    assert said in problem.message


def test_a_set_of_no_year_is_refused() -> None:
    assert refused(PLAN, {"set": "fees", "to": {}})


def test_a_bring_in_of_no_year_is_refused() -> None:
    assert refused(PLAN, {"bring_in": "hall", "allocations": {}})


@pytest.mark.parametrize(
    "change",
    [
        {"set": "fees", "year": "2024-25", "to": {"2025-26": -8}},
        {"set": "roof", "measure": "allocation", "year": "2024-25", "to": {"2025-26": 1}},
        {"set": "hall", "measure": "under_development", "year": "2024-25", "to": 1},
    ],
)
def test_a_year_that_means_nothing_is_refused(change: Change) -> None:
    assert rules_of(refused(PLAN, change)) == ["CF109"]


def test_a_service_that_another_year_s_budget_has() -> None:
    later = TOWN_REVENUE.replace("2024-25\n", "2026-27\n").replace("[2024-25]", "[]")
    plan = town(later=later.replace("id: care", "id: carers"))
    problem = only(refused(plan, {"set": "care", "measure": "gross", "to": 1}))
    assert problem.rule == "CF504"
    assert problem.message == "'care' is not in the 2026-27 budget"
    first: Change = {"set": "care", "measure": "gross", "to": 101, "year": "2024-25"}
    assert moved(applied(plan, first)) == [1, 1, 0]


def test_what_stands_where_nothing_is_planned() -> None:
    bare = town(revenue="", options="")
    assert only(refused(bare, {"set": "care", "measure": "net", "to": 1})).hint == (
        "the plan has no services"
    )
    assert only(refused(bare, {"drop": "fees"})).hint == "the plan has no options"
    assert only(refused(bare, {"drop": "saving"})).message == "the plan has no savings"
    no_options = town(options="")
    uplift = {"uplift": "care", "measure": "net", "by": "2%", "from": "2024-25"}
    assert only(refused(no_options, uplift)).message == (
        "the plan has no policy options, and an uplift comes as one"
    )
    added = {"service": "care", "id": "x", "name": "X", "kind": "saving", "status": "new"}
    found = refused(no_options, {"add": {**added, "changes": {"2024-25": -1}}})
    assert found[-1].message == "the plan has no policy options to add one to"
    no_revenue = town(revenue="")
    found = refused(no_revenue, {"set": "care", "measure": "net", "to": 1})
    assert found[0].message == "the plan has no revenue budget"
    assert "no revenue budget stands at or before" in refused(no_revenue, uplift)[0].message
    found = refused(
        town(capital=""), {"reprofile": "roof", "from": "2024-25", "to": "2025-26", "amount": 1}
    )
    assert found[-1].hint == "the plan has no schemes"


# -- delay ----------------------------------------------------------------------------------


def test_a_delay_moves_every_change_to_later_years() -> None:
    trial = applied(PLAN, {"delay": "fees", "years": 1})
    assert nets(trial.plan, measure="change") == [10, -10 + 30 - 8 - 7, -5 - 3]
    assert moved(trial) == [10, 5, 0]
    assert trial.beyond == ()


def test_what_a_delay_takes_past_the_plan_is_said_with_its_amount() -> None:
    trial = applied(PLAN, {"delay": "buses", "years": 2})
    assert moved(trial, "schools") == [0, 7, 10]
    assert beyond(trial) == [("buses", "2027-28", -7), ("buses", "2028-29", -3)]
    assert "Beyond the plan, and in none of its figures: net (7) in 2027-28, (3) in 2028-29" in (
        sentences(trial)
    )


def test_a_delay_from_a_year_leaves_what_is_before_it() -> None:
    trial = applied(PLAN, {"delay": "fees", "years": 1, "from": "2025-26"})
    assert moved(trial) == [0, 5, 0]
    assert trial.changes[0].words == "Fees: delayed 1 year from 2025-26"


def test_a_delay_onto_a_year_that_has_a_change_adds_to_it() -> None:
    trial = applied(PLAN, {"delay": "buses", "years": 1, "from": "2025-26"})
    assert nets(trial.plan, measure="change")[2] == -7
    assert beyond(trial) == [("buses", "2027-28", -3)]
    only_one = applied(PLAN, {"set": "buses", "to": {"2026-27": "-"}})
    assert moved(only_one) == [0, 0, 3]


def test_a_one_off_that_is_delayed_takes_its_reversal_along() -> None:
    trial = applied(PLAN, {"delay": "pilot", "years": 1})
    assert moved(trial) == [-8, 8, 0]
    assert nets(trial.plan, "care/reversals", "change") == [0, 0, -8]


def test_a_one_off_in_the_last_year_is_taken_back_after_the_plan() -> None:
    trial = applied(PLAN, {"delay": "pilot", "years": 2})
    assert moved(trial) == [-8, 0, 8]
    assert "Taken back in 2027-28, after the plan: Day pilot (one-off)." in sentences(trial)


def test_two_delays_compose() -> None:
    trial = applied(PLAN, {"delay": "fees", "years": 1}, {"delay": "saving", "years": 1})
    assert nets(trial.plan, "care", "change") == [8, 30 - 8, -10]
    assert beyond(trial) == [
        ("fees", "2027-28", -5),
        ("buses", "2027-28", -3),
    ]


def test_under_levels_a_change_is_still_a_change() -> None:
    """Levels of (10), (5) are changes of (10) and +5."""
    levels = """\
name: Hightown
unit: £000
basis: level
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: care
    options:
      - {id: fees, name: Fees, kind: saving, status: new,
         changes: {2024-25: -10, 2025-26: -5, 2026-27: -5}, stated: -5}
"""
    plan = town(options=levels)
    assert nets(plan, measure="change") == [-10, 5, 0]
    assert nets(plan) == [170, 175, 175]
    assert nets(applied(plan, {"delay": "fees", "years": 1}).plan) == [180, 170, 175]
    assert nets(applied(plan, {"deliver": "fees", "share": "60%"}).plan) == [174, 177, 177]
    assert nets(applied(plan, {"drop": "fees", "from": "2025-26"}).plan) == [170, 170, 170]
    assert nets(applied(plan, {"set": "fees", "to": {"2025-26": 0}}).plan) == [170, 170, 170]
    added = {
        "service": "care",
        "id": "new-one",
        "name": "New one",
        "kind": "saving",
        "status": "new",
        "changes": {"2024-25": -1, "2025-26": -1},
    }
    assert nets(applied(plan, {"add": added}).plan) == [169, 173, 173]


@pytest.mark.parametrize("years", [0, -1, 1.5, "one", "", "1_0", "１", 100, "٣"])
def test_what_is_no_number_of_years(years: object) -> None:
    assert only(refused(PLAN, {"delay": "fees", "years": years})).rule == "CF503"


@pytest.mark.parametrize(
    "change",
    [
        {"delay": "fees", "years": "9" * 5000},
        {"deliver": "fees", "share": "9" * 5000},
    ],
)
def test_a_number_that_is_far_too_long_is_refused(change: Change) -> None:
    assert only(refused(PLAN, change)).rule == "CF503"


def test_a_delay_of_more_years_than_the_plan_has() -> None:
    trial = applied(PLAN, {"delay": "demand", "years": 99})
    assert moved(trial) == [0, -30, -30]
    assert beyond(trial) == [("demand", "2124-25", 30)]


# -- deliver --------------------------------------------------------------------------------


def test_a_share_is_taken_of_every_change() -> None:
    trial = applied(PLAN, {"deliver": "fees", "share": "60%"})
    assert moved(trial) == [4, 6, 6]


def test_a_share_is_taken_of_a_one_off_s_reversal_too() -> None:
    trial = applied(PLAN, {"deliver": "pilot", "share": "25%"})
    assert moved(trial) == [-6, 0, 0]
    assert nets(trial.plan, "care/reversals", "change") == [0, -2, 0]


def test_a_share_is_taken_of_a_reversal_in_an_option_s_own_row() -> None:
    plan = town(options=TOWN_OPTIONS.replace("2026-27: -3", "2026-27: 7"))
    trial = applied(plan, {"deliver": "buses", "share": "50%"})
    assert nets(trial.plan, "schools", "change") == [2, -3.5, 3.5]


def test_a_share_from_a_year_on() -> None:
    assert moved(applied(PLAN, {"deliver": "fees", "share": "0%", "from": "25/26"})) == [0, 5, 5]


def test_a_share_is_rounded_half_away_from_zero_to_the_penny() -> None:
    options = TOWN_OPTIONS.replace("{2025-26: 30}", "{2025-26: 0.00001}")  # a penny
    plan = town(options=options.replace("2024-25: -10,", "2024-25: -0.00003,"))

    def pence(option: str, share: str) -> list[int]:
        trial = applied(plan, {"deliver": option, "share": share})
        assert trial.plan.options is not None
        (found,) = (
            o for block in trial.plan.options.services for o in block.options if o.id == option
        )
        return [figure.pence for figure in found.changes.values() if abs(figure.pence) < 100]

    assert pence("demand", "50%") == [1]
    assert pence("demand", "49.9999%") == [0]
    assert pence("fees", "50%") == [-2]  # 1.5 pence
    assert pence("fees", "49.9999%") == [-1]
    assert pence("fees", "16.6667%") == [-1]
    assert pence("fees", "16.6666%") == [0]


def test_shares_of_shares_are_rounded_once() -> None:
    """A third of three pence is a penny; half of a penny is one; half of a third of 3 too."""
    plan = town(options=TOWN_OPTIONS.replace("{2025-26: 30}", "{2025-26: 0.00003}"))
    changes = [{"deliver": "demand", "share": "50%"}] * 2  # 0.75 pence, not half of 2
    trial = applied(plan, *changes)
    assert trial.plan.options is not None
    assert trial.plan.options.services[0].options[1].changes[SECOND].pence == 1
    assert sum(one.net_budget[SECOND] for one in trial.contributions) == 1 - 3


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("60%", (3, 5)),
        ("2.5%", (1, 40)),
        ("0%", (0, 1)),
        (" 100 % ", (1, 1)),
        ("1000%", (10, 1)),
        ("−1%", (-1, 100)),
        ("+0.000001%", (1, 100_000_000)),
    ],
)
def test_shares_as_they_are_written(text: str, fraction: tuple[int, int]) -> None:
    found = parse_share(text)
    assert isinstance(found, Share)
    assert found == fraction


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("60", "write 60%"),
        ("0.6", "write 60%, or 0.6% if that is meant"),
        ("1", "write 100%, or 1% if that is meant"),
        ("2.5", "write 2.5%"),
        ("1001%", "check the figure"),
        ("1000.1%", "check the figure"),
        ("half", "write a share like 60% or 2.5%"),
        ("", "write a share like 60% or 2.5%"),
        ("nan%", "write a share like 60% or 2.5%"),
        ("1e2%", "write a share like 60% or 2.5%"),
        ("6 0%", "write a share like 60% or 2.5%"),
        ("٦٠%", "write a share like 60% or 2.5%"),
        ("60%%", "write a share like 60% or 2.5%"),
        ("99999%", "check the figure"),
        ("1.0000001%", "write a share like 60% or 2.5%"),
    ],
)
def test_shares_that_are_none(text: str, hint: str) -> None:
    problem = only(refused(PLAN, {"deliver": "fees", "share": text}))
    assert (problem.rule, problem.hint) == ("CF503", hint)


def test_a_share_below_nil_is_refused_for_a_delivery_alone() -> None:
    problem = only(refused(PLAN, {"deliver": "fees", "share": "-10%"}))
    assert problem.message == "'-10%' would turn a change into its opposite"
    uplift = {"uplift": "care", "measure": "gross", "by": "-10%", "from": "2025-26"}
    assert moved(applied(PLAN, uplift)) == [0, -10, -10]


@given(st.integers(-10_000, 10_000), st.integers(0, 10**6))
def test_a_share_of_an_amount_is_exact(pence: int, part: int) -> None:
    share = parse_share(f"{part // 1000}.{part % 1000:03d}%")
    assert isinstance(share, Share)
    whole, rest = divmod(abs(pence) * part * 2 + 100_000, 200_000)
    assert to_the_penny(share.of(pence)) == (-whole if pence < 0 else whole), rest


# -- drop -----------------------------------------------------------------------------------


def test_a_drop_of_an_option_and_from_a_year() -> None:
    assert moved(applied(PLAN, {"drop": "fees"})) == [10, 15, 15]
    assert moved(applied(PLAN, {"drop": "fees", "from": "2025-26"})) == [0, 5, 5]
    assert moved(applied(PLAN, {"drop": "pilot"})) == [-8, 0, 0]


# -- groups ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "expected", "words"),
    [
        ("saving", [10, 22, 25], "Savings: dropped"),
        ("saving/new", [10, 15, 15], "New savings: dropped"),
        ("saving/previously-approved", [0, 7, 10], "Previously approved savings: dropped"),
        ("investment", [-10, -32, -32], "Investments: dropped"),
        ("care/saving", [10, 15, 15], "Savings of Care: dropped"),
        ("schools/saving", [0, 7, 10], "Savings of Schools: dropped"),
        ("learning/saving", [0, 7, 10], "Savings of Learning: dropped"),
        ("learning/investment/new", [-2, -2, -2], "New investments of Learning: dropped"),
        (
            "care/investment/previously-approved",
            [0, -30, -30],
            "Previously approved investments of Care: dropped",
        ),
    ],
)
def test_a_group_is_all_its_options(target: str, expected: list[float], words: str) -> None:
    trial = applied(PLAN, {"drop": target})
    assert moved(trial) == expected
    assert trial.changes[0].words == words


def test_a_group_has_the_options_of_the_plan_not_those_that_are_added() -> None:
    added = {
        "service": "care",
        "id": "x",
        "name": "X",
        "kind": "saving",
        "status": "new",
        "changes": {"2024-25": -1},
    }
    trial = applied(PLAN, {"add": added}, {"drop": "saving"})
    assert moved(trial) == [9, 21, 24]


# -- add ------------------------------------------------------------------------------------

CLUBS = {
    "service": "schools",
    "id": "breakfast-clubs",
    "name": "Breakfast clubs",
    "kind": "saving",
    "status": "new",
    "changes": {"2025-26": -25},
}


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


# -- uplift ---------------------------------------------------------------------------------


def uplifted(service: str, measure: str, by: str, since: str = "2025-26", **more: object) -> Change:
    return {"uplift": service, "measure": measure, "by": by, "from": since, **more}


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


# -- capital --------------------------------------------------------------------------------


def reprofiled(source: str, goal: str, amount: object) -> Change:
    return {"reprofile": "roof", "from": source, "to": goal, "amount": amount}


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


def brought(allocations: dict[str, object]) -> Change:
    return {"bring_in": "hall", "allocations": allocations}


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


# -- what a scenario is aimed at ------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "said", "hint"),
    [
        ("Fees", "unknown option 'Fees'", "did you mean 'fees' (Fees)?"),
        ("School buses", "unknown option 'School buses'", "did you mean 'buses' (School buses)?"),
        ("school", "unknown option 'school'", "did you mean 'buses' (School buses)?"),
        ("route", "unknown option 'route'", "did you mean 'planner' (Route planner)?"),
        ("buss", "unknown option 'buss'", "did you mean 'buses' (School buses)?"),
        ("e", "unknown option 'e'", "write the id of one of the plan's options: none is near"),
        (
            "xyzzy",
            "unknown option 'xyzzy'",
            "write the id of one of the plan's options: none is near",
        ),
        ("???", "unknown option '???'", "write the id of one of the plan's options: none is near"),
        ("care", "'care' is a service, not an option", "write care/saving or care/investment"),
        ("roof", "'roof' is a capital scheme, not an option", "reprofile or bring_in it"),
        ("car/saving", "unknown service 'car'", "did you mean 'care' (Care)?"),
        ("Adult Learning/saving", "unknown service 'Adult Learning'", "did you mean 'adults'"),
        ("adults/saving", "the plan has no savings of Adult Learning", "aim at"),
        ("saving/old", "unknown option 'saving/old'", ""),
        ("care/saving/new/x", "unknown option 'care/saving/new/x'", ""),
        ("/saving", "no service is named", ""),
    ],
)
def test_a_target_that_the_plan_does_not_have(target: str, said: str, hint: str) -> None:
    problem = only(refused(PLAN, {"drop": target}))
    assert problem.rule == "CF501"
    assert said in problem.message
    assert hint in (problem.hint or "")


def test_many_candidates_are_not_all_named() -> None:
    lines = "".join(
        f"      - {{id: bus-{n}, name: Bus {n}, kind: saving, status: new, changes: {{}}}}\n"
        for n in range(12)
    )
    plan = town(options=TOWN_OPTIONS + lines)
    assert only(refused(plan, {"drop": "bus"})).hint == (
        "13 ids hold 'bus': write more of the one that is meant"
    )


def test_an_option_whose_id_is_that_of_a_group_is_not_silently_the_group() -> None:
    plan = town(options=TOWN_OPTIONS.replace("id: fees, name: Fees", "id: saving, name: Saving"))
    found = tried(plan, [{"drop": "saving"}])
    assert not isinstance(found, Applied) or found.changes[0].words == "Saving: dropped"


@pytest.mark.parametrize("target", ["care/savings", "savings", "care/saving/approved"])
def test_a_group_that_is_nearly_right_is_suggested(target: str) -> None:
    hint = only(refused(PLAN, {"drop": target})).hint or ""
    assert "'care/saving" in hint or "'saving'" in hint


@pytest.mark.parametrize(
    ("change", "rule", "said"),
    [
        ({}, "CF502", "a change says nothing that a scenario can do"),
        ({"why": "so"}, "CF502", "a change says nothing that a scenario can do"),
        ({"drop": "fees", "delay": "fees", "years": 1}, "CF502", "a change says delay and drop"),
        ({"drop": "fees", "years": 1}, "CF109", "drop takes no 'years'"),
        ({"delay": "fees"}, "CF110", "delay needs 'years'"),
        ({"deliver": "fees"}, "CF110", "deliver needs 'share'"),
        ({"drop": "fees", "from": "2031-32"}, "CF204", "2031-32 is outside the plan"),
        ({"drop": "fees", "from": "2024"}, "CF113", "'2024' is not a financial year"),
        ({"delay": "fees", "years": 1, "from": "2031-32"}, "CF204", "outside"),
        ({"deliver": "fees", "share": "5%", "from": "2031-32"}, "CF204", "outside"),
        ({"remove": "fees"}, "CF109", "unknown key 'remove'"),
    ],
)
def test_what_is_no_change(change: Change, rule: str, said: str) -> None:
    problem = only(refused(PLAN, change))
    assert problem.rule == rule
    assert said in problem.message


def test_every_problem_is_said_at_its_own_line() -> None:
    found = refused(PLAN, {"drop": "x"}, {"drop": "fees"}, {"delay": "fees", "years": 0}, {})
    assert [(p.place.line, p.rule) for p in found] == [(1, "CF501"), (3, "CF503"), (4, "CF502")]


# -- several changes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        [{"delay": "fees", "years": 1}, {"delay": "fees", "years": 1}],
        [{"deliver": "fees", "share": "60%"}, {"deliver": "saving", "share": "50%"}],
        [{"deliver": "fees", "share": "60%"}, {"delay": "fees", "years": 1}],
        [{"set": "fees", "to": {"2024-25": -8}}, {"set": "fees", "to": {"2025-26": -8}}],
        [{"set": "fees", "to": {"2024-25": -8}}, {"set": "fees", "to": {"2024-25": -8}}],
        [{"set": "fees", "to": {"2024-25": -8}}, {"drop": "fees", "from": "2025-26"}],
        [
            {"deliver": "fees", "share": "60%", "from": "2025-26"},
            {"deliver": "fees", "share": "50%"},
        ],
        [{"drop": "fees"}, {"drop": "fees"}],
        [{"drop": "fees"}, {"drop": "saving"}],
        [
            {"set": "care", "measure": "gross", "to": 90},
            {"set": "care", "measure": "income", "to": -9},
        ],
        [reprofiled("2024-25", "2025-26", 1), reprofiled("2024-25", "2026-27", "0.5")],
        [brought({"2025-26": 1}), brought({"2026-27": 1})],
        [uplifted("care", "net", "2%"), uplifted("care", "net", "3%")],
    ],
)
def test_what_comes_to_the_same_in_any_order_composes(changes: list[Change]) -> None:
    one, other = applied(PLAN, *changes), applied(PLAN, *changes[::-1])
    assert nets(one.plan) == nets(other.plan)
    assert capital(one.plan) == capital(other.plan)
    assert {p.rule for p in one.problems} <= {"CF509", "CF510"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [{"set": "fees", "to": {"2024-25": -8}}, {"deliver": "fees", "share": "50%"}],
            "matters for Fees, 2024-25: (4) first, (8) first, in £000",
        ),
        (
            [{"set": "fees", "to": {"2024-25": -8}}, {"set": "fees", "to": {"2024-25": -9}}],
            "2024-25: (9) first, (8) first, in £000",
        ),
        (
            [{"delay": "fees", "years": 1}, {"set": "fees", "to": {"2026-27": -1}}],
            "2026-27: (1) first, (5) first, in £000",
        ),
        (
            [{"delay": "fees", "years": 1}, {"delay": "fees", "years": 1, "from": "2025-26"}],
            "2025-26: nil first, (10) first, in £000",
        ),
        (
            [{"delay": "fees", "years": 2}, {"deliver": "fees", "share": "50%", "from": "2026-27"}],
            "2026-27: (5) first, (10) first, in £000",
        ),
        (
            [
                {"set": "care", "measure": "gross", "to": 90},
                {"set": "care", "measure": "gross", "to": 91},
            ],
            "matters for gross of care, 2024-25: 91 first, 90 first",
        ),
        (
            [
                {"set": "roof", "measure": "allocation", "to": {"2024-25": 2}},
                reprofiled("2024-25", "2025-26", 1),
            ],
            "2024-25: 1.000 first, 2.000 first, in £m",
        ),
        (
            [{"set": "hall", "measure": "under_development", "to": 4}, brought({"2025-26": 1})],
            "under development: 3.000 first, 4.000 first, in £m",
        ),
        (
            [
                {"add": CLUBS},
                {"set": "breakfast-clubs", "to": {"2025-26": -8}},
                {"deliver": "breakfast-clubs", "share": "50%"},
            ],
            "matters for Breakfast clubs, 2025-26: (4) first, (8) first",
        ),
        (
            [{"set": "buses", "to": {"2026-27": -9}}, {"delay": "saving", "years": 2}],
            "matters for School buses, 2026-27: nil first, (9) first",
        ),
        (
            [
                {"delay": "saving", "years": 1},
                {"deliver": "saving", "share": "50%", "from": "2026-27"},
            ],
            "matters for Fees, 2026-27: (2.5) first, (5.0) first, in £000 (1 more like it)",
        ),
    ],
)
def test_a_conflict_shows_what_both_orders_come_to(changes: list[Change], said: str) -> None:
    problem = next(p for p in refused(PLAN, *changes) if p.severity == "error")
    assert problem.rule == "CF506"
    # Which change is first stands between: (4) with 'Fees: set 2024-25 to (8)' (line 1) first.
    assert said in re.sub(r" with '.*?'( \(line \d+\))? first", " first", problem.message)
    assert problem.place.line == len(changes)
    applied(PLAN, *changes, allow_conflicts=True)


def many_set(count: int) -> list[Change]:
    """Changes of one figure, each to another amount: every two of them are in conflict."""
    return [{"set": "fees", "to": {"2025-26": -100 - at}} for at in range(count)]


@pytest.mark.parametrize(
    ("count", "shown", "more"),
    [
        (6, 15, ""),
        (7, 20, "; and 1 more pair of changes like these"),
        (60, 20, "; and 1,750 more pairs of changes like these"),
        (65, 20, "; and at least 2,000 more pairs of changes like these"),
    ],
)
def test_of_many_conflicts_some_are_shown_and_the_others_counted(
    count: int, shown: int, more: str
) -> None:
    found = [problem.message for problem in refused(PLAN, *many_set(count))]
    assert len(found) == shown
    assert found[-1].endswith(more or "in £000")
    assert not any("more pair" in message for message in found[:-1])


ALIKE: dict[str, Change] = {
    "shares": {"deliver": "saving", "share": "90%"},
    "the same": {"set": "fees", "to": {"2025-26": -6}},
    "moves": {"reprofile": "roof", "from": "2024-25", "to": "2025-26", "amount": "0.01"},
}
"""Each may be made again and again, and comes to the same in any order."""


@pytest.mark.parametrize("change", ALIKE.values(), ids=ALIKE)
def test_many_changes_that_compose_take_time_in_proportion(change: Change) -> None:
    assert growth(lambda size: lambda: applied(PLAN, *[change] * size), 30) < 5


def test_many_conflicts_take_time_in_proportion() -> None:
    assert growth(lambda size: lambda: refused(PLAN, *many_set(size)), 100) < 5


def test_one_change_in_conflict_with_many_that_have_none_is_found() -> None:
    many: list[Change] = [
        {"set": "fees", "to": {year: -6}} for year in ("2024-25", "2025-26") for _ in range(50)
    ]
    found = refused(PLAN, *many, {"set": "fees", "to": {"2025-26": -7}})
    assert {problem.rule for problem in found if problem.severity == "error"} == {"CF506"}
    assert found[-1].message.endswith("; and 30 more pairs of changes like these")


def test_many_unknown_ids_are_all_named_and_the_first_get_a_suggestion() -> None:
    """The nearest id takes a walk through the whole plan: for each it would be quadratic."""
    slips = [f"fees{letter}" for letter in ascii_lowercase for _ in range(2)]
    found = refused(PLAN, *({"drop": slip} for slip in [*slips, *["nothing-like-it"] * 448]))
    assert rules_of(found) == ["CF501"] * 500
    near = [problem.hint == "did you mean 'fees' (Fees)?" for problem in found]
    assert near == [True] * 40 + [False] * 460  # twenty ids, each of which stands twice
    assert found[-1].hint == "write the id of one of the plan's options"


def test_unknown_ids_take_time_in_proportion() -> None:
    """Each to the changes and to the plan: not one times the other."""
    option = "{id: option-%d, name: Option %d, kind: saving, status: new, changes: {}}"

    def of_size(size: int) -> Callable[[], object]:
        lines = "".join(f"      - {option % (at, at)}\n" for at in range(size))
        plan = town(options=TOWN_OPTIONS[: TOWN_OPTIONS.index("      - {id: fees")] + lines)
        return lambda: refused(plan, *[{"drop": f"unknown-{at}"} for at in range(size)])

    assert growth(of_size, 100) < 5


def test_each_order_comes_to_what_the_conflict_says() -> None:
    changes: list[Change] = [
        {"set": "fees", "to": {"2024-25": -8}},
        {"deliver": "fees", "share": "50%"},
    ]
    first = applied(PLAN, *changes, allow_conflicts=True)
    assert nets(first.plan, "care", "change")[0] == -4 + 8
    second = applied(PLAN, *changes[::-1], allow_conflicts=True)
    assert nets(second.plan, "care", "change")[0] == -8 + 8
    assert rules_of(second.problems) == ["CF506"]
    assert {p.severity for p in second.problems} == {"warning"}
    assert (
        "Conflicts are allowed; the changes were made in this order: "
        "1. Fees: 50% delivered; 2. Fees: set 2024-25 to (8)." in sentences(second)
    )
    assert "in this order" not in sentences(applied(PLAN, changes[0]))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [{"drop": "fees"}, {"set": "fees", "to": {"2025-26": -6}}],
            "Fees is dropped by line 1 (Fees: dropped), and changed here",
        ),
        (
            [{"delay": "fees", "years": 1}, {"drop": "fees"}],
            "Fees is dropped here, and changed by line 1 (Fees: delayed 1 year)",
        ),
        (
            [{"drop": "saving"}, {"deliver": "buses", "share": "50%"}],
            "School buses is dropped by line 1 (Savings: dropped), and changed here",
        ),
        (
            [{"drop": "fees", "from": "2025-26"}, {"delay": "fees", "years": 1}],
            "Fees is dropped by line 1 (Fees: dropped from 2025-26), and changed here",
        ),
        (
            [
                {"drop": "fees", "from": "2025-26"},
                {"deliver": "fees", "share": "50%", "from": "2025-26"},
            ],
            "Fees is dropped by line 1",
        ),
    ],
)
def test_a_change_of_what_is_dropped(changes: list[Change], said: str) -> None:
    problem = next(p for p in refused(PLAN, *changes) if p.severity == "error")
    assert problem.rule == "CF507"
    assert said in problem.message
    assert "in this order" in sentences(applied(PLAN, *changes, allow_conflicts=True))


def test_a_group_s_change_does_not_reach_what_is_dropped() -> None:
    trial = applied(PLAN, {"drop": "fees"}, {"deliver": "saving", "share": "50%"})
    problem = only(trial.problems)
    assert (problem.rule, problem.severity) == ("CF508", "warning")
    assert problem.message == "Fees is dropped: 'Savings: 50% delivered' does not reach that"
    assert moved(trial) == [10, 15 + 3.5, 15 + 5]


def test_a_group_s_change_that_brings_back_what_is_dropped_is_a_conflict() -> None:
    changes: list[Change] = [{"drop": "fees", "from": "2025-26"}, {"delay": "saving", "years": 1}]
    assert "CF506" in rules_of(refused(PLAN, *changes))


def test_changes_of_years_that_are_not_dropped_are_no_conflict() -> None:
    trial = applied(
        PLAN,
        {"drop": "fees", "from": "2025-26"},
        {"set": "fees", "to": {"2024-25": -4}},
    )
    assert moved(trial) == [6, 11, 11]


# -- warnings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [{"delay": "buses", "years": 1}],
            "the saving 'School buses' is delayed 1 year while its invest to save (planner) stays",
        ),
        (
            [{"drop": "planner"}],
            "the saving 'School buses' stays while its invest to save (planner) is dropped",
        ),
        ([{"set": "buses", "to": {"2025-26": 0}}], "'School buses' is "),
        (
            [{"drop": "buses"}, {"delay": "planner", "years": 1}],
            "the saving 'School buses' is dropped while its invest to save (planner) is delayed",
        ),
    ],
)
def test_a_saving_that_moves_apart_from_its_invest_to_save(
    changes: list[Change], said: str
) -> None:
    problem = only(applied(PLAN, *changes).problems)
    assert (problem.rule, problem.severity) == ("CF509", "warning")
    assert said in problem.message


@pytest.mark.parametrize(
    "changes",
    [
        [{"delay": "buses", "years": 1}, {"delay": "planner", "years": 1}],
        [{"drop": "saving"}, {"drop": "investment"}],
        [{"deliver": "buses", "share": "50%"}],
        [{"set": "buses", "to": {"2025-26": -6}}],
        [{"delay": "fees", "years": 1}],
    ],
)
def test_what_moves_together_or_not_at_all(changes: list[Change]) -> None:
    assert applied(PLAN, *changes).problems == ()


def test_two_delays_of_the_saving_and_one_of_its_invest_to_save_move_apart() -> None:
    once = {"delay": "planner", "years": 1}
    trial = applied(PLAN, {"delay": "buses", "years": 1}, {"delay": "saving", "years": 1}, once)
    assert rules_of(trial.problems) == ["CF509"]


def test_a_delay_in_two_steps_is_the_same_delay() -> None:
    trial = applied(
        PLAN,
        {"delay": "buses", "years": 1},
        {"delay": "buses", "years": 1},
        {"delay": "planner", "years": 2},
    )
    assert trial.problems == ()


def test_delays_of_other_lengths_are_said_with_their_years() -> None:
    trial = applied(PLAN, {"delay": "buses", "years": 1}, {"delay": "planner", "years": 2})
    assert (
        "is delayed while its invest to save (planner) is delayed"
        not in only(trial.problems).message
    )


def test_a_saving_of_which_nothing_comes_while_its_spending_stays() -> None:
    assert rules_of(applied(PLAN, {"deliver": "buses", "share": "0%"}).problems) == ["CF509"]


def test_a_saving_that_is_set_to_nil_is_not_said_to_move_to_other_years() -> None:
    trial = applied(PLAN, {"set": "buses", "to": {"2025-26": 0, "2026-27": 0}})
    assert "set in other years" not in only(trial.problems).message


@pytest.mark.parametrize(
    "change",
    [
        {"set": "fees", "to": {"2024-25": -10, "2025-26": -6}},
        {"set": "fees", "to": {"2026-27": 0}},
        {"set": "care", "measure": "gross", "to": "£100k"},
        {"set": "roof", "measure": "allocation", "to": {"2026-27": 0}},
        {"set": "hall", "measure": "under_development", "to": 3},
    ],
)
def test_a_set_of_what_is_so_already(change: Change) -> None:
    problem = only(applied(PLAN, change).problems)
    assert (problem.rule, problem.severity) == ("CF510", "warning")
    assert "is so already" in problem.message


# -- tables ---------------------------------------------------------------------------------


def test_an_underspend_of_a_one_off_is_not_said_to_last() -> None:
    trial = applied(PLAN, {"drop": "pilot"})
    assert moved(trial) == [-8, 0, 0]
    assert "It lasts unless the scenario takes it back" not in sentences(trial)


def test_what_is_called_the_total_to_date_is_what_the_table_has_under_that_name() -> None:
    """Of a budget that is set the total to date, which is against the opening, does not move."""
    trial = applied(PLAN, {"set": "care", "measure": "gross", "to": 104})
    assert moved(trial, measure="total_to_date") == [0, 0, 0]
    assert "£0.012m more (total to date)" not in sentences(trial)


def test_a_sentence_gives_all_its_amounts_in_one_unit() -> None:
    trial = applied(PLAN, {"deliver": "saving", "share": "75%", "from": "2025-26"})
    assert "£0.003m more in 2025-26 and £3,750 more in 2026-27" not in sentences(trial)


def test_a_parent_whose_own_options_stay_has_no_difference_in_them() -> None:
    """Learning has an option of its own, and Adult Learning's first one is added below it."""
    lines = "  - service: learning\n    options:\n      - {id: hub, name: Hub, kind: saving, status: new, changes: {2024-25: -1}}\n"  # noqa: E501
    plan = town(options=TOWN_OPTIONS.split("  - service: schools")[0] + lines)
    trial = applied(plan, {"add": {**CLUBS, "service": "adults"}})
    (options,) = (t for t in trial_tables(trial, "x").tables if t.difference.name == "options")
    key = Key("learning/own", "change", FIRST)
    assert options.difference.cells[key].pence == 0
    assert options.baseline.cells[key].pence == -1 * THOUSAND


def test_headings_have_no_figures() -> None:
    trial = applied(PLAN, {"add": {**CLUBS, "service": "adults"}})
    for shown in trial_tables(trial, "x").tables:
        headings = {row.id for row in shown.difference.rows if row.role == "heading"}
        assert not [key for table in shown for key in table.cells if key.row in headings]


# -- what each change contributes -----------------------------------------------------------


def test_contributions_stand_in_the_order_in_which_the_changes_were_made() -> None:
    trial = applied(
        PLAN,
        {"delay": "fees", "years": 1},
        {"deliver": "saving", "share": "50%"},
        uplifted("care", "net", "10%"),
        reprofiled("2024-25", "2025-26", 1),
    )
    assert by_change(trial) == [[10, 5, 0], [0, 5 + 3.5, 7.5 + 5], [0, 8, 8], [0, 0, 0]]
    assert moved(trial) == [10, 21.5, 20.5]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([{"set": "fees", "to": {"2024-25": -4}}], "costs £6,000 more in every year"),
        (
            [{"delay": "fees", "years": 1}],
            "costs £10,000 more in 2024-25, £5,000 more in 2025-26"
            " and the same in 2026-27. By 2026-27 that adds up to £15,000 more (total to date)",
        ),
        (
            [{"set": "fees", "to": {"2024-25": -12, "2025-26": 0, "2026-27": 0}}],
            "is better at first and worse later: it costs £2,000 less in 2024-25 and £3,000 "
            "more in each of 2025-26 and 2026-27.",
        ),
        (
            [{"set": "fees", "to": {"2024-25": -8, "2025-26": -9}}],
            "is worse at first and better later",
        ),
        (
            [{"delay": "pilot", "years": 1}],
            "£8,000 more in 2025-26 and the same in 2026-27.",
        ),
        (
            [{"set": "fees", "to": {"2024-25": -8, "2025-26": -8, "2026-27": 2}}],
            "is better in some years and worse in others",
        ),
        (
            [{"deliver": "fees", "share": "100%"}],
            "makes no difference to the net budget of any year of the plan.",
        ),
    ],
)
def test_a_trial_in_words(changes: list[Change], said: str) -> None:
    assert said in sentences(applied(PLAN, *changes))


def test_the_plan_is_never_altered() -> None:
    twin = town()
    applied(
        PLAN,
        {"set": "fees", "to": {"2024-25": -4}},
        {"set": "care", "measure": "gross", "to": 90},
        uplifted("schools", "gross", "2%"),
        {"add": CLUBS},
        reprofiled("2024-25", "2025-26", 1),
        brought({"2025-26": 1}),
    )
    assert twin == PLAN


# -- files ----------------------------------------------------------------------------------


def from_files(plan: Plan, *names: str) -> Applied | tuple[Problem, ...]:
    reader = Reader(plan)
    for name in names:
        reader.file(name)
    return apply_scenario(plan, reader.read())


def write(folder: Path, **texts: str) -> None:
    """Scenario files; __ in a name is a folder's end."""
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def scenario(name: str, *changes: str, include: str = "") -> str:
    listed = "".join(f"\n  - {change}" for change in changes) or " []"
    return f"name: {name}\nchanges:{listed}\n" + (f"include: [{include}]\n" if include else "")


def test_included_files_come_first_and_are_named_from_where_they_are_included(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        sets__top=scenario("Top", "{drop: pilot}", include="inner/one.yaml, ../two.yaml"),
        sets__inner__one=scenario("One", "{delay: fees, years: 1}", include="deep.yaml"),
        sets__inner__deep=scenario("Deep", "{drop: demand}"),
        two=scenario("Two", "{drop: planner}"),
    )
    found = from_files(PLAN, "sets/top.yaml")
    assert isinstance(found, Applied)
    assert found.names == ("Top", "One", "Deep", "Two")
    assert [change.words for change in found.changes] == [
        "Demand: dropped",
        "Fees: delayed 1 year",
        "Route planner: dropped",
        "Day pilot: dropped",
    ]
    assert [change.place.file for change in found.changes] == [
        "sets/inner/deep.yaml",
        "sets/inner/one.yaml",
        "sets/../two.yaml",
        "sets/top.yaml",
    ]


@pytest.mark.parametrize(
    ("texts", "rule", "said"),
    [
        ({"a": scenario("A", include="a.yaml")}, "CF505", "a.yaml includes itself"),
        (
            {"a": scenario("A", include="b.yaml"), "b": scenario("B", include="./a.yaml")},
            "CF505",
            "a.yaml includes itself",
        ),
        (
            {
                "a": scenario("A", include="b.yaml, c.yaml"),
                "b": scenario("B", include="d.yaml"),
                "c": scenario("C", include="d.yaml"),
                "d": scenario("D", "{drop: fees}"),
            },
            "CF505",
            "d.yaml is read already: its changes would be made twice",
        ),
        ({"a": scenario("A", include="gone.yaml")}, "CF102", "there is no file gone.yaml"),
        ({"a": scenario("A", include="'.'")}, "CF102", ""),
        ({"a": "name: A\ninclude: b.yaml\n"}, "CF111", "in place of a list of files"),
        ({"a": "name: A\ninclude: [[b]]\n"}, "CF111", "a list stands in place of a file"),
        ({"a": "changes: []\n"}, "CF110", "'name' is missing"),
        ({"a": ""}, "CF111", "the file is empty"),
        ({"a": "- {drop: fees}\n"}, "CF111", "a list stands in place of a mapping"),
        ({"a": "name: A\nchanges: {drop: fees}\n"}, "CF111", "in place of a list"),
        ({"a": "name: A\nchange: []\n"}, "CF109", "unknown key 'change'"),
    ],
)
def test_files_that_cannot_be_read_as_scenarios(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texts: dict[str, str], rule: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, **texts)
    found = from_files(PLAN, "a.yaml")
    assert not isinstance(found, Applied)
    assert said in only(found).message
    assert only(found).rule == rule


def test_a_file_given_twice_or_also_included(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, a=scenario("A", "{drop: fees}"), b=scenario("B", include="a.yaml"))
    for names in (("a.yaml", "a.yaml"), ("a.yaml", "./a.yaml"), ("a.yaml", "b.yaml")):
        found = from_files(PLAN, *names)
        assert not isinstance(found, Applied)
        assert only(found).rule == "CF505"


def test_too_many_files_in_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for n in range(30):
        write(tmp_path, **{f"s{n}": scenario(f"S{n}", include=f"s{n + 1}.yaml")})
    found = from_files(PLAN, "s0.yaml")
    assert not isinstance(found, Applied)
    assert only(found).message == "too many files in a row"


def test_a_scenario_without_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, a="name: Nothing yet\nnote: to be filled in\n")
    found = from_files(PLAN, "a.yaml")
    assert isinstance(found, Applied)
    assert (found.plan, found.names) == (PLAN, ("Nothing yet",))


def test_a_conflict_with_a_change_of_another_file_names_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        a=scenario("A", "{set: fees, to: {2024-25: -8}}"),
        b=scenario("B", "{deliver: fees, share: 50%}"),
    )
    found = from_files(PLAN, "a.yaml", "b.yaml")
    assert not isinstance(found, Applied)
    assert "(4) with 'Fees: set 2024-25 to (8)' (a.yaml:3) first" in only(found).message


def test_every_problem_of_a_file_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, a=scenario("A", "text", "{drop: x}", "{delay: fees}"))
    found = from_files(PLAN, "a.yaml")
    assert not isinstance(found, Applied)
    assert [(p.place.line, p.rule) for p in found] == [(3, "CF111"), (4, "CF501"), (5, "CF110")]


# -- kept -----------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=30)


@settings(max_examples=200, deadline=None)
@given(TEXTS.filter(str.strip), TEXTS, TEXTS)
def test_any_text_is_kept_as_it_is(name: str, why: str, option: str) -> None:
    node, added = MappingNode(Place("x")), MappingNode(Place("x"))
    node["why"], node["add"] = Scalar(why, node.place), added
    added["name"] = Scalar(option, node.place)
    added["funds"] = funds = ListNode(node.place)
    funds.append(Scalar(option, node.place))
    composed = compose(scenario_text(name, [node], why), "kept.yaml")
    if any(mark in name + why + option for mark in HARMFUL):
        return
    assert composed.problems == [], scenario_text(name, [node], why)
    assert plain(composed.root) == {
        "name": name,
        **({"note": why} if why else {}),
        "changes": [{"why": why, "add": {"name": option, "funds": [option]}}],
    }


HARMFUL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that no file may hold, and so no name that was read."""


def plain(node: object) -> object:
    """A node as plain values."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, ListNode):
        return [plain(item) for item in node]
    assert isinstance(node, MappingNode)
    return {key: plain(value) for key, value in node.items()}


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "No",
        "null",
        "~",
        "0123",
        "12:30",
        "1e3",
        "a: b",
        "a #b",
        "{a}",
        "-",
        "- a",
        "'",
        '"',
        "\\",
        "\ttab",
        "[red]",
        "&a",
        "*a",
        "!a",
        "%",
        "@",
        "`",
        "a ",
        " a",
        "=1",
    ],
)
def test_texts_that_yaml_would_read_as_something_else(text: str) -> None:
    composed = compose(scenario_text(text, []), "kept.yaml")
    assert composed.problems == []
    assert plain(composed.root) == {"name": text, "changes": []}


def test_the_shape_of_a_kept_scenario() -> None:
    trial = applied(
        PLAN,
        {"set": "fees", "to": {"2024-25": "(4)"}, "why": "take-up: slow"},
        uplifted("care", "net", "2%", yearly=True),
        {"add": CLUBS},
    )
    assert scenario_text("A trial", [change.node for change in trial.changes]) == (
        "name: A trial\n"
        "changes:\n"
        '  - {set: fees, to: {2024-25: "(4)"}, why: "take-up: slow"}\n'
        '  - {uplift: care, measure: net, by: 2%, from: 2025-26, yearly: "true"}\n'
        "  - {add: {service: schools, id: breakfast-clubs, name: Breakfast clubs, kind: saving, "
        "status: new, changes: {2025-26: -25}}}\n"
    )
