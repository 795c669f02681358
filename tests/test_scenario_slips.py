"""Slips in a trial: figures out of scale with what they replace.

Warnings come where they should and, as much, stay away from what is tried every day.
"""

from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cfbudget import load
from cfbudget.scenario.changes.working_copy import written_options
from tests.kit import plans_oracle as oracle
from tests.kit.plans_sketch import Budget, Option, Scheme, Service, Sketch, year_text
from tests.kit.plans_strategy import sketches
from tests.kit.scenarios import (
    TOWN_CAPITAL,
    TOWN_REVENUE,
    Change,
    applied,
    options_in,
    rules_of,
    town,
    written,
)
from tests.kit.slips import TOWN, adding, codes, slips
from tests.kit.support import SHIPPED, plan_of

PLAN = load(SHIPPED)


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
