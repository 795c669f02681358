"""What each change of a scenario does, on a plan small enough to check by hand. In £000.

Hightown's options (`tests/kit/scenarios.py`), as cumulative changes by year:

    fees      (10)  (15)  (15)        buses      -   (7)  (10)
    demand      -     30    30        planner    2     2     2
    pilot       8      -     -        net budget 170  180  177
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.position import position_amounts
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.scenario.changes.applied import Applied
from cfbudget.shares import Share, parse_share, to_the_penny
from tests.kit.scenarios import (
    TOWN_OPTIONS,
    TOWN_REVENUE,
    Change,
    applied,
    refused,
    rules_of,
    town,
)
from tests.kit.trial_figures import (
    FIRST,
    PLAN,
    SECOND,
    THOUSAND,
    capital,
    moved,
    nets,
    only,
    sentences,
)


def beyond(trial: Applied) -> list[tuple[str, str, float]]:
    return [(one.option, str(one.year), one.pence / THOUSAND) for one in trial.beyond]


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
