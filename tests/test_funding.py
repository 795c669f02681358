"""Funding, the gap and reserves: what they come to, by hand and whatever the figures are."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cfbudget
from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.funding import funding_amounts
from cfbudget.calculate.gap import gap_amounts, net_budgets
from cfbudget.calculate.reserves import reserve_amounts
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.years import FinancialYear
from tests.kit.support import ROOT, plan_of, rules_of
from tests.kit.whole_council import FUNDING, RESERVES, council, with_funding

GATESHEAD = ROOT / "examples" / "gateshead-2023"
FIRST, SECOND, THIRD = (FinancialYear(start) for start in (2024, 2025, 2026))


def _levels(plan: Plan, measure: Measure) -> list[int]:
    amounts = gap_amounts(plan)
    return [pence for key, pence in amounts.items() if key.measure == measure]


def _shown(table: Table, measure: Measure) -> list[str]:
    return [r.amount for r in table.records() if r.measure == measure and r.row == "total"]


# -- by hand --------------------------------------------------------------------------------


def test_the_gap_is_as_it_was_published() -> None:
    # Printed in £m, with the council's own warning of slight differences due to rounding.
    printed: dict[Measure, list[str]] = {
        "gap_before_reserves": ["0", "34.176", "36.860", "45.912", "51.112", "55.191"],
        "gap": ["0", "10.657", "29.795", "45.912", "51.112", "55.191"],
        "annual_gap": ["0", "10.657", "19.139", "16.117", "5.200", "4.080"],
    }
    plan = cfbudget.load(GATESHEAD)
    for measure, levels in printed.items():
        ours = [Decimal(pence) / 10**8 for pence in _levels(plan, measure)]
        assert all(
            abs(a - Decimal(b)) <= Decimal("0.001") for a, b in zip(ours, levels, strict=True)
        )
    report = cfbudget.check(plan)
    assert report.agrees
    assert report.outcomes == {"agrees": 8, "rounding": 8}
    assert not report.open_warnings


def test_a_council_tax_is_its_tax_base_times_band_d_to_the_penny() -> None:
    amounts = funding_amounts(council()).amounts
    # 50,000.55 × 1,500.25 = 75,013,325.1375
    assert amounts[Key("council-tax", "amount", FIRST)] == -7_501_332_514
    # 50,500.00 × 1,575.11 = 79,543,055.00
    assert amounts[Key("council-tax", "amount", SECOND)] == -7_954_305_500


def test_a_band_d_is_the_requirement_divided_by_the_tax_base() -> None:
    line = "  - {id: tax, name: Tax, tax_base: {2024-25: 50000.5}, amounts: {2024-25: -75000}}"
    plan = plan_of(with_funding(line, years="2024-25", unit="£000"))
    # 75,000,000 ÷ 50,000.5 = 1,499.98500...
    assert funding_amounts(plan).amounts[Key("tax", "band_d", FIRST)] == 149_999
    assert _shown(cfbudget.funding(plan), "amount") == ["-75000"]


def test_the_rise_of_band_d_is_in_per_cent() -> None:
    records = [r for r in cfbudget.funding(council()).records() if r.measure == "rise"]
    # 1,575.11 ÷ 1,500.25 − 1
    assert [(r.year, r.row, r.unit) for r in records] == [
        ("2025-26", "council-tax", "%"),
        ("2026-27", "council-tax", "%"),
    ]
    assert records[0].amount == "4.989835"


def test_records_name_the_total_and_each_figure_once() -> None:
    plan = council()
    found = [r for table in (cfbudget.position(plan), cfbudget.gap(plan)) for r in table.records()]
    keys = [(r.table, r.row, r.measure, r.year) for r in found]
    assert len(set(keys)) == len(keys)
    assert {r.table for r in found} == {"position"}
    gaps = [r for r in found if r.measure == "gap"]
    assert [(r.row, r.role, r.year) for r in gaps] == [
        ("total", "total", "2024-25"),
        ("total", "total", "2025-26"),
        ("total", "total", "2026-27"),
    ]
    funding = list(cfbudget.funding(plan).records())
    assert {(r.row, r.measure) for r in funding} >= {
        ("council-tax", "tax_base"),
        ("council-tax", "band_d"),
        ("council-tax", "amount"),
        ("general", "reserves_used"),
        ("total", "amount"),
    }
    assert next(r for r in funding if r.measure == "tax_base").unit == "count"
    assert next(r for r in funding if r.measure == "tax_base").amount == "50000.55"


def test_a_directorate_is_over_its_cash_limit_or_under_it() -> None:
    line = "  - {id: limit, name: Cash limit, amounts: {2024-25: -90, 2025-26: -101}}"
    plan = plan_of(with_funding(line, kind="cash_limit", years="2024-25, 2025-26", reserves=""))
    # The net budget is 100 in 2024-25, and 100 a year later.
    assert _shown(cfbudget.gap(plan), "over_cash_limit") == ["10", "-1"]
    assert not _levels(plan, "gap")
    assert "£10,000,000" not in cfbudget.gap(plan).notes[0]
    assert cfbudget.gap(plan).notes[0] == (
        "In 2024-25 the net budget is £10.000m over the cash limit, and in 2025-26 the net budget "
        "is £1.000m under the cash limit."
    )


def test_a_year_without_a_net_budget_or_without_funding_has_no_gap() -> None:
    line = "  - {id: grant, name: Grant, amounts: {2025-26: -1, 2026-27: -1, 2027-28: -1}}"
    plan = plan_of(with_funding(line, years="2025-26, 2026-27, 2027-28", reserves=""))
    assert [key.year for key in gap_amounts(plan) if key.measure == "gap"] == [SECOND, THIRD]
    # The first year's annual gap is its gap.
    assert _levels(plan, "annual_gap")[0] == _levels(plan, "gap")[0]
    assert "CF433" in [problem.rule for problem in cfbudget.check(plan).problems]


def test_funding_or_reserves_alone_are_a_plan() -> None:
    only = plan_of({"funding.yaml": FUNDING})
    assert not gap_amounts(only)
    assert cfbudget.check(only).agrees
    with pytest.raises(LookupError):
        cfbudget.gap(only)
    alone = plan_of({"reserves.yaml": RESERVES})
    assert _shown(cfbudget.reserves(alone), "closing") == ["24", "20", "20"]


# -- what is said, and what is not -------------------------------------------------------------


def test_a_right_plan_has_no_warnings() -> None:
    report = cfbudget.check(council())
    assert [p.rule for p in report.problems] == []


@pytest.mark.parametrize("used", ["2024-25: -3", "2024-25: -1"])
def test_a_contribution_may_stand_in_the_funding_or_in_the_services(used: str) -> None:
    """A draw of 3 and 2 paid in: funding uses 3, or 1 net of the contribution."""
    use = f"  - {{reserve: general, amounts: {{{used}}}}}"
    texts = with_funding(LINE, years="2024-25", reserves=use)
    texts["reserves.yaml"] = RESERVES_WITH_BOTH
    assert "CF310" not in [p.rule for p in cfbudget.check(plan_of(texts)).problems]


@pytest.mark.parametrize(
    ("used", "left_out", "said"),
    [
        ("-2", "", "has a draw of £3.000m and a contribution of £2.000m"),
        ("1", ", draws: {2024-25: 3}", "has a contribution of £2.000m"),
        ("-2", " contributions: {2024-25: 2},", "is drawn by £3.000m"),
    ],
)
def test_what_is_paid_in_is_said_where_funding_uses_another_amount(
    used: str, left_out: str, said: str
) -> None:
    use = f"  - {{reserve: general, amounts: {{2024-25: {used}}}}}"
    texts = with_funding(LINE, years="2024-25", reserves=use)
    texts["reserves.yaml"] = RESERVES_WITH_BOTH.replace(left_out, "")
    (problem,) = [p for p in cfbudget.check(plan_of(texts)).problems if p.rule == "CF310"]
    does = "pays £1.000m in" if used == "1" else "uses £2.000m"
    assert problem.message == f"'General' {said} in 2024-25, and funding {does}"


LINE = "  - {id: rates, name: Business rates, amounts: {2024-25: -95}}"
RESERVES_WITH_BOTH = """\
name: Small Council
unit: £m
financial_years: [2024-25]
reserves:
  - {id: general, name: General, opening: 20, contributions: {2024-25: 2}, draws: {2024-25: 3}}
"""


def test_a_draw_that_funding_does_not_use_is_an_error_that_does_not_stop_the_plan() -> None:
    texts = with_funding()
    texts["reserves.yaml"] = RESERVES.replace("2024-25: 6", "2024-25: 5")
    report = cfbudget.check(plan_of(texts))
    assert [p.rule for p in report.problems if p.severity == "error"] == ["CF310"]
    assert not report.agrees


def test_a_deficit_of_the_collection_fund_is_no_slip() -> None:
    deficit = "  - {id: fund, name: Collection fund, recurs: false, amounts: {2024-25: 1}}"
    plan = plan_of(with_funding(deficit, years="2024-25", reserves=""))
    assert "CF430" not in [p.rule for p in cfbudget.check(plan).problems]
    assert any(
        "does not recur: £1.000m (a deficit) in 2024-25" in n for n in cfbudget.gap(plan).notes
    )


def test_a_reserve_that_begins_below_nil_is_not_named_for_that() -> None:
    text = RESERVES.replace("opening: 30", "opening: -30")
    assert not cfbudget.check(plan_of({"reserves.yaml": text})).open_warnings


def test_a_floor_may_be_a_share_of_the_net_budget() -> None:
    texts = with_funding()
    # 24 of 100 is above 20%, 20 of 100 is not below it, and 20 of 104 is.
    texts["reserves.yaml"] = RESERVES.replace("opening: 30", "opening: 30, floor: 20%")
    warning, *others = [p for p in cfbudget.check(plan_of(texts)).problems if p.rule == "CF431"]
    assert not others
    assert "20 in 2026-27 (floor 20.8)" in warning.message
    assert "2024-25" not in warning.message
    assert "2025-26" not in warning.message


def test_what_is_stated_of_a_council_tax_may_be_rounded_with_its_factors() -> None:
    line = (
        "  - {id: tax, name: Tax, tax_base: {2024-25: 53123}, band_d: {2024-25: 1717.41},\n"
        "     stated: {amount: {2024-25: AMOUNT}}}"
    )
    # 53,123 × 1,717.41 = 91,233,971.43; half a dwelling is 858.71, half a penny 265.62.
    for amount, outcome in {
        "-91233971.43": "agrees",
        "-91234967": "rounding",
        "-91236000": "differs",
    }.items():
        texts = with_funding(line.replace("AMOUNT", amount), years="2024-25", unit="£", reserves="")
        found = cfbudget.check(plan_of(texts)).comparisons
        assert [c.outcome for c in found] == [outcome], amount
        assert not any(c.is_large_rounding for c in found)


@pytest.mark.parametrize("exact", [True, False])
def test_a_total_of_a_council_tax_is_as_exact_as_its_factors(*, exact: bool) -> None:
    """Half a dwelling and half a penny come to £1,124.33 of tax, beyond the printed pounds."""
    line = "  - {id: tax, name: Tax, tax_base: {2024-25: 53123}, band_d: {2024-25: 1717.41}}"
    for total, outcome in {"-91235095": "rounding", "-91236000": "differs"}.items():
        texts = with_funding(line, years="2024-25", unit="£", reserves="")
        texts["funding.yaml"] += f"stated: {{total: {{2024-25: {total}}}}}\n"
        texts["funding.yaml"] += f"exact: {str(exact).lower()}\n"
        found = cfbudget.check(plan_of(texts)).comparisons
        assert [c.outcome for c in found] == [outcome], total


def test_a_council_tax_may_be_printed_to_fewer_places_than_another_line() -> None:
    """98,210.4 × 1,712.93 is £168,227,540.47: in thousands 168,228, whatever is beside it."""
    line = (
        "  - {id: rates, name: Rates, amounts: {2024-25: -142.5}}\n"
        "  - {id: tax, name: Tax, tax_base: {2024-25: 98210.40}, band_d: {2024-25: 1712.93},\n"
        "     stated: {amount: {2024-25: AMOUNT}}}"
    )
    for amount, outcome in {"-168228": "rounding", "-168226": "differs"}.items():
        texts = with_funding(
            line.replace("AMOUNT", amount), years="2024-25", unit="£000", reserves=""
        )
        (found,) = cfbudget.check(plan_of(texts)).comparisons
        assert found.outcome == outcome, amount


def test_a_gap_of_exact_files_allows_for_no_line_of_them() -> None:
    """Their net budget is one figure: with the funding and the gap itself, three halves."""
    services = "".join(f"  - {{id: s-{at}, name: S {at}, net: 100}}\n" for at in range(20))
    for exact, outcome in {"true": "differs", "false": "rounding"}.items():
        texts = {
            "revenue_2024_25.yaml": "name: Town\nfinancial_year: 2024-25\nunit: £000\n"
            f"contains_options_of: []\nexact: {exact}\nservices:\n{services}",
            "funding.yaml": "name: Town\nunit: £000\nfinancial_years: [2024-25]\nkind: funding\n"
            "lines:\n  - {id: rates, name: Rates, amounts: {2024-25: -1900}}\n"
            "stated: {gap: {2024-25: 102}}\n",
        }
        (found,) = cfbudget.check(plan_of(texts)).comparisons
        assert found.outcome == outcome


def test_what_is_hardly_rounding_is_worth_a_look_beside_a_council_tax_too() -> None:
    lines = "  - {id: tax, name: Tax, tax_base: {2024-25: 10}, band_d: {2024-25: 1000.00}}\n"
    lines += "".join(
        f"  - {{id: l-{at}, name: L {at}, amounts: {{2024-25: -100}}}}\n" for at in range(20)
    )
    for total, is_large in {"-2012": False, "-2020": True}.items():
        texts = with_funding(lines.rstrip(), years="2024-25", unit="£000", reserves="")
        texts["funding.yaml"] += f"stated: {{total: {{2024-25: {total}}}}}\n"
        (found,) = cfbudget.check(plan_of(texts)).comparisons
        assert (found.outcome, found.is_large_rounding) == ("rounding", is_large)


def test_a_stated_balance_of_a_later_year_has_the_rounding_of_all_movements_so_far() -> None:
    text = RESERVES.replace("draws:", "stated: {closing: {2026-27: CLOSING}}, draws:")
    for closing, outcome in {"20": "agrees", "22": "rounding", "23": "differs"}.items():
        plan = plan_of({"reserves.yaml": text.replace("CLOSING", closing)})
        # An opening and two draws that are not nil: two units at most.
        assert [c.outcome for c in cfbudget.check(plan).comparisons] == [outcome], closing


def test_an_id_is_another_than_that_of_a_service_a_line_or_a_reserve() -> None:
    for line in ("care", "general"):
        lines = f"  - {{id: {line}, name: Care, amounts: {{2024-25: -1}}}}"
        texts = with_funding(lines, years="2024-25", reserves="")
        texts["reserves.yaml"] = RESERVES.replace(
            "[2024-25, 2025-26, 2026-27]", "[2024-25]"
        ).replace(", 2025-26: 4", "")
        assert rules_of(cfbudget.loaded.load_texts(texts)) == ["CF201"], line


# -- whatever the figures are ---------------------------------------------------------------

MONEY = st.integers(-(10**7), 10**7)
YEARS = st.integers(1, 4)


@st.composite
def councils(draw: st.DrawFn) -> dict[str, str]:
    """The files of a council: net budgets, funding lines, council tax, reserves."""
    years = [FinancialYear(2024 + at) for at in range(draw(YEARS))]
    listed = ", ".join(map(str, years))

    def by_year(figures: st.SearchStrategy[object]) -> str:
        return f"{{{', '.join(f'{year}: {draw(figures)}' for year in years)}}}"

    base = st.integers(1, 10**8).map(lambda n: f"{n // 100}.{n % 100:02d}")
    lines = [
        f"  - {{id: line-{at}, name: Line {at}, amounts: {by_year(MONEY)}}}"
        for at in range(draw(st.integers(0, 3)))
    ]
    lines.append(f"  - {{id: tax, name: Tax, tax_base: {by_year(base)}, band_d: {by_year(base)}}}")
    uses = [
        f"  - {{reserve: kept-{at}, amounts: {by_year(MONEY)}}}"
        for at in range(draw(st.integers(0, 2)))
    ]
    head = f"name: Council\nunit: £000\nfinancial_years: [{listed}]\n"
    texts = {
        f"revenue_{str(year).replace('-', '_')}.yaml": (
            f"name: Council\nunit: £000\nfinancial_year: {year}\ncontains_options_of: []\n"
            f"services:\n  - {{id: care, name: Care, net: {draw(MONEY)}}}\n"
        )
        for year in years
    }
    text = f"{head}kind: funding\nlines:\n" + "\n".join(lines)
    texts["funding.yaml"] = text + ("\nreserves:\n" + "\n".join(uses) if uses else "")
    kept = [
        f"  - {{id: kept-{at}, name: Kept {at}, opening: {draw(MONEY)}, "
        f"contributions: {by_year(MONEY)}, draws: {by_year(MONEY)}}}"
        for at in range(max(1, len(uses)))
    ]
    texts["reserves.yaml"] = f"{head}reserves:\n" + "\n".join(kept)
    return texts


@given(councils())
def test_the_gap_is_the_net_budget_the_funding_and_the_reserves_used(texts: dict[str, str]) -> None:
    plan = plan_of(texts)
    funding, gaps, nets = funding_amounts(plan).amounts, gap_amounts(plan), net_budgets(plan)
    assert plan.funding is not None
    for year in plan.years:
        lines = sum(funding[Key(line.id, "amount", year)] for line in plan.funding.lines)
        uses = plan.funding.reserves
        used = sum(u.amounts[year].pence for u in uses)
        assert gaps[Key(TOTAL, "gap_before_reserves", year)] == nets[year] + lines
        assert gaps[Key(TOTAL, "gap", year)] == nets[year] + lines + used
    levels = [gaps[Key(TOTAL, "gap", year)] for year in plan.years]
    annual = [gaps[Key(TOTAL, "annual_gap", year)] for year in plan.years]
    assert annual == [levels[0], *(later - before for before, later in pairwise(levels))]


@given(councils())
def test_closing_is_opening_and_movements_and_the_next_opening(texts: dict[str, str]) -> None:
    plan = plan_of(texts)
    amounts = reserve_amounts(plan).amounts
    assert plan.reserves is not None
    for row in (TOTAL, *(reserve.id for reserve in plan.reserves.reserves)):
        balances = [
            [amounts[Key(row, m, year)] for m in ("opening", "contribution", "draw", "closing")]
            for year in plan.reserve_years
        ]
        assert all(o + c - d == closing for o, c, d, closing in balances)
        assert all(before[-1] == after[0] for before, after in pairwise(balances))


@given(councils(), st.randoms(use_true_random=False))
def test_the_order_of_files_and_of_lines_never_matters(
    texts: dict[str, str], random: object
) -> None:
    plan = plan_of(texts)
    turned = {name: _turned(text) for name, text in reversed(texts.items())}
    other = plan_of(turned)
    assert gap_amounts(other) == gap_amounts(plan)
    assert funding_amounts(other).amounts == funding_amounts(plan).amounts
    assert reserve_amounts(other).amounts == reserve_amounts(plan).amounts


def _turned(text: str) -> str:
    """Every list of the file with its lines the other way round."""
    out: list[str] = []
    run: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("  - "):
            run.append(line)
        else:
            out += [*reversed(run), line]
            run = []
    return "\n".join(out)


@given(councils())
def test_every_total_of_a_table_is_the_sum_of_what_it_says_it_sums(texts: dict[str, str]) -> None:
    plan = plan_of(texts)
    for table in (cfbudget.gap(plan), cfbudget.funding(plan), cfbudget.reserves(plan)):
        for total, parts in table.relations():
            assert table.cells[total].pence == sum(table.cells[part].pence for part in parts)
