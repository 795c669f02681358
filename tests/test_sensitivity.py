"""The sensitivity of the gap, or of the net budget: a point more and less of each assumption."""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.gap import gap_amounts
from cfbudget.scenario.changes.sensitivity import sensitivity
from tests.kit.assumed import assumed, assumed_texts, line, pennies
from tests.kit.returned import cfbudget, plan_in
from tests.kit.scenarios import applied
from tests.kit.support import plan_of, small_texts
from tests.kit.whole_council import WHOLE_COUNCIL, with_funding

PAY = line("pay", "4% 3% 2.5%", "care.gross")
RATED = """\
name: Small Council
unit: £m
basis: change
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: care
    options:
      - {id: pay, name: Pay award, kind: inflation, status: new, of: care.net,
         rates: {2024-25: 0%, 2025-26: 3%, 2026-27: 2%}}
"""
COUNCIL = {**WHOLE_COUNCIL, "policy_options.yaml": RATED}


def test_a_point_more_and_less_agree_with_a_hand() -> None:
    found = sensitivity(assumed(PAY, contains="2024-25"))
    (pay,) = found.effects
    base = Fraction(1_233_070_00)

    def level(*rates: str) -> int:
        amount = base
        for rate in rates:
            amount *= 1 + Fraction(rate)
        return pennies(amount)

    years = found.years
    assert [str(year) for year in years] == ["2025-26", "2026-27"]
    assert found.measure == "net_budget"
    assert [pay.more[year] for year in years] == [
        level("0.04") - level("0.03"),
        level("0.04", "0.035") - level("0.03", "0.025"),
    ]
    assert [pay.less[year] for year in years] == [
        level("0.02") - level("0.03"),
        level("0.02", "0.015") - level("0.03", "0.025"),
    ]


def test_with_funding_it_is_the_gap_and_the_council_tax_is_moved_too() -> None:
    plan = plan_of(COUNCIL)
    found = sensitivity(plan)
    assert found.measure == "gap"
    effects = {effect.subject.row: effect for effect in found.effects}
    assert list(effects) == ["pay", "council-tax/rise", "council-tax/tax-base"]
    second = plan.years[1]
    band_d = pennies(Fraction(1500_25) * (Fraction(1575_11, 1500_25) + Fraction(1, 100)))
    more = -pennies(Fraction(50_500) * band_d) + pennies(Fraction(50_500) * 1575_11)
    assert effects["council-tax/rise"].more[second] == more
    wider = pennies(Fraction(51_005) * 1575_11) - pennies(Fraction(50_500) * 1575_11)
    assert effects["council-tax/tax-base"].more[second] == -wider
    trial = applied(plan, {"set": "pay", "to": {"2025-26": "4%", "2026-27": "3%", "2024-25": "1%"}})
    key = Key(TOTAL, "gap", second)
    moved = gap_amounts(trial.plan)[key] - gap_amounts(plan)[key]
    assert effects["pay"].more[second] == moved


def test_what_a_budget_contains_is_not_moved() -> None:
    plan = assumed(PAY, contains="2024-25, 2025-26, 2026-27")
    assert sensitivity(plan).effects == ()


def test_a_cash_limit_has_what_is_over_it() -> None:
    limit = with_funding(
        "  - {id: limit, name: Cash limit, amounts: {2024-25: -99, 2025-26: -99, 2026-27: -99}}",
        kind="cash_limit",
    )
    found = sensitivity(plan_of({**limit, "policy_options.yaml": RATED}))
    assert found.measure == "over_cash_limit"
    assert [effect.subject.row for effect in found.effects] == ["pay"]


@pytest.mark.parametrize("format_", ["csv", "json", "md", "html"])
def test_every_format_has_it(tmp_path: Path, format_: str) -> None:
    folder = plan_in(tmp_path / "plan", COUNCIL)
    done = cfbudget("model", "--sensitivity", "--data", folder, "-f", format_)
    assert done.status == 0
    if format_ in ("csv", "json"):
        text = done.stdout
        rows = json.loads(text) if format_ == "json" else list(csv.DictReader(io.StringIO(text)))
        (row,) = (r for r in rows if (r["row"], r["year"]) == ("pay/more", "2025-26"))
        assert (row["table"], row["measure"], row["unit"]) == ("sensitivity", "gap", "£m")
        assert row["amount"] == "1.224"  # 60 × 1.01 × 1.04 less 60 × 1.03
    else:
        assert "Pay award, one point more" in done.stdout
        assert "Council tax: rise, one point less" in done.stdout
        assert "4.99%" in done.stdout


def test_it_is_printed_and_kept_as_a_workbook(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", assumed_texts(PAY))
    done = cfbudget("model", "--sensitivity", "--data", folder)
    assert "Pay, one point more  4%, 3%, 2.5%" in done.stdout
    book = cfbudget("model", "--sensitivity", "--data", folder, "-o", tmp_path / "s.xlsx")
    assert book.status == 0, book.stderr
    assert (tmp_path / "s.xlsx").exists()


def test_what_it_cannot_do_is_said(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", small_texts())
    done = cfbudget("model", "--sensitivity", "--data", folder)
    assert done.status == 2
    assert "no assumption" in done.stderr
    both = cfbudget("model", "--sensitivity", "--data", folder, "--drop", "fees")
    assert both.status == 2
    assert "leave out" in both.stderr
