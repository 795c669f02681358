"""Slips in a trial: figures out of scale, implausible plans, uplifts that do not compound.

Warnings come where they should and, as much, stay away from what is tried every day.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cfbudget import load
from cfbudget.calculate.amounts import Key
from cfbudget.calculate.position import position_amounts
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem
from cfbudget.scenario.changes.working_copy import written_options
from cfbudget.years import FinancialYear
from tests.kit import plans_oracle as oracle
from tests.kit import returned
from tests.kit.counting import growth
from tests.kit.plans_sketch import Budget, Option, Scheme, Service, Sketch, year_text
from tests.kit.plans_strategy import sketches
from tests.kit.scenarios import (
    TOWN_CAPITAL,
    TOWN_OPTIONS,
    TOWN_REVENUE,
    Change,
    applied,
    options_in,
    rules_of,
    town,
    written,
)
from tests.kit.support import SHIPPED, plan_of

PLAN = load(SHIPPED)
TOWN = town()
SLIPS = {"CF412", "CF413", "CF414", "CF415", "CF416", "CF417", "CF418", "CF419", "CF535", "CF536"}


def slips(plan: Plan, *changes: Change) -> list[Problem]:
    """What is said of the plausibility of changes."""
    return [problem for problem in applied(plan, *changes).problems if problem.rule in SLIPS]


def codes(plan: Plan, *changes: Change) -> list[str]:
    return rules_of(slips(plan, *changes))


# -- out of scale with what it replaces -----------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message", "hint"),
    [
        (
            {"set": "personal-travel-budgets", "to": {"2024-25": -400000}},
            "Personal travel budgets: set 2024-25 to (400,000): (573) times 698, in £000",
            "figures here are in £000: write -400 if that is meant",
        ),
        (
            {"set": "personal-travel-budgets", "to": {"2024-25": "-0.4"}},
            "Personal travel budgets: set 2024-25 to (0.4): (573) divided by 1,432, in £000",
            "figures here are in £000: write -400 if that is meant",
        ),
        (
            {"set": "personal-travel-budgets", "to": {"2024-25": "-£400m"}},
            "Personal travel budgets: set 2024-25 to (400,000): (573) times 698, in £000",
            "figures here are in £000: write -400 if that is meant",
        ),
        (
            {"set": "education", "measure": "gross", "to": 113},
            "Education: gross 2024-25 set to 113: 112,123 divided by 992, in £000",
            "figures here are in £000: write 113000 if that is meant",
        ),
        (
            {"set": "pupil-referral-unit", "measure": "allocation", "to": {"2026-27": 1203000}},
            "Pupil Referral Unit: allocation set 2026-27 to 1,203,000.000: 3.203 times 375,585, "
            "in £m",
            "figures here are in £m: write 1.203 if that is meant",
        ),
        (
            {"set": "education", "measure": "income", "to": -100_000_000},
            "Education: income 2024-25 set to (100,000,000): (90,190) times 1,108, in £000",
            "figures here are in £000: write -100000 if that is meant",
        ),
        (
            {"set": "school-basic-need", "measure": "allocation", "to": {"2024-25": 13417}},
            "School Basic Need: allocation set 2024-25 to 13,417.000: 16.728 times 802, in £m",
            "figures here are in £m: write 13.417 if that is meant",
        ),
        (
            {"set": "pupil-referral-unit", "measure": "allocation", "to": {"2026-27": 1203}},
            "Pupil Referral Unit: allocation set 2026-27 to 1,203.000: 3.203 times 375, in £m",
            "figures here are in £m: write 1.203 if that is meant",
        ),
        (
            {"set": "pupil-referral-unit", "measure": "under_development", "to": 3203},
            "Pupil Referral Unit: under development set to 3,203.000: 3.203 times 1,000, in £m",
            "figures here are in £m: write 3.203 if that is meant",
        ),
        (
            {"set": "school-basic-need", "measure": "allocation", "to": {"2024-25": "0.011"}},
            "School Basic Need: allocation set 2024-25 to 0.011: 11.417 divided by 1,037, in £m",
            "figures here are in £m: write 11 if that is meant",
        ),
        (
            {"deliver": "saving", "share": "750%"},
            "Savings: 750% delivered: more than 200% of what is planned",
            "write 75% if that is meant",
        ),
        (
            {"deliver": "personal-travel-budgets", "share": "0.6%"},
            "Personal travel budgets: 0.6% delivered: next to nothing",
            "write 60% if that is meant",
        ),
        (
            {"uplift": "education", "measure": "net", "by": "200%", "from": "2025-26"},
            "Education: net uplifted by 200% of the 2024-25 base from 2025-26: more than the whole "
            "of it",
            "write 2% if that is meant",
        ),
        (
            {"uplift": "education", "measure": "net", "by": "-0.025%", "from": "2025-26"},
            "Education: net uplifted by -0.025% of the 2024-25 base from 2025-26: next to nothing",
            "write -2.5% if that is meant",
        ),
        (
            {
                "add": {
                    "service": "education",
                    "id": "clubs",
                    "name": "Clubs",
                    "kind": "investment",
                    "status": "new",
                    "changes": {"2025-26": 250_000},
                }
            },
            "Clubs: added (investment, Education): 250,000 beside a service that spends 112,123, "
            "in £000",
            "figures here are in £000: write 250 if that is meant",
        ),
    ],
)
def test_a_slip_of_scale_is_said_once_with_what_was_meant(
    change: Change, message: str, hint: str
) -> None:
    (problem,) = slips(PLAN, {"set": "pinewood-plus", "to": {"2024-25": 400}}, change)
    assert (problem.rule, problem.severity) == ("CF536", "warning")
    assert (problem.message, problem.hint) == (message, hint)
    assert problem.place.line == 2


@pytest.mark.parametrize(
    ("amount", "found"),
    [("-999", []), ("-1000", ["CF536"]), ("-0.05", ["CF536"]), ("-0.051", []), ("0", [])],
)
def test_an_option_s_figures_are_held_to_all_that_it_has(amount: str, found: list[str]) -> None:
    """Fees are (10) and (5): a hundred times the larger, or a hundredth of the smaller."""
    wide = town(revenue=TOWN_REVENUE.replace("gross: 100", "gross: 10000"))
    assert codes(wide, {"set": "fees", "to": {"2025-26": amount}}) == found


def test_a_year_without_a_figure_may_get_a_small_one() -> None:
    assert codes(TOWN, {"set": "fees", "to": {"2026-27": "-0.01"}}) == []
    assert codes(TOWN, {"set": "fees", "to": {"2026-27": "-1000"}}) == ["CF536"]


def test_a_change_that_is_spread_otherwise_is_no_slip() -> None:
    """Whether it is set in one change or in two."""
    one: Change = {"set": "demand", "to": {"2024-25": "29.9", "2025-26": "0.1"}}
    apart: list[Change] = [
        {"set": "demand", "to": {"2025-26": "0.1"}},
        {"set": "demand", "to": {"2026-27": "29.9"}},
    ]
    assert codes(TOWN, one) == codes(TOWN, *apart) == []
    assert codes(TOWN, apart[0]) == ["CF536"]


def test_a_small_income_beside_a_large_gross_may_grow() -> None:
    revenue = TOWN_REVENUE.replace("gross: 100, income: -20", "gross: 10000, income: -1")
    plan = town(revenue=revenue)
    assert codes(plan, {"set": "care", "measure": "income", "to": -2000}) == []
    assert codes(plan, {"set": "care", "measure": "income", "to": -1_000_000}) == ["CF536"]


def test_what_is_nil_is_held_to_what_stands_beside_it() -> None:
    capital = TOWN_CAPITAL.replace("under_development: 3.000", "under_development: 0")
    revenue = TOWN_REVENUE.replace("gross: 100, income: -20", "gross: 0, income: 0")
    plan = town(capital=capital, revenue=revenue)
    hall = {"set": "hall", "measure": "allocation"}
    assert codes(plan, {**hall, "to": {"2025-26": 3}}) == []
    assert codes(plan, {**hall, "to": {"2025-26": 3000}}) == ["CF536"]
    assert codes(plan, {"set": "care", "measure": "gross", "to": 500}) == []
    assert codes(plan, {"set": "care", "measure": "gross", "to": 500_000}) == ["CF536"]


def adding(**said: object) -> Change:
    words: dict[str, object] = {"id": "clubs", "name": "Clubs", "kind": "investment"}
    changes = said.pop("changes")
    return {"add": {"service": "care", "status": "new", **words, **said, "changes": changes}}


@pytest.mark.parametrize(
    ("amount", "found"), [("0.5", []), ("100", []), ("300", []), ("301", ["CF536"])]
)
def test_a_new_option_may_be_of_any_size_that_options_have(amount: str, found: list[str]) -> None:
    """The largest change of the plan is 30, and Care spends 100."""
    assert codes(TOWN, adding(changes={"2025-26": amount})) == found


def test_a_new_option_that_is_set_and_one_without_a_budget() -> None:
    changes: list[Change] = [adding(changes={}), {"set": "clubs", "to": {"2025-26": 30_000}}]
    assert codes(TOWN, *changes) == ["CF536"]
    alone = town(revenue="", capital="")
    assert codes(alone, adding(changes={"2025-26": 3000})) == []
    assert codes(alone, adding(changes={"2025-26": 3001})) == ["CF536"]


# -- what is tried every day ----------------------------------------------------------------

FACTORS = ((1, 2), (2, 1), (0, 1), (1, 1), (1, 10), (10, 1))
"""Half, double, nil, as it is and, wider than most that is tried, a tenth and ten times."""


def times(pence: int, factor: tuple[int, int]) -> int:
    return pence * factor[0] // factor[1]


def of_option(sketch: Sketch, option: Option, at: int, factor: tuple[int, int]) -> list[Change]:
    """What may be tried with an option."""
    amount = written(times(option.changes[at], factor), sketch.options_printing)
    return [
        {"deliver": option.id, "share": f"{50 + 10 * at}%"},
        {"deliver": option.id, "share": f"{150 - 10 * at}%"},
        {"drop": option.id},
        {"delay": option.id, "years": 1 + at},
        {"set": option.id, "to": {year_text(sketch.years[at]): amount}},
        {
            "add": {
                "service": next(b.service for b in sketch.blocks or () if option in b.options),
                "id": "one-more-of-it",
                "name": "One more of it",
                "kind": option.kind,
                "status": "new",
                "changes": {year_text(sketch.years[at]): amount},
            }
        },
    ]


def of_scheme(sketch: Sketch, scheme: Scheme, at: int, factor: tuple[int, int]) -> list[Change]:
    amount = written(times(scheme.allocations[at], factor), sketch.capital_printing)
    coming = written(times(scheme.under_development or 0, factor), sketch.capital_printing)
    return [
        {"set": scheme.id, "measure": "allocation", "to": {year_text(sketch.years[at]): amount}},
        {"set": scheme.id, "measure": "under_development", "to": coming},
    ]


def of_service(budget: Budget, service: Service, factor: tuple[int, int]) -> list[Change]:
    return [
        {
            "set": service.id,
            "measure": measure,
            "year": year_text(budget.year),
            "to": written(times(pence, factor), budget.printing),
        }
        for measure in ("gross", "income", "net")
        if (pence := getattr(service, measure)) is not None
    ]


@st.composite
def every_day(draw: st.DrawFn, sketch: Sketch) -> list[Change]:
    """Some of what officers try."""
    at, factor = draw(st.integers(0, len(sketch.years) - 1)), draw(st.sampled_from(FACTORS))
    can = [c for option in options_in(sketch) for c in of_option(sketch, option, at, factor)]
    can += [c for scheme in sketch.schemes or () for c in of_scheme(sketch, scheme, at, factor)]
    for budget in sketch.budgets:
        for service in oracle.leaves(budget.services):
            can += of_service(budget, service, factor)
    if not can:
        return []
    chosen = draw(st.lists(st.sampled_from(can), max_size=4, unique_by=str))
    adds = [change for change in chosen if "add" in change]
    return [change for change in chosen if change not in adds[1:]]


@settings(max_examples=200, deadline=None)
@given(sketches(), st.data())
def test_what_is_tried_every_day_is_no_slip_of_scale(sketch: Sketch, data: st.DataObject) -> None:
    changes = data.draw(every_day(sketch))
    trial = applied(plan_of(sketch.texts()), *changes, allow_conflicts=True)
    assert {"CF535", "CF536"}.isdisjoint(rules_of(trial.problems))


@settings(max_examples=100, deadline=None)
@given(sketches(needs=frozenset({"options"})), st.data())
def test_a_figure_typed_in_another_unit_is_a_slip_of_scale(
    sketch: Sketch, data: st.DataObject
) -> None:
    """Whatever it is of, and from half to twice of what it replaces."""
    options = [option for option in options_in(sketch) if any(option.changes)]
    assume(options)
    option = data.draw(st.sampled_from(options))
    largest = max(option.changes, key=abs)
    year = year_text(sketch.years[option.changes.index(largest)])
    pence = times(largest, data.draw(st.sampled_from(FACTORS[:2]))) * 1000
    assume(0 < abs(pence) < 10**15)
    to = {year: written(pence, sketch.options_printing)}
    plan = plan_of(sketch.texts())
    found = [p for p in applied(plan, {"set": option.id, "to": to}).problems if p.rule == "CF536"]
    assert len(found) == 1


def shipped_options() -> Iterator[Change]:
    """Of each option of the shipped plan, what is tried most."""
    for option in (option for _, option in written_options(PLAN).values()):
        yield from ({"deliver": option.id, "share": f"{share}%"} for share in (50, 60, 100, 150))
        yield from ({"drop": option.id}, {"delay": option.id, "years": 1})
        for year, figure in option.changes.items():
            for factor in FACTORS[:4]:
                to = {str(year): f"{times(figure.pence // 100_000, factor)}"}
                yield {"set": option.id, "to": to}
    for group in ("saving", "investment", "education/saving", "saving/previously-approved"):
        yield from ({"deliver": group, "share": f"{share}%"} for share in (50, 150))
        yield {"drop": group}


def shipped_others() -> Iterator[Change]:
    """The same of schemes and services."""
    for scheme in PLAN.capital.schemes if PLAN.capital else ():
        for year, figure in scheme.allocations.items():
            for factor in FACTORS[:4]:
                to = {str(year): f"£{times(figure.pence // 100_000, factor)}k"}
                yield {"set": scheme.id, "measure": "allocation", "to": to}
    for service in PLAN.revenue[0].services:
        yield {"uplift": service.id, "measure": "net", "by": "2.5%", "from": "2025-26"}
        for measure in ("gross", "income"):
            thousands = getattr(service, measure).pence // 100_000
            for factor in FACTORS[:2]:
                yield {"set": service.id, "measure": measure, "to": times(thousands, factor)}


def test_what_is_tried_with_the_shipped_plan_has_no_warning() -> None:
    changes = [*shipped_options(), *shipped_others()]
    assert len(changes) > 400
    assert [(change, found) for change in changes if (found := codes(PLAN, change))] == []


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
