"""Funding and reserves as they are written: what is read alike, and what is refused with a hint."""

import pytest

from cfbudget.loaded import load_texts
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem
from cfbudget.read.folder import is_plan_file, near_miss
from cfbudget.years import FinancialYear
from tests.kit.support import plan_of
from tests.kit.whole_council import FUNDING, RESERVES

FIRST = FinancialYear(2024)


def problems(funding: str = FUNDING, reserves: str = RESERVES) -> tuple[Problem, ...]:
    return load_texts({"funding.yaml": funding, "reserves.yaml": reserves}).problems


def read(funding: str = FUNDING, reserves: str = RESERVES) -> Plan:
    return plan_of({"funding.yaml": funding, "reserves.yaml": reserves})


@pytest.mark.parametrize("base", ["50000.55", "'50,000.55'", "50000.55 "])
def test_a_tax_base_is_a_count_to_two_decimals(base: str) -> None:
    plan = read(FUNDING.replace("50000.55", base))
    assert plan.funding is not None
    assert plan.funding.lines[1].tax_base[FIRST].pence == 5_000_055


@pytest.mark.parametrize("band", ["1500.25", "£1500.25", "'1,500.25'", "1.50025k"])
def test_a_band_d_is_in_pounds_whatever_the_unit(band: str) -> None:
    plan = read(FUNDING.replace("1500.25", band))
    assert plan.funding is not None
    assert plan.funding.lines[1].band_d[FIRST].pence == 150_025


@pytest.mark.parametrize("kind", ["cash_limit", "cash-limit", "Cash limit"])
def test_a_cash_limit_may_be_written_as_it_is_said(kind: str) -> None:
    lines = "lines: [{id: limit, name: Limit, amounts: {2024-25: -1}}]\n"
    text = f"name: A\nunit: £m\nfinancial_years: [2024-25]\nkind: {kind}\n{lines}"
    plan = plan_of({"funding.yaml": text})
    assert plan.funding is not None
    assert plan.funding.kind == "cash_limit"


@pytest.mark.parametrize(
    ("old", "new", "rule", "hint"),
    [
        ("50000.55", "50000.555", "CF112", "two decimals"),
        ("50000.55", "-50000.55", "CF112", "98210.4"),
        ("50000.55", "many", "CF112", "98210.4"),
        ("50000.55", "999999999999", "CF112", "check the figure"),
        ("1500.25", "-1500.25", "CF112", "Band D is in pounds"),
        ("1500.25", "1500.255", "CF112", "Band D is in pounds"),
        ("2024-25: -18", "2023-24: -18", "CF204", "2024-25"),
        ("kind: funding", "kind: fundng", "CF114", "funding"),
        ("kind: funding\n", "", "CF110", "cash_limit"),
        ("tax_base:", "taxbase:", "CF109", "'tax_base'"),
        ("reserve: general", "reserve: genral", "CF233", "'general'"),
        ("id: rates", "id: Rates!", "CF116", "rates"),
        ("id: rates", "id: general", "CF201", "its own"),
        ("name: Business rates,", "stated: {amont: {2024-25: 1}},", "CF109", "'amount'"),
    ],
)
def test_what_is_wrong_in_the_funding(old: str, new: str, rule: str, hint: str) -> None:
    assert old in FUNDING
    found = problems(FUNDING.replace(old, new, 1))
    assert rule in [problem.rule for problem in found]
    assert any(hint in (p.hint or "") for p in found if p.rule == rule)
    assert all(problem.place.line for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("opening: 30, ", "", "CF110"),
        ("opening: 30", "opening: some", "CF112"),
        ("opening: 30", "opening: 30, floor: 150%", "CF112"),
        ("opening: 30", "opening: 30, floor: five", "CF112"),
        ("opening: 30", "opening: 30, stated: {close: {2024-25: 1}}", "CF109"),
        ("opening: 30", "opening: 30, stated: {closing: 24}", "CF111"),
        ("opening: 30", "opening: 30, stated: {closing: {2030-31: 24}}", "CF204"),
        ("draws: {2024-25", "draws: {2024-26", "CF113"),
        ("financial_years: [2024-25, 2025-26", "financial_years: [2024-25, 2024-25", "CF208"),
    ],
)
def test_what_is_wrong_in_the_reserves(old: str, new: str, rule: str) -> None:
    assert old in RESERVES
    found = problems(reserves=RESERVES.replace(old, new, 1))
    assert rule in [problem.rule for problem in found]
    assert all(problem.place.file == "reserves.yaml" for problem in found)


def test_file_names_that_are_nearly_right() -> None:
    assert is_plan_file("funding.yaml")
    assert is_plan_file("reserves.yaml")
    for name in ("Funding.yaml", "funding.yml", "fundings.yaml", "cash_limit.yaml"):
        assert near_miss(name) == "funding.yaml", name
    for name in ("Reserves.yml", "reserve.yaml", "reserves_2024_25.yaml"):
        assert near_miss(name) == "reserves.yaml", name
    for name in ("reserve_drawn.yaml", "lower_funding.yaml", "gap.yaml"):
        assert near_miss(name) is None, name
