"""Funding, reserves, financing and groups: what is missing, said twice or stated of each line."""

import pytest

from cfbudget.calculate.amounts import TOTAL, Computed, Key
from cfbudget.calculate.funding import funding_amounts
from cfbudget.calculate.gap import gap_amounts
from cfbudget.calculate.not_known import NotKnown
from cfbudget.calculate.option_groups import option_groups, stated_groups, with_groups_lacking
from cfbudget.calculate.reserves import over_floors, reserve_amounts
from cfbudget.checks.comparisons import comparisons
from cfbudget.checks.financing_meaning import financing_minus
from cfbudget.checks.funding_meaning import below_floor, drawn_otherwise
from cfbudget.checks.funding_scale import lines_apart
from cfbudget.checks.report import check
from cfbudget.loaded import load_texts
from cfbudget.problem import Place
from cfbudget.read.folder_plan import read_texts
from cfbudget.years import FinancialYear
from tests.kit.support import plan_of, small_texts
from tests.kit.whole_council import LINES, RESERVES, REVENUE, funding, with_funding

NO_FUNDING = plan_of({"revenue_2024_25.yaml": REVENUE})


def outcomes(texts: dict[str, str], table: str) -> list[str]:
    return [one.outcome for one in comparisons(plan_of(texts)) if one.table == table]


def refusals(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(one.rule, one.message) for one in load_texts(texts).problems]


def test_a_plan_without_funding_has_nothing_of_it() -> None:
    assert funding_amounts(NO_FUNDING) == reserve_amounts(NO_FUNDING) == Computed({}, ())
    for rule in (below_floor, drawn_otherwise, lines_apart, financing_minus):
        assert [*rule(NO_FUNDING)] == []


def test_a_year_after_one_without_a_net_budget_has_a_gap_and_no_annual_gap() -> None:
    texts = {
        "revenue_2024_25.yaml": REVENUE,
        "revenue_2026_27.yaml": REVENUE.replace("2024-25", "2026-27"),
        "funding.yaml": funding(),
    }
    measures = {(key.measure, key.year) for key in gap_amounts(plan_of(texts))}
    assert measures == {
        ("gap_before_reserves", FinancialYear(2024)),
        ("gap", FinancialYear(2024)),
        ("annual_gap", FinancialYear(2024)),
        ("gap_before_reserves", FinancialYear(2026)),
        ("gap", FinancialYear(2026)),
    }


def test_a_line_that_is_no_product_is_held_to_what_it_prints() -> None:
    for stated, outcome in {"-18": "agrees", "-17": "differs"}.items():
        lines = LINES.replace(
            "2026-27: -18}", f"2026-27: -18}}, stated: {{amount: {{2024-25: {stated}}}}}"
        )
        assert outcomes(with_funding(lines), "funding") == [outcome]


def test_every_figure_of_the_reserves_may_be_stated() -> None:
    stated = "stated: {opening: {2025-26: 24}, draws: {2025-26: 4}, closing: {2026-27: 20}}, draws:"
    text = RESERVES.replace("draws:", stated)
    text += "stated: {opening: {2025-26: 24}, draws: {2024-25: 9}, closing: {2024-25: 24}}\n"
    found = outcomes({**with_funding(), "reserves.yaml": text}, "reserves")
    assert found == ["agrees", "agrees", "agrees", "agrees", "differs", "agrees"]


def test_a_year_that_the_reserves_lack_is_not_held_to_them() -> None:
    short = RESERVES.replace("2024-25, 2025-26, 2026-27", "2024-25").replace(", 2025-26: 4", "")
    plan = plan_of({**with_funding(), "reserves.yaml": short})
    assert [*drawn_otherwise(plan)] == []


def test_a_floor_that_is_a_share_of_no_net_budget_is_not_held_to_anything() -> None:
    text = RESERVES.replace("draws:", "floor: 5%, draws:")
    assert [*over_floors(plan_of({"reserves.yaml": text}), {})] == []
    (first, *_) = over_floors(plan_of({"reserves.yaml": text}), {FinancialYear(2024): 100_00})
    assert first.floor == 5_00


@pytest.mark.parametrize(
    ("uses", "rule", "message"),
    [
        ("  - {reserve: general, amounts: {2024-25: -6}}\n" * 2, "CF201", "is used on line"),
        ("  - {reserve: General Fund, amounts: {2024-25: -6}}", "CF116", "is not an id"),
        ("  - {reserve: '!', amounts: {2024-25: -6}}", "CF116", "is not an id"),
        ("  - {reserve: rates, amounts: {2024-25: -6}}", "CF201", "also a funding line's"),
    ],
)
def test_a_use_names_one_reserve_once(uses: str, rule: str, message: str) -> None:
    texts = {"revenue_2024_25.yaml": REVENUE, "funding.yaml": funding(reserves=uses.rstrip("\n"))}
    found = refusals(texts)
    assert [(code, message in said) for code, said in found] == [(rule, True)]


def test_a_fund_is_named_once() -> None:
    twice = "funds: [{id: hra, name: Homes}, {id: hra, name: Housing}]\nservices:"
    homes = "services:\n  - {id: homes, name: Homes, fund: hra, net: 0}"
    text = REVENUE.replace("services:", homes).replace("services:", twice)
    (found,) = refusals({"revenue_2024_25.yaml": text})
    assert found[1] == "the fund 'hra' is named twice"


def test_what_a_scheme_prints_of_one_source_is_compared() -> None:
    text = """\
name: Small Council
unit: £m
financial_years: [2024-25, 2025-26]
schemes:
  - id: roof
    name: Roof
    allocations: {2024-25: 1.3, 2025-26: 1.2}
    financing:
      grants: {2024-25: 1.3, 2025-26: 1.2}
      stated: {grants: {2024-25: 1.3, programme: 2.9}}
"""
    found = [one.outcome for one in comparisons(plan_of({"capital_programme.yaml": text}))]
    assert found.count("differs") == 1


# -- groups ---------------------------------------------------------------------------------

GROUPED = small_texts()["policy_options.yaml"].replace(
    "kind: saving,", "kind: saving, category: Lean,"
)


def grouped(groups: str, text: str = GROUPED) -> dict[str, str]:
    return {**small_texts(), "policy_options.yaml": f"{text}groups:\n{groups}"}


def test_two_groups_of_one_kind_are_both_compared() -> None:
    groups = "  - {by: kind, name: saving, stated: {total: 0}}\n"
    groups += "  - {by: kind, name: investment, stated: {total: 0}}\n"
    plan = plan_of(grouped(groups))
    assert plan.options is not None
    assert [group.row for _, group in stated_groups(plan.options)] == [
        "total/kind/saving",
        "total/kind/investment",
    ]
    assert {one.key.row for one in check(plan).comparisons} >= {"total/kind/saving"}


def test_a_group_that_no_option_is_in_is_refused_and_has_no_total() -> None:
    texts = grouped("  - {by: owner, name: Nobody, stated: {total: 0}}\n")
    (found,) = refusals(texts)
    assert found[1] == "no option has the owner 'Nobody'"
    options = read_texts(texts).plan.options
    assert options is not None
    assert [*stated_groups(options)] == []


def test_a_group_lacks_what_its_options_lack() -> None:
    options = plan_of(small_texts()).options
    assert options is not None
    groups = option_groups(options, "kind")
    group = groups[0]
    year = FinancialYear(2025)
    option = group.options[0].id
    unknown = (NotKnown(option, "A line", year, Place("policy_options.yaml")),)
    lacks = {Key(option, "change", year): unknown}
    found = with_groups_lacking(lacks, groups)
    assert found == {**lacks, Key(group.row, "change", year): unknown}
    assert TOTAL not in {key.row for key in found}
