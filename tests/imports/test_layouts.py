"""Layouts that councils print, each as a small table: what it is read as, and what is asked."""

from pathlib import Path

import openpyxl

import cfbudget
from tests.kit.imported import imports, run_import

NONE = ("--contains-options-of", "none")
SIGNS = ("--kind", "minus=saving", "--kind", "plus=pressure", "--status", "new")


def written(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def budget(folder: Path) -> str:
    (path,) = folder.glob("revenue_*.yaml")
    return path.read_text("utf-8")


NESTED = """Directorate,Service,Gross £000,Income £000,Net £000
Adults,Home care,"1,200",(300),900
,Day centres,500,(50),450
Adults total,,"1,700",(350),"1,350"
Children,Fostering,800,(20),780
,Schools,"9,000","(8,700)",300
Children total,,"9,800","(8,720)","1,080"
Total,,"11,500","(9,070)","2,430"
"""


def test_columns_of_names_are_levels_of_services(tmp_path: Path) -> None:
    source = written(tmp_path, NESTED)
    proof = imports(source, "revenue", tmp_path / "plan", *NONE, "--year", "2024-25")
    plan = cfbudget.load(tmp_path / "plan")
    (found,) = plan.revenue
    named = [(one.name, [below.id for below in one.services or ()]) for one in found.services]
    assert named == [
        ("Adults", ["home-care", "day-centres"]),
        ("Children", ["fostering", "schools"]),
    ]
    assert "label: Adults total, gross: 1700" in budget(tmp_path / "plan")
    assert "Left out" not in proof
    assert cfbudget.check(plan).agrees


def test_headings_of_directorates_without_totals_nest_services(tmp_path: Path) -> None:
    text = "Service,Net 2024-25 £000\nAdults,\nHome care,900\nDay centres,450\nChildren,\n"
    source = written(tmp_path, text + "Fostering,780\nSchools,300\n")
    imports(source, "revenue", tmp_path / "plan", *NONE)
    (found,) = cfbudget.load(tmp_path / "plan").revenue
    assert [one.id for one in found.services] == ["adults", "children"]


def test_two_years_side_by_side_are_two_budgets(tmp_path: Path) -> None:
    text = """,2023-24,,,2024-25,,
£m,Gross,Income,Net,Gross,Income,Net
Adults,12.5,-2.5,10.0,13.5,-2.5,11.0
Children,8.0,-1.0,7.0,9.0,-1.2,7.8
Total,20.5,-3.5,17.0,22.5,-3.7,18.8
"""
    imports(written(tmp_path, text), "revenue", tmp_path / "plan", *NONE)
    plan = cfbudget.load(tmp_path / "plan")
    years = [str(one.financial_year.year) for one in plan.revenue]
    assert years == ["2023-24", "2024-25"]
    assert "gross: 9.0" in (tmp_path / "plan" / "revenue_2024_25.yaml").read_text("utf-8")
    assert cfbudget.check(plan).agrees


LIST = """Savings proposals 2024/25 to 2026/27,,,,,,,
All figures in £000,,,,,,,
,,,,,,,
Ref,Proposal,Directorate,Responsible officer,2024/25,2025/26,2026/27,FTE
A1,Review of day centres,Adults,Director of Adults,-120,-40,0,-3.5
A2,Home care demand,Adults,Director of Adults,200,210,220,2.0
C1,Fostering expansion,Children,Head of Care,(300),(100),-,0
P1,Parking charges,Place,Head of Parking,-75,-75,,
,Total,,,-295,-5,220,-1.5
,,,,,,,
Note: FTE are full-time equivalents.,,,,,,,
"""


def test_a_flat_list_with_refs_owners_and_posts(tmp_path: Path) -> None:
    source = written(tmp_path, LIST)
    answers = (*SIGNS, "--basis", "change", "--fte-year", "2024-25")
    imports(source, "options", tmp_path / "plan", *answers)
    plan = cfbudget.load(tmp_path / "plan")
    assert plan.options is not None
    assert [one.service.text for one in plan.options.services] == ["adults", "children", "place"]
    first = plan.options.services[0].options[0]
    assert (first.name, first.description.ref) == ("Review of day centres", "A1")
    assert first.description.owner == "Director of Adults"
    assert [figure.pence for figure in first.fte.values()] == [-350]
    assert cfbudget.check(plan).agrees


def test_what_is_asked_is_listed_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    ran = run_import(written(tmp_path, LIST), "options", tmp_path / "plan")
    assert ran.status == 2
    assert ran.out == ""
    typed = [line.strip().split("   (or")[0] for line in ran.err.splitlines() if "--" in line]
    assert typed == [
        "--basis change",
        "--fte-year 2024-25",
        "--kind minus=saving",
        "--status new",
        "--kind plus=pressure",
    ]
    assert not (tmp_path / "plan").exists()


LEVELS = """Medium term plan (£m),2024/25,2025/26,2026/27
Base budget,100.0,104.0,107.5
Pay inflation,3.0,3.1,3.2
Demand in adult care,2.5,2.4,2.2
Savings,(1.5),(2.0),(1.0)
Net budget,104.0,107.5,111.9
"""


def test_a_level_followed_by_changes_states_the_net_budgets(tmp_path: Path) -> None:
    source = written(tmp_path, LEVELS)
    proof = imports(source, "options", tmp_path / "plan", *SIGNS, "--service", "council")
    assert "Left out: B2, C2, D2: a level: the budget that the changes start from." in proof
    text = (tmp_path / "plan" / "policy_options.yaml").read_text("utf-8")
    assert "net_budget: {2024-25: 104.0, 2025-26: 107.5, 2026-27: 111.9}" in text
    assert "basis: change" in text


OTHER_BUDGET = """name: Northtown
financial_year: 2024-25
unit: £m
contains_options_of: []
services:
  - {id: council, name: Council, net: 90.0}
"""


def test_net_budgets_of_another_budget_are_no_fault_of_the_source(tmp_path: Path) -> None:
    source, plan = written(tmp_path, LEVELS), tmp_path / "plan"
    plan.mkdir()
    (plan / "revenue_2024_25.yaml").write_text(OTHER_BUDGET, "utf-8")
    proof = imports(source, "options", plan, *SIGNS, "--service", "council")
    assert "Does not add up" not in proof
    assert "does not" not in proof
    assert "Not what the plan comes to: B6 Total Northtown: net budget 2024-25" in proof
    assert "3 stated figures differ from what the plan's files come to together" in proof


def test_columns_of_amounts_as_levels_of_totals(tmp_path: Path) -> None:
    from tests.kit.support import TABLES

    source = TABLES / "oldham-movement-2024" / "table.csv"
    answers = ("--year", "2024-25", *SIGNS, "--service", "corporate")
    proof = imports(source, "options", tmp_path / "plan", *answers)
    assert "Left out: D2: a level: the budget that the changes start from." in proof
    assert "Left out: D34: it stands twice in its row." in proof
    plan = cfbudget.load(tmp_path / "plan")
    assert cfbudget.check(plan).agrees
    assert plan.options is not None
    blocks = {one.service.text: len(one.options) for one in plan.options.services}
    assert blocks == {
        "adjustments-to-the-base-budget": 2,
        "budget-adjustments": 1,
        "expenditure-adjustments": 15,
        "levies": 1,
        "corporate": 2,
    }


def test_a_column_of_kinds_is_asked_word_by_word(tmp_path: Path) -> None:
    text = """Proposal,Service,Type,Status,2024-25 £000,2025-26 £000,Total £000
Closing a depot,Highways,Efficiency,New,-1200,-300,-1500
New lighting,Highways,Growth,Previously approved,4500,1250,5750
Total,,,,3300,950,4250
"""
    source = written(tmp_path, text)
    ran = run_import(source, "options", tmp_path / "plan")
    assert "--kind Growth=investment   (or " in ran.err
    assert "Efficiency" not in ran.err
    imports(source, "options", tmp_path / "plan", "--kind", "growth=pressure")
    plan = cfbudget.load(tmp_path / "plan")
    assert plan.options is not None
    (block,) = plan.options.services
    said = [(one.kind, one.status) for one in block.options]
    assert said == [("saving", "new"), ("pressure", "previously-approved")]


def test_blocks_with_headings_of_their_own_are_tables_of_their_own(tmp_path: Path) -> None:
    text = """Revenue budget,,,
Service,Gross 2024-25 £000,Income 2024-25 £000,Net 2024-25 £000
Adults,1200,-300,900
Children,800,-20,780
Total,2000,-320,1680
,,,
Reserves,,,
Reserve,Balance 1 April 2024 £000,Use of,Balance 31 March 2025 £000
General,12500,-1000,11500
Change,8000,-3000,5000
Total reserves,20500,-4000,16500
"""
    source = written(tmp_path, text)
    ran = run_import(source, "reserves", tmp_path / "plan")
    assert "The file holds 2 tables: 1 Revenue budget; 2 Reserves." in ran.err
    assert "--table 2   (or 1)" in ran.err
    imports(source, "revenue", tmp_path / "plan", *NONE, "--table", "1")
    imports(source, "reserves", tmp_path / "plan", "--table", "Reserves")
    plan = cfbudget.load(tmp_path / "plan")
    assert plan.reserves is not None
    assert [one.opening.pence for one in plan.reserves.reserves] == [1250000000, 800000000]
    assert "draws: {2024-25: 3000}" in (tmp_path / "plan" / "reserves.yaml").read_text("utf-8")
    assert cfbudget.check(plan).agrees


def test_income_without_a_minus_is_asked_where_no_net_tells(tmp_path: Path) -> None:
    text = "Service,Gross 2024-25 £000,Income 2024-25 £000\nAdults,1200,300\nChildren,800,20\n"
    source = written(tmp_path, text)
    assert "--income plus   (or minus)" in run_import(source, "revenue", tmp_path, *NONE).err
    imports(source, "revenue", tmp_path / "plan", *NONE, "--income", "plus")
    assert "signs: {income: plus}" in budget(tmp_path / "plan")
    (found,) = cfbudget.load(tmp_path / "plan").revenue
    assert found.services[0].income is not None
    assert found.services[0].income.pence == -30_000_000


def test_figures_with_units_of_their_own(tmp_path: Path) -> None:
    text = "Scheme,2024-25,2025-26,Total\nDepot,£1.2m,£0.3m,£1.5m\nRoad,£2.5m,-,£2.5m\n"
    source = written(tmp_path, text + "Total,£3.7m,£0.3m,£4.0m\n")
    imports(source, "capital", tmp_path / "plan")
    text = (tmp_path / "plan" / "capital_programme.yaml").read_text("utf-8")
    assert "allocations: {2024-25: £1.2m, 2025-26: £0.3m}" in text
    assert cfbudget.check(cfbudget.load(tmp_path / "plan")).agrees


def test_what_is_not_known_yet_stays_so(tmp_path: Path) -> None:
    text = "Scheme,2024-25 £m,2025-26 £m\nBridge,tbc,tbc\nDepot,1.250,tbc\nRoad,2.500,0.750\n"
    imports(written(tmp_path, text), "capital", tmp_path / "plan")
    text = (tmp_path / "plan" / "capital_programme.yaml").read_text("utf-8")
    assert "allocations: {2024-25: tbc, 2025-26: tbc}" in text
    assert "allocations: {2024-25: 1.250, 2025-26: tbc}" in text


def test_merged_headings_formulas_and_a_column_of_changes(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Northtown Council"],
        ["Revenue estimates 2023/24 and 2024/25"],
        [],
        ["", "2023/24", "", "", "2024/25", "", "", "Change"],
        ["Service", *("Gross", "Income", "Net") * 2],
        ["", *["£"] * 6],
        ["Adult care"],
        ["Home care", 1200000, -300000, 900000, 1300000, -310000, 990000, 90000],
        ["Day centres", 500000, -50000, 450000, 520000, -52000, 468000, 18000],
        ["Total adult care", 1700000, -350000, 1350000, 1820000, -362000, 1458000, 108000],
        ["Place"],
        ["Highways", 2500000, -500000, 2000000, 2600000, -510000, 2090000, 90000],
        ["Waste", 3100000, -100000, 3000000, 3300000, -120000, 3180000, 180000],
        ["Total place", 5600000, -600000, 5000000, 5900000, -630000, 5270000, 270000],
        ["Total", 7300000, -950000, 6350000, 7720000, -992000, 6728000, 378000],
    ):
        sheet.append(row)
    for cells in ("A1:H1", "A2:H2", "B4:D4", "E4:G4"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "book.xlsx")
    proof = imports(tmp_path / "book.xlsx", "revenue", tmp_path / "plan", *NONE)
    assert "Left out: H8, H9, H10, H12, H13 and 2 more: it is the change from another" in proof
    plan = cfbudget.load(tmp_path / "plan")
    assert [str(one.financial_year.year) for one in plan.revenue] == ["2023-24", "2024-25"]
    assert [one.name for one in plan.revenue[0].services] == ["Adult care", "Place"]
    assert cfbudget.check(plan).agrees


SAVINGS = """Savings,2024/25 £000,2025/26 £000,Total £000
Review of day centres,1200,400,1600
Parking,750,325,1075
Total savings,1950,725,2675
"""


def test_savings_without_a_minus_are_asked_and_turned(tmp_path: Path) -> None:
    source = written(tmp_path, SAVINGS)
    answers = ("--service", "place", "--kind", "plus=saving", "--status", "new")
    ran = run_import(source, "options", tmp_path / "plan", *answers)
    assert "Do they lower the budget (plus), or raise it (minus)?" in ran.err
    imports(source, "options", tmp_path / "plan", *answers, "--income", "plus")
    text = (tmp_path / "plan" / "policy_options.yaml").read_text("utf-8")
    assert "changes: {2024-25: -1200, 2025-26: -400}" in text
    assert cfbudget.check(cfbudget.load(tmp_path / "plan")).agrees


def test_an_answer_that_is_not_needed_is_told(tmp_path: Path) -> None:
    text = "Service,Net 2024-25 £000\nAdults,1200\nChildren,900\n"
    ran = run_import(written(tmp_path, text), "revenue", tmp_path, *NONE, "--year", "2025-26")
    assert ran.status == 0
    assert "not used, as the table tells it or has no such word: --year 2025-26" in ran.err
    assert (tmp_path / "revenue_2024_25.yaml").exists()


def test_kinds_may_stand_above_services_or_within_them(tmp_path: Path) -> None:
    head = "Changes,2024-25 £000,2025-26 £000,Total £000\n"
    above = head + (
        "New Savings,,,\nAdults,,,\nCare,-1200,-300,-1500\nPlace,,,\nParking,-700,-50,-750\n"
        "New Pressures,,,\nAdults,,,\nDemand,2200,150,2350\n"
    )
    imports(written(tmp_path, above), "options", tmp_path / "plan")
    plan = cfbudget.load(tmp_path / "plan")
    assert plan.options is not None
    said = {
        (block.service.text, one.id): one.kind
        for block in plan.options.services
        for one in block.options
    }
    assert said == {
        ("adults", "care"): "saving",
        ("adults", "demand"): "pressure",
        ("place", "parking"): "saving",
    }
    within = head + (
        "Adults,,,\nNew Savings,,,\nCare,-1200,-300,-1500\nNew Pressures,,,\n"
        "Place,,,\nParking,-700,-50,-750\n"
    )
    ran = run_import(written(tmp_path, within), "options", tmp_path / "other")
    assert ran.status == 2  # what stands under another service's kind is not taken for it
    assert "--kind minus=saving" in ran.err


def test_a_table_of_savings_printed_plus_is_likely_of_savings(tmp_path: Path) -> None:
    source = written(tmp_path, SAVINGS)
    asked = run_import(source, "options", tmp_path / "plan", "--status", "new").err
    assert "--kind plus=saving   (or" in asked
    mixed = SAVINGS.replace("Savings,", "Savings and pressures,")
    asked = run_import(written(tmp_path, mixed), "options", tmp_path / "plan").err
    assert "--kind plus=pressure   (or" in asked


def test_years_and_units_over_a_table_are_not_its_name(tmp_path: Path) -> None:
    text = ",2024/25 £000,,\nService,Gross,Income,Net\nAdults,500,-50,450\nPlace,300,-20,280\n"
    source = written(tmp_path, text, "budget.csv")
    imports(source, "revenue", tmp_path / "plan", *NONE)
    assert "\nname: budget\n" in budget(tmp_path / "plan")
