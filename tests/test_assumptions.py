"""Assumptions: options whose changes follow from rates on a base amount, which compound."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cfbudget
from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.options import option_amounts
from cfbudget.calculate.position import position_amounts
from cfbudget.checks.comparisons import comparisons
from cfbudget.checks.report import check
from cfbudget.loaded import load_texts
from cfbudget.plan.kinds import KINDS
from tests.kit.assumed import assumed, assumed_texts, budget, changes_of, line, pennies
from tests.kit.returned import cfbudget as cfbudget_run
from tests.kit.returned import plan_in
from tests.kit.small_plans import FIRST, SECOND, THIRD
from tests.kit.support import OPTIONS, REVENUE, plan_of, small_texts

RATES = st.integers(-9_900, 20_000).map(lambda hundredths: Fraction(hundredths, 10_000))


def percent(rate: Fraction) -> str:
    return f"{float(rate * 100):.2f}%"


def test_a_pay_award_compounds_on_the_budget() -> None:
    plan = assumed(line("pay", "4% 3% 2.5%", "care.gross"))
    base = Fraction(123_307_000)
    levels = [base, base * 104 / 100, base * 104 * 103 / 10_000]
    levels.append(levels[-1] * Fraction(1025, 1000))
    whole = [pennies(level) for level in levels]
    assert changes_of(plan, "pay") == [b - a for a, b in pairwise(whole)]
    assert changes_of(plan, "pay") == [4_932_280, 3_847_178, 3_302_162]


@pytest.mark.parametrize(
    ("of", "base"),
    [
        ("care.gross", 123_307_000),
        ("care.income", -37_735_000),
        ("homes.net", 40_000_000),
        ("total.net", 130_572_000),
        ("employees", 110_000_000),
        ("care.staff", 80_100_000),
        ("care.fees", -20_000_000),
    ],
)
def test_a_rate_is_of_what_it_says(of: str, base: int) -> None:
    plan = assumed(line("prices", "10% 0% -", of))
    assert changes_of(plan, "prices") == [pennies(Fraction(base, 10)), 0, 0]


def test_what_it_changes_follows_from_what_it_is_of() -> None:
    plan = assumed(line("pay", "3% 3% 3%", "care.staff"), line("charges", "3% 3% 3%", "care.fees"))
    amounts = position_amounts(plan).amounts
    for measure, base, option in (
        ("gross", 123_307_000, "pay"),
        ("income", -37_735_000, "charges"),
    ):
        moved = changes_of(plan, option)
        for at, year in enumerate(plan.years):
            key = Key("care", "gross" if measure == "gross" else "income", year)
            assert amounts[key._replace(measure="net_budget")] is not None
            assert amounts[key] == base + sum(moved[: at + 1])


@given(st.integers(-(10**9), 10**9), st.tuples(RATES, RATES, RATES), st.integers(0, 3))
def test_the_changes_come_to_the_last_level_less_the_first(
    base: int, rates: tuple[Fraction, ...], contained: int
) -> None:
    services = f"  - {{id: care, name: Care, net: '{base // 100}.{base % 100:02d}'}}"
    if base < 0:
        services = f"  - {{id: care, name: Care, net: '-{-base // 100}.{-base % 100:02d}'}}"
    years = ["2024-25", "2025-26", "2026-27"]
    pay = line("pay", " ".join(map(percent, rates)), "care.net", "kind: other")
    texts = {**assumed_texts(pay), **budget("2024-25", ", ".join(years[:contained]), services)}
    name = "revenue_2024_25.yaml"
    texts[name] = texts[name].replace("unit: £000", "unit: £").replace("amounts: ", "note: x # ")
    plan = plan_of(texts)
    lasting = Fraction(base)
    for rate in rates[contained:]:
        lasting *= 1 + rate
    before = Fraction(base)
    for rate in rates[:contained]:
        before /= 1 + rate
    changes = changes_of(plan, "pay")
    assert sum(changes[contained:]) == pennies(lasting) - base
    assert sum(changes[:contained]) == base - pennies(before)


@given(st.lists(st.sampled_from(["fees", "demand"]), unique=True), st.permutations([0, 1, 2]))
def test_rates_of_nil_change_nothing_and_the_order_of_options_never_matters(
    dropped: list[str], order: list[int]
) -> None:
    nil = line("nil", "0% 0 -", "care.gross")
    pay = line("pay", "4% 3% 2.5%", "employees")
    cut = "id: cut, name: Cut, kind: saving, status: new, affects: gross, changes: {2025-26: -9}"
    lines = [nil, pay, cut]
    one = position_amounts(assumed(*(lines[at] for at in order))).amounts
    other = position_amounts(assumed(pay, cut)).amounts
    assert one == other


def test_a_rate_that_the_budget_contains_is_in_its_base_amount() -> None:
    plan = assumed(line("pay", "4% 3% 0%", "care.gross"), contains="2024-25")
    base = 123_307_000
    first, second, _ = changes_of(plan, "pay")
    assert first == base - pennies(Fraction(base * 100, 104))
    assert second == pennies(Fraction(base * 103, 100)) - base
    amounts = position_amounts(plan).amounts
    assert amounts[Key("care", "net_budget", FIRST)] == 123_307_000 - 37_735_000
    assert amounts[Key("care", "opening", None)] == 123_307_000 - 37_735_000 - first


def test_each_year_stands_on_its_own_budget() -> None:
    later = budget(
        "2026-27", "2024-25, 2025-26", "  - {id: care, name: Care, gross: 2000, income: 0}"
    )
    plan = assumed(line("pay", "4% 3% 2%", "care.gross"), others=later)
    changes = changes_of(plan, "pay")
    assert changes[:2] == [4_932_280, 3_847_178]
    assert changes[2] == 200_000_000 * 2 // 100
    assert position_amounts(plan).amounts[Key("care", "net_budget", THIRD)] == 204_000_000


def test_a_year_before_every_budget_has_a_nil_rate_or_is_refused() -> None:
    texts = assumed_texts(line("pay", "0% 3% 2%", "care.gross"))
    del texts["revenue_2024_25.yaml"]
    texts |= budget("2025-26")
    assert changes_of(plan_of(texts), "pay")[0] == 0
    texts["policy_options.yaml"] = texts["policy_options.yaml"].replace(
        "2024-25: 0%", "2024-25: 1%"
    )
    (problem,) = load_texts(texts).problems
    assert problem.rule == "CF223"
    assert "no budget that it stands on" in problem.message


def test_a_plan_without_a_budget_has_nothing_to_take_a_rate_of() -> None:
    texts = assumed_texts(line("pay", "0% 3% 2%", "care.gross"))
    del texts["revenue_2024_25.yaml"]
    assert [problem.rule for problem in load_texts(texts).problems] == ["CF223"]


def test_levels_hold_what_assumptions_come_to() -> None:
    saving = "id: cut, name: Cut, kind: saving, status: new, "
    saving += "changes: {2024-25: 0, 2025-26: -5, 2026-27: -5}"
    pay = line("pay", "4% 3% 2.5%", "care.gross")
    plan = assumed(pay, saving, basis="level")
    amounts = option_amounts(plan).amounts
    found = [amounts[Key("pay", "change", year)] for year in plan.years]
    assert found == changes_of(assumed(pay, saving), "pay")
    assert amounts[Key(TOTAL, "change", SECOND)] == found[1] - 500_000


# -- printed totals --------------------------------------------------------------------------


def stated(exact: str, **totals: str) -> dict[str, str]:
    """The small plan with pay at 3% of a gross of 100.5 a year, and printed totals."""
    pay = "- {id: pay, name: Pay, kind: inflation, status: new, of: care.gross, "
    pay += f"rates: {{2024-25: 3%, 2025-26: 3%}}, stated: {totals['line']}}}"
    options = f"""\
name: Small Council
unit: £000
exact: {exact}
basis: change
financial_years: [2024-25, 2025-26]
services:
  - service: care
    options:
      {pay}
      - {{id: cut, name: Cut, kind: saving, status: new, changes: {{2025-26: -5}}, stated: -5}}
    stated: {{2024-25: {totals["first"]}, 2025-26: {totals["second"]}, total: {totals["total"]}}}
stated: {{2024-25: {totals["first"]}, 2025-26: {totals["second"]}, total: {totals["total"]},
  net_budget: {{2025-26: {totals["net"]}}}}}
"""
    revenue = REVENUE.replace("gross: 100,", "gross: 150,").replace(", stated: {net: 80}", "")
    revenue = revenue.replace("[2024-25]\n", "[]\n").replace("gross: 300", "gross: 350")
    return small_texts(options=options, revenue=revenue.replace("net: 130", "net: 180"))


@pytest.mark.parametrize("exact", ["true", "false"])
@pytest.mark.parametrize(("line_total", "total"), [("10", "5"), ("9", "4")])
def test_what_is_printed_of_an_assumption_may_be_rounded(
    exact: str, line_total: str, total: str
) -> None:
    """4.5 and 4.635: printed 5 (or 4) and 5, which add up to 10 (or 9); the exact sum is 9.135."""
    texts = stated(exact, line=line_total, first="5", second="0", total=total, net="184")
    outcomes = {found.outcome for found in comparisons(plan_of(texts)) if found.table != "capital"}
    assert outcomes <= {"agrees", "rounding"}


def test_what_no_rounding_explains_still_differs() -> None:
    texts = stated("true", line="12", first="6", second="2", total="8", net="188")
    found = {
        (one.label, one.key.measure, one.outcome)
        for one in comparisons(plan_of(texts))
        if one.table in ("options", "position")
    }
    assert {outcome for *_, outcome in found if _[0] != "Cut"} == {"differs"}


def test_the_printed_unit_is_that_of_what_is_printed() -> None:
    texts = small_texts(
        options=OPTIONS.replace(
            "changes: {2025-26: 30}, stated: 30",
            "of: care.gross, rates: {2024-25: 0%, 2025-26: 30.13%}, stated: 30",
        )
    )
    found = {one.key: one for one in comparisons(plan_of(texts)) if one.table == "options"}
    assert {one.step for one in found.values()} == {100_000}
    assert found[Key("demand", "total")].outcome == "rounding"
    assert found[Key("fees", "total")].allowance == 0
    assert found[Key("care", "change", FIRST)].allowance == 0
    assert found[Key(TOTAL, "change", SECOND)].allowance == 100_000


# -- what is worth a look ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rates", "of", "kind", "is_warned"),
    [
        ("3% 2% 2%", "care.gross", "inflation", False),
        ("3% 2% 2%", "care.fees", "inflation", False),
        ("-3% 2% -2%", "care.fees", "inflation", True),
        ("-3% -2% -2%", "care.gross", "inflation", True),
        ("3% 2% 2%", "care.income", "income-generation", False),
        ("-3% -2% -2%", "care.income", "pressure", False),
        ("-3% -2% -2%", "care.gross", "saving", False),
        ("3% 2% 2%", "care.gross", "saving", True),
        ("3% -1% 2%", "care.gross", "pressure", False),
        ("3% -1% 2%", "care.gross", "other", False),
    ],
)
def test_a_sign_is_accused_only_where_it_is_against_the_kind(
    rates: str, of: str, kind: str, is_warned: bool
) -> None:
    assert kind in KINDS
    plan = assumed(line("prices", rates, of, f"kind: {kind}"))
    assert ([p.rule for p in check(plan).problems] == ["CF401"]) is is_warned


# -- tables, records, the workbook ------------------------------------------------------------


def test_the_working_is_shown_with_its_rates_as_records() -> None:
    plan = assumed(line("pay", "4% 3% 2.75%", "employees"), contains="2024-25")
    table = cfbudget.assumptions(plan)
    records = [(r.row, r.measure, r.year, r.unit, r.amount) for r in table.records()]
    assert ("pay", "rate", "2026-27", "%", "2.75") in records
    assert ("pay", "base_amount", "2024-25", "£000", "1100") in records
    assert ("pay", "level", "2025-26", "£000", "1133") in records
    assert not any(measure == "change" for _, measure, *_ in records)
    assert {record.table for record in table.records()} == {"options"}
    with pytest.raises(LookupError):
        cfbudget.assumptions(plan_of(small_texts()))


def test_the_page_prints_the_working_below_the_options(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", assumed_texts(line("pay", "4% 3% 2.75%", "care.staff")))
    done = cfbudget_run("totals", "options", "--data", folder)
    assert done.status == 0
    before, after = done.stdout.split("assumptions with their working")
    assert "Total change" in before
    assert "Pay: base amount (staff of Care, 2024-25 budget)" in after
    assert "2.75%" in after
    assert "833.04" in after  # 801 × 1.04, to the place that a budget is printed to


# -- what is made of several files ------------------------------------------------------------

RATED = """\
name: Small Council
unit: £m
exact: true
basis: change
financial_years: [2024-25, 2025-26]
services:
  - service: care
    options:
      - {id: pay, name: Pay, kind: inflation, status: new, of: care.net,
         rates: {2024-25: 0%, 2025-26: 1.23%}}
"""


def whole(funding: str, fund: str = "") -> dict[str, str]:
    services = (
        f"  - {{id: care, name: Care, net: 60{fund}}}\n  - {{id: parks, name: Parks, net: 40}}\n"
    )
    return {
        "revenue_2024_25.yaml": "name: Small Council\nfinancial_year: 2024-25\nunit: £m\n"
        f"exact: true\ncontains_options_of: []\nservices:\n{services}",
        "policy_options.yaml": RATED,
        "funding.yaml": "name: Small Council\nunit: £m\nexact: true\n"
        f"financial_years: [2024-25, 2025-26]\nkind: funding\n{funding}",
    }


@pytest.mark.parametrize(
    ("gap", "outcome"), [("1", "rounding"), ("0", "rounding"), ("2", "differs")]
)
def test_a_printed_gap_of_exact_files_may_round_an_assumption(gap: str, outcome: str) -> None:
    """The net budget is 100.738, printed as 101 (or 100): the gap to 100 as 1 (or nil)."""
    lines = "lines:\n  - {id: rates, name: Rates, amounts: {2024-25: -100, 2025-26: -100}}\n"
    plan = plan_of(whole(f"{lines}stated: {{gap: {{2025-26: {gap}}}}}\n"))
    (found,) = (one for one in comparisons(plan) if one.table == "gap")
    assert found.outcome == outcome


@pytest.mark.parametrize(("paid", "warned"), [("60.74", []), ("58", ["CF441"])])
def test_a_ring_fence_that_pennies_of_a_rate_open_is_not_accused(
    paid: str, warned: list[str]
) -> None:
    """Housing spends 60, and 60.738 with its pay award: its rents are printed in £m."""
    lines = "lines:\n  - {id: rates, name: Rates, amounts: {2024-25: -40, 2025-26: -40}}\n"
    texts = whole(lines)
    rents = (
        "      - {id: rents, name: Rents, kind: other, status: new, changes: {2025-26: -0.74}}\n"
    )
    if not warned:
        texts["policy_options.yaml"] += rents
    revenue = texts["revenue_2024_25.yaml"]
    texts["revenue_2024_25.yaml"] = revenue.replace(
        "net: 60}", f"fund: hra, gross: 60, income: -{60 if not warned else paid}}}"
    )
    texts["policy_options.yaml"] = texts["policy_options.yaml"].replace("care.net", "care.gross")
    found = [problem.rule for problem in check(plan_of(texts)).problems]
    assert [rule for rule in found if rule == "CF441"] == warned


@pytest.mark.parametrize("basis", ["change", "level"])
def test_a_nil_rate_needs_no_amount_and_leaves_what_was_reached(basis: str) -> None:
    """In 2026-27 the service is in no budget any more; levels stay where they were."""
    later = budget("2026-27", "2024-25, 2025-26", "  - {id: homes, name: Homes, net: 400}")
    plan = assumed(line("pay", "4% 3% 0%", "care.gross"), basis=basis, others=later)
    amounts = option_amounts(plan).amounts
    found = [amounts[Key("pay", "change", year)] for year in plan.years]
    assert found == [4_932_280, 3_847_178, 0]
