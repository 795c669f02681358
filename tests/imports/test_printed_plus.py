"""Income and funding that are printed without a minus: told by what takes them off, else asked."""

from pathlib import Path

import cfbudget
from tests.imports.test_layouts import NONE, budget, written
from tests.kit.imported import imports, run_import

TOWN = """Budget 2024/25,£
Expenditure,
Staff,"52,000"
Halls,"18,500"
Total expenditure,"70,500"
Income,
Hall hire,"9,000"
Cemetery fees,"1,500"
Total income,"10,500"
"""


def test_income_that_a_net_takes_off_is_minus(tmp_path: Path) -> None:
    source = written(tmp_path, TOWN + 'Net expenditure,"60,000"\n')
    proof = imports(source, "revenue", tmp_path / "plan", *NONE)
    assert "Income, or what a total takes off, is printed plus; a plan has it minus." in proof
    plan = cfbudget.load(tmp_path / "plan")
    assert cfbudget.check(plan).agrees
    text = budget(tmp_path / "plan")
    assert "net: -9000" in text
    assert "stated: {label: Total income, net: -10500}" in text
    assert text.endswith("stated:\n  label: Net expenditure\n  net: 60000\n")


def test_income_that_only_a_heading_tells_of_is_asked(tmp_path: Path) -> None:
    source = written(tmp_path, TOWN)
    asked = run_import(source, "revenue", tmp_path / "plan", *NONE).err
    assert "'Hall hire' and the like are printed without a minus." in asked
    assert "--income plus   (or minus)" in asked
    imports(source, "revenue", tmp_path / "plan", *NONE, "--income", "plus")
    assert "net: -9000" in budget(tmp_path / "plan")
    assert "net: 52000" in budget(tmp_path / "plan")
    imports(source, "revenue", tmp_path / "spent", *NONE, "--income", "minus")
    assert "net: 9000" in budget(tmp_path / "spent")


def test_a_table_of_income_alone_is_asked(tmp_path: Path) -> None:
    text = "Income 2024/25,Budget £000\nCouncil tax,120\nFees,34\nTotal,154\n"
    source = written(tmp_path, text)
    assert "--income plus" in run_import(source, "revenue", tmp_path / "plan", *NONE).err


def test_what_a_net_takes_off_is_turned_in_every_column(tmp_path: Path) -> None:
    text = """2024/25,Gross £000,Income £000,Net £000
Adults,1000,-100,900
Children,800,-50,750
Total services,1800,-150,1650
Less internal recharges,200,-50,150
Net budget,1600,-100,1500
"""
    source = written(tmp_path, text)
    assert "Left out" not in imports(source, "revenue", tmp_path / "plan", *NONE)
    assert "gross: -200\n    income: 50" in budget(tmp_path / "plan")
    assert cfbudget.check(cfbudget.load(tmp_path / "plan")).agrees


def test_income_that_is_printed_minus_is_not_asked_about(tmp_path: Path) -> None:
    text = TOWN.replace('"9,000"', '"(9,000)"').replace('"1,500"', '"(1,500)"')
    text = text.replace('"10,500"', '"(10,500)"') + 'Net expenditure,"60,000"\n'
    proof = imports(written(tmp_path, text), "revenue", tmp_path / "plan", *NONE)
    assert "printed plus" not in proof
    assert cfbudget.check(cfbudget.load(tmp_path / "plan")).agrees


def test_a_gap_of_spending_less_funding_tells_which_is_which(tmp_path: Path) -> None:
    text = "£m,2024/25,2025/26\nBase budget,280.1,288.9\nFunding,245.9,252.0\n"
    source = written(tmp_path, text + "Budget gap,34.2,36.9\n")
    imports(source, "revenue", tmp_path / "plan", *NONE)
    imports(source, "funding", tmp_path / "plan")
    plan = cfbudget.load(tmp_path / "plan")
    assert [one.id for one in plan.revenue[0].services] == ["base-budget"]
    assert cfbudget.check(plan).agrees


def test_a_gap_printed_minus_is_what_pays_less_what_is_spent(tmp_path: Path) -> None:
    text = "£m,2024/25,2025/26\nAvailable resources,245.9,252.0\nNet budget,280.1,288.9\n"
    source = written(tmp_path, text + "Budget gap,(34.2),(36.9)\n")
    imports(source, "revenue", tmp_path / "plan", *NONE)
    imports(source, "funding", tmp_path / "plan")
    plan = cfbudget.load(tmp_path / "plan")
    assert [one.id for one in plan.revenue[0].services] == ["net-budget"]
    assert cfbudget.check(plan).agrees


def test_a_surplus_is_income_less_spending_and_minus_in_a_plan(tmp_path: Path) -> None:
    text = """Budget 2024/25,£
Income,
Precept,"55,000"
Hall hire,"10,000"
Total income,"65,000"
Expenditure,
Staff,"44,000"
Halls,"20,000"
Total expenditure,"64,000"
Surplus,"1,000"
"""
    imports(written(tmp_path, text), "revenue", tmp_path / "plan", *NONE)
    made = budget(tmp_path / "plan")
    assert "net: -55000" in made
    assert "net: 44000" in made
    assert made.endswith("net: -1000\n")
    assert cfbudget.check(cfbudget.load(tmp_path / "plan")).agrees


def test_a_surplus_that_is_no_total_is_left_out_by_name(tmp_path: Path) -> None:
    text = """Budget,2023/24 £,2024/25 £
Income,,
Precept,"50,000","55,000"
Hall hire,"9,000","10,000"
Total Income,"59,000","65,000"
Expenditure,,
Staff,"40,000","44,000"
Halls,"18,500","20,000"
Total Expenditure,"58,500","64,000"
Surplus/(deficit),500,"1,000"
"""
    source = written(tmp_path, text)
    proof = imports(source, "revenue", tmp_path / "plan", *NONE, "--income", "plus")
    assert "what is left of income is no spending" in proof
    assert "surplus" not in (tmp_path / "plan" / "revenue_2024_25.yaml").read_text("utf-8")
