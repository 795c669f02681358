"""Assumptions in the workbook: base amounts, rates and compounding are live, and read back."""

from decimal import Decimal

import pytest

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.position import position_amounts
from cfbudget.checks.report import check
from cfbudget.plan.plan import Plan
from cfbudget.problem import Refusal
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.proof import prove, work_out
from cfbudget.workbook.returned.as_changes import as_changes
from cfbudget.workbook.returned.changed_inputs import changed_inputs
from cfbudget.workbook.returned.typed_over import typed_over
from cfbudget.workbook.sheets.about import Origin
from cfbudget.workbook.sheets.plan_book import build
from tests.kit.altered import input_at
from tests.kit.assumed import ASSUMED_LEVELS, ASSUMPTIONS
from tests.kit.returned import book_of
from tests.kit.support import plan_of

PLANS = {"budgets": ASSUMPTIONS, "levels": ASSUMED_LEVELS}


@pytest.mark.parametrize("name", PLANS)
def test_base_amounts_rates_and_compounding_are_live(name: str) -> None:
    """What a spreadsheet comes to with another rate is the plan with that rate."""
    texts = PLANS[name]
    book = book_of(texts)
    typed = {
        input_at(book, "assumptions", "pay", "rate", "2025-26"): Decimal("0.0375"),
        input_at(book, "revenue", "care", "gross", "2024-25"): Decimal("1250.5"),
    }
    files = dict(texts)
    edits = {"policy_options.yaml": ("2025-26: 3%, 2026-27: 2", "2025-26: 3.75%, 2026-27: 2")}
    edits["revenue_2024_25.yaml"] = ("gross: 1233.07", "gross: 1250.5")
    for file, (was, becomes) in edits.items():
        assert was in files[file]
        files[file] = files[file].replace(was, becomes)
    if name == "budgets":
        typed[input_at(book, "assumptions", "prices", "base_amount", "2024-25")] = Decimal(900)
        text = files["revenue_2024_25.yaml"]
        files["revenue_2024_25.yaml"] = text.replace("employees: 1100", "employees: 900")
    other = plan_of(files)
    wanted, unit = position_amounts(other).amounts, other.files[0].unit.pence
    came = work_out(book, typed)
    for year in other.years:
        at = book.places["position", Key(TOTAL, "net_budget", year)]
        assert came[at] == Decimal(wanted[Key(TOTAL, "net_budget", year)]) / unit
    found = changed_inputs(book, typed)
    assert not isinstance(found, Refusal)
    assert position_amounts(typed_over(plan_of(texts), found)).amounts == wanted


def test_typed_rates_are_a_scenario_and_a_typed_base_amount_is_none() -> None:
    book, plan = book_of(ASSUMPTIONS), plan_of(ASSUMPTIONS)
    rate = input_at(book, "assumptions", "pay", "rate", "2025-26")
    base = input_at(book, "assumptions", "prices", "base_amount", "2024-25")
    to = {"2025-26": "3.75%"}
    assert as_changes(book, plan, {rate: Decimal("0.0375")}) == [{"set": "pay", "to": to}]
    assert isinstance(as_changes(book, plan, {base: Decimal(900)}), Refusal)
    assert isinstance(as_changes(book, plan, {rate: Decimal(-1)}), Refusal)
    assert isinstance(as_changes(book, plan, {rate: Decimal("0.012345678901")}), Refusal)


def proved(plan: Plan) -> Book:
    book = build(plan, check(plan), Origin("0.0.0", {}))
    prove(book)
    return book


def test_a_plan_without_assumptions_has_no_sheet_of_them() -> None:
    assert "Assumptions" in proved(plan_of(ASSUMPTIONS)).sheets
    others = {name: text for name, text in ASSUMPTIONS.items() if name != "policy_options.yaml"}
    assert "Assumptions" not in proved(plan_of(others)).sheets
