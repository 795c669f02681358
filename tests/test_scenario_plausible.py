"""Trials that make a plan implausible, or uplift twice, are warned of, and only they."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.position import position_amounts
from cfbudget.years import FinancialYear
from tests.kit import returned
from tests.kit.counting import growth
from tests.kit.scenarios import (
    TOWN_OPTIONS,
    TOWN_REVENUE,
    Change,
    applied,
    town,
)
from tests.kit.slips import TOWN, adding, codes, slips
from tests.kit.support import SHIPPED, plan_of

# -- what makes a plan implausible ----------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "rule", "message"),
    [
        (
            {"set": "roof", "measure": "allocation", "to": {"2025-26": -1}},
            "CF413",
            "'Roof' has an allocation that is minus",
        ),
        (
            {"set": "fees", "to": {"2024-25": -150}},
            "CF415",
            "'Fees' saves £145,000 of the £127,200 that Care spends, with what is added to it",
        ),
        (
            {"set": "fees", "to": {"2025-26": -140}},
            "CF415",
            "'Fees' saves £140,000 of the £127,200 that Care spends, with what is added to it",
        ),
        (
            adding(changes={"2024-25": -3}, name="Fees", kind="saving"),
            "CF416",
            "'Fees' stands on policy_options.yaml:8 too",
        ),
    ],
)
def test_what_makes_a_plan_implausible_is_said_at_the_change_that_does(
    change: Change, rule: str, message: str
) -> None:
    others: list[Change] = [
        {"set": "demand", "to": {"2025-26": 28}},
        {"delay": "buses", "years": 1},
        {"deliver": "pilot", "share": "90%"},
    ]
    for at in range(4):
        found = slips(town(revenue=EARNS_LITTLE), *others[:at], change, *others[at:])
        assert [(p.rule, p.place.line, p.message) for p in found] == [(rule, at + 1, message)]


EARNS_LITTLE = TOWN_REVENUE.replace("gross: 100, income: -20", "gross: 100, income: -2")


def test_several_of_one_change_are_one_warning() -> None:
    options = TOWN_OPTIONS.replace("2025-26: -5}", "2025-26: -50}").replace(
        "kind: investment, status: previously", "kind: saving, status: previously"
    )
    options = options.replace("{2025-26: 30}", "{2025-26: -70}")
    plan = town(options=options)
    (problem,) = slips(plan, {"deliver": "care/saving", "share": "190%"})
    assert (
        problem.message == "'Fees' saves £104,000 of the £100,000 that Care spends (1 more like it)"
    )


def test_what_the_plan_has_already_is_not_said_again() -> None:
    plan = town(options=TOWN_OPTIONS.replace("2025-26: -5}", "2025-26: -500}"))
    assert codes(plan, {"set": "fees", "to": {"2024-25": -11}}, {"drop": "buses"}) == []


def test_a_slip_of_scale_explains_what_else_it_does() -> None:
    assert codes(TOWN, {"set": "fees", "to": {"2024-25": -10_000}}) == ["CF536"]
    assert codes(TOWN, {"deliver": "saving", "share": "1000%"}) == ["CF536"]


def test_a_change_without_a_warning_is_looked_at_once() -> None:
    """Which change brings a warning about is looked for where there is one."""

    def trying(size: int) -> Callable[[], object]:
        changes: list[Change] = [{"deliver": "saving", "share": "99%"} for _ in range(size)]
        return lambda: applied(TOWN, *changes)

    assert growth(trying, 30) < 5


# -- uplifts that do not compound -----------------------------------------------------------


def uplift(by: str, since: str, **said: object) -> Change:
    return {"uplift": "care", "measure": "net", "by": by, "from": since, **said}


def test_two_uplifts_of_one_base_from_different_years() -> None:
    first, second = uplift("2%", "2024-25"), uplift("3%", "2025-26")
    for changes, line in (((first, second), 2), ((second, first), 1)):
        (problem,) = slips(TOWN, *changes)
        assert (problem.rule, problem.severity, problem.place.line) == ("CF535", "warning", line)
        assert problem.message == (
            "3% is of the 2024-25 base, and not of what 2% from 2024-25 makes of it: they do not "
            "compound"
        )
        assert problem.hint == (
            "yearly: true compounds one rate from year to year; for 3% of what it has come to by "
            "then, write 3.06%"
        )
    # What comes each year compounds by itself, and is no share of the base: it is not said to be.
    (problem,) = slips(TOWN, uplift("2%", "2024-25", yearly=True), second)
    assert problem.message == (
        "3% is of the 2024-25 base, and not of what 2% each year from 2024-25 makes of it: they "
        "do not compound"
    )
    third = uplift("4%", "2026-27", yearly=True)
    messages = [problem.message for problem in slips(TOWN, first, second, third)]
    assert messages[1] == (
        "4% is of the 2024-25 base, and not of what 2% from 2024-25 and 1 more make of it: they do "
        "not compound"
    )


def test_the_rate_that_is_suggested_compounds() -> None:
    first = applied(TOWN, uplift("2%", "2024-25"), uplift("3.06%", "2025-26")).plan
    yearly = applied(TOWN, uplift("2%", "2024-25")).plan
    level = [
        position_amounts(plan).amounts[Key("care", "net_budget", year)]
        - position_amounts(TOWN).amounts[Key("care", "net_budget", year)]
        for plan, year in ((yearly, FinancialYear(2024)), (first, FinancialYear(2025)))
    ]
    base = 8_000_000  # £80,000
    assert level == [base * 2 // 100, base * 102 * 103 // 10_000 - base]


@pytest.mark.parametrize(
    "changes",
    [
        [uplift("2%", "2025-26")],
        [uplift("2%", "2025-26", yearly=True)],
        [uplift("2%", "2025-26"), uplift("1%", "2025-26")],
        [uplift("2%", "2025-26"), {**uplift("1%", "2026-27"), "uplift": "schools"}],
        [uplift("2%", "2025-26", measure="gross"), uplift("1%", "2026-27", measure="income")],
    ],
)
def test_other_uplifts_are_not_warned_of(changes: list[Change]) -> None:
    assert codes(TOWN, *changes) == []


def test_uplifts_of_two_budgets_are_of_two_bases() -> None:
    later = TOWN_REVENUE.replace("year: 2024-25", "year: 2025-26").replace(
        "of: [2024-25]", "of: [2024-25, 2025-26]"
    )
    plan = plan_of(
        {
            "revenue_2024_25.yaml": TOWN_REVENUE,
            "revenue_2025_26.yaml": later,
            "policy_options.yaml": TOWN_OPTIONS,
        }
    )
    assert codes(plan, uplift("2%", "2024-25"), uplift("3%", "2025-26")) == []
    assert codes(plan, uplift("2%", "2025-26"), uplift("3%", "2026-27")) == ["CF535"]


def test_an_uplift_s_label_says_of_which_base_it_is() -> None:
    (once,) = applied(TOWN, uplift("2%", "2025-26")).changes
    (yearly,) = applied(TOWN, uplift("2%", "2025-26", yearly=True)).changes
    assert once.words == "Care: net uplifted by 2% of the 2024-25 base from 2025-26"
    assert yearly.words == "Care: net uplifted by 2% each year from 2025-26"


# -- every command that applies a scenario --------------------------------------------------


def test_every_command_that_applies_a_scenario_says_so(tmp_path: Path) -> None:
    slip = tmp_path / "slip.yaml"
    slip.write_text("name: A slip\nchanges:\n  - {deliver: saving, share: 750%}\n", "utf-8")
    said = f"{slip}:3:15: warning CF536 Savings: 750% delivered: more than 200% of what is planned"
    for words in (
        ("model", "--scenario", slip),
        ("model", "--scenario", slip, "-f", "json"),
        ("export", tmp_path / "slip.xlsx", "--scenario", slip),
        ("export", tmp_path / "slip.csv", "--scenario", slip),
        ("compare", SHIPPED, slip),
    ):
        given = () if words[0] == "compare" else ("--data", SHIPPED)
        status, _, stderr = returned.cfbudget(*words, *given)
        assert status == 0
        assert said in stderr
        assert "hint: write 75% if that is meant" in stderr


@pytest.mark.parametrize(
    ("net", "hint"),
    [("23", "write 23000"), ("23000000", "write 23000"), ("23000", ""), ("11000", ""), ("0", "")],
)
def test_solve_warns_of_a_target_out_of_scale(net: str, hint: str) -> None:
    asked = ("--service", "education", "--year", "2025-26", "--net", net)
    status, _, stderr = returned.cfbudget("solve", *asked, "--data", SHIPPED)
    assert status == 0
    assert ("warning CF536" in stderr) == bool(hint)
    assert hint in stderr


def test_the_net_of_a_service_that_is_paid_for_may_grow(tmp_path: Path) -> None:
    """A net budget of next to nothing says little of what may be spent."""
    revenue = TOWN_REVENUE.replace("gross: 100, income: -20", "gross: 100, income: -99.9")
    texts = {"revenue_2024_25.yaml": revenue, "policy_options.yaml": TOWN_OPTIONS}
    plan = returned.plan_in(tmp_path / "plan", texts)
    asked = ("--service", "care", "--year", "2024-25", "--net", "90")
    assert returned.cfbudget("solve", *asked, "--data", plan)[::2] == (0, "")
