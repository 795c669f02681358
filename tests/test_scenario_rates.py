"""Rates in scenarios: set, delayed, delivered and dropped; an uplift of the whole plan."""

from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.forecasts import forecasts
from cfbudget.calculate.gap import gap_amounts
from cfbudget.calculate.options import option_amounts
from cfbudget.calculate.position import position_amounts
from cfbudget.plan.plan import Plan
from cfbudget.scenario.changes.applied import Applied
from cfbudget.shares import to_the_penny, whole_pennies
from tests.kit.assumed import assumed, assumed_texts, budget, changes_of, line, pennies
from tests.kit.returned import cfbudget, plan_in
from tests.kit.scenarios import applied, refused, tried
from tests.kit.support import plan_of
from tests.kit.whole_council import WHOLE_COUNCIL, funding

PAY = line("pay", "4% 3% 2.5%", "care.gross")
CHARGES = line("charges", "0% 3% 2%", "care.fees")
CUT = "id: cut, name: Cut, kind: saving, status: new, affects: gross, changes: {2025-26: -9}"
RATES = st.integers(-500, 1200).map(lambda hundredths: f"{hundredths / 100:.2f}%")


def net(plan: Plan, row: str = TOTAL) -> list[int]:
    amounts = position_amounts(plan).amounts
    return [amounts[Key(row, "net_budget", year)] for year in plan.years]


def test_a_pay_award_and_a_price_and_a_council_tax_rise_agree_with_a_hand() -> None:
    """3% in place of 2%, 5% of charges in place of 3%, and council tax at 2.99%: by fractions."""
    texts = {
        **WHOLE_COUNCIL,
        "revenue_2024_25.yaml": """\
name: Small Council
financial_year: 2024-25
unit: £m
contains_options_of: []
amounts: {employees: 41.25}
services:
  - {id: care, name: Care, gross: 90.125, income: -30.5, amounts: {fees: -12.4}}
  - {id: schools, name: Schools, net: 40}
""",
        "policy_options.yaml": "name: Small Council\nunit: £m\nbasis: change\n"
        "financial_years: [2024-25, 2025-26, 2026-27]\nservices:\n  - service: care\n"
        "    options:\n" + "".join(f"      - {{{one}}}\n" for one in (
            line("pay", "0% 2% 2%", "employees"), line("charges", "0% 3% 1.5%", "care.fees")
        )),
        "funding.yaml": funding(),
    }  # fmt: skip
    plan = plan_of(texts)
    trial = applied(
        plan,
        {"set": "pay", "to": {"2025-26": "3%"}},
        {"set": "charges", "to": {"2025-26": "5%"}},
        {"set": "council-tax", "measure": "rise", "year": "2025-26", "to": "2.99%"},
    ).plan
    pay, fees = Fraction(41_250_000_00), Fraction(-12_400_000_00)
    level = [
        pennies(pay * Fraction(103, 100)) + pennies(fees * Fraction(105, 100)),
        pennies(pay * Fraction(103, 100) * Fraction(102, 100))
        + pennies(fees * Fraction(105, 100) * Fraction(1015, 1000)),
    ]
    first_net = 90_125_000_00 - 30_500_000_00 + 40_000_000_00
    by_hand = [first_net + one - int(pay + fees) for one in level]
    assert net(trial)[1:] == by_hand
    band_d = pennies(Fraction(1500_25) * Fraction(10299, 10000))
    tax = -pennies(Fraction(50_500) * band_d)
    before = gap_amounts(plan)
    after = gap_amounts(trial)
    year = plan.years[1]
    key = Key(TOTAL, "gap_before_reserves", year)
    old_tax = -pennies(Fraction(50_500) * 1575_11)
    moved = (net(trial)[1] - net(plan)[1]) + (tax - old_tax)
    assert after[key] - before[key] == moved


def test_a_rate_set_in_a_scenario_is_the_rate_in_the_file() -> None:
    plan = assumed(PAY, CHARGES, CUT)
    trial = applied(plan, {"set": "pay", "to": {"2025-26": "5%", "2026-27": "-1%"}}).plan
    other = assumed(line("pay", "4% 5% -1%", "care.gross"), CHARGES, CUT)
    assert option_amounts(trial).amounts == option_amounts(other).amounts
    assert net(trial) == net(other)


def test_an_approved_budget_does_not_move_with_a_rate_that_it_contains() -> None:
    plan = assumed(PAY, contains="2024-25")
    trial = applied(plan, {"set": "pay", "to": {"2024-25": "5%"}}).plan
    base = Fraction(1_233_070_00)
    first = base / Fraction(104, 100)
    (found,) = forecasts(trial)
    assert found.over == pennies(first * Fraction(105, 100)) - int(base)
    later = first * Fraction(105, 100) * Fraction(103, 100)
    assert net(trial)[1] - net(plan)[0] == pennies(later) - int(base)


def test_a_base_amount_that_is_set_moves_what_comes_after_its_budget_alone() -> None:
    plan = assumed(PAY, contains="2024-25")
    trial = applied(plan, {"set": "care", "measure": "gross", "to": 2000}).plan
    base = Fraction(2_000_000_00)
    assert changes_of(trial, "pay")[0] == changes_of(plan, "pay")[0]
    assert changes_of(trial, "pay")[1] == pennies(base * Fraction(103, 100)) - int(base)
    assert forecasts(trial) == ()
    both: list[dict[str, object]] = [
        {"set": "care", "measure": "gross", "to": 2000},
        {"set": "pay", "to": {"2025-26": "1%"}},
    ]
    one, other = (applied(plan, *order) for order in (both, both[::-1]))
    assert net(one.plan) == net(other.plan)
    for made in (one, other):
        assert _contributed(made) == [
            now - was for now, was in zip(net(made.plan), net(plan), strict=True)
        ]


def _contributed(made: Applied) -> list[int]:
    years = made.plan.years
    return [sum(one.net_budget[year] for one in made.contributions) for year in years]


def test_dropping_delaying_and_delivering_are_of_the_rates() -> None:
    plan = assumed(PAY)
    assert changes_of(applied(plan, {"drop": "pay"}).plan, "pay") == [0, 0, 0]
    kept = applied(plan, {"drop": "pay", "from": "2025-26"}).plan
    assert changes_of(kept, "pay") == [changes_of(plan, "pay")[0], 0, 0]
    later = applied(plan, {"delay": "pay", "years": 1})
    assert changes_of(later.plan, "pay") == [0, *changes_of(plan, "pay")[:2]]
    assert [one.pence for one in later.beyond] == [changes_of(plan, "pay")[2]]
    half = applied(plan, {"deliver": "pay", "share": "50%"}).plan
    assert changes_of(half, "pay") == changes_of(
        assumed(line("pay", "2% 1.5% 1.25%", "care.gross")), "pay"
    )


@given(st.lists(RATES, min_size=3, max_size=3), st.integers(0, 2), RATES)
def test_what_changes_contribute_comes_to_the_whole_difference(
    rates: list[str], contained: int, to: str
) -> None:
    years = ["2024-25", "2025-26", "2026-27"]
    pay = line("pay", " ".join(rates), "care.gross", "kind: other")
    plan = assumed(pay, CHARGES, contains=", ".join(years[:contained]))
    changes: list[dict[str, object]] = [
        {"set": "pay", "to": {years[contained]: to}},
        {"set": "care", "measure": "income", "to": -400},
        {"deliver": "charges", "share": "75%"},
    ]
    found = []
    for order in permutations(changes):
        made = applied(plan, *order)
        found.append(net(made.plan))
        differs = [now - was for now, was in zip(net(made.plan), net(plan), strict=True)]
        assert _contributed(made) == differs
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize(
    ("change", "rule", "says"),
    [
        ({"set": "pay", "to": {"2025-26": -400}}, "CF503", "write a rate, such as 2025-26: 4%"),
        ({"set": "pay", "to": "4%"}, "CF111", "write to: {2024-25: 4%}"),
        ({"set": "pay", "to": 400}, "CF111", "write to: {2024-25: 4%}"),
        ({"set": "pay", "to": {}}, "CF111", "write {2025-26: 4%}"),
        ({"set": "pay", "to": {"later": "4%"}}, "CF113", "write the year"),
        ({"set": "pay", "to": {"2030-31": "4%"}}, "CF204", "its years are"),
        ({"set": "pay", "to": {"2025-26": "tbc"}}, "CF503", "write an estimate"),
        ({"set": "cut", "to": {"2025-26": "4%"}}, "CF504", "or deliver a share"),
        ({"uplift": "total", "measure": "gross", "by": "2%"}, "CF504", "uplift total.net"),
        ({"uplift": "total", "measure": "amount", "by": "2%"}, "CF114", "gross, income or net"),
        ({"uplift": "care", "measure": "net", "by": "2%"}, "CF110", "from: 2025-26"),
        (
            {"add": {"service": "care", "id": "n", "name": "N", "kind": "other", "status": "new",
                     "of": "care.net", "rates": {"2024-25": "1%"}}},
            "CF504",
            "write it in policy_options.yaml",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_says_what_to_type(
    change: dict[str, object], rule: str, says: str
) -> None:
    (problem,) = refused(assumed(PAY, CUT), change)
    assert problem.rule == rule
    assert says in (problem.hint or "")


def test_a_rate_of_a_year_without_a_budget_is_refused() -> None:
    texts = assumed_texts(line("pay", "0% 3% 2%", "care.gross"))
    del texts["revenue_2024_25.yaml"]
    plan = plan_of({**texts, **budget("2025-26")})
    (problem,) = refused(plan, {"set": "pay", "to": {"2024-25": "1%"}})
    assert "no budget to stand on" in problem.message
    whole = {"uplift": "total", "measure": "net", "by": "1%", "from": "2024-25"}
    (problem,) = refused(plan, whole)
    assert "nothing to uplift" in problem.message


def test_conflicts_are_as_for_others() -> None:
    plan = assumed(PAY)
    to = {"set": "pay", "to": {"2025-26": "5%"}}
    assert [p.rule for p in refused(plan, to, {"deliver": "pay", "share": "50%"})] == ["CF506"]
    assert [p.rule for p in refused(plan, to, {"drop": "pay"})] == ["CF507"]
    posts = {"set": "pay", "measure": "fte", "to": {"2025-26": 2}}
    assert isinstance(tried(plan, [to, posts]), Applied)
    same = applied(plan, {"set": "pay", "to": {"2025-26": "3%"}})
    assert [p.rule for p in same.problems] == ["CF510"]
    slip = applied(plan, {"set": "pay", "to": {"2025-26": "300%"}})
    assert [p.rule for p in slip.problems] == ["CF536"]


# -- the whole plan -------------------------------------------------------------------------


@given(st.integers(-3000, 3000), st.booleans(), st.sampled_from(["net", "gross"]))
def test_an_uplift_of_the_whole_is_exact_to_the_penny(
    hundredths: int, yearly: bool, measure: str
) -> None:
    services = "\n".join(
        f"  - {{id: s{n}, name: S{n}, gross: {1000 + n}.{n:02d}, income: -{n}.33}}"
        for n in range(7)
    )
    files = {
        **assumed_texts(PAY.replace("care.gross", "s1.gross")),
        **budget("2024-25", "2024-25", services),
    }
    files = {name: text.replace("service: care", "service: s1") for name, text in files.items()}
    plan = plan_of(files)
    by = f"{hundredths / 100:.2f}%"
    change = {
        "uplift": "total",
        "measure": measure,
        "by": by,
        **({"yearly": "true"} if yearly else {}),
    }
    trial = applied(plan, change).plan
    base = sum(
        getattr(one, part).pence
        for one in plan.revenue[0].services
        for part in (("gross",) if measure == "gross" else ("gross", "income"))
    )
    rate = Fraction(hundredths, 10_000)
    first, second = base * rate, base * (1 + rate) * rate if yearly else Fraction(0)
    more = [0, to_the_penny(first), to_the_penny(first) + to_the_penny(second)]
    assert [now - was for now, was in zip(net(trial), net(plan), strict=True)] == more


def test_odd_pennies_go_to_those_that_lost_most() -> None:
    third = Fraction(100, 3)
    assert whole_pennies({"a": third, "b": third, "c": third}) == {"a": 34, "b": 33, "c": 33}
    assert whole_pennies({"a": -third, "b": Fraction(5, 2)}) == {"a": -33, "b": 2}
    assert whole_pennies({}) == {}


def test_when_every_year_is_in_a_budget_the_year_is_asked_for() -> None:
    plan = assumed(PAY, contains="2024-25, 2025-26, 2026-27")
    (problem,) = refused(plan, {"uplift": "total", "measure": "net", "by": "2%"})
    assert problem.rule == "CF110"


# -- typed, and solved ------------------------------------------------------------------------


def test_it_is_typed_and_is_not_solved_for(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", assumed_texts(PAY, CUT))
    done = cfbudget(
        "model", "--data", folder, "--set", "pay@2025-26=5%", "--uplift", "total.net=2%"
    )
    assert done.status == 0
    assert "Pay: set 2025-26 to 5%" in done.stdout
    wrong = cfbudget("model", "--data", folder, "--set", "pay@2025-26=400")
    assert wrong.status == 2
    assert "write a rate, such as pay@2025-26=4%" in wrong.stderr
    words = ("--service", "care", "--year", "2026-27", "--net", "900", "--using", "pay")
    solved = cfbudget("solve", "--data", folder, *words)
    assert solved.status == 2
    assert "nothing can be shared over it" in solved.stderr
